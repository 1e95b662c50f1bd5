"""往来和资产凭证里的敏感用语：没有列支出的凭证，摘要或收款方却出现烟酒、礼品、购物卡、旅游等用语。

检查内容
本期没有列支出而借记往来、存货等科目或付款的凭证，在摘要、收款方、活动和发票开具方中查找“礼品”“烟酒”“购物卡”“红包”
“黄金珠宝”“旅行社”“高消费场所”各词表的词。同一词表一年并作一项。支出凭证里的同类用语由 EXP 各条规则检查，
含糊摘要由 ACC06 检查，都不在此重复。
依据
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算；第二十四条：不得虚列、不列或者少列费用。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
不许列支的开支常先挂往来、进存货，再慢慢冲销，只查支出就看不见。
反例
借：其他应收款 8,000.00 元，贷：银行存款，摘要“购烟酒款”。
正例
借：其他应收款 2,000.00 元，摘要“培训差旅备用金”。
参数
无；词表在 rules/words/。
局限
只看用语，一律为疑点；代管的协会经费活动也可能合理使用这些词。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.journal.method import Method
from rules.journal.population import population, rows_of
from rules.rule import Case, rule
from rules.text.lists import Field, word_list
from rules.text.match import Match, match, told
from rules.text.normalise import normalise

_LISTS = ("gift", "alcohol_tobacco", "prepaid_cards", "red_packets", "gold", "travel_agencies", "high_consumption")
_FIELDS = (
    (Field.NARRATION, "narration"),
    (Field.PAYEE, "payee"),
    (Field.ACTIVITY, "activity"),
    (Field.SELLER, "invoice_seller"),
)
_METHOD = Method(1, Text("没有列支出的凭证", "vouchers that book no spending"))


@rule(
    code="JET11",
    name="sensitive-words-off-spending",
    title=Text("往来和资产凭证里的敏感用语", "Sensitive words on vouchers without spending"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第九条"), Citation("accounting-law-2024", "第二十四条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report sensitive words on vouchers that move receivables, stock or money without spending."""
    debit_fen = population(case).debit_fen
    found = [voucher for voucher in population(case).unspending if debit_fen(voucher) > 0]
    if not found:
        return not_applicable("本期没有支出以外的凭证", "no voucher besides spending in the period")
    patterns = [word_list(key).pattern for key in _LISTS]
    groups: dict[tuple[int, str], list[tuple[VoucherRow, tuple[Match, ...]]]] = defaultdict(list)
    texts = [_text(voucher) for voucher in found]
    plain = {text: normalise(text) for text in set(texts)}
    near = {text for text in plain if any(pattern.search(plain[text]) for pattern in patterns)}
    for voucher in [voucher for voucher, text in zip(found, texts, strict=True) if text in near]:
        for key in _LISTS:
            told_by = ((field, getattr(voucher, name)) for field, name in _FIELDS)
            matches = tuple(m for field, text in told_by for m in match(text, key, voucher.event_date, field))
            if matches:
                groups[voucher.date.year, key].append((voucher, matches))
    findings = []
    for (year, key), hits in sorted(groups.items(), key=lambda item: item[0]):
        own = [voucher for voucher, _ in hits]
        label, total = word_list(key).shown, debit_fen(*own)
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                key,
                count=len(found),
                told=Text(
                    f"{year} 年 {len(hits)} 张没有列支出的凭证出现敏感用语（{label.zh}），合计 {shown_yuan(total)} 元",
                    f"{len(hits)} vouchers of {year} without spending: {label.en}, {shown_yuan(total)} yuan",
                ),
                expected=Text("往来和资产只记真实的债权、债务和物品", "receivables and stock hold real ones only"),
                evidence=rows_of(own, [told(matches) for _, matches in hits], debit_fen),
                related=("EXP26", "ACC06"),
            )
        )
    return examined(len(found), findings, note=_METHOD.said(len(found)))


def _text(voucher: VoucherRow) -> str:
    return "|".join([voucher.narration, voucher.payee, voucher.activity, voucher.invoice_seller])
