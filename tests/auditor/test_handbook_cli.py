"""`union-audit rules handbook` and `rules coverage`: whole files or none, the same bytes twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import main
from reports.glyphs import GlyphError, Missing
from rules.coverage import catalogue
from rules.rule import all_rules

DAY = ("--date", "2026-01-05")


def call(*arguments: str) -> Result:
    """What a call printed and ended with."""
    return CliRunner().invoke(main, list(arguments))


def handbook(folder: Path, *arguments: str) -> Result:
    """What writing the handbook printed and ended with."""
    return call("rules", "handbook", "-o", str(folder), *arguments)


def test_the_handbook_is_written_in_the_forms_asked_for(tmp_path: Path) -> None:
    made = handbook(tmp_path / "a", "--format", "html", "--format", "json", *DAY)
    assert made.exit_code == 0, made.output
    files = sorted((tmp_path / "a").iterdir())
    assert [path.name for path in files] == ["审计规则手册.html", "审计规则手册.json"]
    assert made.output.split() == [str(tmp_path / "a" / f"审计规则手册.{form}") for form in ("html", "json")]
    page = files[0].read_text(encoding="utf-8")
    assert all(f'id="{rule.code}"' in page for rule in all_rules())
    assert all(item.code in page for item in catalogue())
    handbook(tmp_path / "b", "--format", "html", "--format", "json", *DAY)
    for path in files:
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_it_prints_as_pdf(tmp_path: Path) -> None:
    made = handbook(tmp_path, "--format", "pdf", *DAY)
    assert made.exit_code == 0, made.output
    assert (tmp_path / "审计规则手册.pdf").read_bytes().startswith(b"%PDF")


def test_nothing_is_written_where_one_form_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(document: object) -> bytes:
        raise GlyphError([Missing("㐂", "标题")])

    monkeypatch.setattr("reports.pdf.render", refuse)
    made = handbook(tmp_path / "new", *DAY)
    assert made.exit_code == 2
    assert "㐂" in made.output
    assert not (tmp_path / "new").exists()


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    assert handbook(tmp_path / "new", "--date", "2026-02-30").exit_code == 2
    assert not (tmp_path / "new").exists()


def test_coverage_names_every_irregularity_with_its_data_law_and_certainty() -> None:
    shown = call("rules", "coverage")
    assert shown.exit_code == 0, shown.output
    for title in ("编号", "问题", "检查方式", "所需数据", "法规", "认定"):
        assert title in shown.output
    assert all(item.code in shown.output for item in catalogue())
    english = call("--lang", "en", "rules", "coverage")
    assert english.exit_code == 0
    assert "Certainty" in english.output
