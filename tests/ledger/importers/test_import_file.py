"""A file into a book: everything or nothing, and never twice."""

from __future__ import annotations

import datetime
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import run

import pytest

from ledger.book import BookError, ImportRefused, import_file, init_book
from ledger.reader import read_book
from ledger.union import ProfileError

Write = Callable[..., Path]
HEAD = ("日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额", "附件张数")
SIDES = ("科目编码", "科目名称", "方向", "期初余额")
TODAY = datetime.date(2026, 1, 5)


def voucher(number: int, yuan: float = 100.0, text: str = "收会费", month: int = 3) -> tuple[tuple[object, ...], ...]:
    return (
        (datetime.date(2025, month, number), f"记-{number}", text, 10201, "基本户", yuan, None, 1),
        (None, None, None, 401, "会费收入", None, yuan, None),
    )


def state(book: Path) -> dict[str, bytes]:
    return {str(p.relative_to(book)): p.read_bytes() for p in sorted(book.rglob("*")) if p.is_file()}


def check(book: Path) -> None:
    """Stock bean-check accepts the book and our reader finds nothing wrong with it."""
    done = run(
        [sys.executable, "-m", "beancount.scripts.check", str(book / "main.beancount")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert read_book(book).integrity == ()


def test_a_new_book_is_accepted_and_opens_the_chart(book: Path) -> None:
    check(book)
    facts = read_book(book).facts
    assert facts is not None
    opened = set(map(str, facts.accounts["account"]))
    assert {"Assets:102-银行存款:01-基本户", "Expenses:501-职工活动支出:50105-会员活动支出"} <= opened
    assert not any("506" in account for account in opened)
    assert facts.union.bank_accounts == ("Assets:102-银行存款:01-基本户",)
    assert facts.registers == {}


def test_init_refuses_what_cannot_be(book: Path, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="已有账套"):
        init_book(book, "某工会", "340500", 2025)
    with pytest.raises(BookError, match="名称是空的"):
        init_book(tmp_path / "新", " ", "340500", 2025)
    with pytest.raises(BookError, match="年度"):
        init_book(tmp_path / "新", "某工会", "340500", 25)
    with pytest.raises(ProfileError, match="行政区划代码"):
        init_book(tmp_path / "新", "某工会", "安徽", 2025)
    assert not (tmp_path / "新").exists()


def test_a_whole_workbook(workbook: Write, book: Path) -> None:
    path = workbook(
        {
            "说明": (("随便写",),),
            "序时账": (HEAD, *voucher(1), *voucher(2, 0.1)),
            "科目余额表": (SIDES, (10201, "基本户", "借", 7), (32205, "累计结余", "贷", 7)),
            "预算": (("年度", "科目编码", "科目名称", "预算金额"), (2025, 50105, "会员活动支出", 1000)),
            "工资总额": (("月份", "人员类别", "工资总额"), ("2025-03", "在编", 5000)),
        }
    )  # fmt: skip
    result = import_file(path, book, today=TODAY)
    assert result.problems == ()
    assert result.written
    assert (result.vouchers_added, result.debit_total_fen, result.budgets_added) == (2, 10010, 1)
    assert result.opening_added
    assert result.registers == {"payroll": (1, 0, 0)}
    check(book)
    facts = read_book(book).facts
    assert facts is not None
    balances = facts.balances_on(datetime.date(2025, 12, 31)).set_index("account")["amount_fen"].to_dict()
    assert balances["Assets:102-银行存款:01-基本户"] == 10710
    assert balances["Income:401-会费收入"] == -10010
    log = (book / "imports/log.jsonl").read_text(encoding="utf-8")
    assert result.sha256 in log
    assert '"imported_on": "2026-01-05"' in log


def test_the_same_file_twice_adds_nothing(workbook: Write, book: Path) -> None:
    path = workbook({"序时账": (HEAD, *voucher(1))})
    import_file(path, book, today=TODAY)
    before = state(book)
    again = import_file(path, book)
    assert again.already_imported
    assert "已在 2026-01-05 导入过" in str(again.notes[0])
    assert state(book) == before


def test_a_longer_export_adds_only_what_is_new(workbook: Write, book: Path) -> None:
    payroll = ("月份", "人员类别", "工资总额")
    import_file(workbook({"序时账": (HEAD, *voucher(1)), "工资总额": (payroll, ("2025-03", "在编", 1))}), book)
    longer = workbook(
        {
            "序时账": (HEAD, *voucher(1), *voucher(2)),
            "工资总额": (payroll, ("2025-03", "在编", 1), ("2025-04", "在编", 1)),
        }
    )
    result = import_file(longer, book)
    assert (result.vouchers_added, result.vouchers_skipped) == (1, 1)
    assert result.registers == {"payroll": (1, 0, 1)}
    check(book)


def test_another_voucher_of_a_number_in_the_book_is_refused(workbook: Write, book: Path) -> None:
    import_file(workbook({"序时账": (HEAD, *voucher(1))}), book)
    before = state(book)
    result = import_file(workbook({"序时账": (HEAD, *voucher(1, 99.0), *voucher(2))}), book)
    assert [p.row for p in result.problems] == [2]
    assert "已在账套中，内容不同（分录）" in str(result.problems[0])
    assert not result.written
    assert state(book) == before


def test_nothing_is_written_after_any_problem(workbook: Write, book: Path) -> None:
    before = state(book)
    path = workbook({"序时账": (HEAD, *voucher(1)), "工资总额": (("月份", "工资总额"), ("三月", 1))})
    result = import_file(path, book)
    assert "不是月份" in str(result.problems[0])
    assert state(book) == before


def test_a_gap_stops_the_import_unless_it_is_allowed(workbook: Write, book: Path) -> None:
    path = workbook({"序时账": (HEAD, *voucher(1), *voucher(4))})
    result = import_file(path, book)
    assert [str(p) for p in result.problems] == [
        "工作表“序时账”：2025-03 “记”字凭证缺号：2—3；请补齐（作废的凭证也应列出），确属缺号的请选择允许缺号后再导入"
    ]
    allowed = import_file(path, book, allow_gaps=True)
    assert allowed.written
    assert "缺号" in str(allowed.notes[-1])


def test_a_gap_is_filled_by_the_vouchers_of_the_book(workbook: Write, book: Path) -> None:
    import_file(workbook({"序时账": (HEAD, *voucher(1))}), book)
    assert import_file(workbook({"序时账": (HEAD, *voucher(2))}), book).written


def test_a_dry_run_writes_nothing(workbook: Write, book: Path) -> None:
    before = state(book)
    result = import_file(workbook({"序时账": (HEAD, *voucher(1))}), book, dry_run=True)
    assert (result.vouchers_added, result.written) == (1, False)
    assert state(book) == before


def test_earlier_years_open_their_accounts_earlier(workbook: Write, book: Path) -> None:
    rows = tuple((datetime.date(2024, 12, 1) if row[0] else None, *row[1:]) for row in voucher(1))
    assert import_file(workbook({"序时账": (HEAD, *rows)}), book).written
    check(book)


def test_opening_balances_only_once_and_before_every_voucher(workbook: Write, book: Path) -> None:
    head = ("年度", "科目编码", "科目名称", "期初借方余额", "期初贷方余额")

    def balances(year: int, yuan: int) -> Path:
        rows = (head, (year, 101, "库存现金", yuan, None), (year, 32205, "累计结余", None, yuan))
        return workbook({"科目余额表": rows}, f"{year}-{yuan}.xlsx")

    import_file(workbook({"序时账": (HEAD, *voucher(1))}), book)
    assert "应在最早的凭证之前" in str(import_file(balances(2026, 5), book).problems[0])
    assert import_file(balances(2025, 5), book).opening_added
    assert "内容不同" in str(import_file(balances(2025, 6), book).problems[0])


def test_a_changed_budget_needs_a_new_version(workbook: Write, book: Path) -> None:
    head = ("年度", "科目编码", "科目名称", "预算金额", "版本", "生效日期")
    import_file(workbook({"预算": (head, (2025, 50105, "会员活动支出", 1, 0, None))}), book)
    changed = import_file(workbook({"预算": (head, (2025, 50105, "会员活动支出", 2, 0, None))}), book)
    assert "请用下一个版本号" in str(changed.problems[0])
    again = (head, (2025, 50105, "会员活动支出", 1, 0, None), (2025, 50105, "会员活动支出", 2, 1, "2025-07-01"))
    result = import_file(workbook({"预算": again}), book)
    assert (result.budgets_added, result.budgets_skipped) == (1, 1)
    check(book)


def test_a_thing_with_a_number_of_its_own_is_renewed(workbook: Write, book: Path) -> None:
    head = ("会员编号", "姓名", "状态")
    import_file(workbook({"会员名册": (head, ("M001", "甲", "在职"), ("M002", "乙", "在职"))}), book)
    result = import_file(workbook({"会员名册": (head, ("M001", "甲", "退休"))}), book)
    assert result.registers == {"members": (1, 1, 0)}
    text = (book / "registers/members.csv").read_text(encoding="utf-8")
    assert "M001,甲,,retired" in text
    assert "active" in text
    check(book)


def test_what_people_wrote_into_the_book_stays(workbook: Write, book: Path) -> None:
    import_file(workbook({"序时账": (HEAD, *voucher(1))}), book)
    month = book / "2025/03.beancount"
    month.write_text("; 三月\n" + month.read_text(encoding="utf-8"), encoding="utf-8")
    import_file(workbook({"序时账": (HEAD, *voucher(1), *voucher(2))}), book)
    assert month.read_text(encoding="utf-8").startswith("; 三月\n")
    check(book)


def test_a_csv_with_its_kind(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "导出.csv"
    path.write_bytes("月份,工资总额\n2025-03,5000\n".encode("gb18030"))
    assert import_file(path, book, "payroll").registers == {"payroll": (1, 0, 0)}
    with pytest.raises(ImportRefused, match="不知道的种类"):
        import_file(path, book, "随便")


def test_control_characters_are_named_with_their_row(workbook: Write, book: Path, tmp_path: Path) -> None:
    path = tmp_path / "序时账.csv"
    path.write_text(
        "日期,凭证字号,摘要,科目名称,借方金额,贷方金额\n2025-03-01,1,坏\x07字,库存现金,1,\n,,,会费收入,,1\n"
    )
    result = import_file(path, book)
    assert "第 2 行：文字“'坏\\x07字'”含有控制字符 U+0007" in str(result.problems[0])


def test_a_folder_that_is_no_book_and_a_book_at_fault(workbook: Write, book: Path, tmp_path: Path) -> None:
    path = workbook({"序时账": (HEAD, *voucher(1))})
    with pytest.raises(ImportRefused, match="不是账套"):
        import_file(path, tmp_path)
    (book / "union.toml").write_text("[union]\n", encoding="utf-8")
    before = state(book)
    with pytest.raises(ImportRefused, match="账套本身有错"):
        import_file(path, book)
    assert state(book) == before


def test_an_interrupted_write_is_finished_by_the_next(workbook: Write, book: Path, tmp_path: Path) -> None:
    path = workbook({"序时账": (HEAD, *voucher(1))})
    whole = tmp_path / "全"
    shutil.copytree(book, whole)
    import_file(path, whole, today=TODAY)
    new = {name: text for name, text in state(whole).items() if state(book).get(name) != text}
    stage = book / ".pending"
    stage.mkdir()
    for number, text in enumerate(new.values()):
        (stage / str(number)).write_bytes(text)
    (stage / "files.json").write_text(json.dumps(list(new)), encoding="utf-8")
    assert import_file(path, book).already_imported
    assert state(book) == state(whole)


def test_a_month_of_the_payroll_that_comes_again_replaces_and_in_one_file_contradicts(
    book: Path, workbook: Write
) -> None:
    heads = ("月份", "人员类别", "工资总额")
    import_file(workbook({"工资总额": (heads, ("2025-03", "在编", 1))}), book)
    again = import_file(workbook({"工资总额": (heads, ("2025-03", "在编", 2))}), book)
    assert again.registers == {"payroll": (1, 1, 0)}
    check(book)
    before = state(book)
    twice = workbook({"工资总额": (heads, ("2025-04", "在编", 3), ("2025-04", "在编", 4))})
    (problem,) = import_file(twice, book).problems
    assert "2025-04、在编" in problem.message
    assert "内容不同" in problem.message
    assert state(book) == before
