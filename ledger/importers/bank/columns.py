"""Headers of Chinese bank statements and e-wallet bills: what each column means, whatever the bank calls it.

Banks print money out as 借方, 支出, 支取 or 转出, and money in as 贷方, 收入, 存入 or 转入; some print one amount with
a mark beside it. Headers are compared without brackets, units and the English that some banks add.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ledger.importers.sheets import Sheet

HEAD_ROWS = 60  # e-wallet bills print two dozen lines above the head
EXPECTED = (
    "交易日期（或记账日期、交易时间），加上：借方发生额与贷方发生额（或支出与收入）两列，或交易金额与借贷标志；"
    "最好还有余额、对方户名、摘要、流水号"
)

# Column → headers, the preferred first: a bank's own booking day is the day of its balance.
ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "date": (
            *("记账日期", "入账日期", "账务日期", "会计日期", "记账日", "交易日期", "交易日", "交易日期时间"),
            *("交易时间", "入账时间", "记账时间", "发生日期", "发生时间", "付款时间", "交易创建时间", "日期", "时间"),
        ),
        "amount": ("交易金额", "发生额", "金额", "发生金额", "交易发生额", "本次发生额"),
        "sign": (
            *("借贷标志", "借贷标识", "借贷标记", "借贷方向", "借贷", "收支", "收支类型", "收支标志", "收支方向"),
            *("收付标志", "收付方向", "收付", "交易方向", "资金流向", "资金方向", "存取标志", "进出标志", "方向"),
        ),
        "balance": (
            *("交易后余额", "账户余额", "帐户余额", "余额", "本次余额", "联机余额", "当前余额", "账面余额"),
            *("实时余额", "结存", "结余", "结余金额"),
        ),
        "party": (
            *("对方户名", "对方单位名称", "对方名称", "对方账户名称", "对方帐户名称", "对方账户名", "对方账号名称"),
            *("对方单位", "对方姓名", "对手方名称", "对手方户名", "收付方名称", "收付款方名称", "收付款人名称"),
            *("收付款人", "交易对手名称", "交易对手", "交易对方", "往来户名", "对方"),
        ),
        "payer": ("付款人名称", "付款方名称", "付款人户名", "付款方户名", "付款人"),
        "payee": ("收款人名称", "收款方名称", "收款人户名", "收款方户名", "收款人"),
        "serial": (
            *("交易流水号", "流水号", "银行流水号", "核心流水号", "账户明细编号交易流水号", "交易流水", "账户明细编号"),
            *("业务流水号", "账务流水号", "全局流水号", "柜员流水号", "日志号", "交易单号", "交易订单号", "交易号"),
            *("业务参号", "交易参考号", "流水标识", "回单编号", "传票号", "凭证号", "凭证号码", "凭证编号"),
        ),
        "own": ("本方账号", "我方账号", "查询账号", "账号", "帐号", "账户号码", "客户账号", "卡号", "账户"),
        "currency": ("币种", "币别", "货币", "交易货币", "货币类型"),
        "status": ("交易状态", "当前状态", "状态"),
        "means": ("支付方式", "收付款方式", "付款方式"),
        "type": ("交易类型", "业务类型", "交易分类"),
    }
)
SUMMARIES = (
    *("摘要", "交易摘要", "业务摘要", "摘要信息", "用途", "交易用途", "附言", "交易附言", "客户附言", "商品"),
    *("商品说明", "商品名称", "备注", "备注信息", "个性化信息", "附加信息"),
)
_OUT = re.compile(
    r"(借方|支出|支取|转出|付出|付款)(交易|本币)?(发生)?(金额|数额|额)?(支取|支出|支付|转出)?"
    r"|(交易金额|发生额|金额)(借方|借|支出)|借|贷方(发生额|金额)?(支出|支取)"
)
_IN = re.compile(
    r"(贷方|收入|存入|转入|收到|收款|进账)(交易|本币)?(发生)?(金额|数额|额)?(收入|存入|转入|收款)?"
    r"|(交易金额|发生额|金额)(贷方|贷|收入)|贷|借方(发生额|金额)?(收入|存入)"
)
_BOOKS = ("科目", "凭证字", "会员编号", "发票")  # a sheet with such a header is no bank statement


@dataclass(frozen=True)
class Head:
    """The head of a statement: the last row it takes, column key → position, positions of the texts, the headers.

    Keys are those of ALIASES with `out` and `in` for two columns of amounts.
    """

    row: int
    positions: Mapping[str, int]
    summaries: tuple[int, ...]
    titles: tuple[str, ...]


def plain(text: str) -> str:
    """Return a header as it is compared: without blanks, brackets, units and English in square brackets."""
    bare = re.sub(r"\[.*?\]|【.*?】", "", unicodedata.normalize("NFKC", text))
    bare = re.sub(r"[\s()/\-+_·:,*#\"'=¥|]+", "", bare)
    return bare.replace("人民币", "").replace("元", "").lower()


def find_head(sheet: Sheet) -> Head | None:
    """Return the head of a bank statement in a sheet, None where there is none.

    A head of two rows (发生额 over 借方 and 贷方) is understood. The fullest of the first 60 rows counts.
    """
    best: Head | None = None
    rows = sheet.rows[:HEAD_ROWS]
    for at, row in enumerate(rows):
        candidates = [_head(at, tuple(map(plain, row)))]
        if at + 1 < len(rows) and not any(c.isdigit() for cell in rows[at + 1] for c in cell):
            candidates.append(_head(at + 1, _two_rows(row, rows[at + 1])))
        for found in candidates:
            if found is not None and (best is None or _weight(found) > _weight(best)):
                best = found
    return best


def _weight(head: Head) -> tuple[bool, int]:
    """Return how much a head tells: two columns of amounts before one, then the number of columns."""
    return ("out" in head.positions, len(head.positions) + len(head.summaries))


def _two_rows(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    width = max(len(above), len(below))
    uppers = [plain(above[n]) if n < len(above) else "" for n in range(width)]
    lowers = [plain(below[n]) if n < len(below) else "" for n in range(width)]
    return tuple(low or up for up, low in zip(uppers, lowers, strict=True))


def _head(at: int, titles: tuple[str, ...]) -> Head | None:
    if any(word in title for title in titles for word in _BOOKS):
        return None
    found: dict[str, int] = {}
    for key, aliases in ALIASES.items():
        for alias in aliases:
            if alias in titles and titles.index(alias) not in found.values():
                found[key] = titles.index(alias)
                break
    for key, pattern in (("out", _OUT), ("in", _IN)):
        places = [n for n, title in enumerate(titles) if pattern.fullmatch(title) and n not in found.values()]
        if places:
            found[key] = places[0]
    if "date" not in found or not _has_amounts(found):
        return None
    taken = set(found.values())
    summaries = tuple(
        titles.index(alias) for alias in SUMMARIES if alias in titles and titles.index(alias) not in taken
    )
    return Head(at, MappingProxyType(found), summaries, titles)


def _has_amounts(found: dict[str, int]) -> bool:
    if {"out", "in"} <= found.keys():
        found.pop("amount", None)
        return True
    found.pop("out", None)
    found.pop("in", None)
    return "amount" in found and bool(found.keys() & {"sign", "balance", "type"})


def is_own_register(sheet: Sheet, head: Head | None) -> bool:
    """Say whether a sheet is our own register of statements, whose first column names ledger accounts.

    A bank's statement has a number there, if it has such a column at all.
    """
    for at, row in enumerate(sheet.rows[:HEAD_ROWS]):
        titles = [plain(cell) for cell in row]
        places = [n for n, title in enumerate(titles) if title in ("账户", "银行账户", "account", "科目", "科目名称")]
        if places and (head is None or at <= head.row):
            below = [r[places[0]] for r in sheet.rows[at + 1 :] if places[0] < len(r) and r[places[0]].strip()]
            return not below or not all(re.fullmatch(r"[\d\s*xX-]{8,}", text.strip()) for text in below)
    return False


def heads_seen(sheet: Sheet) -> str:
    """Return the texts of the row that looks most like a head, for a message."""
    rows = [[cell.strip() for cell in row if cell.strip()] for row in sheet.rows[:HEAD_ROWS]]
    words = [[cell for cell in row if not re.fullmatch(r"[\d.,:\-/ ]+", cell)] for row in rows]
    best = max(words, key=len, default=[])
    return "、".join(cell[:20] for cell in best[:15]) or "（没有文字）"
