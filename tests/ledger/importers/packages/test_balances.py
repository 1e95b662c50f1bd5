"""Tables of balances: opening balances to import, and a check of the vouchers, in every shape packages print them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from ledger.book import import_file
from ledger.example.hospital import hospital_vouchers
from ledger.importers.existing import vouchers_of
from ledger.money import plain_yuan
from ledger.reader import read_book
from ledger.vouchers import Line, Voucher, VoucherNumber
from tests.ledger.importers.packages.written import Written, code_of, gbt_2010, kingdee, records_of, saft, xlsx

Put = Callable[[Written], Path]
Refused = Callable[..., str]
Sums = dict[tuple[str, str], list[int]]
U8_HEAD = ["科目编码", "科目名称", "期初借方", "期初贷方", "本期借方", "本期贷方", "期末借方", "期末贷方"]


@pytest.fixture(scope="session")
def opening() -> Voucher:
    """The hospital's opening transaction of 2025."""
    return next(v for v in hospital_vouchers() if "opening" in v.tags)


def sums_of(opening: Voucher, month: Iterable[Voucher]) -> Sums:
    """Return (code, name) → opening balance, debits, credits."""
    sums: Sums = {}
    for voucher in (opening, *month):
        for line in voucher.lines:
            of = sums.setdefault(code_of(line.account, voucher), [0, 0, 0])
            at = 0 if voucher is opening else 1 if line.amount_fen > 0 else 2
            of[at] += line.amount_fen if at < 2 else -line.amount_fen
    return dict(sorted(sums.items()))


def pair(fen: int) -> list[str]:
    return [plain_yuan(fen) if fen > 0 else "", plain_yuan(-fen) if fen < 0 else ""]


def side(fen: int) -> list[str]:
    return ["借" if fen > 0 else "贷" if fen < 0 else "平", plain_yuan(abs(fen))]


def u8(sums: Sums) -> list[list[str]]:
    rows = [["发生额及余额表"], ["月份：2025.01-2025.01"], U8_HEAD]
    for (code, name), (first, debit, credit) in sums.items():
        turnover = [plain_yuan(debit), plain_yuan(credit)]
        rows.append([code, name, *pair(first), *turnover, *pair(first + debit - credit)])
    return rows


def two_rows(sums: Sums) -> list[list[str]]:
    upper = ["科目代码", "科目名称", "期初余额", "", "本期发生额", "", "期末余额", ""]
    lower = ["", "", "借方", "贷方", "借方", "贷方", "借方", "贷方"]
    return [["科目余额表"], ["2025年第1期 至 2025年1期"], upper, lower, *u8(sums)[3:]]


def sided(sums: Sums) -> list[list[str]]:
    rows = [["2025年1月"], ["科目编码", "科目名称", "方向", "期初余额", "借方发生额", "贷方发生额", "方向", "期末余额"]]
    for (code, name), (first, debit, credit) in sums.items():
        turnover = [plain_yuan(debit), plain_yuan(credit)]
        rows.append([code, name, *side(first), *turnover, *side(first + debit - credit)])
    return rows


def own_side(sums: Sums) -> list[list[str]]:
    """Balances on the account's own side, less than nothing on the other, and no column of sides."""
    rows = [["会计年度", "会计期间", "科目编码", "科目名称", "期初余额", "本期借方", "本期贷方", "期末余额"]]
    credit_codes = ("2", "3", "4")
    for (code, name), (first, debit, credit) in sums.items():
        sign = -1 if code.startswith((*credit_codes, "163")) else 1
        balances = [plain_yuan(sign * first), plain_yuan(sign * (first + debit - credit))]
        rows.append(["2025", "1", code, name, balances[0], plain_yuan(debit), plain_yuan(credit), balances[1]])
    return rows


def iso(sums: Sums) -> list[list[str]]:
    rows = [["GL_Account_Number", "GL_Account_Name", "Fiscal_Year", "Period", "Amount_Beginning", "Amount_Ending"]]
    for (code, name), (first, debit, credit) in sums.items():
        rows.append([code, name, "2025", "M01", plain_yuan(first), plain_yuan(first + debit - credit)])
    return rows


SHAPES = (u8, two_rows, sided, own_side, iso)


def both(rows: Sequence[Sequence[str]], month: Sequence[Voucher]) -> Written:
    lines = [["日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额"]]
    for r in records_of(month):
        lines.append([r.date, f"{r.word}-{r.number}", r.narration, r.code, r.name, r.debit, r.credit])
    return Written("年度.xlsx", xlsx({"序时账": lines, "余额表": rows}), "")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.__name__)
