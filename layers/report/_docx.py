"""A report as a Word document: real headings, the figure with its alt text and caption, notes numbered as on the map."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from layers._style import load_styles

_INK, _SOFT, _LINK = RGBColor(0x1D, 0x1D, 0x1B), RGBColor(0x55, 0x53, 0x4E), RGBColor(0x0B, 0x4F, 0x8A)
_WIDTH = Mm(166)
_EARLY = (1980, 1, 1, 0, 0, 0)
"""The date of every part of the file: equal content gives equal bytes."""


def docx_report(content: dict[str, Any], picture: bytes) -> bytes:
    """Return a report as a Word document; ``picture`` is the figure as PNG. Equal content gives equal bytes. No network."""
    document = Document()
    _set_up(document, content)
    heads = content["heads"]
    document.add_paragraph(_xml(content["title"]), style="Title")
    if content["deck"]:
        document.add_paragraph(_xml(content["deck"]), style="Subtitle")
    _small(document, content["asof"])
    _figure(document, content, picture)
    document.add_heading(_xml(heads["notes"]), 1)
    numbered = _Numbers(document)
    for note in content["notes"]:
        _note(document, note, heads, numbered)
    if not content["notes"]:
        document.add_paragraph(_xml(heads["empty"]))
    _sources(document, content)
    if content["left"]:
        document.add_heading(_xml(heads["left"]), 1)
        for group in content["left"]:
            document.add_heading(_xml(group["head"]), 2)
            for name, reason in group["rows"]:
                row = document.add_paragraph(_xml(name), style="List Bullet")
                row.add_run(_xml(f" – {reason}")).font.color.rgb = _SOFT
    document.add_heading(_xml(heads["method"]), 1)
    for one in content["method"]:
        document.add_heading(_xml(one["head"]), 2)
        document.add_paragraph(_xml(one["text"]))
    _made(document, content)
    return _zipped(document)


def _xml(text: str) -> str:
    """Return text without the control characters that XML has no form for."""
    return "".join(
        c if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff") else "\ufffd" for c in text
    )


def _set_up(document: Doc, content: dict[str, Any]) -> None:
    """Set paper, letters, language and properties; the default template brings the styles."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(22)
    sizes = {
        "Normal": 10.5,
        "Title": 22,
        "Subtitle": 12.5,
        "Heading 1": 15,
        "Heading 2": 11.5,
        "Caption": 9,
        "Quote": 10.5,
        "List Number": 11.5,
    }
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), "Calibri"
        style.font.color.rgb = _SOFT if name in ("Subtitle", "Caption") else _INK
        style.font.italic = False
        style.font.bold = name in ("Title", "Heading 1", "Heading 2", "List Number")
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        for key in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(key), "Calibri")
        fonts.set(qn("w:eastAsia"), {"ja": "Yu Gothic", "zh-Hant": "Microsoft JhengHei"}.get(content["language"], "Calibri"))
    for spacing in list(document.styles["Subtitle"].element.iter(qn("w:spacing"))):
        spacing.getparent().remove(spacing)
    for border in document.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    quote = document.styles["Quote"].paragraph_format
    quote.left_indent, quote.space_before, quote.space_after = Mm(9), Pt(5), Pt(0)
    note = document.styles["List Number"].paragraph_format
    note.space_before, note.space_after, note.keep_with_next = Pt(14), Pt(2), True
    fine = document.styles.add_style("Fine Print", WD_STYLE_TYPE.PARAGRAPH)
    fine.base_style, fine.font.size, fine.font.color.rgb = document.styles["Normal"], Pt(9), _SOFT
    fine.paragraph_format.space_after = Pt(1)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB" if content["language"] == "en" else content["language"])
        language.set(qn("w:eastAsia"), {"ja": "ja-JP", "zh-Hant": "zh-TW"}.get(content["language"], "en-GB"))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _xml(content["title"])[:255], "", ""
    properties.language = content["language"]
    properties.created = properties.modified = datetime(*_EARLY[:3], tzinfo=UTC)
    properties.last_modified_by, properties.revision = "", 1


def _small(document: Doc, text: str, *, indent: float = 0) -> Paragraph:
    paragraph = document.add_paragraph(_xml(text), style="Fine Print")
    paragraph.paragraph_format.left_indent = Mm(indent)
    return paragraph


