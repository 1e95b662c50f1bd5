"""化整为零规避比价或集体决策：向同一供应商的几笔采购，每笔都在规定金额以下，合起来却达到，又没有办理规定的手续。

检查内容
本期向同一供应商（名称去掉地区和组织形式后相同）、在同一天、为同一活动，或在规定的天数之内的几笔采购，每笔都低于须比价、须签合同
或须集体研究的金额，也没有比价（两家以上报价）、合同或决议，合计达到该金额的，列为一项；互相重叠的取合计最大的一组。
依据
《工会会计制度》第十四条：工会应当建立健全内部控制制度，并确保内部控制有效施行。《基层工会经费收支管理办法》第十八条：重大收支
须集体研究决定。金额为本单位的标准。
危害
拆单使比价、合同、集体决策形同虚设，是定向采购和利益输送的常见手法。
反例
同一天向同一商店付 9,800.00 元和 9,600.00 元买同一批奖品，本单位 10,000.00 元以上须比价。
正例
合并采购，三家比价后签一份合同。
参数
control.quote_threshold、control.contract_threshold、control.resolution_threshold 须比价、签合同、集体研究的金额（元）；
control.split_window_days 合并计算的天数，没有规定的只看同一天和同一活动，并报告未按天数检查。
局限
只凭时间和对方推断，一律为疑点。换不同供应商拆分、分年拆分的看不出来。
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.expenditure.purchases import bought_from_firms, party_of
from rules.expenditure.splitting import LIMITS, WINDOW, Evaded, Small, below, evaded, together
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.invoices.grouped import one_finding
from rules.rule import Case, rule
from rules.text.near import bare_name

_ASKED = {
    "quotes": Text("比价", "quotations"),
    "contract": Text("签合同", "a contract"),
    "resolution": Text("集体研究", "a resolution"),
}


@rule(
    code="EXP44",
    name="purchase-split",
    title=Text("化整为零规避比价或集体决策", "Purchase split to stay below a threshold"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-system-2021", "第十四条"), Citation("grassroots-funds-2017", "第十八条")),
    parameters=(*LIMITS.values(), WINDOW),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report purchases from one supplier that stay below a threshold one by one and reach it together."""
    bought = bought_from_firms(case)
    if not bought:
        return not_applicable("本期没有采购", "no purchases in the period")
    limits, windows = {kind: Values(case, key) for kind, key in LIMITS.items()}, Values(case, WINDOW)
    window = windows.on(case.until)
    suppliers: dict[str, list[Small]] = {}
    for one in below(bought, limits):
        suppliers.setdefault(bare_name(party_of(one.line)), []).append(one)
    findings: list[Finding] = []
    for _, own in sorted(suppliers.items()):
        if len(own) > 1:
            findings += _of_supplier(case, own, limits, None if window is None else int(window.number))
    untested = [text for values in (*limits.values(), windows) for text in values.untested]
    return examined(len(bought), findings, untested)


def _of_supplier(
    case: Case, purchases: Sequence[Small], limits: Mapping[str, Values], window: int | None
) -> list[Finding]:
    """Return the findings of one supplier, largest sum first, no purchase in two of them."""
    purchases = sorted(purchases, key=lambda one: (one.line.date, one.line.voucher, one.line.entry))
    lines = [one.line for one in purchases]
    sets: dict[frozenset[int], tuple[Evaded, ...]] = {}
    for places in together(purchases, window, _least(lines, limits)):
        found = evaded(purchases, places, limits)
        if found:
            sets[frozenset(place for one in found for place in one.places)] = found

    def largest(own: frozenset[int]) -> tuple[int, list[str]]:
        return (-sum(lines[place].amount_fen for place in own), _names([lines[place] for place in own]))

    taken: set[int] = set()
    findings = []
    for chosen in sorted(sets, key=largest):
        if not chosen & taken:
            taken |= chosen
            findings.append(_finding(case, [lines[place] for place in sorted(chosen)], sets[chosen]))
    return findings


def _least(lines: Sequence[PostingRow], limits: Mapping[str, Values]) -> int:
    """Return the least threshold of the days of some purchases, in fen."""
    days = {line.date for line in lines}
    return min(value.fen for values in limits.values() for at in days if (value := values.on(at)))


def _names(lines: Sequence[PostingRow]) -> list[str]:
    return sorted(line.voucher for line in lines)


def _finding(case: Case, lines: Sequence[PostingRow], found: tuple[Evaded, ...]) -> Finding:
    party, money = min(map(party_of, lines)), shown_yuan(net_fen(lines))
    asked = "、".join(f"{shown_yuan(one.value.fen)} 元须{_ASKED[one.kind].zh}" for one in found)
    asked_en = ", ".join(f"{_ASKED[one.kind].en} from {shown_yuan(one.value.fen)} yuan" for one in found)
    first, last = min(line.date for line in lines), max(line.date for line in lines)
    span = str(first) if first == last else f"{first} 至 {last}"
    missing = Text(
        "没有" + "、".join(_ASKED[one.kind].zh for one in found) + "的记录",
        "without " + ", ".join(_ASKED[one.kind].en for one in found),
    )
    return one_finding(
        case,
        bare_name(party),
        *_names(lines)[:1],
        *_names(lines)[-1:],
        lines=lines,
        message=Text(
            f"{span} 向{party}采购 {len(lines)} 笔共 {money} 元，每笔都低于规定金额，合计达到（{asked}），{missing.zh}",
            f"{len(lines)} purchases from {party}, {money} yuan, each below, together over ({asked_en}), {missing.en}",
        ),
        expected=Text(f"合并采购，办理手续：{asked}", f"one purchase with {asked_en}"),
        found=Text(f"分 {len(lines)} 笔，{missing.zh}", f"{len(lines)} parts, {missing.en}"),
        remedy=Text(
            "查明拆分原因和采购经过，补办比价、合同、集体研究", "find out why it was split; follow the procedure"
        ),
        note=missing,
        parameters=[one.value for one in found],
        related=("EXP45", "CTL01", "CTL09", "JET08", "JET09"),
    )
