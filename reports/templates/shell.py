"""Makes the Word shell again: `python -m reports.templates.shell` writes `annual.docx` beside this file.

The shell is what a committee edits in Word: margins, fonts, styles, letterhead, footer. It holds two tags,
`{{ title }}` and `{{ body }}`; everything else of a report is put in place of the second. Its styles are those
of GB/T 9704 with the fonts that offices in China have; the file names fonts and embeds none.
"""

from __future__ import annotations

import datetime
import io
import sys
from importlib import resources
from pathlib import Path
from typing import Any

from reports.zips import without_clock

NAME = "annual.docx"
FANGSONG, SONG, HEI, KAI, TITLE_FACE = "仿宋_GB2312", "宋体", "黑体", "楷体_GB2312", "方正小标宋简体"
_LATIN = "Times New Roman"
_MADE = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
# style id, name, face, size in half points, bold, first-line indent in hundredths of a character, line in twips
STYLES = (
    ("UABody", "报告正文", FANGSONG, 32, False, 200, 560),
    ("UAFact", "报告要素", FANGSONG, 24, False, 0, 400),
    ("UACaption", "表格标题", HEI, 24, False, 0, 400),
    ("UACell", "表格文字", SONG, 18, False, 0, 0),
    ("UAHead", "表头文字", HEI, 18, False, 0, 0),
    ("UANote", "表注", SONG, 18, False, 0, 0),
    ("UAFinding", "问题正文", FANGSONG, 28, False, 200, 500),
)


def shell() -> bytes:
    """Return the Word shell; equal versions of the library give equal bytes."""
    import docx
    import docxtpl
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    # Loading it widens the namespaces that the library writes: without it the bytes depend on what ran before.
    assert docxtpl.DocxTemplate
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _languages(made)
    styles = made.styles
    _style(styles["Normal"], FANGSONG, 32, bold=False)
    _style(styles["Title"], TITLE_FACE, 44, bold=False)
    _plain_paragraph(styles["Title"])
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Title"].paragraph_format.space_after = Pt(24)
    for name, face, bold in (("Heading 1", HEI, False), ("Heading 2", KAI, False), ("Heading 3", FANGSONG, True)):
        _style(styles[name], face, 32, bold=bold)
        _plain_paragraph(styles[name])
        _spacing(styles[name], 560, 200)
        styles[name].paragraph_format.keep_with_next = True
    for style_id, name, face, size, bold, indent, line in STYLES:
        style = styles.add_style(name, 1)
        style.element.set(_w("styleId"), style_id)
        style.base_style = styles["Normal"]
        _style(style, face, size, bold=bold)
        _spacing(style, line, indent)
    styles["表格标题"].paragraph_format.keep_with_next = True
    made.add_paragraph("{{ title }}", style="Title")
    made.add_paragraph("{{ body }}", style="报告正文")
    _footers(made)
    properties = made.core_properties
    properties.title, properties.author, properties.comments = "", "", ""
    properties.last_modified_by, properties.created, properties.modified = "", _MADE, _MADE
    target = io.BytesIO()
    made.save(target)
    return without_clock(target.getvalue())


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _child(parent: Any, name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    found = parent.find(_w(name))
    if found is None:
        found = OxmlElement(f"w:{name}")
        parent.append(found)
    for key, value in attributes.items():
        found.set(_w(key), value)
    return found


def _languages(made: Any) -> None:
    # The library's own default calls East Asian text English, which gives Japanese glyph forms in some programs.
    for lang in made.styles.element.iter(_w("lang")):
        lang.set(_w("eastAsia"), "zh-CN")


def _style(style: Any, face: str, half_points: int, *, bold: bool) -> None:
    from docx.shared import Pt, RGBColor

    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]  # a theme's font would win over the named one
    for key, value in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", face)):
        fonts.set(_w(key), value)
    style.font.size = Pt(half_points / 2)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    for name in ("spacing", "kern"):
        for element in properties.findall(_w(name)):
            properties.remove(element)


def _plain_paragraph(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for name in ("pBdr", "contextualSpacing", "spacing"):
        for element in properties.findall(_w(name)):
            properties.remove(element)


def _spacing(style: Any, line: int, indent: int) -> None:
    from docx.shared import Pt, Twips

    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    if line:
        form.line_spacing = Twips(line)
    if indent:
        form.first_line_indent = Twips(640)
        ind = style.element.get_or_add_pPr().find(_w("ind"))
        ind.set(_w("firstLineChars"), str(indent))


def _footers(made: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    made.settings.odd_and_even_pages_header_footer = True
    section = made.sections[0]
    _style(made.styles["Footer"], SONG, 28, bold=False)
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.add_run("　— ")
        _page_field(paragraph)
        paragraph.add_run(" —　")


def _page_field(paragraph: Any) -> None:
    from docx.oxml import OxmlElement

    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            _child(run._r, "fldChar", fldCharType=kind)
            continue
        instruction = OxmlElement("w:instrText")
        instruction.text = text
        run._r.append(instruction)


def main() -> int:
    """Write the shell beside this module."""
    target = Path(str(resources.files("reports.templates").joinpath(NAME)))
    target.write_bytes(shell())
    sys.stdout.write(f"{target}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
