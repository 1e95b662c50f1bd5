"""What packages keep besides: voided vouchers, whom a line is about, charts of accounts, old codes, words."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ledger.book import import_file, init_book
from ledger.importers.existing import vouchers_of
from ledger.reader import read_book
from ledger.vouchers import Voucher
from tests.ledger.importers.packages.written import Written, csv_bytes, xlsx

Put = Callable[[Written], Path]
Refused = Callable[..., str]
Rows = Sequence[Sequence[str]]
U8 = ("日期", "凭证号数", "科目编码", "科目名称", "摘要", "方向", "金额")


def vouchers(book: Path) -> dict[str, Voucher]:
    facts = read_book(book).facts
    assert facts is not None
    return {str(v.number): v for v in vouchers_of(facts)}


def csv_file(*rows: Sequence[str], name: str = "序时账.csv", encoding: str = "gb18030") -> Written:
    return Written(name, csv_bytes(rows, encoding), "")


def test_a_voided_voucher_keeps_its_number(book: Path, put: Put) -> None:
    head = ["iyear", "iperiod", "csign", "ino_id", "dbill_date", "cdigest", "ccode", "md", "mc", "iflag"]
    rows = [
        ["2025", "3", "记", "1", "2025-03-01", "收会费", "101", "5", "0", ""],
        ["2025", "3", "记", "1", "2025-03-01", "收会费", "401", "0", "5", ""],
        ["2025", "3", "记", "2", "2025-03-02", "误填", "101", "9", "0", "1"],
        ["2025", "3", "记", "2", "2025-03-02", "误填", "401", "0", "8", "1"],
        ["2025", "3", "记", "3", "2025-03-03", "收会费", "101", "7", "0", ""],
        ["2025", "3", "记", "3", "2025-03-03", "收会费", "401", "0", "7", ""],
    ]
    result = import_file(put(csv_file(head, *rows)), book)
    assert (result.problems, result.vouchers_added, result.debit_total_fen) == ((), 3, 1200)
    assert any("作废凭证，保留号码" in str(note) and "第 4 行" in str(note) for note in result.notes)
    void = vouchers(book)["记-2025-03-0002"]
    assert (void.narration, [line.amount_fen for line in void.lines]) == ("（作废）误填", [0, 0])


def test_whom_a_line_is_about(book: Path, put: Put) -> None:
    head = [*U8, "客户", "个人", "部门"]
    rows = [
        ["2025.03.01", "付-0001", "101", "库存现金", "退款", "贷", "8.00", "", "", ""],
        ["2025.03.01", "付-0001", "401", "会费收入", "退款", "借", "3.00", "甲公司", "", ""],
        ["2025.03.01", "付-0001", "401", "会费收入", "退款", "借", "5.00", "甲公司", "张某某", "内科"],
        ["2025.03.02", "付-0002", "101", "库存现金", "收", "借", "1.00", "甲公司", "", ""],
        ["2025.03.02", "付-0002", "401", "会费收入", "收", "贷", "1.00", "乙公司", "", ""],
    ]
    result = import_file(put(csv_file(head, *rows)), book)
    assert result.problems == ()
    found = vouchers(book)
    assert (found["付-2025-03-0001"].payee, found["付-2025-03-0002"].payee) == ("甲公司", "")
    text = next((book / "2025").rglob("*.beancount")).read_text(encoding="utf-8")
    assert "退款〔个人：张某某；部门：内科〕" in text
    assert "收〔客户：乙公司〕" in text


@pytest.mark.parametrize(
    ("word", "number"), [("收款凭证", "收-2025-03-0001"), ("转", "转-2025-03-0001"), ("", "记-2025-03-0001")]
)
def test_words_of_vouchers(word: str, number: str, book: Path, put: Put) -> None:
    head = ["凭证日期", "凭证字", "凭证号", "摘要", "科目代码", "科目名称", "借方", "贷方"]
    rows = [
        ["2025-03-01", word, "1", "收会费", "101", "库存现金", "5", ""],
        ["2025-03-01", word, "1", "收会费", "401", "会费收入", "", "5"],
    ]
    assert import_file(put(csv_file(head, *rows)), book, "kingdee").written
    assert list(vouchers(book)) == [number]


def test_gaps_are_told(book: Path, refused: Refused, put: Put) -> None:
    rows = [
        ["2025.03.01", "记-0002", "101", "库存现金", "收", "借", "1.00"],
        ["2025.03.01", "记-0002", "401", "会费收入", "收", "贷", "1.00"],
    ]
    file = csv_file(U8, *rows)
    assert "“记”字凭证缺号：1" in refused(file)
    assert import_file(put(file), book, allow_gaps=True).written


def test_codes_of_the_chart_of_2009_before_2022(tmp_path: Path, put: Put, book: Path, refused: Refused) -> None:
    old = init_book(tmp_path / "旧账", "某工会", "340500", 2021)
    rows = [
        ["2021.12.02", "记-0001", "11201", "财政直接支付", "拨款", "借", "2.00"],
        ["2021.12.02", "记-0001", "101", "库存现金", "拨款", "贷", "2.00"],
    ]
    assert import_file(put(csv_file(U8, *rows)), old).problems == ()
    accounts = [line.account for line in vouchers(old)["记-2021-12-0001"].lines]
    assert accounts[0] == "Assets:112-财政应返还额度:11201-财政直接支付"
    later = [[row[0].replace("2021", "2022"), *row[1:]] for row in rows]
    assert "不在2021 年工会会计制度科目表内" in refused(csv_file(U8, *later, name="b.csv"))


def test_names_of_every_level_come_from_the_chart(book: Path, put: Put) -> None:
    chart = [
        ["科目编码", "科目名称", "级次"],
        ["135", "其他应收款", "1"],
        ["13501", "备用金", "2"],
        ["1350101", "张某某", "3"],
        ["1350102", "李某某", "3"],
        ["401", "会费收入", "1"],
    ]
    rows = [
        ["日期", "凭证号数", "科目编码", "摘要", "方向", "金额"],
        ["2025.03.01", "记-1", "1350101", "借款", "借", "1.00"],
        ["2025.03.01", "记-1", "401", "借款", "贷", "1.00"],
    ]
    result = import_file(put(Written("a.xlsx", xlsx({"数据": rows, "科目表": chart}), "")), book)
    assert result.problems == ()
    assert vouchers(book)["记-2025-03-0001"].lines[0].account == "Assets:135-其他应收款:01-备用金:01-张某某"
    assert "Assets:135-其他应收款:01-备用金:02-李某某" in result.accounts_opened


def test_a_chart_alone_opens_the_unions_own_accounts(book: Path, put: Put, refused: Refused) -> None:
    chart = [
        ["科目代码", "科目名称", "余额方向"],
        ["102", "银行存款", "借"],
        ["10203", "专户", "借"],
        ["401", "会费收入", "贷"],
    ]
    result = import_file(put(Written("b.xlsx", xlsx({"科目编码表": chart}), "")), book)
    assert (result.written, result.accounts_opened) == (True, ("Assets:102-银行存款:03-专户",))
    wrong = [*chart, ["999", "神秘", "借"]]
    assert "工作表“科目编码表”第 5 行：科目“999 神秘”不在" in refused(
        Written("c.xlsx", xlsx({"科目编码表": wrong}), "")
    )


def test_a_name_that_contradicts_the_files_own_chart(refused: Refused) -> None:
    chart = [["科目编码", "科目名称", "级次"], ["10203", "专户", "2"], ["401", "会费收入", "1"]]
    rows = [
        list(U8),
        ["2025.03.01", "记-1", "10203", "别户", "收", "借", "1.00"],
        ["2025.03.01", "记-1", "401", "会费收入", "收", "贷", "1.00"],
    ]
    report = refused(Written("a.xlsx", xlsx({"序时账": rows, "科目表": chart}), ""))
    assert "科目 10203 在科目表中是“专户”，此处是“别户”" in report


def test_signed_amounts_of_the_international_table(book: Path, put: Put, refused: Refused) -> None:
    head = ["JE_Number", "Effective_Date", "GL_Account_Number", "JE_Line_Description", "Amount", "Functional_Amount"]
    rows = [["1", "2025-03-01", "101", "dues", "5.00", "5.00"], ["1", "2025-03-01", "401", "dues", "-5.00", "-5.00"]]
    assert import_file(put(csv_file(head, *rows, name="gl.csv")), book).written
    assert [line.amount_fen for line in vouchers(book)["记-2025-03-0001"].lines] == [500, -500]
    head = [*head[:5], "Amount_Credit_Debit_Indicator"]
    contrary = [[*rows[0][:5], "C"], [*rows[1][:5], "D"]]
    assert "方向" in refused(csv_file(head, *[[*r[:4], "5.00", "?"] for r in contrary], name="g2.csv"))
    both = import_file(put(csv_file(head, [*rows[0][:5], "D"], [*rows[1][:5], "C"], name="g3.csv")), book, dry_run=True)
    assert any("按带符号的金额读取" in str(note) for note in both.notes)


def test_our_own_workbook_is_left_to_its_own_importer(book: Path, put: Put) -> None:
    head = ["日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额"]
    rows = [["2025-03-01", "记-1", "收", "101", "库存现金", "1", ""], ["", "", "", "401", "会费收入", "", "1"]]
    assert import_file(put(Written("我.xlsx", xlsx({"序时账": [head, *rows]}), "")), book).written
    entry = json.loads((book / "imports" / "log.jsonl").read_text(encoding="utf-8"))
    assert "format" not in entry
