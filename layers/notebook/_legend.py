"""The key of an explored column: swatches or a bar, written into the page without a script."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

_BOX = (
    "position:absolute;right:10px;bottom:56px;z-index:1000;max-width:230px;max-height:55%;overflow:auto;padding:7px 10px;border-radius:4px;"
    "background:rgba(255,255,255,0.92);color:#1d1d1b;border:1px solid #dcd8d0;font:12px/1.45 Seravek,Ubuntu,Calibri,sans-serif"
)


def swatches(caption: str, labels: Sequence[str], colours: Sequence[str]) -> Markup:
    """Return a legend of classes, each a colour and words; all that is given is plain text.

    >>> "&lt;b&gt;" in swatches("status", ["<b>"], ["#D55E00"])
    True
    """
    rows = Markup("").join(
        Markup(
            '<div style="display:flex;gap:7px;align-items:baseline"><span style="width:12px;height:12px;background:{};opacity:0.8;'
            'border:1px solid #555"></span><span dir="auto">{}</span></div>'
        ).format(colour, label)
        for label, colour in zip(labels, colours, strict=False)
    )
    return _box(caption, rows)


def bar(caption: str, low: str, high: str, colours: Sequence[str]) -> Markup:
    """Return a legend of a range: its colours from low to high, with both ends.

    >>> "linear-gradient" in bar("score", "0", "1", ["#000000", "#ffffff"])
    True
    """
    return _box(
        caption,
        Markup(
            '<div style="height:10px;min-width:150px;background:linear-gradient(to right,{})"></div>'
            '<div style="display:flex;justify-content:space-between"><span>{}</span><span>{}</span></div>'
        ).format(Markup(",").join(colours), low, high),
    )


def _box(caption: str, inside: Markup) -> Markup:
    head = Markup('<div dir="auto" style="font-weight:700">{}</div>').format(caption) if caption else Markup("")
    return Markup('<div class="citemap-legend" style="{}">').format(Markup(_BOX)) + head + inside + Markup("</div>")


def as_page_text(markup: Markup) -> str:
    """Return markup that a template may read a second time: its braces as character references.

    >>> as_page_text(Markup("{{ 1 }}"))
    '&#123;&#123; 1 &#125;&#125;'
    """
    return str(markup).replace("{", "&#123;").replace("}", "&#125;")
