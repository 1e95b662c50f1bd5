"""Sealing, locking, opening again and verifying: what a later change of one character comes to."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.closing import UnclosableYear, close_year
from ledger.months import MonthNotSealed, locked_problem, reopen_month, seal_month, sealed_months, verify_book
from ledger.months.chain import BrokenChain, read_chain
from ledger.months.records import VoucherRecord, _checked, _keyed
from ledger.months.verifying import _month
from ledger.posting import PostingRefused, post_vouchers
from ledger.reader.folder import survey
from ledger.reader.limits import Limits
from ledger.reader.records import records_of
from ledger.vouchers import Line, Voucher, VoucherNumber
from tests.rules.casefile import book_files

NOW = datetime.datetime(2025, 4, 2, 9, 30, tzinfo=datetime.UTC)
BANK = "Assets:102-银行存款:01-基本户"
BOOK = """
2025-01-01 * "期初" "期初余额" #opening
  Assets:102-银行存款:01-基本户                10000.00 CNY
  Equity:322-工会资金结余:32205-累计结余      -10000.00 CNY

2025-01-20 * "会员甲" "一月会费"
  voucher: "记-2025-01-0001"
  attachments: 2
  document: "documents/收据.txt"
  Assets:102-银行存款:01-基本户                  200.00 CNY
    invoice: "25340001"
  Income:401-会费收入                           -200.00 CNY

2025-02-20 * "会员甲" "二月会费" #quarter ^pair-1
  voucher: "记-2025-02-0001"
  prepared-by: "张某某"
  Assets:102-银行存款:01-基本户                  210.00 CNY
  Income:401-会费收入                           -210.00 CNY

2025-03-20 * "会员甲" "三月会费"
  voucher: "记-2025-03-0001"
  Assets:102-银行存款:01-基本户                  220.00 CNY
  Income:401-会费收入                           -220.00 CNY
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "账套"
    for path, content in book_files(BOOK, {}, union={}).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    (folder / "documents").mkdir(exist_ok=True)
    (folder / "documents/收据.txt").write_text("收据", encoding="utf-8")
    return folder


def voucher_file(book: Path) -> Path:
    return next(p for p in book.rglob("*.beancount") if "一月会费" in p.read_text(encoding="utf-8"))


def changed(book: Path, old: str, new: str) -> list[tuple[str, str, str]]:
    path = voucher_file(book)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [(c.kind, c.name, c.details[0]) for c in verify_book(book).changes]


def test_a_sealed_month_is_intact_until_it_is_touched(book: Path) -> None:
    sealed = seal_month(book, "2025-01", by="张某某", now=NOW)
    assert (sealed.vouchers, sealed.record.kind, sealed.record.file) == (2, "seal", "seals/2025-01.json")
    assert sealed_months(book) == {"2025-01"}
    found = verify_book(book)
    assert (found.intact, found.months, found.receipt) == (True, ("2025-01",), sealed.record.receipt)
    body = json.loads((book / "seals/2025-01.json").read_text(encoding="utf-8"))
    assert [v["voucher"] for v in body["vouchers"]] == ["期初余额 2025-01-01", "记-2025-01-0001"]
    assert body["balances"][BANK] == "借 10200.00"
    assert {c["code"]: c["outcome"] for c in body["checks"]}["bank"] == "not_tested"


@pytest.mark.parametrize(
    ("old", "new", "kind", "said"),
    [
        ("一月会费", "一月会贵", "changed", "摘要：“一月会费” → “一月会贵”"),
        ("  attachments: 2", "  attachments: 3", "changed", "栏目 attachments：“2” → “3”"),
        ("25340001", "25340007", "changed", "第 1 条分录"),
        ('2025-01-20 * "会员甲"', '2025-01-20 ! "会员甲"', "changed", "标记：“*” → “!”"),
        ("2025-01-20 *", "2025-01-21 *", "changed", "日期：“2025-01-20” → “2025-01-21”"),
        ("2025-01-20 *", "2025-03-20 *", "moved", "日期：“2025-01-20” → “2025-03-20”"),
        ("记-2025-01-0001", "记-2025-01-0002", "deleted", "封账时有这张凭证"),
        ("10000.00 CNY", "10000.01 CNY", "changed", "第 1 条分录"),
    ],
)
def test_changes_are_named(book: Path, old: str, new: str, kind: str, said: str) -> None:
    seal_month(book, "2025-01", now=NOW)
    found = changed(book, old, new)
    assert found[0][0] == kind
    assert said in found[0][2]


