"""YAML as a tree of texts with lines: nothing is built from it, and what could name or repeat other parts is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from sources._errors import LedgerError

_DEPTH = 8
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A YAML node: a ``scalar``'s text, a ``mapping``'s pairs or a ``sequence``'s items; lines count from 0, ``end`` is the last one."""

    kind: str
    line: int
    column: int
    end: int
    end_column: int
    text: str = ""
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    flow: bool = False
    plain: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is written there, or a bare null."""
        return self.kind == "scalar" and self.text in ("", "~", "null") and (self.plain or not self.text)

    @property
    def said(self) -> str | list[Any] | dict[str, Any] | None:
        """What is written there, as texts: None where nothing is."""
        if self.kind == "sequence":
            return [item.said for item in self.items]
        return {k.text: v.said for k, v in self.pairs} if self.kind == "mapping" else None if self.empty else self.text

    def get(self, key: str) -> Node | None:
        """The value of a mapping's key, or None."""
        return next((v for k, v in self.pairs if k.text == key), None)


def parse_tree(text: str, name: str) -> Node | None:
    """Return the one document of a YAML text, None where it is empty. Raises LedgerError with the line for what is broken or refused."""
    top: Node | None = None
    open_: list[Node] = []
    waiting: list[Node | None] = []
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            node = _node(event, name, len(open_))
            if node is None:
                if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                    _close(open_.pop(), event)
                    waiting.pop()
                continue
            if not open_:
                if top is not None:
                    raise LedgerError(
                        name, node.line + 1, "a second document begins here", "keep one document in the file", code="not-yaml"
                    )
                top = node
            elif open_[-1].kind == "sequence":
                open_[-1].items.append(node)
            elif waiting[-1] is None:
                waiting[-1] = _as_key(node, open_[-1], name)
            else:
                open_[-1].pairs.append((waiting[-1], node))
                waiting[-1] = None
            if node.kind != "scalar":
                open_.append(node)
                waiting.append(None)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        rule = f"half of a character stands there (U+{ord(text[error.start]):04X})"
        raise LedgerError(name, line, rule, "delete it", code="not-yaml") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = " ".join(str(error.problem or "it cannot be read").split())
        raise LedgerError(name, mark.line + 1 if mark else 0, f"not YAML ({why})", "correct the file there", code="not-yaml") from error
    except yaml.YAMLError as error:
        raise LedgerError(name, 0, f"not YAML ({' '.join(str(error).split())[:120]})", "correct the file", code="not-yaml") from error
    return top


def _node(event: Any, name: str, depth: int) -> Node | None:
    line = event.start_mark.line
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise LedgerError(name, line + 1, "an anchor or an alias, which a ledger may not have", "write the value out", code="yaml-alias")
    if getattr(event, "tag", None):
        raise LedgerError(
            name, line + 1, f"the tag {event.tag[:40]!r}, which a ledger may not have", "write the value without it", code="yaml-tag"
        )
    kind = {yaml.ScalarEvent: "scalar", yaml.MappingStartEvent: "mapping", yaml.SequenceStartEvent: "sequence"}.get(type(event))
    if kind is None:
        return None
    if depth >= _DEPTH:
        raise LedgerError(name, line + 1, f"nested more than {_DEPTH} deep", "write it less deep", code="too-deep")
    end, column = event.end_mark.line, event.end_mark.column
    if end > line and column == 0:
        end, column = end - 1, -1
    text = event.value if kind == "scalar" else ""
    plain = kind == "scalar" and event.implicit[0]
    return Node(kind, line, event.start_mark.column, end, column, text, flow=bool(getattr(event, "flow_style", False)), plain=plain)


def _close(node: Node, event: Any) -> None:
    """Set where a collection ends: behind its last part, or at its closing bracket."""
    parts = [*node.items, *(v for _, v in node.pairs)]
    if node.flow or not parts:
        node.end, node.end_column = event.end_mark.line, event.end_mark.column
    else:
        node.end, node.end_column = max(p.end for p in parts), -1


def _as_key(node: Node, mapping: Node, name: str) -> Node:
    if node.kind != "scalar":
        raise LedgerError(name, node.line + 1, "a field's name that is no text", "write a name and a colon", code="field-not-text")
    if any(k.text == node.text for k, _ in mapping.pairs):
        raise LedgerError(name, node.line + 1, f"{node.text[:40]!r} stands twice in one entry", "leave one of them", code="named-twice")
    return node
