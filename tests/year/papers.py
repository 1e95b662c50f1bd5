"""What stands beside the vouchers of the year: its registers in the words of their sheets, and bank statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from tests.year.made import BASIC, CASH
from tests.year.year import ACCOUNTANT, CASHIER, CHAIR, FINANCE, NUMBERS, OPENING, UNION, VOUCHERS, WAGES

_MEMBERS = tuple(f"M{n:02d}" for n in range(1, 13))
_NAMES = (
    "赵某某",
    "李某某",
    "钱某某",
    "孙某某",
    "周某某",
    "吴某某",
    "郑某某",
    "王某某",
    "冯某某",
    "陈某某",
    "褚某某",
    "卫某某",
)
_LISTS = (
    ("QD-2025-01", "2025-01-18", "春节", "300.00", _MEMBERS),
    ("QD-2025-02", "2025-02-20", "困难", "1000.00", ("M07",)),
    ("QD-2025-03", "2025-05-30", "端午", "200.00", _MEMBERS),
    ("QD-2025-04", "2025-09-28", "中秋", "250.00", _MEMBERS),
    ("QD-2025-05", "2025-12-10", "困难", "500.00", ("M07",)),
    ("QD-2025-06", "2025-12-26", "生日", "100.00", _MEMBERS),
)  # fmt: skip
_EVENTS = {"QD-2025-02": "KN-2025-春", "QD-2025-05": "KN-2025-冬"}
_FORMS = {"困难": "转账", "生日": "券"}


def _grants() -> Iterator[tuple[str, ...]]:
    for paid, day, occasion, yuan, members in _LISTS:
        for member in members:
            yield (paid, day, member, occasion, yuan, _FORMS.get(occasion, "实物"), "是", _EVENTS.get(paid, ""))


def _invoices() -> Iterator[tuple[str, ...]]:
    for kept in VOUCHERS:
        number = kept.columns.get("发票号", "")
        if number.isdigit() and kept.number not in ("记-2025-06-0001", "记-2025-06-0002"):
            whole = next(line.credit for line in kept.lines if line.account == BASIC)
            yield (number, "数电普票", kept.columns["开票日期"], kept.payee, UNION, whole, "正常")


# Register → heads, then rows, in the words of its sheet.
REGISTERS: Mapping[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    "members": (
        ("会员编号", "姓名", "状态", "入会日期", "会费基数"),
        tuple((number, name, "在职", "2016-09-01", "4000.00") for number, name in zip(_MEMBERS, _NAMES, strict=True)),
    ),
    "payroll": (
        ("月份", "人员类别", "人数", "工资总额", "会费基数"),
        tuple((month, "在编", "12", wages, "48000.00") for month, wages in WAGES.items()),
    ),
    "dues": (
        ("月份", "会员编号", "缴纳金额", "缴纳日期"),
        tuple(
            (month, member, "20.00", paid)
            for quarter, paid in enumerate(("2025-03-20", "2025-06-20", "2025-09-20", "2025-12-19"))
            for month in list(WAGES)[quarter * 3 : quarter * 3 + 3]
            for member in _MEMBERS
        ),
    ),
    "officers": (
        ("职务", "姓名", "任职日期"),
        (
            ("主席", CHAIR, "2023-03-01"),
            ("财务负责人", FINANCE, "2023-03-01"),
            ("会计", ACCOUNTANT, "2023-03-01"),
            ("出纳", CASHIER, "2023-03-01"),
            ("经审会主任", "周某某", "2023-03-01"),
            ("经审会委员", "王某某", "2023-03-01"),
            ("经审会委员", "冯某某", "2023-03-01"),
        ),
    ),
    "resolutions": (
        ("决议编号", "日期", "会议", "议题", "金额", "到会人数", "应到人数", "是否通过"),
        (
            ("R-2025-01", "2025-01-06", "工会委员会", "通过2025年度预算", "", "5", "5", "是"),
            ("R-2025-02", "2025-06-27", "工会委员会", "通过2025年度预算调整", "", "5", "5", "是"),
            ("R-2025-03", "2025-07-03", "工会委员会", "购置投影仪", "4680.00", "5", "5", "是"),
            ("R-2025-04", "2025-09-12", "会员代表大会", "听取工会经费收支情况报告", "", "12", "12", "是"),
            ("R-2026-01", "2026-02-10", "工会委员会", "通过2025年度决算", "", "5", "5", "是"),
            ("R-2026-02", "2026-03-01", "会员代表大会", "通过2025年度决算报告", "", "12", "12", "是"),
        ),
    ),
    "grants": (("清单编号", "发放日期", "会员编号", "事由", "金额", "形式", "签收", "事件标识"), tuple(_grants())),
    "assets": (
        ("资产编号", "资产名称", "资产类别", "取得日期", "原值", "使用年限", "保管人", "来源", "最近盘点日期"),
        (
            ("ZC-01", "多功能一体机", "办公设备", "2023-05-10", "9360.00", "6", CASHIER, "购置", "2025-12-30"),
            ("ZC-02", "投影仪", "办公设备", "2025-07-10", "4680.00", "6", CASHIER, "购置", "2025-12-30"),
        ),
    ),
    "invoices": (("发票号", "发票类型", "开票日期", "销售方", "购买方", "金额", "状态"), tuple(_invoices())),
    "hardship": (("档案编号", "会员编号", "困难类别", "建档日期"), (("KN-01", "M07", "相对困难", "2024-11-05"),)),
    "cash_counts": (
        ("盘点日期", "科目", "实盘金额", "出纳", "监盘人"),
        (("2025-04-30", CASH, "300.00", CASHIER, FINANCE), ("2025-05-31", CASH, "0.00", CASHIER, FINANCE)),
    ),
    "audits": (
        ("审计编号", "审计类型", "期间起", "期间止", "审计对象", "报告日期", "发现问题"),
        (
            ("SJ-2025-01", "年度审计", "2024-01-01", "2024-12-31", UNION, "2025-02-20", "未发现问题"),
            ("SJ-2026-01", "年度审计", "2025-01-01", "2025-12-31", UNION, "2026-02-20", "未发现问题"),
        ),
    ),
    "publications": (
        ("公开日期", "公开内容", "公开范围", "公开方式"),
        (
            ("2025-01-25", "预算", "全体会员", "公开栏"),
            ("2025-03-10", "决算", "全体会员", "公开栏"),
            ("2025-07-15", "经费收支", "全体会员", "公开栏"),
            ("2026-03-05", "决算", "全体会员", "公开栏"),
        ),
    ),
}


def statement(account: str, *months: str) -> str:
    """The bank's CSV of an account for some months (all without any), balances running on from the year's first."""
    balance = next((Decimal(line.debit) for line in OPENING if line.account == account), Decimal(0))
    rows = [f"账号：{NUMBERS[account]}", "交易日期,借方发生额,贷方发生额,余额,对方户名,摘要,流水号"]
    for place, (kept, line) in enumerate(((k, x) for k in VOUCHERS for x in k.lines if x.account == account), 1):
        paid, got = Decimal(line.credit or 0), Decimal(line.debit or 0)
        if paid < 0:  # what was booked wrongly and turned: the bank never saw it
            continue
        if kept.number == "记-2025-06-0001":
            continue
        balance += got - paid
        if not months or kept.day[:7] in months:
            cells = (kept.day, paid or "", got or "", balance, kept.payee, kept.narration, f"LS{place:06d}")
            rows.append(",".join(map(str, cells)))
    return "\n".join(rows) + "\n"
