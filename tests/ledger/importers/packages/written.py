"""Files as accounting packages write them, made from vouchers: one line of a voucher is one `Record`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import xlsxwriter

from ledger.accounts import components, resolve
from ledger.money import plain_yuan
from ledger.vouchers import Voucher

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Record:
    """One line of a voucher as text; `debit` and `credit` are yuan, one of them empty."""

    date: str
    word: str
    number: str
    narration: str
    code: str
    name: str
    debit: str
    credit: str
    clerk: str = "钱某某"
    currency: str = "人民币"


@dataclass(frozen=True)
class Written:
    """A package's file: its name, its bytes, and which key of a format it is known by."""

    name: str
    content: bytes
    key: str


def code_of(account: str, voucher: Voucher) -> tuple[str, str]:
    """Return code and own name of an account, as a package keeps them."""
    found, parts = resolve(account, voucher.date), components(account)
    assert found is not None
    depth = 1 if found.code == found.parent_code else 2
    return found.code + "".join(digits for digits, _ in parts[depth:]), parts[-1][1]


def records_of(vouchers: Iterable[Voucher]) -> list[Record]:
    """Return the lines of vouchers; an amount below zero stands on the credit side."""
    made = []
    for voucher in vouchers:
        assert voucher.number is not None
        for line in voucher.lines:
            code, name = code_of(line.account, voucher)
            sides = (plain_yuan(line.amount_fen), "") if line.amount_fen >= 0 else ("", plain_yuan(-line.amount_fen))
            number = f"{voucher.number.number:04d}"
            made.append(
                Record(voucher.date.isoformat(), voucher.number.word, number, voucher.narration, code, name, *sides)
            )
    return made


def chart_of(records: Iterable[Record]) -> list[tuple[str, str]]:
    """Return code and name of every account used, in order of code."""
    return sorted({(r.code, r.name) for r in records})


def xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """Return rows of text as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    sheet.write_string(r, c, cell)
    return out.getvalue()


def csv_bytes(rows: Rows, encoding: str = "utf-8") -> bytes:
    """Return rows as separated text."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def _total(records: Sequence[Record], side: str, off: int) -> str:
    fen = sum(round(float(getattr(r, side)) * 100) for r in records if _is_number(getattr(r, side)))
    return plain_yuan(fen + off)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def u8_register(records: Sequence[Record], *, off: int = 0, amount: str = "金额") -> Written:
    """Return 用友 U8's 序时账: a title, the side and the amount in columns of their own."""
    rows = [["序时账"], ["期间：2025.01-2025.01"]]
    rows.append(["日期", "凭证号数", "科目编码", "科目名称", "摘要", "方向", "数量", "外币", amount])
    for r in records:
        day = r.date.replace("-", ".")
        for side, text in (("借", r.debit), ("贷", r.credit)):
            if text:
                rows.append([day, f"{r.word}-{r.number}", r.code, r.name, r.narration, side, "", "", text])
    return Written("序时账.xlsx", xlsx({"序时账": rows}), "u8")


def u8_table(records: Sequence[Record], *, off: int = 0, amount: str = "md") -> Written:
    """Return U8's table of vouchers (GL_accvouch) with its table of accounts (code)."""
    head = ["iyear", "iperiod", "csign", "ino_id", "inid", "dbill_date", "idoc", "cbill", "cdigest", "ccode"]
    rows = [[*head, "cexch_name", amount, "mc", "cperson_id", "iflag"]]
    for n, r in enumerate(records):
        day = f"{r.date} 00:00:00.000" if r.date[:1] == "2" else r.date
        start = [
            "2025",
            r.date[5:7].lstrip("0"),
            r.word,
            r.number.lstrip("0"),
            str(n),
            day,
            "2",
            r.clerk,
            r.narration,
            r.code,
        ]
        rows.append([*start, r.currency, r.debit or "0.0000", r.credit or "0.0000", "", ""])
    chart = [
        ["ccode", "ccode_name", "igrade", "bproperty", "bend"],
        *([c, n, "1", "1", "1"] for c, n in chart_of(records)),
    ]
    return Written("凭证.xlsx", xlsx({"GL_accvouch": rows, "code": chart}), "u8")


