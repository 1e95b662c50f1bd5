"""What a departure audit lists besides figures: doubtful terms, decisions, the handover, earlier audits, proposals."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.engine import run_audit
from ledger.facts import Facts
from ledger.register_rows import OfficerRow, rows_of_register
from ledger.union import Standard
from rules.departure.decisions import DecisionKind, decisions
from rules.departure.earlier import audits_of, open_audits
from rules.departure.handover import Part, handover
from rules.departure.position import Term
from rules.departure.responsibility import Proposal, Responsibility, When, proposal
from rules.departure.terms import term_doubts
from rules.finding import Certainty, Citation, Evidence, Finding, Kind, Outcome, Severity, Status, Text
from rules.law import Law
from rules.rule import all_rules
from tests.rules.casefile import book_files

TERM = Term("张某某", datetime.date(2024, 7, 1), datetime.date(2025, 6, 30), left=True)
_BODY = """
2024-01-01 * "期初" "期初余额" #opening
  Assets:101-库存现金                        100.00 CNY
  Assets:102-银行存款:01-基本户           100000.00 CNY
  Assets:162-固定资产:01-通用设备           8000.00 CNY
  Equity:301-资产基金:30104-固定资产       -8000.00 CNY
  Liabilities:221-代管经费:01-互助保险      -300.00 CNY
  Equity:322-工会资金结余:32205-累计结余  -99800.00 CNY
2024-06-30 * "某商店" "前任的大额采购"
  voucher: "记-2024-06-0001"
  approved-by: "前任某"
  Expenses:501-职工活动支出:50105-会员活动支出  20000.00 CNY
  Assets:102-银行存款:01-基本户                -20000.00 CNY
2024-09-10 * "某商店" "刚好不到金额的采购"
  voucher: "记-2024-09-0001"
  approved-by: "张某某"
  handled-by: "钱某某"
  Expenses:501-职工活动支出:50105-会员活动支出   9999.99 CNY
  Assets:102-银行存款:01-基本户                 -9999.99 CNY
2024-10-10 * "某运动馆" "有决议的采购"
  voucher: "记-2024-10-0001"
  approved-by: "张某某"
  handled-by: "钱某某"
  resolution: "R1"
  Expenses:501-职工活动支出:50105-会员活动支出  10000.00 CNY
  Assets:102-银行存款:01-基本户                -10000.00 CNY
2024-11-10 * "某影城" "没有决议的采购"
  voucher: "记-2024-11-0001"
  approved-by: "张某某"
  handled-by: "钱某某"
  Expenses:501-职工活动支出:50105-会员活动支出  12000.00 CNY
  Assets:102-银行存款:01-基本户                -12000.00 CNY
2025-02-10 * "张某某" "接待用品"
  voucher: "记-2025-02-0001"
  approved-by: "张某某"
  handled-by: "张某某"
  Expenses:505-业务支出:50504-其他业务支出       500.00 CNY
  Assets:102-银行存款:01-基本户                 -500.00 CNY
2025-03-10 * "李某某" "备用金"
  voucher: "记-2025-03-0001"
  approved-by: "张某某"
  Assets:135-其他应收款:0101-李某某备用金        600.00 CNY
  Assets:102-银行存款:01-基本户                 -600.00 CNY
2025-04-10 * "某慈善会" "向灾区捐赠"
  voucher: "记-2025-04-0001"
  resolution: "R9"
  approved-by: "王某某"
  Expenses:510-其他支出                         2000.00 CNY
  Assets:102-银行存款:01-基本户                -2000.00 CNY
2025-05-10 * "废品站" "报废打印机"
  voucher: "记-2025-05-0001"
  approved-by: "王某某"
  Equity:301-资产基金:30104-固定资产            3000.00 CNY
  Assets:162-固定资产:01-通用设备              -3000.00 CNY
2025-07-01 * "某影城" "离任次日的采购"
  voucher: "记-2025-07-0001"
  approved-by: "李某某"
  Expenses:501-职工活动支出:50105-会员活动支出  30000.00 CNY
  Assets:102-银行存款:01-基本户               -30000.00 CNY
