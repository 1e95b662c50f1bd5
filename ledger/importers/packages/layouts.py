"""Heads of other packages' tables: the columns a table may have, each with the names that packages give it.

`VOUCHERS` and `BALANCES` hold the names of all packages at once: what a column means does not depend on who wrote
it. The columns of our own workbook are among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from types import MappingProxyType

from ledger.importers.headers import VOUCHER_SHEET, Column, SheetLayout, plain_header

# Further names of the columns of our own register: 用友 U8 (table GL_accvouch and interface), 金蝶, GB/T 24589 (names
# and identifiers of data elements), SAF-T, ISO 21378 and the AICPA's data standard.
_MORE_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "date": (
            "记账凭证日期",
            "020601",
            "FDate",
            "voucher_head/date",
            "voucher_header/date",
            "head/date",
            "voucher_head/prepareddate",
            "voucher_header/prepareddate",
            "Transaction/TransactionDate",
            "Transaction/GLPostingDate",
            "Effective_Date",
        ),
        "voucher": ("凭证字号数", "Journal_ID", "JE_Number", "JE_Header_ID", "Journal_Entry_ID"),
        "word": (
            "凭证类别字",
            "记账凭证类型编号",
            "020201",
            "FGroupID",
            "FGroup",
            "voucher_head/voucher_type",
            "voucher_header/voucher_type",
            "head/voucher_type",
            "Journal/JournalID",
        ),
        "number": (
            "020602",
            "FNumber",
            "voucher_head/voucher_id",
            "voucher_header/voucher_id",
            "head/voucher_id",
            "Transaction/TransactionID",
        ),
        "period": (
            "010201",
            "FPeriod",
            "voucher_head/accounting_period",
            "voucher_header/accounting_period",
            "head/accounting_period",
            "Transaction/Period",
            "Accounting_Period",
            "Period",
        ),
        "serial": (
            "记账凭证行号",
            "020603",
            "FEntryID",
            "entry_id",
            "RecordID",
            "JE_Line_Number",
            "Journal_ID_Line_Number",
        ),
        "narration": (
            "记账凭证摘要",
            "020604",
            "FExplanation",
            "Abstract",
            "Transaction/Description",
            "JE_Header_Description",
        ),
        "payee": ("往来单位名称", "客商名称", "Business_Unit_Party"),
        "code": (
            "020301",
            "科目编码(代码)",
            "FAccountNum",
            "account_code",
            "AccountID",
            "GL_Account_Number",
            "GL_Account_ID",
        ),
        "account": ("FAccountName", "account_name", "GL_Account_Name", "AccountDescription"),
        "debit": (
            "借方(元)",
            "借方金额(本位币)",
            "本币借方",
            "借方本位币",
            "020509",
            "FDebit",
            "natural_debit_currency",
            "DebitAmount/Amount",
            "DebitAmount",
        ),
        "credit": (
            "贷方(元)",
            "贷方金额(本位币)",
            "本币贷方",
            "贷方本位币",
            "020512",
            "FCredit",
            "natural_credit_currency",
            "CreditAmount/Amount",
            "CreditAmount",
        ),
        "currency": (
            "币别名称",
            "币种名称",
            "外币名称",
            "币种编码",
            "币别代码",
            "011101",
            "cexch_name",
            "FCurrencyName",
            "currency",
            "DebitAmount/CurrencyCode",
            "CreditAmount/CurrencyCode",
            "Amount_Currency",
            "Currency_Code",
            "Currency",
        ),
        "attachments": ("020612", "FAttachments", "voucher_head/attachment_number", "voucher_header/attachment_number"),
        "prepared-by": (
            "020613",
            "FPreparerID",
            "voucher_head/enter",
            "voucher_header/enter",
            "head/enter",
            "Transaction/SourceID",
            "Entered_By",
        ),
        "reviewed-by": (
            "020614",
            "ccheck",
            "FCheckerID",
            "voucher_head/checker",
            "voucher_header/checker",
            "head/checker",
            "Approved_By",
        ),
        "posted-by": (
            "020615",
            "cbook",
            "FPosterID",
            "voucher_head/posting_person",
            "voucher_header/posting_person",
            "head/posting_person",
            "Posted_By",
        ),
        "cashier": ("ccashier", "FCashierID", "voucher_head/cashier", "voucher_header/cashier", "head/cashier"),
        "handled-by": ("FHandler",),
        "entered-at": ("tvouchtime", "Transaction/SystemEntryDate", "Entered_Date", "Entry_Date"),
        "project": ("工程项目", "citem_id", "auxiliary_accounting/item[item_id]"),
        "payment": ("结算方式编码", "FSettTypeID", "settlement"),
        "invoice-date": ("dt_date", "document_date"),
        "reverses": ("Reverses_Journal_ID",),
        "line:narration": ("分录摘要", "Description", "JE_Line_Description"),
    }
)

# What other packages' registers have besides; `aux:` columns say whom or what a line is about.
_FURTHER = (
    Column(
        "year",
        "会计年度",
        "name",
        (
            "年度",
            "年",
            "iyear",
            "010113",
            "FYear",
            "voucher_head/fiscal_year",
            "voucher_header/fiscal_year",
            "head/fiscal_year",
            "Transaction/PeriodYear",
            "Fiscal_Year",
        ),
    ),
    Column(
        "side", "方向", "name", ("借贷方向", "借贷", "借/贷", "Amount_Credit_Debit_Indicator", "Debit_Credit_Indicator")
    ),
    Column("amount", "金额", "fen?", ("本币金额", "本位币金额", "发生额", "Amount", "Functional_Amount")),
    Column("void", "作废标志", "name", ("作废", "iflag", "voucher_head/revokeflag", "voucher_header/revokeflag")),
    Column("posted", "记账标志", "name", ("020616", "ibook", "是否记账")),
    Column("aux:customer", "客户", "name", ("客户名称", "客户编码", "ccus_id", "auxiliary_accounting/item[cust_id]")),
    Column(
        "aux:supplier",
        "供应商",
        "name",
        ("供应商名称", "供应商编码", "csup_id", "auxiliary_accounting/item[supplier_id]"),
    ),
    Column(
        "aux:party",
        "客商",
        "name",
        ("客商辅助核算", "auxiliary_accounting/item[客商辅助核算]", "CustomerID", "SupplierID"),
    ),
    Column(
        "aux:person",
        "个人",
        "name",
        ("个人名称", "人员", "职员", "cperson_id", "auxiliary_accounting/item[personnel_id]"),
    ),
    Column("aux:department", "部门", "name", ("部门名称", "cdept_id", "auxiliary_accounting/item[dept_id]")),
    Column("aux:items", "核算项目", "name", ("核算项目名称", "辅助核算", "辅助核算项目", "辅助项")),
    *(Column(f"aux:{n}", f"辅助项{n}编号", "name", (f"0204{n:02d}",)) for n in range(1, 31)),
)

PEOPLE = frozenset(
    {"cashier", "handled-by", "approved-by", "prepared-by", "reviewed-by", "posted-by"},
)


def _more(column: Column) -> Column:
    names = tuple(n for n in column.aliases if not (column.key == "payee" and n == "客商"))
    return replace(column, aliases=(*names, *_MORE_NAMES.get(column.key, ())), required=False)


VOUCHERS = SheetLayout("package-vouchers", "序时账", (), (*map(_more, VOUCHER_SHEET.columns), *_FURTHER))


def _joined(groups: Sequence[str], parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{group}{part}" for group, part in product(groups, parts))


_DEBITS = ("借方", "借", "(借方)", "(借)", "借方余额", "借方金额", "借方本币", "余额借方", "余额(借方)", "余额(借)")
_CREDITS = tuple(name.replace("借", "贷") for name in _DEBITS)
_OPENING = ("期初", "期初余额", "期初数", "月初余额", "本期期初")
_CLOSING = ("期末", "期末余额", "期末数", "月末余额", "本期期末")
_TURNOVER = ("本期", "本期发生", "本期发生额", "本期发生数", "发生额", "本月", "本月发生额")
_YEAR = ("年初", "年初余额", "年初数")

_CODE = Column(
    "code",
    "科目编码",
    "name",
    ("科目代码", "科目编号", "会计科目编码", "编码", "ccode", "020301", "AccountID", "GL_Account_Number"),
)

BALANCES = SheetLayout(
    "package-balances",
    "科目余额表",
    (),
    (
        Column("year", "会计年度", "name", ("年度", "年", "iyear", "010113", "Fiscal_Year")),
        Column(
            "period",
            "会计期间号",
            "name",
            ("会计期间", "会计月份", "期间", "月份", "iperiod", "010201", "Period", "Accounting_Period"),
        ),
        _CODE,
        Column(
            "account",
            "科目名称",
            "name",
            ("会计科目名称", "会计科目", "科目", "名称", "科目全称", "AccountDescription", "GL_Account_Name"),
        ),
        Column("currency", "币种编码", "name", ("币种", "币别", "币别名称", "外币名称", "011101", "Amount_Currency")),
        Column("opening-debit", "期初借方余额", "fen?", (*_joined(_OPENING, _DEBITS), "OpeningDebitBalance")),
        Column("opening-credit", "期初贷方余额", "fen?", (*_joined(_OPENING, _CREDITS), "OpeningCreditBalance")),
        Column("opening-side", "期初余额方向", "name", ("期初方向", "020501")),
        Column(
            "opening",
            "期初余额",
            "fen?",
            ("期初数", "期初本币余额", "期初本位币余额", "期初金额", "020506", "Amount_Beginning"),
        ),
        Column("year-debit", "年初借方余额", "fen?", _joined(_YEAR, _DEBITS)),
        Column("year-credit", "年初贷方余额", "fen?", _joined(_YEAR, _CREDITS)),
        Column("year-side", "年初余额方向", "name", ("年初方向",)),
        Column("year-opening", "年初余额", "fen?", ("年初数",)),
        Column(
            "debit", "借方发生额", "fen?", (*_joined(_TURNOVER, _DEBITS), "借方", "借方金额", "借方本币金额", "020509")
        ),
        Column(
            "credit",
            "贷方发生额",
            "fen?",
            (*_joined(_TURNOVER, _CREDITS), "贷方", "贷方金额", "贷方本币金额", "020512"),
        ),
        Column("closing-debit", "期末借方余额", "fen?", (*_joined(_CLOSING, _DEBITS), "ClosingDebitBalance")),
        Column("closing-credit", "期末贷方余额", "fen?", (*_joined(_CLOSING, _CREDITS), "ClosingCreditBalance")),
        Column("closing-side", "期末余额方向", "name", ("期末方向", "020502")),
        Column(
            "closing",
            "期末余额",
            "fen?",
            ("期末数", "期末本币余额", "期末本位币余额", "期末金额", "020515", "Amount_Ending", "余额"),
        ),
        Column("side", "方向", "name", ("余额方向", "借贷方向")),
        Column(
            "item-type",
            "核算项目类型",
            "name",
            ("核算项目类型名称", "核算项目类型编号", "核算项目类别", "辅助核算类型"),
        ),
        Column(
            "item",
            "核算项目",
            "name",
            (
                "核算项目名称",
                "核算项目编号",
                "核算项目代码",
                "辅助项1编号",
                "020401",
                "辅助核算",
                "部门",
                "部门名称",
                "客户",
                "客户名称",
                "供应商",
                "供应商名称",
                "个人",
                "个人名称",
                "项目",
                "项目名称",
                "往来单位",
            ),
        ),
        Column("from", "期间起", "name", ("SelectionCriteria/SelectionStartDate", "SelectionCriteria/PeriodStart")),
        Column("from-year", "期间起年", "name", ("SelectionCriteria/PeriodStartYear",)),
        Column("to", "期间止", "name", ("SelectionCriteria/SelectionEndDate", "SelectionCriteria/PeriodEnd")),
        Column("to-year", "期间止年", "name", ("SelectionCriteria/PeriodEndYear",)),
    ),
)

CHART = SheetLayout(
    "package-chart",
    "科目编码表",
    (),
    (
        _CODE,
        Column(
            "account",
            "科目名称",
            "name",
            (
                "会计科目名称",
                "会计科目",
                "名称",
                "科目全称",
                "ccode_name",
                "020302",
                "AccountDescription",
                "GL_Account_Name",
            ),
        ),
        Column("level", "级次", "name", ("科目级次", "级别", "科目级别", "igrade")),
        Column(
            "type",
            "科目类型",
            "name",
            ("科目类别", "类型", "类别", "020303", "cclass", "Account_Type", "AccountType", "FS_Caption"),
        ),
        Column("side", "余额方向", "name", ("方向", "科目方向", "性质", "020304", "bproperty")),
        Column("leaf", "是否末级", "name", ("末级", "明细", "020305", "bend")),
        Column("upper", "上级编码", "name", ("上级科目", "上级科目编码", "父级编码")),
    ),
)


def heads_of(row: Sequence[str]) -> frozenset[str]:
    """Return the heads of a row as they are compared."""
    return frozenset(plain for cell in row if (plain := plain_header(cell)))
