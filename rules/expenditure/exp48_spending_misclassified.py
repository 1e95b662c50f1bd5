"""支出归类错误：摘要所说的种类与列支的明细科目不符。

检查内容
2022年起，支出凭证的摘要和活动命中“支出种类用语”且只命中一个种类的，按 rules/mapping/spending_kinds.toml
查该种类应列的明细科目；列在另一明细科目的，列为疑点。制度留给单位选定的，按 union.toml 选定的查，没有选定的
几个科目都算对。同一种类列在同一科目的，一年并作一项。
依据
《工会会计制度》第五十八条及附录1第501号至第510号科目规定的明细科目和核算内容。
危害
预算执行和服务职工支出的占比失实。
反例
“夏送清凉慰问品”列在文体活动支出。
正例
列在送温暖支出。
参数
mapping.illness_condolence、mapping.mutual_aid 单位选定的明细科目编码（没有法定值）。
局限
只凭用语，一律为疑点。只用一级科目的、资本性支出的、命中几个种类的不判断；2022年以前按旧科目表记账的不判断。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.accounts import chart_on, statutory
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.mapping.kinds import SpendingKind, load_mapping
from rules.rule import Case, evidence_of, rule
from rules.text.lists import Field
from rules.text.match import told
from rules.text.search import Spoken, search, spending

_LIST, _CAPITAL = "spending_kinds", "capital_expenditure"
_TEXTS = (Field.NARRATION, Field.ACTIVITY)
_DECISIONS = ("mapping.illness_condolence", "mapping.mutual_aid")


@rule(
    code="EXP48",
    name="spending-misclassified",
    title=Text("支出归类错误", "Expenditure under the wrong account"),
    severity=Severity.LOW,
    citations=(Citation("accounting-system-2021", "第五十八条"),),
    parameters=_DECISIONS,
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report spending whose words name one kind while it stands on the account of another."""
    mapping, rows = load_mapping(), spending(case)
    rows = rows[(rows["date"] >= mapping.since.isoformat()) & (rows["group"] != _CAPITAL)]
    if rows.empty:
        return not_applicable("本期没有按新科目表记账的支出", "no spending under the chart of 2021 in the period")
    chosen = {key: Values(case, key) for key in _DECISIONS}
    groups: dict[tuple[str, str, int], list[Spoken]] = defaultdict(list)
    untested: dict[str, None] = {}
    for one in search(case, rows, (_LIST,), _TEXTS):
        kinds = {hit.means for hit in one.matches}
        if len(kinds) != 1 or len(one.meanings) != 1:
            continue
        kind, (meaning,) = mapping.kinds[kinds.pop()], one.meanings
        allowed = _allowed(kind, one, chosen)
        if allowed is None:
            untested[f"{kind.decided_by} 的值不是“{kind.label}”可用的科目编码，{kind.label}的归类没有检查"] = None
        elif meaning not in allowed and mapping.of_meaning(meaning):
            groups[kind.key, meaning, one.day.year].append(one)
    findings = [
        _finding(case, mapping.kinds[kind], meaning, year, own) for (kind, meaning, year), own in sorted(groups.items())
    ]
    said = [Text(text, "the union's choice of account is none that the kind may use") for text in untested]
    return examined(int(rows["entry"].nunique()), findings, said)


def _allowed(kind: SpendingKind, one: Spoken, chosen: dict[str, Values]) -> tuple[str, ...] | None:
    """Return the accounts that take a kind on a day, None where the union chose one that does not."""
    value = chosen[kind.decided_by].on(one.day) if kind.decided_by else None
    if value is None:
        return kind.meanings
    account = chart_on(one.day).by_code.get(str(value.value))
    return (account.meaning,) if account is not None and account.meaning in kind.meanings else None


def _finding(case: Case, kind: SpendingKind, meaning: str, year: int, own: list[Spoken]) -> Finding:
    day, total = own[0].day, sum(one.amount_fen for one in own)
    booked = statutory(meaning, day)
    wanted = [statutory(found, day) for found in kind.meanings]
    names = "、".join(f"{account.code}{account.name}" for account in wanted)
    codes = ", ".join(account.code for account in wanted)
    said = told(own[0].matches)
    return case.finding(
        str(year),
        kind.key,
        meaning,
        message=Text(
            f"{year} 年 {len(own)} 张凭证 {shown_yuan(total)} 元像是“{kind.label}”，列在 {booked.code}{booked.name}，"
            f"应列 {names}：{said.zh}",
            f"{year}: {len(own)} vouchers, {shown_yuan(total)} yuan, look like {kind.label_en}, booked on "
            f"{booked.code} instead of {codes}: {said.en}",
        ),
        expected=Text(f"列 {names}", f"on {codes}"),
        found=Text(f"列 {booked.code}{booked.name}", f"on {booked.code}"),
        remedy=Text("核对业务内容；确属归类错误的作更正分录", "check what it was; correct the entry"),
        evidence=limited([evidence_of(one.row, told(one.matches), amount_fen=one.amount_fen) for one in own], total),
        amount_fen=total,
    )
