"""Payrolls by person and rosters with days of birth: sums and months go into the book, names and days do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ledger.book import import_file


def _text(book: Path, name: str) -> str:
    return (book / "registers" / f"{name}.csv").read_text(encoding="utf-8")


HEAD = ["序号", "部门", "姓名", "用工形式", "基本工资", "应发合计", "实发合计"]
PEOPLE = [
    ["1", "内科", "张某某", "在编", "5000", "8000.50", "7000"],
    ["2", "外科", "李某某", "在编", "5000", "7000.25", "6000"],
    ["3", "后勤", "王某某", "合同", "3000", "4000", "3500"],
    ["", "合计", "", "", "13000", "19000.75", "16500"],
]


def test_a_payroll_by_person_is_summed(workbook: Callable[..., Path], book: Path) -> None:
    result = import_file(workbook({"Sheet1": [["某市第一医院2025年3月工资发放表"], HEAD, *PEOPLE]}), book)
    assert result.problems == ()
    text = _text(book, "payroll")
    assert "2025-03,合同,1,4000.00," in text
    assert "2025-03,在编,2,15000.75," in text
    assert "某某" not in text
    assert any("3 人次" in note.message for note in result.notes)


def test_a_summary_by_category_takes_its_month_from_the_title(workbook: Callable[..., Path], book: Path) -> None:
    rows = [
        ["2025年2月工资汇总表"],
        ["人员类别", "人数", "应发工资"],
        ["在编", "120", "1000000"],
        ["合同", "30", "120000.10"],
    ]
    assert import_file(workbook({"工资汇总表": rows}), book).problems == ()
    assert "2025-02,合同,30,120000.10," in _text(book, "payroll")


def test_faults_of_a_payroll_name_the_row_of_the_original(workbook: Callable[..., Path], book: Path) -> None:
    wrong = [PEOPLE[0], [*PEOPLE[1][:5], "七千", ""], *PEOPLE[2:]]
    result = import_file(workbook({"工资表": [["2025年3月"], HEAD, *wrong]}), book)
    assert ["原表第 4 行" in problem.message for problem in result.problems] == [True]
    assert not (book / "registers" / "payroll.csv").exists()


def test_a_payroll_without_a_month_is_refused(workbook: Callable[..., Path], book: Path) -> None:
    result = import_file(workbook({"工资表": [HEAD, *PEOPLE]}), book)
    assert len(result.problems) == 3
    assert all("没有月份" in problem.message for problem in result.problems)


def test_a_roster_keeps_the_month_of_birth_only(workbook: Callable[..., Path], book: Path) -> None:
    head = ["序号", "员工编号", "姓名", "性别", "所在部门", "出生年月", "身份证号", "加入工会时间", "在职状态"]
    rows = [head, ["1", "A001", "张某某", "女", "内科", "1985-07-12", "x", "2010-05-01", "在职"]]
    assert import_file(workbook({"职工花名册": rows}), book).problems == ()
    text = _text(book, "members")
    assert "A001,张某某,内科,active,2010-05-01,,7," in text
    assert "1985" not in text


def test_an_unknown_day_of_birth_is_told_with_its_row(workbook: Callable[..., Path], book: Path) -> None:
    rows = [["员工编号", "姓名", "出生日期"], ["A001", "张某某", "七月"]]
    result = import_file(workbook({"花名册": rows}), book)
    assert [problem.row for problem in result.problems] == [2]
