"""Every format wrong in every way: a report that names sheet, row and column, and a book that stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ledger.vouchers import Voucher
from tests.ledger.importers.packages.written import (
    WRITERS,
    Record,
    Writer,
    Written,
    gbt_2010,
    gbt_2024_json,
    gbt_2024_xml,
    iso21378,
    kingdee,
    ledger_table,
    records_of,
    saft,
    u8_register,
    u8_table,
    u8_xml,
)

Refused = Callable[..., str]
Change = Callable[[list[Record]], list[Record]]


def half(records: list[Record]) -> list[Record]:
    return records[:-1]


def changed(**cells: str) -> Change:
    return lambda records: [replace(records[0], **cells), *records[1:]]


def renumbered(records: list[Record]) -> list[Record]:
    return [replace(record, number="无") for record in records]


def renumbered_as_first(records: list[Record]) -> list[Record]:
    return [replace(record, number="0001", date="2025-01-06") for record in records]


def dated(day: str) -> Change:
    return lambda records: [replace(record, date=day) for record in records]


FAULTS: dict[str, tuple[Change, str]] = {
    "nothing": (lambda records: records, ""),
    "half a voucher": (half, "借贷不平"),
    "no such day": (dated("2025-02-30"), "不是存在的日期"),
    "a day in words": (dated("二月三日"), "“二月三日”不是日期"),
    "no such account": (changed(code="9990101", name="神秘科目"), "神秘科目”不在"),
    "an account of another name": (changed(code="401", name="别的名字"), "别的名字"),
    "an amount in words": (changed(debit="五百元", credit=""), "“五百元”不是金额"),
    "a third of a fen": (changed(debit="500.001", credit=""), "两位小数"),
    "another currency": (changed(currency="USD"), "“USD”不是人民币"),
    "no number": (renumbered, "无”无法识别"),
    "a number used twice": (renumbered_as_first, "重复"),
}


@pytest.mark.parametrize("write", WRITERS, ids=lambda w: w.__name__)
def test_every_fault_is_told_by_its_row(write: Writer, month: tuple[Voucher, ...], refused: Refused) -> None:
    skipped = {"another currency"} if write is u8_register else set()
    skipped |= set() if write in NAMED else {"an account of another name"}
    used = {name: fault for name, fault in FAULTS.items() if name not in skipped}
    records = [
        record
        for (change, _), voucher in zip(used.values(), month, strict=False)
        for record in change(records_of([voucher]))
    ]
    report = refused(write(records)).splitlines()
    for name, (_, words) in used.items():
        found = [line for line in report if words in line]
        assert found, f"{name} is not told: {report}"
        assert "第 " in found[0], "the report gives no row"
    assert len(report) < 3 * len(used)


NAMED = (u8_register, u8_xml, kingdee, iso21378)

SIDES: dict[Writer, str] = {
    u8_table: "L（md）",
    u8_xml: "（natural_debit_currency）",
    kingdee: "J（借方）",
    gbt_2010: "（借方本币金额）",
    gbt_2024_xml: "（借方本币金额）",
    gbt_2024_json: "（借方本币金额）",
    saft: "（DebitAmount/Amount）",
    ledger_table: "G（借方发生额）",
}


@pytest.mark.parametrize("write", SIDES, ids=lambda w: w.__name__)
def test_amounts_on_both_sides(write: Writer, month: tuple[Voucher, ...], refused: Refused) -> None:
    report = refused(write(changed(debit="5.00", credit="5.00")(records_of(month[:2]))))
    assert "既有借方又有贷方" in report
    assert SIDES[write] in report, "the column is not the received one"


@pytest.mark.parametrize("write", [kingdee, saft, ledger_table], ids=lambda w: w.__name__)
def test_totals_that_do_not_add(write: Writer, month: tuple[Voucher, ...], refused: Refused) -> None:
    assert "不符；文件可能" in refused(write(records_of(month), off=1))


@pytest.mark.parametrize("write", WRITERS, ids=lambda w: w.__name__)
def test_a_head_that_is_not_there_is_told_with_those_that_are(
    write: Writer, month: tuple[Voucher, ...], refused: Refused
) -> None:
    report = refused(write(records_of(month[:2]), amount="x"))
    assert any(word in report for word in ("应有", "缺少列", "没有填写", "可读的")), report
    assert any(word in report for word in ("表头", "借方", "没有填写"))


def test_asked_for_as_another_package(month: tuple[Voucher, ...], refused: Refused) -> None:
    report = refused(kingdee(records_of(month[:2])), "u8")
    assert "不是用友 U8的文件，像是金蝶" in report
    assert "科目代码" in report
    assert "凭证号数" in report


def test_a_list_of_vouchers_without_lines(refused: Refused) -> None:
    rows = "制单日期,凭证编号,摘要,借方金额合计,贷方金额合计,制单人\n2025-01-03,记-0001,收会费,10.00,10.00,钱某某\n"
    assert "表头" in refused(Written("凭证列表.csv", rows.encode(), "u8"), "u8")


def test_bytes_of_no_encoding(month: tuple[Voucher, ...], refused: Refused) -> None:
    good = iso21378(records_of(month[:2]))
    assert "既不是 UTF-8 也不是 GB18030" in refused(replace(good, content=good.content + b"\xff\xff\xfe"))


def test_a_voucher_without_head_and_a_head_without_lines(month: tuple[Voucher, ...], refused: Refused) -> None:
    text = gbt_2024_xml(records_of(month[:3])).content.decode()
    first = text.index("<记录>", text.index("<记账凭证 "))
    without = text[:first] + text[text.index("</记录>", first) + len("</记录>") :]
    assert "没有日期" in refused(Written("a.xml", without.encode(), ""))
    at = text.index("<记账凭证分录 ")
    lines = text[at:].split("<记录>")
    kept = text[:at] + "<记录>".join([lines[0], *(line for line in lines[1:] if "0003</记账凭证编号>" not in line)])
    closing = "" if kept.rstrip().endswith("</GB_T_24589_1_2024>") else "</记账凭证分录></GB_T_24589_1_2024>"
    report = refused(Written("b.xml", (kept + closing).encode(), ""))
    assert "没有科目" in report or "都没有填写" in report