def test_inserted_hidden_and_swapped(book: Path) -> None:
    seal_month(book, "2025-01", now=NOW)
    added = BOOK[BOOK.index("2025-01-20") : BOOK.index("2025-02-20")].replace("0001", "0002")
    kinds = [kind for kind, _, _ in changed(book, "2025-02-20 *", f"{added}\n2025-02-20 *")]
    assert kinds == ["inserted"]
    text = voucher_file(book).read_text(encoding="utf-8").replace(added, "")
    hidden = re.sub(r"(?m)^(.*一月会费)", r"; \1", text)
    voucher_file(book).write_text(hidden, encoding="utf-8")
    assert "deleted" in [c.kind for c in verify_book(book).changes]
    voucher_file(book).write_text(text, encoding="utf-8")
    (book / "documents/收据.txt").write_text("收椐", encoding="utf-8")
    assert [(c.kind, c.details) for c in verify_book(book).changes] == [("document", ("附件在封账后被换过",))]
    (book / "documents/收据.txt").unlink()
    assert [c.details for c in verify_book(book).changes] == [("附件在封账后不见了",)]


@pytest.mark.parametrize(
    "harmless",
    [
        lambda text: text.replace("   200.00", " 200.00"),
        lambda text: text.replace("200.00 CNY", "200.000 CNY"),
        lambda text: text.replace("10000.00", "10,000.00"),
        lambda text: "; 说明\n" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("#quarter ^pair-1", "^pair-1 #quarter"),
        lambda text: text.replace("  attachments: 2\n", "").replace(
            '记-2025-01-0001"\n', '记-2025-01-0001"\n  attachments: 2\n'
        ),
        lambda text: (
            text + '\n2025-04-01 * "会员甲" "四月会费"\n  voucher: "记-2025-04-0001"\n'
            "  Assets:102-银行存款:01-基本户   1.00 CNY\n  Income:401-会费收入   -1.00 CNY\n"
        ),
        lambda text: text + '\n2025-04-01 custom "union-budget" "2025" Income:401-会费收入 9.00 CNY\n  version: 0\n',
    ],
)
def test_harmless_rewriting_keeps_the_seal(book: Path, harmless: Callable[[str], str]) -> None:
    seal_month(book, "2025-01", now=NOW)
    seal_month(book, "2025-02", now=NOW)
    path = voucher_file(book)
    path.write_bytes(harmless(path.read_text(encoding="utf-8")).encode())
    assert verify_book(book).changes == ()


def test_vouchers_may_move_to_another_file(book: Path) -> None:
    seal_month(book, "2025-01", now=NOW)
    path = voucher_file(book)
    text = path.read_text(encoding="utf-8")
    block = text[text.index("2025-01-20") : text.index("2025-02-20")]
    path.write_text(text.replace(block, ""), encoding="utf-8")
    (book / "extra.beancount").write_text(block, encoding="utf-8")
    main = book / "main.beancount"
    main.write_text(main.read_text(encoding="utf-8") + 'include "extra.beancount"\n', encoding="utf-8")
    found = verify_book(book)
    assert found.intact
    assert "内容与封账时一致" in found.notes[0]