def u8_xml(records: Sequence[Record], *, off: int = 0, amount: str = "natural_debit_currency") -> Written:
    """Return U8's interface file of vouchers; names come with the lines."""
    lines = ['<?xml version="1.0" encoding="gb2312"?>', '<ufinterface roottag="voucher" billtype="gl" proc="add">']
    for key, group in _grouped(records):
        lines += [f'<voucher id="{escape(key)}">', "<voucher_head>"]
        r = group[0]
        head = {"company": "001", "voucher_type": r.word, "fiscal_year": "2025", "accounting_period": r.date[5:7]}
        head |= {"voucher_id": r.number, "attachment_number": "2", "date": r.date, "enter": r.clerk, "checker": ""}
        lines += [f"<{name}>{escape(text)}</{name}>" for name, text in head.items()]
        lines += ["</voucher_head>", "<voucher_body>"]
        for n, line in enumerate(group, 1):
            body = {
                "entry_id": str(n),
                "account_code": line.code,
                "account_name": line.name,
                "abstract": line.narration,
            }
            body |= {
                "currency": line.currency,
                amount: line.debit or "0",
                "natural_credit_currency": line.credit or "0",
            }
            lines.append("<entry>")
            lines += [f"<{name}>{escape(text)}</{name}>" for name, text in body.items()]
            lines.append('<auxiliary_accounting><item name="dept_id"></item></auxiliary_accounting></entry>')
        lines += ["</voucher_body>", "</voucher>"]
    return Written("凭证.xml", "\n".join([*lines, "</ufinterface>"]).encode("gb18030"), "u8")


def kingdee(records: Sequence[Record], *, off: int = 0, amount: str = "借方") -> Written:
    """Return 金蝶 K3's list of vouchers with a total below it."""
    head = ["凭证日期", "会计年度", "会计期间", "凭证字", "凭证号", "科目代码", "科目名称", "币别名称", "原币金额"]
    rows = [[*head, amount, "贷方", "制单", "审核", "结算方式", "凭证摘要", "附件数", "分录序号", "过账"]]
    for n, r in enumerate(records):
        start = [r.date, "2025", r.date[5:7], r.word, r.number, r.code, r.name, r.currency, r.debit or r.credit]
        rows.append([*start, r.debit, r.credit, r.clerk, "NONE", "电汇", r.narration, "2", str(n), r.clerk])
    rows.append(["合计", *[""] * 8, _total(records, "debit", off), _total(records, "credit", 0), *[""] * 7])
    return Written("凭证序时簿.xlsx", xlsx({"凭证序时簿": rows}), "kingdee")


_GBT_LINE = ("记账凭证行号", "记账凭证摘要", "科目编号", "币种编码", "借方本币金额", "贷方本币金额")


def _gbt(
    records: Sequence[Record], amount: str
) -> tuple[list[dict[str, str]], list[dict[str, str]], list[dict[str, str]]]:
    heads, lines = [], []
    for _, group in _grouped(records):
        for n, r in enumerate(group, 1):
            key = {"会计年度": "2025", "会计期间号": r.date[5:7], "记账凭证类型编号": r.word, "记账凭证编号": r.number}
            if n == 1:
                heads.append(
                    key | {"记账凭证日期": r.date.replace("-", ""), "附件数": "2", "制单人": r.clerk, "记账标志": "1"}
                )
            texts = (str(n), r.narration, r.code, r.currency, r.debit or "0.00", r.credit or "0.00")
            line = key | dict(zip(_GBT_LINE, texts, strict=True))
            lines.append({amount if name == "借方本币金额" else name: text for name, text in line.items()})
    chart = [
        {"科目编号": c, "科目名称": n, "科目类型": "资产", "余额方向": "借", "是否末级": "1"}
        for c, n in chart_of(records)
    ]
    return heads, lines, chart


