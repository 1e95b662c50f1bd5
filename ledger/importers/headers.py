"""Sheets and headers of our workbook: canonical Chinese names, the names other packages use, and their meaning.

The same tables serve both directions: `Column.header` is what we write, `match_headers` understands what others
wrote. Keys are the English words of the book format (`occurred`, `month-of`, `member_id` …), which are accepted
as headers too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ledger.contracts import POSTING_METADATA, REGISTERS
from ledger.importers.register_headers import REGISTER_HEADERS, REGISTER_REQUIRED, REGISTER_SHEETS


@dataclass(frozen=True)
class Column:
    """One column: its key in the book, the header we write, other headers understood, and the kind of its cells.

    `kind` is text, name, day, month, fen, fen?, count, count? (see `ledger.contracts.KINDS`), `moment` (ISO date-time),
    `months` (a month or a range of months) or `documents` (several names separated by `；`).
    """

    key: str
    header: str
    kind: str = "text"
    aliases: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class SheetLayout:
    """One sheet: key (`vouchers`, `balances`, `budget` or a register's name), the name we write, others, columns."""

    key: str
    title: str
    aliases: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def by_key(self) -> Mapping[str, Column]:
        """Columns by key."""
        return MappingProxyType({column.key: column for column in self.columns})


_DEBIT = ("借方", "借方发生额", "本期借方", "借方本币金额", "借方金额（元）", "借方金额(元)", "md")
_CREDIT = ("贷方", "贷方发生额", "本期贷方", "贷方本币金额", "贷方金额（元）", "贷方金额(元)", "mc")
_ACCOUNT_CODE = ("科目代码", "科目编号", "会计科目编码", "编码", "ccode")
_ACCOUNT_NAME = ("科目全称", "会计科目名称", "会计科目", "科目", "名称")

# Metadata of a voucher: key in the book, header, kind, other headers.
METADATA_COLUMNS: tuple[Column, ...] = (
    Column("attachments", "附件张数", "count?", ("附件数", "附单据数", "附单据", "附件", "凭证张数", "idoc")),
    Column("prepared-by", "制单人", "name", ("制单", "编制人", "录入人", "填制人", "操作员", "cbill")),
    Column("reviewed-by", "审核人", "name", ("审核", "复核人", "复核")),
    Column("posted-by", "记账人", "name", ("记账", "过账人", "过账")),
    Column("cashier", "出纳", "name", ("出纳人", "出纳签字")),
    Column("handled-by", "经办人", "name", ("经办", "业务员", "经手人")),
    Column("approved-by", "审批人", "name", ("审批", "批准人")),
    Column("occurred", "业务日期", "day", ("业务发生日期", "发生日期")),
    Column("entered-at", "录入时间", "moment", ("制单时间", "录入日期")),
    Column("activity", "活动名称", "name", ("活动",)),
    Column("activity-type", "活动类型", "name", ("活动类别",)),
    Column("participants", "参与人数", "count?", ("参加人数", "人数")),
    Column("awarded", "获奖人数", "count?", ("奖励人数",)),
    Column("days", "天数", "count?", ("活动天数",)),
    Column("nights", "夜数", "count?", ("住宿夜数", "过夜数")),
    Column("destination", "目的地", "name", ("活动地点", "地点")),
    Column("occasion", "事由", "name", ("慰问事由",)),
    Column("list", "发放清单", "name", ("清单编号", "发放清单编号")),
    Column("fund", "资金来源", "name", ("经费来源", "资金性质")),
    Column("project", "项目", "name", ("项目名称", "项目核算", "专项项目")),
    Column("payment", "支付方式", "name", ("结算方式", "付款方式")),
    Column("invoice", "发票号", "name", ("发票号码",)),
    Column("invoice-seller", "销售方", "name", ("销售方名称", "开票单位")),
    Column("invoice-date", "开票日期", "day", ("发票日期", "票据日期")),
    Column("invoice-type", "发票类型", "name", ("票据类型", "发票种类")),
    Column("contract", "合同", "name", ("合同号", "合同编号")),
    Column("contract-date", "合同日期", "day", ("合同签订日期",)),
    Column("resolution", "决议", "name", ("决议编号",)),
    Column("quotes", "询价数", "count?", ("报价数", "比价家数", "询价家数")),
    Column("month-of", "所属月", "months", ("所属月份", "所属期", "费款所属期")),
    Column("document", "附件文件", "documents", ("附件路径", "扫描件")),
    Column("reverses", "冲销", "name", ("冲销凭证", "冲销凭证号", "红冲凭证")),
    Column("budget-override", "超预算理由", "name", ("超预算原因", "预算例外理由")),
)

_BY_KEY = {column.key: column for column in METADATA_COLUMNS}

LINE_PREFIX = "line:"

# Metadata that no column holds, a line of the cell each: `key=value` (see `ledger.importers.more`).
MORE = "more"
LINE_MORE = f"{LINE_PREFIX}{MORE}"

# A register's column of the user's own: this before the name it has in the book's file.
OWN_COLUMN = "自有列："

# Metadata that one line carries for itself: `本行资金来源` beside `资金来源`, which is the whole voucher's.
LINE_COLUMNS: tuple[Column, ...] = (
    *(
        Column(f"{LINE_PREFIX}{key}", f"本行{_BY_KEY[key].header}", _BY_KEY[key].kind)
        for key in (name.replace("_", "-") for name in POSTING_METADATA)
    ),
    Column(f"{LINE_PREFIX}narration", "本行摘要"),
)
_MORE_COLUMNS = (Column(MORE, "附加信息"), Column(LINE_MORE, "本行附加信息"))

VOUCHER_SHEET = SheetLayout(
    "vouchers",
    "序时账",
    ("凭证序时簿", "凭证序时账", "序时簿", "记账凭证", "凭证登记簿", "凭证", "总账凭证", "日记账"),
    (
        Column("date", "日期", "day", ("凭证日期", "记账日期", "制单日期", "业务日期", "dbill_date"), required=True),
        Column("voucher", "凭证字号", "name", ("凭证字号码", "凭证编码")),
        Column("word", "凭证字", "name", ("凭证类型", "凭证类别", "凭证种类", "csign")),
        Column("number", "凭证号", "name", ("凭证编号", "凭证号数", "记账凭证号", "记账凭证编号", "ino_id")),
        Column("period", "会计月份", "name", ("会计期间", "会计期间号", "月份", "期间", "iperiod")),
        Column("serial", "分录号", "name", ("分录序号", "序号", "分录行号", "行号", "inid")),
        Column("narration", "摘要", "text", ("凭证摘要", "备注", "cdigest"), required=True),
        Column("payee", "对方单位", "name", ("往来单位", "收付款单位", "对方名称", "客商")),
        Column("code", "科目编码", "name", _ACCOUNT_CODE),
        Column("account", "科目名称", "name", _ACCOUNT_NAME),
        Column("debit", "借方金额", "fen?", _DEBIT, required=True),
        Column("credit", "贷方金额", "fen?", _CREDIT, required=True),
        Column("currency", "币种", "name", ("币别",)),
        Column("tags", "标记", "name", ("标签",)),
        *METADATA_COLUMNS,
        *LINE_COLUMNS,
        *_MORE_COLUMNS,
    ),
)

BALANCE_SHEET = SheetLayout(
    "balances",
    "科目余额表",
    ("余额表", "期初余额", "期初余额表", "科目期初余额", "年初余额", "试算平衡表"),
    (
        Column("year", "年度", "name", ("会计年度", "年份")),
        Column("code", "科目编码", "name", _ACCOUNT_CODE),
        Column("account", "科目名称", "name", _ACCOUNT_NAME),
        Column("debit", "期初借方余额", "fen?", ("期初借方", "年初借方余额", "期初借方金额")),
        Column("credit", "期初贷方余额", "fen?", ("期初贷方", "年初贷方余额", "期初贷方金额")),
        Column("side", "方向", "name", ("余额方向", "借贷方向", "期初方向", "期初余额方向")),
        Column("balance", "期初余额", "fen?", ("年初余额", "期初数", "年初数", "期初本币余额")),
        # Of our own workbook: a balance of an account's own although accounts below it have some, and metadata.
        Column("own", "本级余额", "name"),
        Column("payee", "对方单位", "name"),
        Column("narration", "摘要"),
        *_MORE_COLUMNS,
    ),
)

BUDGET_SHEET = SheetLayout(
    "budget",
    "预算",
    ("预算表", "年度预算", "收支预算", "经费预算"),
    (
        Column("year", "年度", "name", ("会计年度", "预算年度"), required=True),
        Column("code", "科目编码", "name", _ACCOUNT_CODE),
        Column("account", "科目名称", "name", _ACCOUNT_NAME),
        Column("project", "项目", "name", ("项目名称",)),
        Column("amount", "预算金额", "fen", ("预算数", "金额", "年度预算数"), required=True),
        Column("version", "版本", "count?", ("预算版本", "调整次数")),
        Column("date", "生效日期", "day", ("执行日期",)),
        Column("committee", "委员会通过", "day", ("委员会通过日期",)),
        Column("audit-review", "经审会审查", "day", ("经审会审查日期",)),
        Column("approved", "上级批准", "day", ("上级批准日期", "批准日期")),
        Column("reason", "原因", "text", ("调整原因", "备注")),
    ),
)


def _register_layout(name: str) -> SheetLayout:
    columns = tuple(
        Column(key, headers[0], REGISTERS[name][key], headers[1:], required=key in REGISTER_REQUIRED[name])
        for key, headers in REGISTER_HEADERS[name].items()
    )
    title, *aliases = REGISTER_SHEETS[name]
    return SheetLayout(name, title, tuple(aliases), columns)


REGISTER_LAYOUTS: Mapping[str, SheetLayout] = MappingProxyType({name: _register_layout(name) for name in REGISTERS})

# Sheets that only our own workbook has: the accounts opened in the book, and who the union is (`union.toml`).
ACCOUNT_SHEET = SheetLayout(
    "accounts",
    "科目",
    (),
    (
        Column("label", "科目", "name", required=True),
        Column("account", "账套科目", "name", required=True),
        Column("opened", "启用日期", "day"),
        Column("closed", "停用日期", "day"),
    ),
)
PROFILE_SHEET = SheetLayout(
    "union",
    "单位信息",
    (),
    (
        Column("item", "项目", "name", required=True),
        Column("value", "内容", required=True),
        Column("from", "起始日期", "day"),
        Column("to", "截止日期", "day"),
        Column("instrument", "依据文件"),
        Column("article", "条款"),
    ),
)
OWN_SHEETS = (ACCOUNT_SHEET, PROFILE_SHEET)

SHEETS: tuple[SheetLayout, ...] = (VOUCHER_SHEET, BALANCE_SHEET, BUDGET_SHEET, *REGISTER_LAYOUTS.values())

# A sheet of these names is passed over without a word.
IGNORED_SHEETS = ("说明", "目录", "封面", "模板", "填写说明", "使用说明", "选项")


def layout_of(title: str) -> SheetLayout | None:
    """Return the layout that a sheet's name asks for (our name, another package's, or the English key), or None."""
    plain = plain_header(title)
    for layout in SHEETS:
        if plain in (plain_header(name) for name in (layout.key, layout.title, *layout.aliases)):
            return layout
    for words, layout in _TITLE_WORDS:
        if any(word in plain for word in words):
            return layout
    return None


# Packages put the union, the year or the month into the sheet's name: these words decide then, in this order.
_TITLE_WORDS: tuple[tuple[tuple[str, ...], SheetLayout], ...] = (
    (("余额", "试算"), BALANCE_SHEET),
    (("序时", "凭证"), VOUCHER_SHEET),
    (("预算",), BUDGET_SHEET),
)


def plain_header(text: str) -> str:
    """Return a header or sheet name as it is compared: no blanks, breaks or stars, narrow brackets, lower case."""
    plain = re.sub(r"[\s*＊:：\u3000]+", "", text)
    return plain.replace("（", "(").replace("）", ")").lower()


def match_headers(layout: SheetLayout, cells: Sequence[str]) -> dict[str, int]:
    """Return key → position of every column of a layout that a head row holds.

    Canonical headers and keys win over aliases; an alias counts only where no column claims it as its own name.
    A required column that is still missing takes an alias of its own away from an optional column (a package
    whose only date is 业务日期 means the voucher's date by it).
    """
    plain = [plain_header(cell) for cell in cells]
    found: dict[str, int] = {}
    for column in layout.columns:
        for name in (column.header, column.key):
            _claim(found, column, plain, name)
    for column in layout.columns:
        for name in column.aliases:
            _claim(found, column, plain, name)
    for column in layout.columns:
        if column.required and column.key not in found:
            for name in map(plain_header, column.aliases):
                holder = next((key for key, at in found.items() if plain[at] == name), None)
                if holder is not None and not layout.by_key[holder].required:
                    found[column.key] = found.pop(holder)
                    break
    return found


def _claim(found: dict[str, int], column: Column, plain: Sequence[str], name: str) -> None:
    name = plain_header(name)
    if column.key not in found and name in plain and plain.index(name) not in found.values():
        found[column.key] = plain.index(name)


def missing_columns(layout: SheetLayout, found: Mapping[str, int]) -> tuple[str, ...]:
    """Return the headers of what a head row lacks, alternatives joined by 或."""
    lacking = [column.header for column in layout.columns if column.required and column.key not in found]
    if "code" in layout.by_key and not found.keys() & {"code", "account"}:
        lacking.append("科目编码或科目名称")
    if layout.key == "vouchers" and not found.keys() & {"voucher", "number"}:
        lacking.append("凭证字号")
    if layout.key == "balances" and not found.keys() & {"debit", "credit", "balance"}:
        lacking.append("期初借方余额、期初贷方余额（或方向与期初余额）")
    return tuple(lacking)