# Characters whose replacement changes a value: inside strings, digits of days and amounts, letters of accounts.
SEALED = BOOK[BOOK.index("2025-01-20") : BOOK.index("2025-02-20")].rstrip()
PLACES = [
    n
    for match in re.finditer(
        r'"[^"]+"|(?<= )\d+\.\d\d|^\d{4}-\d\d-\d\d|(?<=:)[\w-]+|(?<=attachments: )\d', SEALED, re.MULTILINE
    )
    for n in range(match.start(), match.end())
    if SEALED[n] not in '"-.'
]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(PLACES), st.data())
def test_any_single_character_of_a_sealed_voucher(
    tmp_path_factory: pytest.TempPathFactory, place: int, data: st.DataObject
) -> None:
    """Records are made in this process here, as the child makes them, so that many changes can be tried."""
    before = SEALED[place]
    other = data.draw(
        st.sampled_from("0123456789" if before.isdigit() else "甲乙丙费贵己已巳xyzＸ１").filter(lambda c: c != before)
    )
    doctored = SEALED[:place] + other + SEALED[place + 1 :]
    assert list(_month("2025-01", _sealed_body(), _Now(_records(tmp_path_factory, doctored))))  # type: ignore[arg-type]


class _Now:
    """What `verify` asks of a reading: the records of a month, and hashes of scans."""

    def __init__(self, records: tuple[VoucherRecord, ...]) -> None:
        self.records = records
        self.found = type("Found", (), {"hashes": {}})

    def of(self, month: str) -> tuple[VoucherRecord, ...]:
        return tuple(record for record in self.records if record.month == month)


_BODY: list[dict[str, object]] = []


def _sealed_body() -> dict[str, object]:
    return {"vouchers": _BODY, "documents": {}}


def _records(factory: pytest.TempPathFactory, voucher: str) -> tuple[VoucherRecord, ...]:
    folder = factory.mktemp("账套")
    for path, content in book_files(BOOK, {}, union={}).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content.replace(SEALED, voucher), encoding="utf-8")
    found, _ = records_of(survey(folder, Limits()), Limits())
    shutil.rmtree(folder)
    return _keyed([_checked(item) for item in found])


@pytest.fixture(scope="module", autouse=True)
def _body(tmp_path_factory: pytest.TempPathFactory) -> None:
    now = _Now(_records(tmp_path_factory, SEALED))
    _BODY[:] = [{"voucher": r.key, "sha256": r.sha256, "content": r.content} for r in now.of("2025-01")]
    assert list(_month("2025-01", _sealed_body(), now)) == []  # type: ignore[arg-type]


def test_months_are_sealed_in_order_and_failed_checks_need_a_reason(book: Path) -> None:
    with pytest.raises(MonthNotSealed, match="以前月份均已封账：2025-01 尚未封账") as refused:
        seal_month(book, "2025-02", now=NOW)
    assert not (book / "seals").exists()
    assert len(refused.value.checks) == 8
    sealed = seal_month(book, "2025-02", despite="一月凭证在审计", now=NOW)
    assert sealed.record.reason == "一月凭证在审计"
    assert verify_book(book).notes == ("2025-02：带着未通过的检查封账：一月凭证在审计",)
    with pytest.raises(MonthNotSealed, match="已封账"):
        seal_month(book, "2025-02", now=NOW)
    for month, said in (("2025-13", "不是月份"), ("2025-07", "没有凭证")):
        with pytest.raises(MonthNotSealed, match=said):
            seal_month(book, month, now=NOW)


def test_a_changed_balance_of_an_unsealed_month_is_seen(book: Path) -> None:
    seal_month(book, "2025-02", despite="一月凭证在审计", now=NOW)
    found = changed(book, "    200.00", "    201.00") or changed(book, "-200.00", "-201.00")
    assert {kind for kind, _, _ in found} == {"balance"}


def test_a_sealed_month_takes_no_voucher(book: Path) -> None:
    seal_month(book, "2025-01", now=NOW)
    lines = (Line(BANK, 100), Line("Income:401-会费收入", -100))
    late = Voucher(datetime.date(2025, 1, 31), VoucherNumber("记", 2025, 1, 2), "会员", "会费", lines)
    with pytest.raises(PostingRefused, match="红字冲销"):
        post_vouchers(book, [late])
    open_one = Voucher(datetime.date(2025, 3, 31), VoucherNumber("记", 2025, 3, 2), "会员", "会费", lines)
    post_vouchers(book, [open_one])
    assert verify_book(book).intact
    assert locked_problem(datetime.date(2025, 3, 1), sealed_months(book)) == ""