"""
_REGISTERS = {
    "officers": (
        "post,name,from,to\nchair,张某某,2024-07-01,2025-06-30\nchair,李某某,2025-07-01,\n"
        "seal_keeper,陈某某,2024-07-01,\nseal_keeper,旧某某,2020-01-01,2025-06-29\ncashier,孙某某,2024-07-01,2025-06-30\n"
    ),
    "resolutions": (
        "id,date,body,topic,amount,present,members,approved\n"
        "R1,2024-10-01,committee,采购,10000.00,7,9,yes\n"
        "R2,2025-01-05,committee,为某单位贷款提供担保,50000.00,5,9,yes\n"
        "R3,2024-10-01,committee,采购,,7,9,no\n"
        "R4,2024-10-01,committee,采购,,4,8,yes\n"
        "R5,2024-10-01,committee,采购,,,,yes\n"
        "R6,2024-10-11,committee,采购,,7,9,yes\n"
    ),
    "bank": (
        "account,date,serial,payer_payee,summary,debit,credit,balance\n"
        "Assets:102-银行存款:01-基本户,2025-06-28,1,某,某,,,44900.01\n"
        "Assets:102-银行存款:01-基本户,2025-07-02,2,某,某,,,14900.01\n"
    ),
    "cash_counts": (
        "date,account,counted,keeper,witness\n2025-03-31,Assets:101-库存现金,90.00,孙某某,周某某\n"
        "2025-07-31,Assets:101-库存现金,100.00,孙某某,周某某\n"
    ),
    "assets": (
        "asset_id,name,category,acquired,cost,life_years,keeper,source,last_counted,disposed\n"
        "资-1,电脑,通用设备,2020-01-01,5000.00,6,冯某某,bought,2025-06-01,\n"
        "资-2,打印机,通用设备,2020-01-01,3000.00,6,冯某某,bought,2025-06-01,2025-05-10\n"
        "资-3,空调,通用设备,2020-01-01,1000.00,6,,employer,,\n"
        "资-4,音响,通用设备,2025-07-01,2000.00,6,冯某某,bought,,\n"
    ),
    "contracts": (
        "contract,signed,party,topic,amount,from,to\n"
        "合-1,2025-01-01,某影城,观影,9000.00,2025-01-01,2025-06-30\n"
        "合-2,2025-01-01,某商店,供货,8000.00,2025-01-01,2025-06-29\n"
        "合-3,2025-07-01,某商店,供货,7000.00,2025-07-01,\n"
    ),
    "audits": (
        "id,kind,period_from,period_to,subject,reported_on,findings,rectified_on\n"
        "审-1,annual,2023-01-01,2023-12-31,本会,2024-03-01,断号一处,2024-05-01\n"
        "审-2,annual,2024-01-01,2024-12-31,本会,2025-03-01,签收不全,2025-07-01\n"
        "审-3,remittance,2024-01-01,2024-12-31,本会,2025-04-01,未发现问题,\n"
        "审-4,annual,2025-01-01,2025-12-31,本会,2026-03-01,超预算,\n"
    ),
}
STANDARDS = tuple(
    Standard(key, Decimal(value), datetime.date(2020, 1, 1), None, "某市第一医院工会〔2020〕3号")
    for key, value in (("control.resolution_threshold", "10000"),)
)
SINCE, UNTIL = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
Reader = Callable[[Path], Facts]


def _facts(folder: Path, read: Reader, registers: Mapping[str, str] = _REGISTERS, body: str = _BODY) -> Facts:
    for path, text in book_files(body, dict(registers)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    found = read(folder)
    assert not [e.message for e in found.integrity if e.severity == "high"]
    return dataclasses.replace(found, union=dataclasses.replace(found.union, standards=STANDARDS))


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory, read_facts: Reader) -> Facts:
    return _facts(tmp_path_factory.mktemp("matters"), read_facts)


def _officers(tmp_path: Path, read: Reader, rows: str) -> Facts:
    return _facts(tmp_path, read, {**_REGISTERS, "officers": f"post,name,from,to\n{rows}"})


def _outcomes(facts: Facts, law: Law, subject: str, wanted: Callable[[str], bool]) -> dict[str, Outcome]:
    """Audit the departure of a person by the rules whose codes are wanted, and return what each ended in."""
    rules = [rule for rule in all_rules() if wanted(rule.code)]
    result = run_audit(facts, law, since=SINCE, until=UNTIL, kind=Kind.DEPARTURE, subject=subject, rules=rules)
    return {outcome.code: outcome for outcome in result.outcomes}


# Doubtful terms


def test_a_settled_term_leaves_nothing_open(facts: Facts) -> None:
    for subject in ("张某某", "无某"):
        assert term_doubts(rows_of_register(facts, OfficerRow), subject, UNTIL) == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("chair,张某某,2024-07-01,\n", ["没有离任日，暂计至 2025-12-31"]),
        ("chair,张某某,2024-07-01,2025-06-30\nchair,李某某,2025-06-30,\n", ["李某某的任期在 2025-06-30 至 2025-06-30"]),
        ("chair,张某某,2024-07-01,2025-06-30\nchair,李某某,2025-07-01,\n", []),
        (
            "chair,张某某,2024-07-01,2025-06-30\nchair,张某某,2024-01-01,2024-08-31\n",
            ["本人另一段任期在 2024-07-01 至 2024-08-31"],
        ),
        ("chair,张某某,2024-07-01,2025-06-30\nchair,张某某,2024-07-01,2025-06-30\n", ["本人另一段任期"]),
        ("chair,张某某,2024-07-01,\nchair,李某某,2025-07-01,\n", ["没有离任日", "李某某的任期在 2025-07-01"]),
    ],
)
def test_what_a_register_leaves_open_is_one_line_each(
    tmp_path: Path, read_facts: Reader, law: Law, rows: str, said: list[str]
) -> None:
    found = _officers(tmp_path, read_facts, rows)
    doubts = term_doubts(rows_of_register(found, OfficerRow), "张某某", UNTIL)
    assert len(doubts) == len(said)
    assert all(words in doubt.zh for words, doubt in zip(said, doubts, strict=True))
    assert all(doubt.en for doubt in doubts)
    # The rule of the term's bridge carries them, once, and is no pass with them.
    (outcome,) = _outcomes(found, law, "张某某", lambda code: code == "DEP08").values()
    assert (outcome.status is Status.NOT_PERFORMED) is bool(said)
    assert all(outcome.reason.zh.count(doubt.zh) == 1 for doubt in doubts)


def test_an_unknown_officer_is_one_line_and_no_pass(facts: Facts, law: Law) -> None:
    found = _outcomes(facts, law, "无某", lambda code: code.startswith("DEP") and code != "DEP01")
    for outcome in found.values():
        assert outcome.status is Status.NOT_PERFORMED
    assert found["DEP08"].reason.zh == "registers/officers.csv 中没有主席“无某”的任期；登记的主席：张某某、李某某"


# Decisions


def test_every_large_spending_of_the_term_with_and_without_resolution(facts: Facts, law: Law) -> None:
    found = decisions(facts, law, TERM).of(DecisionKind.LARGE)
    assert [(d.reference, d.amount_fen, d.sound) for d in found] == [
        ("记-2024-10-0001", 10000_00, True),
        ("记-2024-11-0001", 12000_00, False),
    ]
    assert [d.decided.zh for d in found] == ["决议 R1 在先", "凭证没有写集体决议的编号"]
    assert found[0].approved_by == "张某某"


def test_the_other_kinds_of_decisions(facts: Facts, law: Law) -> None:
    found = decisions(facts, law, TERM)
    one = {kind: found.of(kind) for kind in DecisionKind}
    assert [(d.reference, d.amount_fen) for d in one[DecisionKind.OWN]] == [("记-2025-02-0001", 500_00)]
    assert [(d.party, d.amount_fen) for d in one[DecisionKind.LENT]] == [("李某某备用金", 600_00)]
    assert [(d.reference, d.decided.zh) for d in one[DecisionKind.DONATED]] == [
        ("记-2025-04-0001", "决议 R9 不在 resolutions.csv")
    ]
    assert [(d.reference, d.amount_fen) for d in one[DecisionKind.DISPOSED]] == [("记-2025-05-0001", 3000_00)]
    assert [(d.reference, d.file) for d in one[DecisionKind.GUARANTEED]] == [("R2", "registers/resolutions.csv")]
    assert one[DecisionKind.BORROWED] == one[DecisionKind.INVESTED] == ()


def test_split_purchases_come_from_their_own_rule(tmp_path: Path, read_facts: Reader, law: Law) -> None:
    day = "2025-05-20"
    parts = "".join(
        f'{day} * "某市鲜果批发行" "水果"\n  voucher: "记-2025-05-{n:04d}"\n'
        "  Expenses:501-职工活动支出:50105-会员活动支出  6000.00 CNY\n  Assets:102-银行存款:01-基本户  -6000.00 CNY\n"
        for n in (2, 3)
    )
    book = _facts(tmp_path, read_facts, body=_BODY + parts)
    found = decisions(book, law, TERM).of(DecisionKind.SPLIT)
    assert [(d.reference, d.amount_fen) for d in found] == [("记-2025-05-0002、记-2025-05-0003", 12000_00)]


def test_without_a_threshold_or_a_register_it_is_said(tmp_path: Path, read_facts: Reader, law: Law) -> None:
    without = {name: text for name, text in _REGISTERS.items() if name != "resolutions"}
    found = _facts(tmp_path, read_facts, without)
    made = decisions(found, law, TERM)
    assert [d.sound for d in made.of(DecisionKind.LARGE)] == [None, False]
    assert any("缺少 registers/resolutions.csv" in text.zh for text in made.untested)
    bare = dataclasses.replace(found, union=dataclasses.replace(found.union, standards=()))
    made = decisions(bare, law, TERM)
    assert made.of(DecisionKind.LARGE) == ()
    assert any("control.resolution_threshold" in text.zh for text in made.untested)


# Handover


def test_the_handover_list_of_the_leaving_day(facts: Facts) -> None:
    found = handover(facts, TERM.leaving)
    (cash,) = found.of(Part.CASH)
    assert (cash.amount_fen, cash.compared_fen, cash.compared_on) == (100_00, 90_00, datetime.date(2025, 3, 31))
    assert "短款 10.00 元" in cash.note.zh
    assert "重新盘点" in cash.note.zh
    (bank,) = found.of(Part.BANK)
    # 100000 - 20000 - 9999.99 - 10000 - 12000 - 500 - 600 - 2000 = 44900.01
    assert (bank.amount_fen, bank.compared_fen, bank.note.zh) == (44900_01, 44900_01, "账面与对账单一致")
    assert [(i.who, i.amount_fen) for i in found.of(Part.RECEIVABLES)] == [("李某某备用金", 600_00)]
    assert [(i.who, i.amount_fen) for i in found.of(Part.CUSTODY)] == [("互助保险", 300_00)]
    assert [(i.name, i.who) for i in found.of(Part.ASSETS)] == [("资-3 空调", ""), ("资-1 电脑", "冯某某")]
    assert "非本会资产" in found.of(Part.ASSETS)[0].note.zh
    assert [i.name for i in found.of(Part.CONTRACTS)] == ["合-1"]  # its last day is the leaving day
    assert [i.name for i in found.of(Part.AUDITS)] == ["审-2"]
    assert [(i.name, i.who) for i in found.of(Part.KEEPERS)] == [("cashier", "孙某某"), ("seal_keeper", "陈某某")]
    assert len(found.gaps(None)) == 4
    assert [gap for part in Part for gap in found.gaps(part)] == []


def test_what_cannot_be_listed_names_its_register(tmp_path: Path, read_facts: Reader) -> None:
    found = handover(_facts(tmp_path, read_facts, {}), TERM.leaving)
    for part, name in (
        (Part.CASH, "cash_counts"),
        (Part.BANK, "bank"),
        (Part.ASSETS, "assets"),
        (Part.CONTRACTS, "contracts"),
        (Part.AUDITS, "audits"),
        (Part.KEEPERS, "officers"),
    ):
        (gap,) = found.gaps(part)
        assert f"缺少登记簿 registers/{name}.csv" in gap.zh
    assert [(i.amount_fen, i.compared_fen) for i in found.of(Part.CASH)] == [(100_00, None)]


# Earlier audits


def test_audits_that_concern_the_term_and_what_became_of_them(facts: Facts) -> None:
    found = audits_of(facts, TERM)
    assert found is not None
    assert [(a.id, a.open) for a in found] == [("审-2", True), ("审-3", False)]
    assert found[0].days_open(TERM.leaving) == 121  # 2025-03-01 to 2025-06-30
    later = open_audits(facts, datetime.date(2025, 7, 1))
    assert later == ()  # put right on that very day


# Proposals of responsibility


def _speaks_for(made: Proposal, wanted: Responsibility, words: str) -> None:
    assert made.responsibility is wanted
    assert words in made.facts.zh


def _finding(voucher: str, day: str, code: str = "EXP01", certainty: Certainty = Certainty.ESTABLISHED) -> Finding:
    told = Text("某", "some")
    at = datetime.date.fromisoformat(day) if day else None
    return Finding(
        code,
        (voucher,),
        told,
        Severity.HIGH,
        certainty,
        100,
        told,
        told,
        told,
        told,
        (Citation("trade-union-law-2021", "第四十七条"),),
        (Evidence(told, voucher, at),),
    )


@pytest.mark.parametrize(
    ("voucher", "day", "wanted", "words"),
    [
        ("记-2024-11-0001", "2024-11-10", Responsibility.DIRECT, "没有写集体决议"),
        ("记-2025-02-0001", "2025-02-10", Responsibility.DIRECT, "经办或收款的也是本人"),
        ("记-2024-10-0001", "2024-10-10", Responsibility.LEADERSHIP, "在先通过，到会 7/9 人"),
        ("记-2025-04-0001", "2025-04-10", Responsibility.LEADERSHIP, "由王某某审批"),
        ("记-2024-06-0001", "2024-06-30", Responsibility.NONE, "不在任期"),
        ("记-2025-07-0001", "2025-07-01", Responsibility.NONE, "不在任期"),
        ("", "2025-02-10", Responsibility.OPEN, "没有任期内的凭证"),
        ("", "", Responsibility.OPEN, "没有日期"),
    ],
)
def test_what_the_facts_of_a_voucher_speak_for(
    facts: Facts, voucher: str, day: str, wanted: Responsibility, words: str
) -> None:
    made = proposal(_finding(voucher, day), facts, TERM)
    _speaks_for(made, wanted, words)
    clauses = {Responsibility.DIRECT: "第四十条", Responsibility.LEADERSHIP: "第四十一条"}
    assert (made.clause.article if made.clause else "") == clauses.get(wanted, "")


@pytest.mark.parametrize(
    ("resolution", "wanted", "words"),
    [
        ("R3", Responsibility.DIRECT, "没有通过"),
        ("R6", Responsibility.DIRECT, "晚于支出"),
        ("R4", Responsibility.OPEN, "未过应到 8 人的半数"),
        ("R5", Responsibility.OPEN, "到会人数没有登记"),
        ("R8", Responsibility.OPEN, "不在 resolutions.csv"),
    ],
)
def test_what_the_resolution_behind_it_speaks_for(
    facts: Facts, resolution: str, wanted: Responsibility, words: str
) -> None:
    changed = facts.vouchers.copy()
    changed["resolution"] = changed["resolution"].astype("object").replace("R1", resolution).astype("category")
    made = proposal(_finding("记-2024-10-0001", "2024-10-10"), dataclasses.replace(facts, vouchers=changed), TERM)
    _speaks_for(made, wanted, words)
    assert (made.clause is None) == (wanted is Responsibility.OPEN)


def test_a_lead_is_never_held_against_anybody(facts: Facts) -> None:
    made = proposal(_finding("记-2024-11-0001", "2024-11-10", certainty=Certainty.LEAD), facts, TERM)
    assert (made.responsibility, made.clause, made.when) == (Responsibility.OPEN, None, When.INSIDE)


def test_bookkeeping_is_led_not_decided(facts: Facts) -> None:
    made = proposal(_finding("记-2024-11-0001", "2024-11-10", "ACC01"), facts, TERM)
    assert made.responsibility is Responsibility.LEADERSHIP
    # What stands on the leaving day lies in the term with one of its days at least.
    state = proposal(_finding("", "2020-01-01", "DEP03"), facts, TERM)
    assert (state.when, state.responsibility) == (When.PARTLY, Responsibility.LEADERSHIP)


def test_one_direct_voucher_among_others_is_said_with_the_count(facts: Facts) -> None:
    direct, other = _finding("记-2024-11-0001", "2024-11-10"), _finding("记-2025-04-0001", "2025-04-10")
    both = dataclasses.replace(direct, evidence=(*direct.evidence, *other.evidence))
    made = proposal(both, facts, TERM)
    assert made.responsibility is Responsibility.DIRECT
    assert made.facts.zh.startswith("2 张凭证中 1 张：")
