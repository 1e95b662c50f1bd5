"""Bills of e-wallets (微信支付, 支付宝): what moves the wallet's own money, and what only passes through it.

A bill lists payments by a linked bank card too; they stand on the bank's own statement and never touch the wallet.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_VOID = ("关闭", "失败", "撤销", "等待", "未付款")
_OWN_MONEY = ("零钱", "余额")
_OUT = ("提现", "转出到银行卡", "转账到银行卡")
_IN = ("充值", "退款")

# Words for a row of a bill, in the place of the words that banks use.
NEUTRAL: Mapping[str, str] = MappingProxyType({"/": "", "不计收支": "", "其他": "", "中性交易": ""})


def is_void(status: str) -> bool:
    """Say whether a row's status means that no money moved."""
    return any(word in status for word in _VOID)


def is_own_money(means: str) -> bool:
    """Say whether a means of payment is the wallet's own balance (also when it is not printed, as with receipts)."""
    return means in ("", "/") or any(word in means for word in _OWN_MONEY)


def neutral_direction(kind: str, status: str) -> int:
    """Return -1 or 1 for a row that is neither receipt nor payment but moves the balance, 0 where it cannot be told."""
    if any(word in f"{kind} {status}" for word in _OUT):
        return -1
    return 1 if any(word in f"{kind} {status}" for word in _IN) else 0
