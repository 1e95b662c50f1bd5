"""The treasurer's explanation of a budget line: in the form, on the page, in the workbook and in the JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from auditor.cli import main
from reports.budget import budget_blocks
from reports.budget_form import form_table
from rules.law import Law
from tests.audits.small import CONTRIBUTION, STANDARDS, TRAINING, UNTIL, facts_of, texts, write

HEAD = "year,account,project,explanation,by,on\n"
TOLD = HEAD + f"2025,{TRAINING},,培训改为线上，节约场地费,乙某某,2025-12-30\n"
SHARE = {
    "key": "budget.explained_deviation",
    "value": "0.10",
    "from": "2025-01-01",
    "instrument": "某市总工会〔2024〕9号",
}


def column(book: Path, law: Law, *, asked: bool) -> dict[str, str]:
    facts = facts_of(book)
    share = law.value("budget.explained_deviation", UNTIL, facts.union) if asked else None
    table = form_table(facts, 2025, UNTIL, "zh", share)
    return {str(row.cells[1]): str(row.cells[7]) for row in table.rows}


def standards() -> tuple[dict[str, object], ...]:
    import datetime

    return (*(dict(s) for s in STANDARDS), {**SHARE, "from": datetime.date(2025, 1, 1)})


def test_an_explanation_stands_beside_its_line(tmp_path: Path, law: Law) -> None:
    book = write(tmp_path, registers={"explanations": TOLD})
    assert facts_of(book).integrity == ()
    assert column(book, law, asked=False)["培训支出"] == "培训改为线上，节约场地费"


def test_a_line_beyond_the_share_without_a_word_is_named(tmp_path: Path, law: Law) -> None:
    # 402: 1,200.00 of 14,400.00 received; 培训: 600.00 of 8,000.00 spent and explained.
    book = write(tmp_path, registers={"explanations": TOLD}, standards=standards())
    shown = column(book, law, asked=True)
    assert shown["拨缴经费收入"] == "未作说明"
    assert shown["培训支出"] == "培训改为线上，节约场地费"
    said = "\n".join(texts(b) for b in budget_blocks(facts_of(book), 2025, UNTIL, "zh", law))
    assert "预算执行差异超过10.00%而没有说明的预算行1个" in said
    assert "某市总工会〔2024〕9号" in said


def test_without_a_share_set_by_anybody_nothing_is_demanded(tmp_path: Path, law: Law) -> None:
    book = write(tmp_path)
    said = "\n".join(texts(b) for b in budget_blocks(facts_of(book), 2025, UNTIL, "zh", law))
    assert "未作说明" not in said
    assert "没有说明的预算行" not in said


@pytest.mark.parametrize(
    ("actual", "named"), [("540.00", False), ("539.99", True), ("660.00", False), ("660.01", True)]
)
def test_the_share_is_met_to_the_fen(tmp_path: Path, law: Law, actual: str, named: bool) -> None:
    from tests.audits.small import VOUCHERS, line

    body = VOUCHERS.replace("600.00", actual) + line(CONTRIBUTION, "1200.00") + line(TRAINING, "600.00")
    book = write(tmp_path, body, standards=standards())
    assert (column(book, law, asked=True)["培训支出"] == "未作说明") == named


def test_an_explanation_of_no_line_is_said(tmp_path: Path, law: Law) -> None:
    stray = TOLD + "2025,Expenses:505-业务支出:50502-会议支出,,没有开会,乙某某,2025-12-30\n"
    said = "\n".join(
        texts(b) for b in budget_blocks(facts_of(write(tmp_path, registers={"explanations": stray})), 2025, UNTIL)
    )
    assert "有1条说明不属于2025年度的任何预算行，未列入：“50502-会议支出”（第3行）" in said


def test_two_explanations_of_one_line_are_a_fault_of_the_register(tmp_path: Path, law: Law) -> None:
    book = write(tmp_path, registers={"explanations": TOLD + f"2025,{TRAINING},,别的话,乙某某,2025-12-30\n"})
    assert [e.code for e in facts_of(book).integrity] == ["REGISTER_DUPLICATE"]
    assert column(book, law, asked=False)["培训支出"] == ""


def test_the_bundle_holds_it_in_every_form_and_no_name(tmp_path: Path) -> None:
    book = write(
        tmp_path / "book", registers={"explanations": TOLD.replace("节约", "乙某某核定节约")}, standards=standards()
    )
    out = tmp_path / "out"
    made = CliRunner().invoke(
        main,
        [
            "report",
            str(book),
            "--period",
            "2025",
            "-o",
            str(out),
            "--format",
            "xlsx",
            "--format",
            "html",
            "--format",
            "analyses",
        ],
    )
    assert made.exit_code == 1
    files = {path.name.rsplit(".", 1)[-1]: path for path in out.iterdir()}
    assert sorted(files) == ["html", "json", "xlsx"]
    sheets = openpyxl.load_workbook(io.BytesIO(files["xlsx"].read_bytes()), read_only=True)
    cells = [str(c) for sheet in sheets for row in sheet.iter_rows(values_only=True) for c in row if c]
    assert any("核定节约场地费" in cell for cell in cells)
    assert "核定节约场地费" in files["html"].read_text(encoding="utf-8")
    text = files["json"].read_text(encoding="utf-8")
    told = json.loads(text)
    (line,) = [x for x in told["budget"][0]["lines"] if x["account"] == TRAINING]
    assert line["explanation"].endswith("核定节约场地费")
    assert [key["account"] for key in told["budget"][0]["unexplained"]] == [CONTRIBUTION]
    assert "乙某某" not in text + files["html"].read_text(encoding="utf-8")