def _elements(name: str, cells: Mapping[str, str]) -> list[str]:
    return [f"<{name}>", *(f"  <{key}>{escape(text)}</{key}>" for key, text in cells.items()), f"</{name}>"]


def gbt_2010(records: Sequence[Record], *, off: int = 0, amount: str = "借方本币金额") -> Written:
    """Return the general ledger of GB/T 24589 of 2010: one element 记账凭证 for each line."""
    heads, lines, chart = _gbt(records, amount)
    by_number = {(h["会计期间号"], h["记账凭证编号"]): h for h in heads}
    parts = [
        '<?xml version="1.0" encoding="GB18030"?>',
        "<总账>",
        *_elements("总账基础信息", {"会计科目编号规则": "3-2-2"}),
    ]
    for account in chart:
        parts += _elements("会计科目", account)
    for line in lines:
        head = by_number[line["会计期间号"], line["记账凭证编号"]]
        parts += _elements(
            "记账凭证", {"记账凭证日期": head["记账凭证日期"], **line, "制单人": head["制单人"], "作废标志": "0"}
        )
    return Written("总账.xml", "\n".join([*parts, "</总账>"]).encode("gb18030"), "gbt24589")


def gbt_2024_xml(records: Sequence[Record], *, off: int = 0, amount: str = "借方本币金额") -> Written:
    """Return the tables of GB/T 24589 of 2024 as XML: heads and lines of vouchers apart, rows named 记录."""
    heads, lines, chart = _gbt(records, amount)
    parts = ['<?xml version="1.0" encoding="utf-8"?>', "<GB_T_24589_1_2024>"]
    for name, rows in (("会计科目", chart), ("记账凭证", heads), ("记账凭证分录", lines)):
        parts += [f'<{name} 标准编码="00">', *(text for row in rows for text in _elements("记录", row)), f"</{name}>"]
    return Written("导出.xml", "\n".join([*parts, "</GB_T_24589_1_2024>"]).encode(), "gbt24589")


def gbt_2024_json(records: Sequence[Record], *, off: int = 0, amount: str = "借方本币金额") -> Written:
    """Return the tables of GB/T 24589 of 2024 as JSON, amounts as numbers."""
    heads, lines, chart = _gbt(records, amount)
    tables = {
        name: {"code": "00", "fields": [{"code": "020602", "name": "记账凭证编号"}], "records": rows}
        for name, rows in (("会计科目", chart), ("记账凭证", heads), ("记账凭证分录", lines))
    }
    text = json.dumps({"standard": "GB/T 24589.1-2024", "tables": tables}, ensure_ascii=False, indent=1)
    return Written("导出.json", text.encode(), "gbt24589")


