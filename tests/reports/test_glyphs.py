"""No page ever shows a box: what the shipped faces lack is drawn by a system font, or stops the work with words."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reports import fonts, glyphs, pdf
from reports.model import Heading, Paragraph
from tests.reports import sample

RARE = "\U00030edd"  # a hanzi of extension G, which no common font has


@pytest.mark.parametrize("face", fonts.Face)
def test_the_list_of_characters_is_what_the_face_holds(face: fonts.Face) -> None:
    held = TTFont(fonts.face_path(face)).getBestCmap()
    assert set(map(ord, fonts.shipped_characters())) <= set(held)


def test_the_faces_hold_gb2312_and_the_signs_of_reports() -> None:
    held = glyphs.shipped_codes()
    assert set("".join(_gb2312())) - held == set()
    assert set("〔〕①⑳￥≤≥×−→—…“”‘’《》【】·℃‰§〇Ⅰ㈠☆●■✓") - held == set()
    assert set("堃喆玥镕祎邨翀芃禤") - held == set()  # of names: in the 8105, not in GB/T 2312


def _gb2312() -> list[str]:
    made = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                made.append(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return made


def test_the_faces_are_small_and_their_licences_are_beside_them() -> None:
    folder = fonts.folder()
    assert sum(face.stat().st_size for face in folder.glob("*.ttf")) < 12_000_000
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL-NotoSerifSC.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL-NotoSansSC.txt").read_text(encoding="utf-8")


def test_the_checksums_in_sources_are_those_of_the_faces() -> None:
    import hashlib

    noted = (fonts.folder() / "SOURCES.txt").read_text(encoding="utf-8")
    for face in fonts.Face:
        assert hashlib.sha256(fonts.face_path(face).read_bytes()).hexdigest() in noted


def test_the_sample_needs_no_font_of_the_system() -> None:
    for language in ("zh", "en"):
        shown = glyphs.drawable(sample.document(language))
        assert glyphs.missing_from_faces(shown) == ()
        assert glyphs.fallback_fonts(shown) == ()


def test_compatibility_forms_and_pictographs_are_written_plainly() -> None:
    assert glyphs.drawable_text("建筑面积12㎡💰") == "建筑面积12m2〔U+1F4B0〕"
    assert glyphs.drawable_text("⼯会") == "工会"  # a radical in place of the hanzi, as PDF copies bring


def test_a_letter_that_no_font_has_stops_the_work_and_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "system_fonts", lambda: ())
    document = dataclasses.replace(
        sample.document(findings=0), blocks=(Heading("基本情况"), Paragraph(f"会员{RARE}某"), Paragraph("甲"))
    )
    with pytest.raises(glyphs.GlyphError) as caught:
        pdf.render(document)
    assert RARE in str(caught.value)
    assert "U+30EDD" in str(caught.value)
    assert "“基本情况”一节" in str(caught.value)
    assert "请安装" in str(caught.value)


def test_a_letter_in_a_finding_is_named_with_the_finding_and_its_voucher() -> None:
    block = sample.finding(1)
    evidence = (dataclasses.replace(block.finding.evidence[0], account=f"Expenses:501-{RARE}"),)
    odd = dataclasses.replace(block, finding=dataclasses.replace(block.finding, evidence=evidence))
    missing = glyphs.missing_from_faces(dataclasses.replace(sample.document(findings=0), blocks=(odd,)))
    assert [m.character for m in missing] == [RARE]
    assert block.id in missing[0].where
    assert evidence[0].voucher in missing[0].where


def test_a_system_font_is_used_for_what_the_faces_lack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The bold face stands for a font of the system that alone has one character.
    path = tmp_path / "system.ttf"
    path.write_bytes(fonts.face_path(fonts.Face.SERIF_BOLD).read_bytes())
    monkeypatch.setattr(glyphs, "shipped_codes", lambda: frozenset(fonts.shipped_characters()) - {"堃"})
    monkeypatch.setattr(glyphs, "system_fonts", lambda: (path,))
    document = dataclasses.replace(sample.document(findings=0), blocks=(Paragraph("李堃"),))
    assert glyphs.fallback_fonts(document) == (path,)
    assert pdf.render(document).startswith(b"%PDF")


def test_a_broken_font_of_the_system_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"not a font")
    monkeypatch.setattr(glyphs, "system_fonts", lambda: (broken,))
    document = dataclasses.replace(sample.document(findings=0), blocks=(Paragraph(RARE),))
    with pytest.raises(glyphs.GlyphError):
        glyphs.fallback_fonts(document)
