"""国有资产与工会资产未分开：县级以上工会用财政拨款形成资产，资产科目没有分设国有资产、工会资产明细。

检查内容
县级以上工会到期末有同级财政拨款收入（或财政拨款结转、结余），账上又有固定资产、无形资产、在建工程，而资产科目和资产基金
科目下都没有名称含“国有资产”的明细的，列一项疑点；用财政拨款列过资本性支出的一并写明。
依据
《工会会计制度》第二十六条：依法确认为国有资产的，应当作为国有资产登记入账；附录1总说明三：在资产类科目、资产基金科目下
设置国有资产、工会资产明细。《关于各级总工会及所属事业单位资产产权界定问题的通知》（财行〔2008〕82号）。
危害
产权混同，国有资产报告不实，处置时审批权限错位。
反例
市总工会用财政拨款购置办公设备 200,000.00 元，固定资产只有一个总账户。
正例
固定资产下分设“国有资产”“工会资产”明细，资产基金同样分设。
参数
无。
局限
哪些资产依法确认为国有资产须看拨款文件和产权界定，故只作疑点。基层工会不适用。
"""

from __future__ import annotations

from ledger.accounts import components
from ledger.balances import account_balances
from ledger.journal_rows import net_fen
from ledger.money import shown_yuan
from rules.assets.depreciation import START
from rules.finding import Checked, Citation, Evidence, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule

_TREASURY = ("same_level_treasury_income",)
_RESULTS = ("treasury_carry_forward", "treasury_surplus")
_ASSETS = ("fixed_assets", "intangible_assets", "construction_in_progress")
_STATE, _FROM_TREASURY = "国有资产", "财政拨款"


@rule(
    code="AST17",
    name="state-assets-not-apart",
    title=Text("国有资产与工会资产未分开", "State assets not kept apart from union assets"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("accounting-system-2021", "第二十六条"),
        Citation("accounting-system-2021", "附录1 总说明 三"),
        Citation("property-rights-2008", "全文"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report a union of county level and above whose assets are not parted although the treasury pays for some."""
    if case.facts.union.level == "grassroots":
        return not_applicable("只适用于县级以上工会", "only for unions of county level and above")
    if case.until < START:
        return not_applicable("2022年以前的制度没有这一明细要求", "not required before 2022")
    booked = case.facts.booked
    own = [*booked.meaning(*_TREASURY), *booked.on(*_RESULTS)]
    treasury = [line for line in own if line.date <= case.until and not line.head.carry_forward]
    held = [b for b in account_balances(case.facts, case.until) if b.group in (*_ASSETS, "asset_fund") and b.amount_fen]
    assets = [balance for balance in held if balance.group in _ASSETS]
    if not treasury or not assets:
        return not_applicable("没有财政拨款，或没有固定资产等", "no appropriation of the treasury, or no assets")
    if any(_STATE in name for balance in held for _, name in components(balance.account)):
        return examined(len(held))
    given = -net_fen(treasury)
    bought = (line for line in booked.on("capital_expenditure") if _FROM_TREASURY in line.account)
    capital = net_fen(line for line in bought if line.date <= case.until and not line.head.carry_forward)
    used = f"，其中资本性支出 {shown_yuan(capital)} 元" if capital else ""
    total = sum(balance.amount_fen for balance in assets)
    found = Text("资产科目没有“国有资产”明细", "no sub-account of state assets")
    evidence = [
        Evidence(found, date=case.until, account=balance.account, amount_fen=abs(balance.amount_fen))
        for balance in held
    ]
    finding = case.finding(
        "state-assets",
        message=Text(
            f"财政拨款累计 {shown_yuan(max(0, given))} 元{used}，资产 {shown_yuan(total)} 元没有分设国有资产、"
            "工会资产明细",
            f"{shown_yuan(max(0, given))} yuan of the treasury's, assets of {shown_yuan(total)} yuan not parted",
        ),
        expected=Text("资产和资产基金分设国有资产、工会资产明细", "assets and their fund parted by owner"),
        found=found,
        remedy=Text("按拨款文件界定产权，分设明细并登记", "settle whose they are and part the accounts"),
        evidence=limited(evidence),
        amount_fen=capital,
    )
    return examined(len(held), (finding,))