def test_opening_and_check_together(
    shape: Callable[[Sums], list[list[str]]], opening: Voucher, month: tuple[Voucher, ...], book: Path, put: Put
) -> None:
    result = import_file(put(both(shape(sums_of(opening, month)), month)), book)
    assert (result.problems, result.written, result.opening_added) == ((), True, True)
    assert any("核对相符（期初余额、" in str(note) and "期末余额" in str(note) for note in result.notes)
    facts = read_book(book).facts
    assert facts is not None
    kept = next(v for v in vouchers_of(facts) if "opening" in v.tags)
    assert {(line.account, line.amount_fen) for line in kept.lines} == {
        (line.account, line.amount_fen) for line in opening.lines
    }


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.__name__)
def test_a_missing_voucher_shows_in_the_balances(
    shape: Callable[[Sums], list[list[str]]], opening: Voucher, month: tuple[Voucher, ...], refused: Refused
) -> None:
    rows = shape(sums_of(opening, month))
    report = refused(both(rows, month[:-1]))
    gone = code_of(month[-1].lines[0].account, month[-1])[0]
    lines = report.splitlines()
    assert all("余额表" in line and "相差" in line for line in lines)
    at = 1 + next(n for n, row in enumerate(rows) if gone in row)
    assert any(f"第 {at} 行" in line and gone in line for line in lines)


def test_one_fen_of_difference(opening: Voucher, month: tuple[Voucher, ...], refused: Refused) -> None:
    sums = sums_of(opening, month)
    rows = u8(sums)
    at = next(n for n, row in enumerate(rows) if row[0] == "101")
    rows[at][6] = plain_yuan(sum(sums["101", "库存现金"][:2]) - sums["101", "库存现金"][2] + 1)
    report = refused(both(rows, month)).splitlines()
    assert len(report) == 1
    assert f"工作表“余额表”第 {at + 1} 行" in report[0]
    assert "101 库存现金”2025-01 期末余额" in report[0]
    assert "相差 0.01 元" in report[0]


def test_a_later_month_only_checks(opening: Voucher, month: tuple[Voucher, ...], book: Path, put: Put) -> None:
    assert import_file(put(both(u8(sums_of(opening, month)), month)), book).written
    cash, bank = "Assets:101-库存现金", "Assets:102-银行存款:01-基本户"
    day = month[0].date.replace(month=2)
    drawn = Voucher(day, VoucherNumber("记", 2025, 2, 1), "", "提现", (Line(cash, 5000), Line(bank, -5000)))
    closing = {key: [first + debit - credit, 0, 0] for key, (first, debit, credit) in sums_of(opening, month).items()}
    for line in drawn.lines:
        closing[code_of(line.account, drawn)][1 if line.amount_fen > 0 else 2] += abs(line.amount_fen)
    rows = u8(closing)
    rows[1] = ["月份：2025.02-2025.02"]
    result = import_file(put(both(rows, [drawn])), book)
    assert (result.problems, result.written, result.opening_added) == ((), True, False)
    notes = "\n".join(map(str, result.notes))
    assert "期间不从 1 月开始" in notes
    assert "2025-02 的" in notes
    assert "核对相符（期初余额、发生额" in notes


def test_balances_alone_say_that_nothing_was_checked(
    opening: Voucher, month: tuple[Voucher, ...], book: Path, put: Put
) -> None:
    result = import_file(put(Written("余额表.xlsx", xlsx({"余额表": u8(sums_of(opening, month))}), "")), book)
    assert (result.opening_added, result.vouchers_added) == (True, 0)
    assert any("没有核对发生额和期末余额" in str(note) for note in result.notes)


def test_auxiliary_balances_are_added_up_for_each_account(
    opening: Voucher, month: tuple[Voucher, ...], refused: Refused, book: Path, put: Put
) -> None:
    sums = sums_of(opening, month)
    first, debit, credit = sums["10201", "基本户"]
    head = [
        "科目编码",
        "科目名称",
        "核算项目类型",
        "核算项目名称",
        "方向",
        "期初余额",
        "借方发生额",
        "贷方发生额",
        "期末余额",
    ]
    end = first + debit - credit
    parts = [("甲银行", 100, 0, 0, 100), ("乙银行", first - 100, debit, credit, end - 100)]
    rows = [["2025年1月"], head]
    rows += [["10201", "基本户", "银行账户", name, "借", *map(plain_yuan, amounts)] for name, *amounts in parts]
    good = both(u8(sums), month)
    lines = records_of(month)
    register = [["日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额"]]
    register += [[r.date, f"{r.word}-{r.number}", r.narration, r.code, r.name, r.debit, r.credit] for r in lines]
    sheets = {
        "序时账": register,
        "余额表": u8(sums),
        "辅助余额表": rows,
        "辅助明细账": [["科目编码", "科目名称", "期初余额"]],
    }
    rows[2][5] = "2.00"
    report = refused(Written("a.xlsx", xlsx(sheets), ""))
    assert "工作表“辅助余额表”第 3 行：科目“10201 基本户”2025-01 期初余额" in report
    rows[2][5] = "1.00"
    assert import_file(put(Written("b.xlsx", xlsx(sheets), "")), book).written
    assert good.content


