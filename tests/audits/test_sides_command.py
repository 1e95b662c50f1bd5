"""Two books of one relation: a grassroots union's and that of the county union above it, made for this test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import main
from tests.audits.small import PARENT, STANDARDS, VOUCHERS, write
from tests.rules.casefile import book_files

# January: 800.00 paid on 12 March, received there on 13 March for January. February: 500.00 paid on 10 April,
# booked there in May without a month (so for April): two months off, back to nothing. March: 300.00 paid, and the
# county union has 299.99. In June the county union paid 100.00 back that arrived here in full.
HERE = (
    VOUCHERS
    + """2025-04-10 * "某市总工会" "上缴2月经费"
  voucher: "记-2025-04-0001"
  month-of: "2025-02"
  Liabilities:211-应付上级经费   500.00 CNY
  Assets:102-银行存款:01-基本户  -500.00 CNY
2025-04-20 * "某市总工会" "上缴3月经费"
  voucher: "记-2025-04-0002"
  month-of: "2025-03"
  Liabilities:211-应付上级经费   300.00 CNY
  Assets:102-银行存款:01-基本户  -300.00 CNY
2025-06-12 * "某市总工会" "收到回拨经费"
  voucher: "记-2025-06-0001"
  month-of: "2025-05"
  Assets:102-银行存款:01-基本户   100.00 CNY
  Income:402-拨缴经费收入        -100.00 CNY
"""
)
THERE = """2025-03-13 * "某市第一医院工会" "收到上缴1月经费"
  voucher: "记-2025-03-0009"
  month-of: "2025-01"
  Assets:102-银行存款:01-基本户   800.00 CNY
  Income:402-拨缴经费收入        -800.00 CNY
2025-04-21 * "某市第一医院工会" "收到上缴3月经费"
  voucher: "记-2025-04-0017"
  month-of: "2025-03"
  Assets:102-银行存款:01-基本户   299.99 CNY
  Income:402-拨缴经费收入        -299.99 CNY
2025-05-06 * "某市第一医院工会" "收到上缴经费"
  voucher: "记-2025-05-0002"
  Assets:102-银行存款:01-基本户   500.00 CNY
  Income:402-拨缴经费收入        -500.00 CNY
2025-06-10 * "某区税务局" "代收经费"
  voucher: "记-2025-06-0003"
  Assets:102-银行存款:01-基本户   100.00 CNY
  Liabilities:212-应付下级经费:21202-应付下级转拨经费:01-某市第一医院工会  -100.00 CNY
2025-06-11 * "某市第一医院工会" "回拨经费"
  voucher: "记-2025-06-0004"
  month-of: "2025-05"
  Liabilities:212-应付下级经费:21202-应付下级转拨经费:01-某市第一医院工会   100.00 CNY
  Assets:102-银行存款:01-基本户  -100.00 CNY
"""


def county(folder: Path, name: str = PARENT, body: str = THERE) -> Path:
    """Write the county union's book."""
    union = {"name": name, "code": "81340500MC0000001X", "level": "county", "parent": "某省总工会"}
    for path, text in book_files(body, {}, standards=STANDARDS, union=union).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def books(tmp_path: Path) -> tuple[Path, Path]:
    """The two books."""
    return write(tmp_path / "医院", HERE), county(tmp_path / "县")


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_month_by_month_with_both_vouchers(books: tuple[Path, Path]) -> None:
    made = call("sides", *books, "--period", "2025-01..2025-06", "--format", "json")
    assert made.exit_code == 1
    told = json.loads(made.stdout)
    assert (told["schema"], told["higher"]["name"]) == ("union-audit-sides/1", PARENT)
    passed = {row["month"]: row for row in told["rows"] if row["relation"] == "passed-on"}
    figures = {m: (r["lower_fen"], r["higher_fen"], r["difference_fen"], r["running_fen"]) for m, r in passed.items()}
    assert figures == {
        "2025-01": (800_00, 800_00, 0, 0),
        "2025-02": (500_00, 0, 500_00, 500_00),
        "2025-03": (300_00, 299_99, 1, 500_01),
        "2025-04": (0, 500_00, -500_00, 1),
        "2025-05": (0, 0, 0, 1),
        "2025-06": (0, 0, 0, 1),
    }
    assert passed["2025-01"]["due_fen"] == 800_00
    assert (passed["2025-03"]["lower_vouchers"], passed["2025-03"]["higher_vouchers"]) == (
        ["记-2025-04-0002"],
        ["记-2025-04-0017"],
    )
    back = {row["month"]: row["difference_fen"] for row in told["rows"] if row["relation"] == "sent-back"}
    assert set(back.values()) == {0}


def test_the_table_the_papers_and_the_report(books: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = call("sides", *books, "--period", "2025", "-o", out, "--as", "html")
    assert made.exit_code == 1
    assert "有差异的月份：2025-02、2025-03、2025-04" in made.stdout.replace("\n", "")
    (page,) = out.iterdir()
    assert "记-2025-04-0017" in page.read_text(encoding="utf-8")
    report = tmp_path / "report"
    call(
        "report",
        books[0],
        "--period",
        "2025",
        "--kind",
        "remittance",
        "--higher",
        books[1],
        "-o",
        report,
        "--format",
        "html",
    )
    (written,) = report.iterdir()
    text = written.read_text(encoding="utf-8")
    assert "与上级工会（某市总工会）账面核对" in text
    assert "上解：本单位已付与上级已收" in text


def test_books_that_agree_end_with_nothing_to_report(books: tuple[Path, Path]) -> None:
    made = call("sides", *books, "--period", "2025-01")
    assert made.exit_code == 0
    assert "逐月一致" in made.stdout


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("某县总工会", "登记的上级工会是“某市总工会”，第二个账套是“某县总工会”的账"),
        ("某市第一医院工会委员会", "两个账套都是"),
    ],
)
def test_a_book_that_is_not_of_the_union_above_is_refused(
    books: tuple[Path, Path], tmp_path: Path, name: str, told: str
) -> None:
    other = county(tmp_path / "别的", name)
    for arguments in (["sides", books[0], other], ["report", books[0], "--higher", other, "-o", tmp_path / "out"]):
        made = call(*arguments, "--period", "2025")
        assert made.exit_code == 2
        assert len(made.stderr.splitlines()) == 1
        assert told in made.stderr
    assert not (tmp_path / "out").exists()


def test_books_that_never_met_say_so(books: tuple[Path, Path], tmp_path: Path) -> None:
    silent = write(
        tmp_path / "静",
        VOUCHERS.split("2025-03-12")[0].replace("2025-02-20", "2025-02-19"),
        {"payroll": "month,category,headcount,total_wages,dues_base\n"},
    )
    empty = county(tmp_path / "空", body="")
    made = call("sides", silent, empty, "--period", "2024")
    assert made.exit_code == 1
    assert "都没有与对方的经费往来" in made.stdout.replace("\n", "")