def test_a_year_with_a_sealed_december_is_not_closed_again(book: Path) -> None:
    path = voucher_file(book)
    path.write_text(path.read_text(encoding="utf-8").replace("2025-03", "2025-12"), encoding="utf-8")
    close_year(book, 2025)
    after_year = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
    seal_month(book, "2025-12", despite="各月未封", now=after_year)
    with pytest.raises(UnclosableYear, match="2025-12 已封账"):
        close_year(book, 2025)


def test_opening_again_stays_on_record(book: Path) -> None:
    for month in ("2025-01", "2025-02"):
        seal_month(book, month, now=NOW)
    with pytest.raises(MonthNotSealed, match="2025-02 仍在封账"):
        reopen_month(book, "2025-01", reason="漏记", now=NOW)
    with pytest.raises(MonthNotSealed, match="写明原因"):
        reopen_month(book, "2025-02", reason=" ", now=NOW)
    reopen_month(book, "2025-02", reason="漏记利息", by="张某某", now=NOW)
    assert sealed_months(book) == {"2025-01"}
    with pytest.raises(MonthNotSealed, match="没有封账"):
        reopen_month(book, "2025-02", reason="再开", now=NOW)
    first = (book / "seals/2025-02.json").read_bytes()
    again = seal_month(book, "2025-02", now=NOW)
    assert again.record.file == "seals/2025-02-2.json"
    assert (book / "seals/2025-02.json").read_bytes() == first
    found = verify_book(book)
    assert found.intact
    assert "2025-02：封账后曾重开" in found.notes[0]
    assert [r.kind for r in read_chain(book)] == ["seal", "seal", "reopen", "seal"]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_any_change_of_the_log_breaks_the_chain(book: Path, data: st.DataObject) -> None:
    log = book / "seals/log.jsonl"
    if not log.exists():
        for month in ("2025-01", "2025-02", "2025-03"):
            seal_month(book, month, now=NOW)
    text = log.read_text(encoding="utf-8")
    lines = text.splitlines()
    place = data.draw(st.integers(0, len("\n".join(lines[:2])) - 1))  # the last line's own id is the receipt
    other = data.draw(st.sampled_from('0a9",{x').filter(lambda c: c != text[place]))
    log.write_text(text[:place] + other + text[place + 1 :], encoding="utf-8")
    try:
        with pytest.raises(BrokenChain):
            read_chain(book)
        assert sealed_months(book) >= {"2025-01", "2025-02", "2025-03"}
    finally:
        log.write_text(text, encoding="utf-8")


def test_doctored_seals_are_found(book: Path) -> None:
    for month in ("2025-01", "2025-02"):
        seal_month(book, month, now=NOW)
    seal = book / "seals/2025-01.json"
    kept = seal.read_text(encoding="utf-8")
    seal.write_text(kept.replace("一月会费", "一月会贵"), encoding="utf-8")
    assert [(c.kind, c.name) for c in verify_book(book).changes] == [("seal", "seals/2025-01.json")]
    seal.unlink()
    assert "不在账套中" in verify_book(book).changes[0].details[0]
    seal.write_text(kept, encoding="utf-8")
    log = book / "seals/log.jsonl"
    log.unlink()
    assert sealed_months(book) == {"2025-01", "2025-02"}
    assert {c.kind for c in verify_book(book).changes} == {"chain"}
    log.write_text("[" * 100000, encoding="utf-8")
    assert verify_book(book).changes[0].kind == "chain"


def test_a_book_that_cannot_be_read_is_not_intact(book: Path) -> None:
    seal_month(book, "2025-01", now=NOW)
    (book / "main.beancount").unlink()
    found = verify_book(book)
    assert not found.intact
