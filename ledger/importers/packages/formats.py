"""The packages and standards that are understood, and by which heads each is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.importers.headers import plain_header
from ledger.importers.sheets import Sheet
from ledger.importers.tables import HEAD_ROWS


@dataclass(frozen=True)
class Format:
    """One format: its key for `--as`, its name, the sets of heads any of which betrays it, and what it needs."""

    key: str
    title: str
    signs: tuple[frozenset[str], ...]
    expected: str


def _signs(*heads: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(plain_header(name) for name in group.split()) for group in heads)


FORMATS: tuple[Format, ...] = (
    Format(
        "u8",
        "用友 U8",
        _signs("凭证号数 科目编码", "ino_id ccode", "account_code natural_debit_currency", "account_code abstract"),
        "序时账：日期、凭证号数、科目编码、科目名称、摘要、方向、金额（或借方、贷方）；凭证表：dbill_date、csign、ino_id、"
        "cdigest、ccode、md、mc；凭证接口 XML：ufinterface/voucher/voucher_head、voucher_body/entry",
    ),
    Format(
        "kingdee",
        "金蝶 KIS/K3",
        _signs("科目代码 凭证字号 摘要", "科目代码 凭证字 凭证号", "faccountnum fnumber"),
        "凭证序时簿：日期（凭证日期）、凭证字号（或凭证字、凭证号）、摘要、科目代码、科目名称、借方、贷方",
    ),
    Format(
        "gbt24589",
        "GB/T 24589",
        _signs(
            "记账凭证编号 科目编号",
            "记账凭证编号 记账凭证日期",
            "020602 020301",
            "科目编号 期初本币余额",
            "020301 020506",
            "科目编号 科目名称 余额方向",
            "020602 020601",
        ),
        "记账凭证（记账凭证日期、记账凭证类型编号、记账凭证编号、记账凭证摘要、科目编号、借方本币金额、贷方本币金额）、"
        "会计科目（科目编号、科目名称）、科目余额及发生额",
    ),
    Format(
        "saft",
        "SAF-T",
        _signs("accountid transaction/transactionid", "accountid accountdescription"),
        "AuditFile/MasterFiles/GeneralLedgerAccounts/Account 与 GeneralLedgerEntries/Journal/Transaction/Line"
        "（AccountID、DebitAmount、CreditAmount）",
    ),
    Format(
        "iso21378",
        "ISO 21378",
        _signs(
            "gl_account_number effective_date",
            "gl_account_id effective_date",
            "gl_account_number amount_ending",
            "gl_account_number gl_account_name",
        ),
        "GL 明细：Journal_ID（JE_Number、JE_Header_ID）、Effective_Date、GL_Account_Number、Amount（借正贷负，或附 "
        "Amount_Credit_Debit_Indicator）；科目表：GL_Account_Number、GL_Account_Name",
    ),
    Format(
        "ledger-table",
        "序时账、余额表",
        (),
        "序时账：日期、凭证字号、摘要、科目编码（名称）、借方金额、贷方金额（或方向、金额）；余额表：科目编码、科目名称、"
        "期初余额、本期借方、本期贷方、期末余额；科目编码表：科目编码、科目名称、级次（或余额方向、科目类型）",
    ),
)
BY_KEY = {known.key: known for known in FORMATS}


def format_of(sheets: Iterable[Sheet]) -> Format | None:
    """Return the first format that any head of the sheets betrays, None when there is none."""
    heads = [
        frozenset(plain_header(cell) for cell in row if cell) for sheet in sheets for row in sheet.rows[:HEAD_ROWS]
    ]
    return next((known for known in FORMATS if any(sign <= row for sign in known.signs for row in heads)), None)
