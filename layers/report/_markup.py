"""Plain text made safe for Markdown: what an article says is never a heading, a link, a formula or a tag."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*_{}\[\]<#|~$@^]|&(?=#?\w+;)|:(?=[\w+-]+:|//)")
_OPENS_LINE = re.compile(r"^(?:[-+=>:%]|(\d+)(?=[.)]))")
_SMART = re.compile(r"--+|\.\.\.+")
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