def _figure(document: Doc, content: dict[str, Any], picture: bytes) -> None:
    """Add the figure with its alt text, and a caption whose number Word counts."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=_WIDTH)
    shape._inline.docPr.set("descr", _xml(content["alt"]))
    shape._inline.docPr.set("title", _xml(content["figure"]))
    caption = document.add_paragraph(style="Caption")
    before, number, after = content["figure"].partition("1")
    caption.add_run(_xml(before)).bold = True
    _field(caption, "SEQ Figure \\* ARABIC", number)
    caption.add_run(_xml(f"{after}. ")).bold = True
    caption.add_run(_xml(content["caption"])).bold = False


def _field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field that Word can count anew, with what it shows until then."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)
    run.bold = True
    field.append(run._r)
    paragraph._p.append(field)


class _Numbers:
    """A list whose numbers are those of the map: where one is left out, the list is begun anew at the next."""

    def __init__(self, document: Doc) -> None:
        self._part = document.part.numbering_part.numbering_definitions._numbering
        self._abstract = self._add_abstract()
        self._last, self._num = 0, 0

    def apply(self, paragraph: Paragraph, number: int) -> None:
        """Give a paragraph the number of its note."""
        if number != self._last + 1 or not self._num:
            num = self._part.add_num(self._abstract)
            num.add_lvlOverride(ilvl=0).add_startOverride(number)
            self._num = num.numId
        self._last = number
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self._num

    def _add_abstract(self) -> int:
        """Define a list of plain numbers that stand out to the left."""
        taken = [int(one.get(qn("w:abstractNumId"))) for one in self._part.findall(qn("w:abstractNum"))]
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), str(max(taken, default=0) + 1))
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), "0")
        for name, value in (("w:start", "1"), ("w:numFmt", "decimal"), ("w:lvlText", "%1"), ("w:lvlJc", "left")):
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            level.append(child)
        properties, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
        indent.set(qn("w:left"), "510")
        indent.set(qn("w:hanging"), "510")
        properties.append(indent)
        level.append(properties)
        abstract.append(level)
        first = self._part.find(qn("w:num"))
        if first is None:
            self._part.append(abstract)
        else:
            first.addprevious(abstract)
        return max(taken, default=0) + 1


def _note(document: Doc, note: dict[str, Any], heads: dict[str, str], numbers: _Numbers) -> None:
    """Add one note under the number of the map."""
    ink = next(style["ink"] for style in load_styles() if style["id"] == note["status"])
    head = document.add_paragraph(_xml(note["summary"]), style="List Number")
    numbers.apply(head, note["number"])
    status = head.add_run(_xml(f"  {note['said']}"))
    status.font.color.rgb, status.font.size = RGBColor.from_string(ink.lstrip("#")), Pt(9.5)
    for label, text in note["rows"]:
        row = _small(document, f"{label}: ", indent=9)
        row.add_run(_xml(text)).font.color.rgb = _INK
    for fact in note["facts"]:
        _small(document, fact, indent=9)
    for quote in note["quotes"]:
        words = document.add_paragraph("“", style="Quote")
        words.paragraph_format.keep_with_next = True
        for text, strong in quote["runs"]:
            words.add_run(_xml(text)).bold = bool(strong)
        words.add_run("”")
        source = _small(document, quote["source"], indent=9)
        if quote["url"]:
            source.add_run(" · ")
            _link(source, quote["url"], heads["open"])
    for conflict in note["conflicts"]:
        line = _small(document, "", indent=9)
        line.add_run(_xml(f"≠ {conflict['head']}: ")).bold = True
        line.add_run(_xml(" / ".join(conflict["sides"])))


def _sources(document: Doc, content: dict[str, Any]) -> None:
    document.add_heading(_xml(content["heads"]["sources"]), 1)
    for source in content["sources"]:
        line = document.add_paragraph()
        line.add_run(f"{source['letter']}  ").bold = True
        line.paragraph_format.space_after = Pt(0)
        _link(line, source["url"], source["line"]) if source["url"] else line.add_run(_xml(source["line"]))
        _small(document, " · ".join(source["more"])).paragraph_format.space_after = Pt(6)
    if content["context"]:
        document.add_heading(_xml(content["heads"]["context"]), 2)
    for one in content["context"]:
        document.add_paragraph(_xml(f"{one['key']}: {one['sites']}"))
        for text in one["lines"]:
            document.add_paragraph(_xml(text), style="List Bullet")


def _made(document: Doc, content: dict[str, Any]) -> None:
    """Add versions, and a table of what the report was made from."""
    heads = content["heads"]
    document.add_heading(_xml(heads["made"]), 2)
    if content["versions"]:
        document.add_paragraph(_xml(content["versions"]))
    if not content["inputs"]:
        return
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    rows = [(heads["file"], heads["characters"], heads["sha256"])]
    rows += [(one["file"], one["characters"], one["sha256"]) for one in content["inputs"]]
    for number, row in enumerate(rows):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            run = cell.paragraphs[0].add_run(_xml(text))
            run.font.size, run.bold = Pt(7 if number else 8), number == 0
    for row in table.rows:
        for cell, wide in zip(row.cells, (Mm(48), Mm(20), Mm(98)), strict=True):
            cell.width = wide


def _link(paragraph: Paragraph, url: str, words: str) -> None:
    """Add words that lead to an address."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(_xml(words))
    run.font.color.rgb = _LINK
    link.append(run._r)
    paragraph._p.append(link)


def _zipped(document: Doc) -> bytes:
    """Return the document's file with its parts in the order of their names and one date for all."""
    plain, fixed = io.BytesIO(), io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as read, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as written:
        names = sorted(read.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            part = zipfile.ZipInfo(name, _EARLY)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            written.writestr(part, read.read(name))
    return fixed.getvalue()
