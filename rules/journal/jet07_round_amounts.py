"""整数金额和固定尾数：不按标准发放的支出，金额是整千元，或以 999 元结尾，且一年不止一两张。

检查内容
1,000 元以上的支出凭证中：一、金额为 1,000 元的整倍数，而没有合同也没有决议的；二、元以上部分以 999 结尾的。
同一种一年有 3 张以上时并作一项列出。按标准发放的（有清单、事由或获奖人数）不在总体内，标准本来就是整数。
依据
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
真实采购的金额很少恰好整千；凑整的金额可能是虚开、套取，以 999 结尾的可能是为了不到某个限额。
反例
一年中三次向同一商店付款 5,000.00 元、8,000.00 元、3,000.00 元，都没有合同。
正例
合同约定的半年服务费 6,000.00 元；采购 4,873.50 元。
参数
无。方法常数：1,000 元以下的小额整数不足为奇；一年 3 张以上才成规律。
局限
标价本来就是整数的商品和服务也会列出，一律为疑点。恰好不到审批限额的见 JET08。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.journal.method import Method
from rules.journal.population import population, rows_of
from rules.rule import Case, rule
from rules.vouchers import years

_STEP_FEN = 1000_00
_ENDING_FEN = 999_00  # of the last three whole yuan
_LEAST = 3
_METHOD = Method(
    1,
    Text("1,000 元以上、不按标准发放的支出凭证", "vouchers of 1,000 yuan and more that no standard fixes"),
    (Text("整千元或以 999 元结尾", "whole thousands or ending in 999"), Text("每年≥3张", "3 a year or more")),
)


@rule(
    code="JET07",
    name="round-amounts",
    title=Text("整数金额和固定尾数", "Round amounts and fixed endings"),
    severity=Severity.LOW,
    citations=(Citation("accounting-law-2024", "第九条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report repeated round amounts and amounts that end in 999 yuan."""
    spent, spent_fen = population(case).spent, population(case).spent_fen
    found = [voucher for voucher in population(case).free_spending if spent[voucher.entry] >= _STEP_FEN]
    if not found:
        return not_applicable("本期没有可测试的支出", "no spending to be tested in the period")
    whole = [v for v in found if spent[v.entry] % _STEP_FEN == 0 and not (v.contract or v.resolution)]
    ending = [v for v in found if spent[v.entry] % _STEP_FEN >= _ENDING_FEN]
    kinds = {
        "round": (whole, Text("金额是整千元", "are whole thousands of yuan")),
        "ending": (ending, Text("金额以 999 元结尾", "end in 999 yuan")),
    }
    findings = []
    for kind, (vouchers, said) in kinds.items():
        for year, own in years(vouchers):
            if len(own) < _LEAST:
                continue
            total = sum(map(spent_fen, own))
            findings.append(
                _METHOD.lead(
                    case,
                    str(year),
                    kind,
                    count=len(found),
                    told=Text(
                        f"{year} 年 {len(own)} 张支出凭证{said.zh}，合计 {shown_yuan(total)} 元",
                        f"{len(own)} vouchers of {year} {said.en}: {shown_yuan(total)} yuan",
                    ),
                    expected=Text("按实际业务结算的金额", "amounts as real dealings have them"),
                    evidence=rows_of(own, said, spent_fen, total),
                    related=("JET08",),
                )
            )
    return examined(len(found), findings, note=_METHOD.said(len(found)))