def saft(records: Sequence[Record], *, off: int = 0, amount: str = "DebitAmount") -> Written:
    """Return a SAF-T file with a namespace, chart, control totals and one journal."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', '<n1:AuditFile xmlns:n1="urn:StandardAuditFile">']
    parts += ["<n1:Header><n1:AuditFileVersion>2.00</n1:AuditFileVersion></n1:Header>"]
    parts += ["<n1:MasterFiles><n1:GeneralLedgerAccounts>"]
    for code, name in chart_of(records):
        opening = "<n1:OpeningDebitBalance>0.00</n1:OpeningDebitBalance>"
        described = f"<n1:AccountID>{code}</n1:AccountID><n1:AccountDescription>{name}</n1:AccountDescription>"
        parts.append(f"<n1:Account>{described}<n1:AccountType>GL</n1:AccountType>{opening}</n1:Account>")
    parts += ["</n1:GeneralLedgerAccounts></n1:MasterFiles>", "<n1:GeneralLedgerEntries>"]
    parts += [f"<n1:TotalDebit>{_total(records, 'debit', off)}</n1:TotalDebit>"]
    parts += [f"<n1:TotalCredit>{_total(records, 'credit', 0)}</n1:TotalCredit>"]
    parts += ["<n1:Journal><n1:JournalID>GL1</n1:JournalID>"]
    for _, group in _grouped(records):
        r = group[0]
        key = f"{r.word}-2025-{r.date[5:7]}-{r.number}"
        parts += [
            f"<n1:Transaction><n1:TransactionID>{escape(key)}</n1:TransactionID><n1:Period>{r.date[5:7]}</n1:Period>"
        ]
        parts += [f"<n1:TransactionDate>{r.date}</n1:TransactionDate><n1:SourceID>{r.clerk}</n1:SourceID>"]
        parts += [f"<n1:Description>{escape(r.narration)}</n1:Description>"]
        for n, line in enumerate(group, 1):
            parts += [f"<n1:Line><n1:RecordID>{n}</n1:RecordID><n1:AccountID>{line.code}</n1:AccountID>"]
            for name, text in ((amount, line.debit), ("CreditAmount", line.credit)):
                if text:
                    code = {"人民币": "CNY"}.get(line.currency, line.currency)
                    inner = f"<n1:Amount>{text}</n1:Amount><n1:CurrencyCode>{code}</n1:CurrencyCode>"
                    parts.append(f"<n1:{name}>{inner}</n1:{name}>")
            parts.append("</n1:Line>")
        parts.append("</n1:Transaction>")
    parts += ["</n1:Journal></n1:GeneralLedgerEntries>", "</n1:AuditFile>"]
    return Written("saft.xml", "\n".join(parts).encode(), "saft")


def iso21378(records: Sequence[Record], *, off: int = 0, amount: str = "Amount") -> Written:
    """Return a general ledger detail table as CSV, the side in a column of its own."""
    head = ["Journal_ID", "JE_Line_Number", "Effective_Date", "Fiscal_Year", "Period", "JE_Header_Description"]
    rows = [
        [
            *head,
            "GL_Account_Number",
            "GL_Account_Name",
            amount,
            "Amount_Credit_Debit_Indicator",
            "Amount_Currency",
            "Entered_By",
        ]
    ]
    for n, r in enumerate(records):
        for side, text in (("D", r.debit), ("C", r.credit)):
            if text:
                start = [
                    f"{r.word}-2025-{r.date[5:7]}-{r.number}",
                    str(n),
                    r.date,
                    "2025",
                    f"M{r.date[5:7]}",
                    r.narration,
                ]
                currency = {"人民币": "CNY"}.get(r.currency, r.currency)
                rows.append([*start, r.code, r.name, text, side, currency, r.clerk])
    return Written("GL_Detail_20250101_20251231.csv", csv_bytes(rows), "iso21378")


def ledger_table(records: Sequence[Record], *, off: int = 0, amount: str = "借方发生额") -> Written:
    """Return a register of no package in particular, GB18030, with a chart of accounts in another sheet."""
    rows = [
        [
            "凭证日期",
            "会计月份",
            "凭证类型",
            "凭证编号",
            "摘要",
            "科目编号",
            amount,
            "贷方发生额",
            "录入人",
            "币种",
            "部门",
        ]
    ]
    for r in records:
        start = [r.date, r.date[5:7], f"{r.word}账凭证" if r.word == "记" else r.word, r.number, r.narration, r.code]
        rows.append([*start, r.debit, r.credit, r.clerk, r.currency, ""])
    rows.append(["合计", *[""] * 5, _total(records, "debit", off), _total(records, "credit", 0), *[""] * 3])
    chart = [["科目编码", "科目名称", "级次", "余额方向"], *([c, n, "1", "借"] for c, n in chart_of(records))]
    return Written("账套数据.xlsx", xlsx({"明细": rows, "科目编码表": chart}), "ledger-table")


def _grouped(records: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    groups: list[tuple[str, list[Record]]] = []
    for r in records:
        key = f"{r.word}-{r.date[:7]}-{r.number}"
        if not groups or groups[-1][0] != key:
            groups.append((key, []))
        groups[-1][1].append(r)
    return groups


Writer = Callable[..., Written]
WRITERS: tuple[Writer, ...] = (
    u8_register,
    u8_table,
    u8_xml,
    kingdee,
    gbt_2010,
    gbt_2024_xml,
    gbt_2024_json,
    saft,
    iso21378,
    ledger_table,
)
