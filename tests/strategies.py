"""Small books for property tests: a year of a grassroots union's vouchers, complete or with things left out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st

from ledger.money import plain_yuan
from tests.rules.casefile import BANK, book_files

DEPOSIT = "Assets:102-银行存款:02-定期户"
CASH = "Assets:101-库存现金"

_PEOPLE = ("甲会计", "乙会计", "丙主席", "丁出纳")
_SPENDING = (
    "Expenses:501-职工活动支出:50102-文体活动支出",
    "Expenses:501-职工活动支出:50105-会员活动支出:01-节日慰问",
    "Expenses:503-职工服务支出:50302-建家活动支出",
    "Expenses:504-维权支出:50405-送温暖支出",
    "Expenses:505-业务支出:50502-会议支出",
    "Expenses:510-其他支出",
)
_REGISTERS = {
    "members": "member_id,name,department,status,joined,left,birth_month,dues_base\n"
    "M001,会员一,内科,active,2010-01-01,,3,6000.00\nM002,会员二,外科,retired,2001-01-01,2024-06-30,7,\n",
    "payroll": "month,category,headcount,total_wages,dues_base\n"
    + "".join(f"2025-{month:02d},在编,2,12000.00,12000.00\n" for month in range(1, 13)),
    "officers": "post,name,from,to\nchair,丙主席,2020-01-01,\n"
    "accountant,甲会计,2020-01-01,\ncashier,丁出纳,2020-01-01,\n",
    "grants": "list,date,member_id,occasion,amount,form,signed,event_key\n"
    "L01,2025-01-20,M001,春节,300.00,goods,yes,\nL01,2025-01-20,M002,春节,300.00,cash,,\n",
}
_STANDARD = {"key": "contribution.retained_share", "value": "0.60", "from": datetime.date(2020, 1, 1)}
STANDARDS = ({**_STANDARD, "instrument": "某市总工会〔2020〕3号"},)


@dataclass(frozen=True)
class DraftVoucher:
    """One voucher of a small book: day, words, postings in fen and metadata; its number comes with the book."""

    day: datetime.date
    payee: str
    narration: str
    postings: tuple[tuple[str, int], ...]
    metadata: tuple[tuple[str, str], ...] = ()


def _bank_or_cash() -> st.SearchStrategy[str]:
    return st.sampled_from((BANK, BANK, CASH))


@st.composite
def vouchers(draw: st.DrawFn) -> DraftVoucher:
    """One voucher of an ordinary kind, with the metadata that a careful or a careless accountant writes."""
    day = datetime.date(2025, 1, 1) + datetime.timedelta(days=draw(st.integers(0, 350)))
    fen = draw(st.integers(2, 3_000_000))
    kind = draw(st.sampled_from(("contribution", "dues", "spending", "asset", "advance", "remittance", "interest")))
    extra: dict[str, str] = {}
    if kind == "contribution":
        kept = fen * 6 // 10
        shares = (("Income:402-拨缴经费收入", -kept), ("Liabilities:211-应付上级经费", kept - fen))
        made = ("某市第一医院", "拨缴工会经费", ((BANK, fen), *shares))
        extra["month-of"] = f'"{day:%Y-%m}"'
    elif kind == "dues":
        made = ("会员", "收会费", ((draw(_bank_or_cash()), fen), ("Income:401-会费收入", -fen)))
    elif kind == "spending":
        made = ("某超市", "购慰问品", ((draw(st.sampled_from(_SPENDING)), fen), (draw(_bank_or_cash()), -fen)))
        extra |= {"occasion": '"春节"', "list": '"L01"'} if draw(st.booleans()) else {}
        extra |= {"invoice": f'"发票{fen}"', "invoice-type": '"数电普票"'} if draw(st.booleans()) else {}
    elif kind == "asset":
        things = (("Assets:162-固定资产", fen), ("Equity:301-资产基金:30104-固定资产", -fen))
        spent = (("Expenses:507-资本性支出:50702-办公设备购置", fen), (BANK, -fen))
        made = ("电脑公司", "购办公设备", (*things, *spent) if draw(st.booleans()) else spent)
    elif kind == "advance":
        made = ("会员一", "借支活动备用金", (("Assets:135-其他应收款:0101-会员一", fen), (CASH, -fen)))
    elif kind == "remittance":
        made = ("某市总工会", "上解经费", (("Liabilities:211-应付上级经费", fen), (BANK, -fen)))
    else:
        made = ("某银行", "存款利息", ((BANK, fen), ("Income:408-其他收入", -fen)))
    for key in ("prepared-by", "reviewed-by", "posted-by", "approved-by", "handled-by"):
        if draw(st.booleans()):
            extra[key] = f'"{draw(st.sampled_from(_PEOPLE))}"'
    if draw(st.booleans()):
        extra["attachments"] = str(draw(st.integers(0, 5)))
    return DraftVoucher(day, made[0], made[1], made[2], tuple(extra.items()))


def books(most: int = 12) -> st.SearchStrategy[tuple[DraftVoucher, ...]]:
    """A year of vouchers in order of day, as an accountant numbers them."""
    return st.lists(vouchers(), min_size=6, max_size=most).map(lambda drawn: tuple(sorted(drawn, key=lambda v: v.day)))


def texts(drafts: Sequence[DraftVoucher]) -> list[str]:
    """Return the voucher texts of a book, numbered in the order given within each month."""
    count: Counter[str] = Counter()
    made = []
    for draft in drafts:
        month = f"{draft.day:%Y-%m}"
        count[month] += 1
        lines = [f'{draft.day} * "{draft.payee}" "{draft.narration}"', f'  voucher: "记-{month}-{count[month]:04d}"']
        lines += [f"  {key}: {value}" for key, value in draft.metadata]
        lines += [f"  {account}  {plain_yuan(fen)} CNY" for account, fen in draft.postings]
        made.append("\n".join(lines) + "\n")
    return made


def split(draft: DraftVoucher, position: int, share: int) -> DraftVoucher:
    """Return the voucher with one posting made into two of the same account; a posting of one fen stays whole."""
    position %= len(draft.postings)
    account, fen = draft.postings[position]
    if abs(fen) < 2:
        return draft
    part = (1 + share % (abs(fen) - 1)) * (1 if fen > 0 else -1)
    halves = ((account, part), (account, fen - part))
    return replace(draft, postings=(*draft.postings[:position], *halves, *draft.postings[position + 1 :]))


def write_book(folder: Path, blocks: Sequence[str]) -> Path:
    """Write a small book with its registers and return its folder."""
    for path, text in book_files("\n".join(blocks), _REGISTERS, standards=STANDARDS).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder
