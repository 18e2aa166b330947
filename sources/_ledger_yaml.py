"""A ledger as YAML: read with the line of every entry, and written so that every line which a person wrote stays as it is.

A changed field is put into the old text in place of the old one; all other lines, comments too, are copied.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sources._errors import LedgerError
from sources._keys import is_key
from sources._ledger import Ledger, LedgerEntry, pairs
from sources._ledger_rules import DECIDE, DECISIONS, FOUND, check, check_keys
from sources._yaml_tree import Node, parse_tree

VERSION = "1"
HEAD = f"""\
# What citemap found in articles, and what a person decides on it. To decide, fill in:
#   decision: accept, reject or correct
#   why, who, date (2026-03-31): your words
#   correct: what it should be, a line a field: "status: agreed", "place: ID" of a gazetteer, or lat, lon and authority
# "found" and "applies" are citemap's. Fields and comments of your own stay. 'citemap build ARTICLES --ledger FILE' obeys it.
citemap-ledger: {VERSION}
"""
SECTIONS = ("plans", "toponyms")
_TEXT = ("key", *DECIDE, "scope", "applies")
_OWN = (*_TEXT, "correct", "found")


def read_yaml(text: str, name: str) -> Ledger:
    """Return the ledger of a YAML text. Raises LedgerError with the line for what is broken in it."""
    entries = tuple(entry for entry, _ in _entries(parse_tree(text, name), text, name))
    check_keys(entries, name)
    return Ledger(entries, name, text)


def _entries(top: Node | None, text: str, name: str) -> list[tuple[LedgerEntry, Node]]:
    lines = text.split("\n")
    return [(_entry(node, section, name, lines), node) for section, node in _nodes(top, name)]


def _nodes(top: Node | None, name: str) -> Iterator[tuple[str, Node]]:
    """The entries as nodes with the section that they stand in."""
    if top is None:
        return
    if top.kind != "mapping":
        raise LedgerError(
            name,
            top.line + 1,
            "not a ledger",
            "begin it with 'citemap-ledger: 1', or write a new one with 'citemap review'",
            code="not-a-ledger",
        )
    version = top.get("citemap-ledger")
    if version is None or version.text != VERSION:
        said = "no version" if version is None else f"the version {version.text[:20]!r}"
        raise LedgerError(
            name, (version or top).line + 1, f"a ledger with {said}", f"write 'citemap-ledger: {VERSION}' at its top", code="not-a-ledger"
        )
    for key, value in top.pairs:
        if key.text not in ("citemap-ledger", *SECTIONS):
            raise LedgerError(name, key.line + 1, f"{key.text[:40]!r} is no part of a ledger", f"take one of {', '.join(SECTIONS)}")
        if key.text in SECTIONS and not value.empty:
            if value.kind != "sequence":
                raise LedgerError(name, value.line + 1, f"{key.text} is no list", "begin each entry with '- key:'")
            yield from ((key.text, item) for item in value.items)


def _entry(node: Node, section: str, name: str, lines: list[str]) -> LedgerEntry:
    at = node.line + 1
    if node.kind != "mapping":
        raise LedgerError(name, at, "an entry that is no list of fields", "begin each entry with '- key:'")
    texts = {n: _text_of(node, n, name) for n in _TEXT}
    extra = {k.text: v.text if v.kind == "scalar" else "…" for k, v in node.pairs if k.text not in _OWN}
    entry = LedgerEntry(
        line=at,
        correct=pairs(_fields(node, "correct", name)),
        found=tuple((n, v) for n, v in _fields(node, "found", name).items() if n in FOUND),
        extra=tuple(extra.items()),
        commented=_commented(node, lines),
        **texts,
    )
    check(entry, name)
    if entry.is_plan != (section == "plans"):
        raise LedgerError(name, at, f"{entry.key} stands under {section}", "move it to the other list")
    return entry


def _text_of(node: Node, field: str, name: str) -> str:
    value = node.get(field)
    if value is None or value.empty:
        return ""
    if value.kind != "scalar":
        raise LedgerError(name, value.line + 1, f"{field} is no text", f"write '{field}: …' on one line")
    return value.text.strip()


def _fields(node: Node, field: str, name: str) -> dict[str, str]:
    value = node.get(field)
    if value is None or value.empty:
        return {}
    if value.kind != "mapping":
        raise LedgerError(name, value.line + 1, f"{field} is no list of fields", f"write a line a field under {field}, as 'status: agreed'")
    said = {}
    for key, v in value.pairs:
        if v.kind == "mapping" or any(i.kind != "scalar" for i in v.items):
            raise LedgerError(name, v.line + 1, f"{key.text[:40]!r} is no text", "write one value")
        said[key.text] = "; ".join(i.text for i in v.items) if v.kind == "sequence" else "" if v.empty else v.text
    return said


def _commented(node: Node, lines: list[str]) -> bool:
    """Whether a comment stands in an entry, outside of what citemap writes."""
    machine = {n for k, v in node.pairs if k.text == "found" for n in range(k.line + 1, v.end + 1)}
    return any(re.search(r"(?:^|\s)#", lines[n]) for n in range(node.line, min(node.end + 1, len(lines))) if n not in machine)


# writing ---------------------------------------------------------------------------------------------------------------------


def write_yaml(ledger: Ledger) -> str:
    """Return a ledger as YAML: the text that it was read from with what has changed, or a new one."""
    if not ledger.text.strip():
        return HEAD + "".join(_section(s, [_new(e) for e in _of(ledger, s)]) for s in SECTIONS)
    text = ledger.text.replace("\r\n", "\n")
    name = ledger.name or "ledger"
    top = parse_tree(text, name)
    before = {e.key: (e, node) for e, node in _entries(top, text, name)}
    lines = text.rstrip("\n").split("\n")
    edits: list[tuple[int, int, list[str]]] = []
    now = {e.key: e for e in ledger.entries}
    for key, (old, node) in before.items():
        entry = now.get(key)
        edits += [(node.line, node.end + 1, [])] if entry is None else _changes(old, entry, node, lines, name)
    for section in SECTIONS:
        added = [_new(e) for e in _of(ledger, section) if e.key not in before]
        value = top.get(section) if top else None
        if added and (value is None or value.kind != "sequence" or not value.items):
            at = next((k.line for k, _ in top.pairs if k.text == section), None) if top else None
            span = (len(lines), len(lines)) if at is None or value is None else (at, value.end + 1)
            edits.append((*span, _section(section, added).rstrip("\n").split("\n")))
        elif added and value is not None:
            edits.append((value.end + 1, value.end + 1, _indented("".join(added), value.column)))
    return _crlf("\n".join(_closed(_spliced(lines, edits))) + "\n", "\r\n" in ledger.text)


def _spliced(lines: list[str], edits: list[tuple[int, int, list[str]]]) -> list[str]:
    """The lines with the edits in them, in the order of their lines; of two at one line the first comes first."""
    out: list[str] = []
    at = 0
    for first, last, new in sorted(edits, key=lambda edit: edit[:2]):
        out += lines[at:first]
        out += new
        at = last
    return out + lines[at:]


def _crlf(text: str, wanted: bool) -> str:
    return text.replace("\n", "\r\n") if wanted else text


def _closed(lines: list[str]) -> list[str]:
    """The lines with ``[]`` behind a section that has lost all its entries."""
    out = list(lines)
    for k, line in enumerate(lines):
        m = re.match(r"(plans|toponyms):\s*(?:#.*)?$", line)
        if m:
            behind = next((x for x in lines[k + 1 :] if x.strip() and not x.lstrip().startswith("#")), "")
            if not behind or re.match(r"[^\s-]", behind):
                out[k] = f"{m[1]}: []" + line[len(m[1]) + 1 :]
    return out


def _of(ledger: Ledger, section: str) -> list[LedgerEntry]:
    return [e for e in ledger.entries if e.is_plan == (section == "plans")]


def _section(section: str, entries: list[str]) -> str:
    return f"{section}:\n{''.join(entries)}" if entries else f"{section}: []\n"


def _new(entry: LedgerEntry) -> str:
    lines = [f"  - key: {entry.key}"]
    lines += [f"    {n}:{_value(getattr(entry, n))}" for n in DECIDE]
    lines += [f"    scope: {entry.scope}"] if entry.scope else []
    lines += _block("correct", entry.correct, 4) or ["    correct:"]
    lines += [f"    {_value(n).strip()}:{_value(v)}" for n, v in entry.extra]
    lines += [f"    applies:{_value(entry.applies)}"] if entry.applies else []
    return "\n".join([*lines, *_block("found", entry.found, 4), ""])


def _block(field: str, said: tuple[tuple[str, str], ...], indent: int) -> list[str]:
    pad = " " * indent
    return [f"{pad}{field}:", *(f"{pad}  {n}:{_value(v)}" for n, v in said)] if said else []


def _value(text: str) -> str:
    """A text as a YAML scalar behind its colon: bare where nothing else could be read in it, else in double quotes."""
    if not text:
        return ""
    if text in DECISIONS or is_key(text) or re.fullmatch(r"\d{4}-\d\d-\d\d|-?\d+(?:\.\d+)?", text):
        return f" {text}"
    written = json.dumps(text, ensure_ascii=False)
    return " " + re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", written)


def _indented(text: str, column: int) -> list[str]:
    """New entries as lines, with their dash in a column."""
    return [" " * column + line[2:] for line in text.rstrip("\n").split("\n")]


def _changes(old: LedgerEntry, new: LedgerEntry, node: Node, lines: list[str], name: str) -> list[tuple[int, int, list[str]]]:
    """The edits, as (first line, line behind the last, new lines), that make the old entry's lines say the new one."""
    fields = [n for n in (*_TEXT[1:], "correct", "found") if getattr(old, n) != getattr(new, n)]
    added = [n for n, v in new.extra if (n, v) not in old.extra and v != "…"]
    if not fields and not added:
        return []
    if node.flow:
        if not set(fields) - {"applies", "found"} and not added:
            return []
        raise LedgerError(name, old.line, "the entry stands on one line, in braces", "write it a line a field to change it this way")
    edits = []
    behind: list[str] = []
    column = node.pairs[0][0].column
    for field in [*fields, *added]:
        rendered = _rendered(field, new, column)
        at = next(((k, v) for k, v in node.pairs if k.text == field), None)
        if at is None:
            behind += rendered
            continue
        key_node, value = at
        lead = lines[key_node.line][: key_node.column]
        tail = lines[value.end][value.end_column :].strip() if value.kind == "scalar" and value.end_column >= 0 else ""
        rendered = rendered or ([f"{' ' * column}{field}:"] if lead.strip() or field not in ("applies", "scope") else [])
        if rendered:
            rendered[0] = lead + rendered[0][column:] + (f"  {tail}" if tail.startswith("#") else "")
        edits.append((key_node.line, max(value.end, key_node.line) + 1, rendered))
    return [*edits, (node.end + 1, node.end + 1, behind)] if behind else edits


def _rendered(field: str, entry: LedgerEntry, column: int) -> list[str]:
    pad = " " * column
    if field in ("correct", "found"):
        said = entry.correct if field == "correct" else entry.found
        return _block(field, said, column)
    value = getattr(entry, field) if field in _TEXT else dict(entry.extra)[field]
    if not value and field in ("applies", "scope"):
        return []
    return [f"{pad}{field if field in _TEXT else _value(field).strip()}:{_value(value)}"]