def test_a_row_above_its_details_must_be_their_sum(
    opening: Voucher, month: tuple[Voucher, ...], book: Path, refused: Refused, put: Put
) -> None:
    rows = u8(sums_of(opening, month))
    bank = [row for row in rows[3:] if row[0].startswith("102")]
    total = sum(round(float(row[2] or 0) * 100) for row in bank)
    end = [sum(round(float(row[n] or 0) * 100) for row in bank) for n in (4, 5, 6)]
    whole = ["102", "银行存款", plain_yuan(total), "", *map(plain_yuan, end[:2]), plain_yuan(end[2]), ""]
    assert import_file(put(both([*rows[:4], whole, *rows[4:]], month)), book, dry_run=True).problems == ()
    whole[2] = plain_yuan(total + 1)
    assert "与其明细科目合计" in refused(both([*rows[:4], whole, *rows[4:]], month))


def test_saft_states_both_ends_of_its_period(
    opening: Voucher, month: tuple[Voucher, ...], book: Path, refused: Refused, put: Put
) -> None:
    sums = sums_of(opening, month)
    text = saft(records_of(month)).content.decode()
    start = "<n1:GeneralLedgerAccounts>"
    accounts = "".join(
        f"\n<n1:Account><n1:AccountID>{code}</n1:AccountID><n1:AccountDescription>{name}</n1:AccountDescription>"
        f"<n1:Opening{'Debit' if first >= 0 else 'Credit'}Balance>{plain_yuan(abs(first))}"
        f"</n1:Opening{'Debit' if first >= 0 else 'Credit'}Balance>"
        f"<n1:Closing{'Debit' if end >= 0 else 'Credit'}Balance>{plain_yuan(abs(end))}"
        f"</n1:Closing{'Debit' if end >= 0 else 'Credit'}Balance></n1:Account>"
        for (code, name), (first, debit, credit) in sums.items()
        for end in (first + debit - credit,)
    )
    text = text[: text.index(start) + len(start)] + accounts + text[text.index("</n1:GeneralLedgerAccounts>") :]
    period = "<n1:PeriodStart>1</n1:PeriodStart><n1:PeriodStartYear>2025</n1:PeriodStartYear>"
    period += "<n1:PeriodEnd>1</n1:PeriodEnd><n1:PeriodEndYear>2025</n1:PeriodEndYear>"
    text = text.replace("</n1:Header>", f"<n1:SelectionCriteria>{period}</n1:SelectionCriteria></n1:Header>")
    spoilt = text.replace(
        f"ClosingDebitBalance>{plain_yuan(sums['101', '库存现金'][0])[:2]}", "ClosingDebitBalance>9", 1
    )
    if spoilt != text:
        assert "期末余额" in refused(Written("b.xml", spoilt.encode(), ""))
    result = import_file(put(Written("a.xml", text.encode(), "")), book)
    assert (result.problems, result.opening_added, result.vouchers_added) == ((), True, len(month))
    assert any("2025-01 的" in str(note) and "相符" in str(note) for note in result.notes)


def test_gbt_balances_by_period_and_auxiliary_item(
    opening: Voucher, month: tuple[Voucher, ...], book: Path, put: Put
) -> None:
    text = gbt_2010(records_of(month)).content.decode("gb18030")
    parts = []
    for (code, _), (first, debit, credit) in sums_of(opening, month).items():
        for item, share in (("", None),) if code != "101" else (("甲", 7), ("乙", first - 7)):
            begins = first if share is None else share
            moved = (debit, credit) if share != 7 else (0, 0)
            ends = begins + moved[0] - moved[1]
            parts.append(
                f"<科目余额及发生额><科目编号>{code}</科目编号><辅助项1编号>{item}</辅助项1编号><会计年度>2025</会计年度>"
                f"<会计期间号>1</会计期间号><期初余额方向>{side(begins)[0]}</期初余额方向><期初本币余额>{side(begins)[1]}</期初本币余额>"
                f"<借方本币金额>{plain_yuan(moved[0])}</借方本币金额><贷方本币金额>{plain_yuan(moved[1])}</贷方本币金额>"
                f"<期末余额方向>{side(ends)[0]}</期末余额方向><期末本币余额>{side(ends)[1]}</期末本币余额></科目余额及发生额>\n"
            )
    names = sorted({code_of(line.account, opening) for line in opening.lines})
    parts += [
        f"<会计科目><科目编号>{c}</科目编号><科目名称>{n}</科目名称><余额方向>借</余额方向></会计科目>\n"
        for c, n in names
    ]
    text = text.replace("</总账>", f"{''.join(parts)}</总账>")
    result = import_file(put(Written("总账.xml", text.encode("gb18030"), "")), book)
    assert (result.problems, result.opening_added, result.vouchers_added) == ((), True, len(month))
    assert any("核对相符（期初余额、发生额（借方减贷方）、期末余额）" in str(note) for note in result.notes)


def test_kingdee_says_where_a_column_came_from(month: tuple[Voucher, ...], refused: Refused) -> None:
    bad = [*records_of(month[:1])]
    bad[0] = type(bad[0])(**{**bad[0].__dict__, "debit": "1,0,0"})
    assert "工作表“凭证序时簿”第 2 行 J（借方） 列" in refused(kingdee(bad))
