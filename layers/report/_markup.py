"""Plain text made safe for files: no half characters; in Markdown no words of an article that are a heading, a link, a formula or a tag."""

from __future__ import annotations

import re
from typing import Any

_SIGNS = re.compile(r"[\\`*_{}\[\]<#|~$@^]|&(?=#?\w+;)|:(?=[\w+-]+:|//)")
_OPENS_LINE = re.compile(r"^(?:[-+=>:%]|(\d+)(?=[.)]))")
_SMART = re.compile(r"--+|\.\.\.+")
_BROKEN = re.compile(r"[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f]")
_WWW = re.compile(r"(?i)\b(www)\.")


def plain_markdown(text: str) -> str:
    """Return text that CommonMark, GitHub and Quarto print as it is: one line, every sign that could mean something behind a backslash.

    >>> print(plain_markdown("[x](y) -- a_b: 5"))
    \\[x\\](y) \\-\\- a\\_b: 5
    """
    line = _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    line = _SMART.sub(lambda match: "".join(f"\\{sign}" for sign in match[0]), line)
    line = _WWW.sub(r"\1\\.", line)
    return _OPENS_LINE.sub(lambda match: f"{match[1]}\\" if match[1] else f"\\{match[0]}", line)


def fence_for(text: str) -> str:
    """Return a fence of backticks longer than any in a text.

    >>> fence_for("```{figure}```")
    '````'
    """
    return "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))


def whole(value: Any) -> Any:
    """Return data whose texts can be written down: the half of a character becomes U+FFFD, a control character a space.

    >>> whole({"said": ["a\\ud83d", "b\\x00c"]})
    {'said': ['a\ufffd', 'b c']}
    """
    if isinstance(value, str):
        return _BROKEN.sub(lambda match: "\ufffd" if match[0] >= "\ud800" else " ", value)
    if isinstance(value, dict):
        return {key: whole(inner) for key, inner in value.items()}
    return [whole(inner) for inner in value] if isinstance(value, list) else value
