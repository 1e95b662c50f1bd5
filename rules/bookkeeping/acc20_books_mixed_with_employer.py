"""工会账与行政账混同：工会账里的货币资金账户是单位行政的，或工会支出经由单位行政账户支付。

检查内容
一、本期有发生额或期末有余额的库存现金、银行存款明细，名称是本单位行政或其财务部门的；二、借记支出而贷记单位行政往来明细
（135、215）、没有工会自己收付款的凭证，按年合计。都列为疑点。
依据
《中华人民共和国工会法》第四十五条：工会应当根据经费独立原则，建立预算、决算和经费审查监督制度。《工会会计制度》第三条：工会
依法建立独立的会计核算管理体系。《基层工会经费收支管理办法》第二十二条（原文未核）：不准将工会账户并入单位行政账户。
危害
工会的钱由行政支配，收支失去控制，行政也可借工会账过账。
反例
账上“102-银行存款：医院财务科基本户”收付工会经费。
正例
工会以自己的名义开户，收支都经工会账户。
参数
无；词表在 rules/words/employer.toml。
局限
凭账户和明细名称识别。银行户名须看开户许可；一个账套同时记工会和行政业务的，须由人查看。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, cut
from rules.indexes import between, lines_of, transfers, upto
from rules.receivables.parties import holder, is_employer
from rules.remittance.movements import PAID_FROM
from rules.rule import Case, rule
from rules.vouchers import first_line

_CURRENT = ("other_receivables", "other_payables")


@rule(
    code="ACC20",
    name="books-mixed-with-employer",
    title=Text("工会账与行政账混同", "Union and employer books mixed"),
    severity=Severity.HIGH,
    citations=(
        Citation("trade-union-law-2021", "第四十五条"),
        Citation("accounting-system-2021", "第三条"),
        Citation("grassroots-funds-2017", "第二十二条"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report money accounts that are the employer's by name, and spending that went through the employer's account."""
    money = upto(case.facts.booked.on(*PAID_FROM), case.until)
    entries = len(case.booked.by_entry) + len({line.entry for line in _changed_over(case)})
    if not entries and not money:
        return not_applicable("期末以前账套没有凭证", "the book holds no voucher up to the period's end")
    known = {line.account for line in money}
    current = {line.account for line in upto(case.facts.booked.on(*_CURRENT), case.until)}
    own = {a for a in known | current if is_employer(holder(a), case.facts.union, case.until)}
    findings = []
    for account in sorted(own & known):
        lines = [line for line in money if line.account == account]
        if net_fen(lines) or lines[-1].date >= case.since:
            findings.append(_account(case, account, lines))
    if own:
        findings += _through(case, own)
    return examined(len(known) + entries, findings)


def _changed_over(case: Case) -> Sequence[PostingRow]:
    """Return the postings of the period's change-over vouchers that neither open nor close a year."""
    heads = (v for v in transfers(case.facts) if not (v.opening or v.carry_forward))
    return between(lines_of(case.facts, heads), case.since, case.until)


def _account(case: Case, account: str, lines: Iterable[PostingRow]) -> Finding:
    balance = net_fen(lines)
    side = "借" if balance >= 0 else "贷"
    money = shown_yuan(abs(balance))
    told = Text(
        f"货币资金账户“{holder(account)}”从名称看是单位行政的账户，期末余额{side} {money} 元",
        f"{account}: by its name the employer's account, balance {money} yuan",
    )
    note = Text("名称是单位行政的货币资金账户", "a money account named as the employer's")
    evidence = (Evidence(note, "", case.until, account, abs(balance)),)
    return _finding(case, ("account", account), told, evidence, abs(balance))


def _through(case: Case, own: set[str]) -> list[Finding]:
    vouchers = defaultdict(list)
    for line in (*case.booked.on(*_CURRENT), *_changed_over(case)):
        if line.account in own and line.group in _CURRENT:
            vouchers[line.entry].append(line)
    postings = case.facts.booked.by_entry
    years: dict[int, list[tuple[PostingRow, int]]] = defaultdict(list)
    for entry, credited in vouchers.items():
        lines = postings[entry]
        spent = [line for line in lines if line.element == "expense"]
        total = net_fen(spent)
        if net_fen(credited) < 0 and total > 0 and not any(line.group in PAID_FROM for line in lines):
            first = first_line(spent)
            years[first.date.year].append((first, total))
    note = Text("支出由单位行政支付", "paid by the employer")
    found = []
    for year, rows in sorted(years.items()):
        rows.sort(key=lambda row: (row[0].date, row[0].voucher, row[0].account, row[0].amount_fen, row[0].line))
        evidence = [posting_evidence(line, note, fen) for line, fen in rows[:MOST_EVIDENCE]]
        total = sum(fen for _, fen in rows)
        told = Text(
            f"{year} 年 {len(rows)} 张凭证、{shown_yuan(total)} 元工会支出经单位行政账户支付",
            f"{year}: {shown_yuan(total)} yuan of spending in {len(rows)} vouchers went through the employer's account",
        )
        found.append(_finding(case, ("through", str(year)), told, cut(evidence, len(rows), total), total))
    return found


def _finding(case: Case, key: tuple[str, ...], told: Text, evidence: tuple[Evidence, ...], amount: int) -> Finding:
    return case.finding(
        *key,
        message=told,
        expected=Text("工会独立开户，收支经自己的账户", "the union's own account for all receipts and payments"),
        found=told,
        remedy=Text(
            "核对开户许可和户名；以工会名义开户，清理与行政的往来", "see who holds the account; open an own one"
        ),
        evidence=evidence,
        amount_fen=amount,
        related=("CTL11", "CUR04"),
    )
