"""折旧未提、错提或计入支出：累计折旧与按卡片逐月计算的折旧不符，或折旧的借方不是资产基金。

检查内容
一、按资产卡片逐件计算每月应提折旧（原值÷使用月数，不留残值，当月增加当月计提，当月减少当月不提），与当月累计折旧的
贷方发生额比较；各单位分位取舍不同，每件每月容许一分。少提、多提按年度列一项。二、逐张看计提折旧的凭证，
借方是支出或其他科目而不是资产基金的，按年度列一项。
依据
《工会会计制度》第三十五条：按月对固定资产计提折旧，不考虑预计净残值；附录1第163号科目三(一)：借记资产基金——固定资产，贷记
累计折旧。
危害
不提、少提折旧虚增资产；折旧计入支出，减少结余，同一件资产列支两次。
反例
原值 6,000.00 元、使用 6 年的电脑每月应提 83.33 元，全年没有计提；或借记行政支出 83.33 元。
正例
每月借记资产基金——固定资产、贷记累计折旧 83.33 元。
参数
asset.nominal_value 名义金额（以名义金额计量的资产不提折旧）。
局限
文物和陈列品、动植物、图书、档案、土地不提折旧。起止月份造成的差额由 AST06 列出。工作量法、暂估后调整和改扩建
的须由人复核。卡片缺取得日期或使用年限的报告为未能检查。
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.assets.depreciation import START, Charges, MonthCharge, charges
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited, shown_month
from rules.remittance.months import last_day
from rules.rule import Case, rule
from rules.vouchers import by_number, first_line, net_on, touching

DEPRECIATION = "accumulated_depreciation"
_OTHER_SIDE = ("asset_fund", DEPRECIATION, "fixed_assets", "assets_pending_disposal")


@rule(
    code="AST04",
    name="depreciation-wrong",
    title=Text("折旧未提、错提或计入支出", "Depreciation missing, wrong or expensed"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-system-2021", "第三十五条"),
        Citation("accounting-system-2021", "附录1 第163号科目 三(一)"),
    ),
    parameters=("asset.nominal_value",),
)
def check(case: Case) -> Checked:
    """Report depreciation that differs from the cards', and depreciation debited to anything but the asset fund."""
    if case.until < START:
        return not_applicable("2022年以前的工会会计制度不提折旧", "before 2022 unions did not depreciate")
    booked = [voucher for voucher in touching(case.booked, DEPRECIATION) if voucher[0].date >= START]
    if "assets" not in case.facts.registers:
        owned = net_fen(line for line in case.facts.booked.on("fixed_assets") if line.date <= case.until)
        if not booked and owned == 0:
            return not_applicable("账上没有固定资产", "no fixed assets in the books")
        zh = "缺少 registers/assets.csv，应提折旧无从计算，只检查了折旧的借方"
        missing = Text(zh, "no registers/assets.csv: only the other side of the charges was looked at")
        return examined(len(booked), _contra(case, booked), [missing])
    found = charges(case)
    if not found.depreciable and not found.without and not booked:
        return not_applicable("没有须提折旧的固定资产", "nothing to depreciate")
    findings = [*_by_year(case, found), *_contra(case, booked)]
    untested = []
    if found.without:
        zh = f"资产 {joined([c.shown for c in found.without])} 缺取得日期或使用年限，没有计入应提折旧"
        untested.append(Text(zh, f"{len(found.without)} cards without a day of acquisition or a life"))
    if not found.months:
        untested.append(Text("审计期间没有完整的记账月份", "no whole month of books in the period"))
    return examined(len(found.months), findings, untested)


def _by_year(case: Case, found: Charges) -> list[Finding]:
    if found.without:
        return []  # the sum of the cards is not whole, so no month can be judged
    wrong = [one for one in found.months if one.gap_fen and not one.explained]
    years = sorted({one.month[:4] for one in wrong})
    return [_year(case, year, [one for one in wrong if one.month.startswith(year)]) for year in years]


def _year(case: Case, year: str, wrong: list[MonthCharge]) -> Finding:
    short = -sum(one.gap_fen for one in wrong if one.gap_fen < 0)
    over = sum(one.gap_fen for one in wrong if one.gap_fen > 0)
    parts_zh = [f"少提 {shown_yuan(short)} 元"] * bool(short) + [f"多提 {shown_yuan(over)} 元"] * bool(over)
    parts_en = [f"{shown_yuan(short)} yuan too little"] * bool(short) + [f"{shown_yuan(over)} too much"] * bool(over)
    months = "、".join(shown_month(one.month)[5:] for one in wrong)
    none = all(one.booked_fen == 0 for one in wrong)
    told = Text("，".join(parts_zh) + ("（没有计提）" if none else ""), " and ".join(parts_en))
    return case.finding(
        year,
        "amount",
        message=Text(f"{year}年 {months}折旧{told.zh}", f"depreciation of {year}: {told.en}, in {len(wrong)} months"),
        expected=Text("按卡片逐月以年限平均法计提，不留残值", "each month's straight-line charge by the cards"),
        found=told,
        remedy=Text(
            "重算折旧表，补提或冲回差额（借贷资产基金——固定资产与累计折旧）", "recompute and correct the difference"
        ),
        evidence=limited([_month_evidence(one) for one in wrong], max(short, over)),
        amount_fen=max(short, over),
        related=("AST03", "AST06"),
    )


def _month_evidence(one: MonthCharge) -> Evidence:
    due, booked = shown_yuan(one.low_fen), shown_yuan(one.booked_fen)
    note = Text(f"{shown_month(one.month)}应提 {due} 元，实提 {booked} 元", f"{one.month}: {due} due, {booked} charged")
    number = one.vouchers[0] if one.vouchers else ""
    file = "" if number else "registers/assets.csv"
    return Evidence(note, number, last_day(one.month), amount_fen=abs(one.gap_fen), file=file)


def _contra(case: Case, booked: Sequence[Sequence[PostingRow]]) -> list[Finding]:
    """Return, by year, the charges whose debit is no part of the asset fund."""
    evidence: dict[str, list[Evidence]] = {}
    for voucher in by_number(booked):
        other = [line for line in voucher if line.amount_fen > 0 and line.group not in _OTHER_SIDE]
        fen = min(-net_on(voucher, DEPRECIATION), net_fen(other))
        if fen > 0:
            accounts = "、".join(sorted({line.account for line in other}))
            note = Text(f"计提折旧，借方为 {accounts}", f"depreciation debited to {accounts}")
            evidence.setdefault(f"{voucher[0].date:%Y}", []).append(posting_evidence(first_line(voucher), note, fen))
    return [_contra_finding(case, year, rows) for year, rows in sorted(evidence.items())]


def _contra_finding(case: Case, year: str, rows: list[Evidence]) -> Finding:
    total = sum(row.amount_fen or 0 for row in rows)
    return case.finding(
        year,
        "contra",
        message=Text(
            f"{year}年有 {len(rows)} 张凭证把折旧 {shown_yuan(total)} 元计入支出或其他科目，没有冲减资产基金",
            f"{year}: {len(rows)} vouchers charge {shown_yuan(total)} yuan of depreciation elsewhere than to the fund",
        ),
        expected=Text("借记资产基金——固定资产，贷记累计折旧", "the asset fund debited"),
        found=rows[0].note,
        remedy=Text("冲回误记的科目，改记资产基金——固定资产", "reverse it and debit the asset fund"),
        evidence=limited(rows, total),
        amount_fen=total,
        related=("AST03",),
    )
