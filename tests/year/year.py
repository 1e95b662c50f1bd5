"""2025 of a made-up union of twelve teachers: who it is, its opening balances, vouchers and budget, as data."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.year.made import (
    BASIC,
    CASH,
    CUSTODY,
    OVERRIDE,
    OWED,
    Kept,
    Posted,
    contribution,
    credit,
    debit,
    fen,
    received,
    remitted,
    spent,
    worn,
)

UNION = "某县实验小学工会委员会"
REGION = "340500"
CODE = "81340500MC1111111X"
PARENT = "某县总工会"
FOUNDED = "2006-09-10"
NUMBERS = {BASIC: "34050012345678901", CUSTODY: "34050012345678902"}
CHAIR, FINANCE, ACCOUNTANT, CASHIER = "赵某某", "李某某", "钱某某", "孙某某"
STANDARD = ("contribution.retained_share", "0.60", "2020-01-01", "某县总工会〔2020〕3号")

WAGES = {f"2025-{n:02d}": str(Decimal("126300.00") + n * Decimal("45.57")) for n in range(1, 13)}
_CONTRIBUTED = {"01": "15", "02": "14", "03": "14", "04": "15", "05": "15", "06": "16", "07": "15", "08": "15",
                "09": "15", "10": "15", "11": "14", "12": "15"}  # fmt: skip


def _contributed(number: str) -> Kept:
    month = number[2:9]
    return contribution(number, f"{month}-{_CONTRIBUTED[month[5:]]}", month, WAGES[month])


def _owed(*months: str) -> str:
    whole = (fen(Decimal(WAGES[month]) * 2 / 100) for month in months)
    return str(sum((total - fen(total * Decimal("0.60")) for total in whole), Decimal(0)))


def _dues(number: str, day: str, months: str, shown: str) -> Kept:
    return received(
        number, day, "dues_received", "某县实验小学", f"收到某县实验小学{shown}会员会费", "401 会费收入", "720.00",
        fund="会费", answers={"month_of": months}, columns={"所属月": months},
    )  # fmt: skip


def _interest(number: str, day: str, yuan: str) -> Kept:
    return received(
        number, day, "interest_received", "某银行", "收到某银行存款利息", "408 其他收入", yuan,
    )  # fmt: skip


def _festival(number: str, day: str, festival: str, item: str, yuan: str, paid: str, invoice: str) -> Kept:
    return spent(
        number, day, "holiday_gifts", "某某超市", item, f"支付{festival}{item}", "50105 会员活动支出", yuan, "慰问",
        invoice=invoice, people="12", answers={"festival": festival, "list": paid},
        columns={"事由": festival, "发放清单": paid},
    )  # fmt: skip


OPENING = (
    debit(BASIC, "68250.40"),
    debit("162 固定资产", "9360"),
    credit("163 累计折旧", "2600"),
    credit("30104 固定资产", "6760"),
    credit(OWED, "1012"),
    credit("32205 累计结余", "67238.40"),
)

_PROJECT, _GAMES = "困难职工帮扶", "职工运动会"
_LENT = "13501 其他应收款-吴某某备用金"
_MUTUAL = "22101 代管经费-职工互助保险"
_HARDSHIP = "50404 困难职工帮扶支出"


def _aid(number: str, day: str, yuan: str, paid: str) -> Kept:
    return spent(
        number, day, "hardship_aid", "郑某某", "困难补助", "支付帮扶困难补助", _HARDSHIP, yuan, "困难帮扶",
        fund="专项", answers={"project": _PROJECT, "list": paid},
        columns={"项目": _PROJECT, "发放清单": paid},
    )  # fmt: skip


_REASON = "按决议一次购置，年内不再采购"
_BANNER = "25342000000000012345"


def _banner(number: str, yuan: str, day: str = "2025-06-10") -> Kept:
    return spent(
        number, day, "publicity", "某某图文店", "展板制作费", "支付展板制作费（宣传活动）", "50103 宣传活动支出", yuan,
        "宣传活动", invoice=_BANNER, answers={"invoice_date": "2025-06-10"}, columns={"开票日期": "2025-06-10"},
    )  # fmt: skip


_VOUCHERS: tuple[Kept, ...] = (
    received(
        "记-2025-01-0001", "2025-01-08", "subsidy_general_received", PARENT, "收到某县总工会一般性转移支付补助",
        "40301 一般性转移支付补助", "5000.00",
    ),
    _contributed("记-2025-01-0002"),
    _festival("记-2025-01-0003", "2025-01-17", "春节", "慰问品", "3600.00", "QD-2025-01", "25342000000000010001"),
    remitted("记-2025-01-0004", "2025-01-20", "2024-10..2024-12", "2024年10月至2024年12月", "1012.00"),
    worn("记-2025-01-0005", "2025-01-31", "130"),
    received(
        "记-2025-02-0001", "2025-02-12", "subsidy_earmarked_received", PARENT, "收到某县总工会困难职工帮扶专项补助",
        "40302 专项转移支付补助", "2000.00", fund="专项", answers={"project": _PROJECT}, columns={"项目": _PROJECT},
    ),
    _contributed("记-2025-02-0002"),
    _aid("记-2025-02-0003", "2025-02-20", "1000.00", "QD-2025-02"),
    worn("记-2025-02-0004", "2025-02-28", "130"),
    spent(
        "记-2025-03-0001", "2025-03-07", "culture_sports", "某某体育用品店", "趣味运动会用品",
        "支付趣味运动会用品（文体活动）", "50102 文体活动支出", "880.00", "体育活动", invoice="25342000000000010002",
        people="12", answers={"activity": "趣味运动会", "activity_type": "体育"}, columns={"活动名称": "趣味运动会"},
    ),
    _contributed("记-2025-03-0002"),
    _dues("记-2025-03-0003", "2025-03-20", "2025-01..2025-03", "2025年1月至2025年3月"),
    _interest("记-2025-03-0004", "2025-03-21", "21.35"),
    spent(
        "记-2025-03-0005", "2025-03-21", "other_operating", "某银行", "账户管理费", "支付账户管理费",
        "50504 其他业务支出", "15.00", "其他", invoice="25342000000000010013", answers={"activity_type": "其他"},
    ),
    spent(
        "记-2025-03-0006", "2025-03-28", "training", "某某培训中心", "工会干部培训费",
        "支付工会干部培训费（工会干部培训）", "50501 培训支出", "1260.00", "培训", invoice="25342000000000010003",
        people="3", answers={"days": "2"},
        columns={"天数": "2"},
    ),
    worn("记-2025-03-0007", "2025-03-31", "130"),
    remitted("记-2025-04-0001", "2025-04-09", "2025-01..2025-03", "2025年1月至2025年3月", _owed("2025-01",
    "2025-02", "2025-03")),
    Kept(
        "记-2025-04-0002", "2025-04-10", "cash_withdrawn", "", "从银行提取现金",
        (debit(CASH, "1200"), credit(BASIC, "1200")), {"amount": "1200", "attachments": "1"},
        {"支付方式": "现金", "附件张数": "1"},
    ),
    Kept(
        "记-2025-04-0003", "2025-04-11", "advance_paid", "", "吴某某借春游备用金",
        (debit(_LENT, "900"), credit(CASH, "900")),
        {"amount": "900", "paid_from": CASH, "person": "吴某某", "item": "春游备用金", "attachments": "1"},
        {"支付方式": "现金", "附件张数": "1"},
    ),
    _contributed("记-2025-04-0004"),
    worn("记-2025-04-0005", "2025-04-30", "130"),
    Kept(
        "记-2025-05-0001", "2025-05-09", "advance_settled", "", "吴某某报销春游费用结清借款",
        (debit("50105 会员活动支出", "780"), debit(CASH, "120"), credit(_LENT, "900")),
        {
            "lent": "900", "spent": "780", "receivable": "吴某某备用金", "spent_on": "会员活动支出",
            "person": "吴某某",
            "item": "春游费用", "activity": "春游", "activity_type": "春秋游", "attachments": "4",
        },
        {"资金来源": "留成", "活动名称": "春游", "活动类型": "春秋游", "支付方式": "现金", "附件张数": "4"},
    ),
    Kept(
        "记-2025-05-0002", "2025-05-12", "cash_deposited", "", "将现金存入银行",
        (debit(BASIC, "420"), credit(CASH, "420")), {"amount": "420", "attachments": "1"},
        {"支付方式": "现金", "附件张数": "1"},
    ),
    _contributed("记-2025-05-0003"),
    Kept(
        "记-2025-05-0004", "2025-05-23", "free", "某某商贸公司", "支付劳动节活动用品和展板",
        (debit("50102 文体活动支出", "640"), debit("50103 宣传活动支出", "260"), credit(BASIC, "900")),
        {
            "attachments": "2", "fund": "留成", "payment": "转账", "handled-by": "吴某某", "activity": "劳动节活动",
            "invoice": "25342000000000010012", "invoice-type": "数电普票",
            "invoice-seller": "某某商贸公司", "invoice-date": "2025-05-23",
        },
        {
            "资金来源": "留成", "支付方式": "转账", "附件张数": "2", "经办人": "吴某某", "活动名称": "劳动节活动",
            "发票号": "25342000000000010012", "发票类型": "数电普票",
            "销售方": "某某商贸公司", "开票日期": "2025-05-23",
        },
    ),
    _festival("记-2025-05-0005", "2025-05-30", "端午", "慰问品", "2400.00", "QD-2025-03", "25342000000000010004"),
    worn("记-2025-05-0006", "2025-05-31", "130"),
    _banner("记-2025-06-0001", "540.00"),
    Kept(
        "记-2025-06-0002", "2025-06-12", "reversal", "某某图文店", "冲销记-2025-06-0001：金额有误",
        (Posted("50103 宣传活动支出", debit="-540.00"), Posted(BASIC, credit="-540.00")),
        {"reversed": "记-2025-06-0001", "reason": "金额有误"},
        {
            "冲销": "记-2025-06-0001", "资金来源": "留成", "支付方式": "转账", "活动类型": "宣传活动",
            "发票号": _BANNER, "开票日期": "2025-06-10", "发票类型": "数电普票", "销售方": "某某图文店",
        },
    ),
    _banner("记-2025-06-0003", "450.00", "2025-06-12"),
    _contributed("记-2025-06-0004"),
    _dues("记-2025-06-0005", "2025-06-20", "2025-04..2025-06", "2025年4月至2025年6月"),
    _interest("记-2025-06-0006", "2025-06-21", "19.08"),
    worn("记-2025-06-0007", "2025-06-30", "130"),
    remitted("记-2025-07-0001", "2025-07-08", "2025-04..2025-06", "2025年4月至2025年6月", _owed("2025-04",
    "2025-05", "2025-06")),
    Kept(
        "记-2025-07-0002", "2025-07-10", "fixed_asset_bought", "某某电教公司", "购置投影仪",
        (
            debit("162 固定资产", "4680"), credit("30104 固定资产", "4680"),
            debit("50702 办公设备购置", "4680"), credit(BASIC, "4680"),
        ),
        {
            "amount": "4680", "capital": "办公设备购置", "payee": "某某电教公司", "item": "投影仪", "attachments": "3",
            "invoice": "25342000000000010005", "invoice_date": "2025-07-10", "invoice_type": "数电普票",
            "invoice_seller": "某某电教公司", "resolution": "R-2025-03", "quotes": "3", OVERRIDE: _REASON,
        },
        {
            "资金来源": "留成", "支付方式": "转账", "活动类型": "采购", "附件张数": "3",
            "发票号": "25342000000000010005",
            "开票日期": "2025-07-10", "发票类型": "数电普票", "销售方": "某某电教公司", "决议": "R-2025-03",
            "询价数": "3", "超预算理由": _REASON,
        },
    ),
    _contributed("记-2025-07-0003"),
    received(
        "记-2025-07-0004", "2025-07-22", "mutual_insurance_collected", "某县实验小学", "代收某县实验小学职工互助保险费",
        _MUTUAL, "1200.00", into=CUSTODY, fund="代管", answers={"participants": "12"}, columns={"参与人数": "12"},
    ),
    worn("记-2025-07-0005", "2025-07-31", "195"),
    Kept(
        "记-2025-08-0001", "2025-08-05", "mutual_insurance_passed_on", "某互助会", "代付某互助会职工互助保险保费",
        (debit(_MUTUAL, "1200"), credit(CUSTODY, "1200")),
        {"amount": "1200", "payee": "某互助会", "item": "保费", "participants": "12", "attachments": "2"},
        {"资金来源": "代管", "支付方式": "转账", "参与人数": "12", "附件张数": "2"},
    ),
    spent(
        "记-2025-08-0002", "2025-08-12", "labour_protection", "某某超市", "防暑降温用品",
        "支付防暑降温用品（劳动保护）",
        "50402 劳动保护支出", "720.00", "其他", invoice="25342000000000010006", people="12",
        answers={"activity_type": "其他"},
    ),
    _contributed("记-2025-08-0003"),
    worn("记-2025-08-0004", "2025-08-31", "195"),
    spent(
        "记-2025-09-0001", "2025-09-12", "meeting", "某某印务公司", "会员大会资料印刷费",
        "支付会员大会资料印刷费（会议）", "50502 会议支出", "380.00", "会议", invoice="25342000000000010007",
        people="12",
    ),
    _contributed("记-2025-09-0002"),
    _dues("记-2025-09-0003", "2025-09-20", "2025-07..2025-09", "2025年7月至2025年9月"),
    _interest("记-2025-09-0004", "2025-09-21", "18.46"),
    _festival("记-2025-09-0005", "2025-09-26", "中秋", "慰问品", "3000.00", "QD-2025-04", "25342000000000010008"),
    worn("记-2025-09-0006", "2025-09-30", "195"),
    remitted("记-2025-10-0001", "2025-10-10", "2025-07..2025-09", "2025年7月至2025年9月", _owed("2025-07",
    "2025-08", "2025-09")),
    _contributed("记-2025-10-0002"),
    spent(
        "记-2025-10-0003", "2025-10-24", "labour_competition", "某某文具店", "教学竞赛奖品",
        "支付教学竞赛奖品（劳动和技能竞赛）", "50301 劳动和技能竞赛活动支出", "1150.00", "劳动竞赛",
        invoice="25342000000000010009", people="12", answers={"awarded": "4"}, columns={"获奖人数": "4"},
    ),
    worn("记-2025-10-0004", "2025-10-31", "195"),
    received(
        "记-2025-11-0001", "2025-11-07", "employer_subsidy_received", "某县实验小学",
        "收到某县实验小学行政补助职工运动会",
        "405 行政补助收入", "3000.00", fund="补助", answers={"project": _GAMES}, columns={"项目": _GAMES},
    ),
    _contributed("记-2025-11-0002"),
    spent(
        "记-2025-11-0003", "2025-11-21", "culture_sports", "某某体育用品店", "运动会器材", "支付运动会器材（文体活动）",
        "50102 文体活动支出", "2600.00", "体育活动", fund="补助", invoice="25342000000000010010", people="12",
        answers={"project": _GAMES, "activity_type": "体育"}, columns={"项目": _GAMES},
    ),
    worn("记-2025-11-0004", "2025-11-30", "195"),
    _aid("记-2025-12-0001", "2025-12-10", "500.00", "QD-2025-05"),
    _contributed("记-2025-12-0002"),
    _dues("记-2025-12-0003", "2025-12-19", "2025-10..2025-12", "2025年10月至2025年12月"),
    _interest("记-2025-12-0004", "2025-12-21", "17.92"),
    remitted("记-2025-12-0005", "2025-12-23", "2025-10..2025-12", "2025年10月至2025年12月", _owed("2025-10",
    "2025-11", "2025-12")),
    spent(
        "记-2025-12-0006", "2025-12-26", "member_gifts", "某某蛋糕店", "蛋糕券", "支付会员生日慰问蛋糕券",
        "50105 会员活动支出", "1200.00", "慰问", invoice="25342000000000010011", people="12",
        answers={"occasion": "生日", "list": "QD-2025-06"}, columns={"事由": "生日", "发放清单": "QD-2025-06"},
    ),
    worn("记-2025-12-0007", "2025-12-31", "195"),
)  # fmt: skip


def _by_cashier(kept: Kept) -> Kept:
    """Name the cashier where money moves."""
    if not any(line.account in (BASIC, CUSTODY, CASH) for line in kept.lines):
        return kept
    return replace(kept, answers={**kept.answers, "cashier": CASHIER}, columns={**kept.columns, "出纳": CASHIER})


VOUCHERS = tuple(map(_by_cashier, _VOUCHERS))

# Account, project, yuan of the first budget; then of the revision in July, each the whole new amount.
BUDGET = (
    ("401 会费收入", "", "2880.00"),
    ("402 拨缴经费收入", "", "18200.00"),
    ("40301 一般性转移支付补助", "", "5000.00"),
    ("40302 专项转移支付补助", _PROJECT, "2000.00"),
    ("408 其他收入", "", "80.00"),
    ("50102 文体活动支出", "", "2000.00"),
    ("50103 宣传活动支出", "", "1200.00"),
    ("50105 会员活动支出", "", "14000.00"),
    ("50301 劳动和技能竞赛活动支出", "", "1500.00"),
    ("50402 劳动保护支出", "", "1000.00"),
    (_HARDSHIP, _PROJECT, "2000.00"),
    ("50501 培训支出", "", "1600.00"),
    ("50502 会议支出", "", "500.00"),
    ("50504 其他业务支出", "", "100.00"),
)
BUDGET_DAYS = ("2025-01-06", "2025-01-07", "2025-01-10")  # 委员会通过, 经审会审查, 上级批准
REVISION = (
    ("405 行政补助收入", _GAMES, "3000.00", "单位行政补助职工运动会"),
    ("50102 文体活动支出", _GAMES, "3400.00", "单位行政补助职工运动会"),
    ("50702 办公设备购置", "", "5000.00", "添置投影仪"),
    ("32205 累计结余", "", "1500.00", "动用以前年度结余"),
)
REVISION_DAYS = ("2025-06-27", "2025-06-28", "2025-07-02")
