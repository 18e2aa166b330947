"""A report as Markdown, for GitHub and Quarto: plain signs, a picture beside it, every word of an article escaped."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from layers.report._markup import plain_markdown as plain


def markdown_report(content: dict[str, Any], picture: str) -> str:
    """Return a report as Markdown; ``picture`` is the name of the file beside it. Pure.

    Numbers of notes are written out, since Markdown would count them anew.
    """
    heads = content["heads"]
    parts = [
        f"# {plain(content['title'])}",
        plain(content["deck"]),
        f"*{plain(content['asof'])}*",
        f"![{plain(content['alt'])}]({quote(picture)})",
        f"**{plain(content['figure'])}.** {plain(content['caption'])}",
        _head(heads["notes"]),
        *[_note(note, heads) for note in content["notes"]],
        *([] if content["notes"] else [plain(heads["empty"])]),
        _head(heads["sources"]),
        _list([_source(source) for source in content["sources"]]),
    ]
    if content["context"]:
        parts.append(_head(heads["context"]))
        for one in content["context"]:
            parts += [f"{plain(one['key'])}: {plain(one['sites'])}", _list([plain(line) for line in one["lines"]])]
    if content["left"]:
        parts.append(_head(heads["left"]))
        for group in content["left"]:
            parts += [f"### {plain(group['head'])}", _list([f"{plain(name)}: {plain(reason)}" for name, reason in group["rows"]])]
    parts.append(_head(heads["method"]))
    parts += [f"**{plain(one['head'])}.** {plain(one['text'])}" for one in content["method"]]
    parts += [_head(heads["made"]), *([plain(content["versions"])] if content["versions"] else [])]
    if content["inputs"]:
        rows = [[plain(one["file"]), plain(one["characters"]), f"`{one['sha256']}`"] for one in content["inputs"]]
        columns = [heads["file"], heads["characters"], heads["sha256"]]
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in [columns, ["---", "---:", "---"], *rows]))
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(words: str) -> str:
    return f"## {plain(words)}"


def _list(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _note(note: dict[str, Any], heads: dict[str, str]) -> str:
    """Return one note: a heading with the map's number, what is known as a list, the quotes as quotes."""
    blocks = [f"### {note['number']} · {plain(note['summary'])}", f"**{plain(note['said'])}**"]
    rows = [f"{plain(label)}: {plain(text)}" for label, text in note["rows"]]
    blocks.append(_list(rows + [plain(fact) for fact in note["facts"]]))
    for one in note["quotes"]:
        words = " ".join("".join(f"{'**' if strong else ''}{text}{'**' if strong else ''}" for text, strong in _tight(one["runs"])).split())
        link = f" · [{plain(heads['open'])}]({_address(one['url'])})" if one["url"] else ""
        blocks.append(f"> “{words}”\n>\n> {plain(one['source'])}{link}")
    for one in note["conflicts"]:
        blocks.append(f"{plain(one['head'])}:\n\n" + _list([plain(side) for side in one["sides"]]))
    return "\n\n".join(blocks)


def _tight(runs: list[list[Any]]) -> list[tuple[str, bool]]:
    """Return runs whose bold pieces begin and end with a letter, as Markdown wants them, each escaped."""
    found: list[tuple[str, bool]] = []
    for text, strong in runs:
        core = text.strip()
        lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        found += [(lead, False), (_inner(core), strong and bool(core)), (tail, False)]
    return [run for run in found if run[0]]


def _inner(text: str) -> str:
    """Escape words that do not begin a line."""
    return plain(f"x {text}")[2:]


def _source(source: dict[str, Any]) -> str:
    more = " · ".join(plain(words) for words in source["more"])
    return f"**{source['letter']}** {_inner(source['line'])}  \n  {more}"


def _address(url: str) -> str:
    """Return an address that cannot end its link."""
    return quote(url, safe=":/?#[]@!$&'*+,;=%~-._").replace("[", "%5B").replace("]", "%5D")
