"""Account names that beancount's parser lets pass and that are not what they look like."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from beancount.core import account as account_names

from ledger.names import skeleton
from ledger.reader.codes import Faults


def check_names(accounts: Iterable[Mapping[str, Any]], faults: Faults) -> None:
    """Note every opened account whose name is not allowed or could be taken for another; rows of the table."""
    seen: dict[str, str] = {}
    for row in accounts:
        name, place = row["account"], (row["file"], row["line"])
        if not account_names.is_valid(name):
            message = f"科目名“{name}”含有不许用的字符；各级写成“代码-名称”，不带括号、空格"
            faults.add("ACCOUNT_NAME_INVALID", message, *place)
            continue
        other = seen.setdefault(skeleton(name), name)
        if other != name:
            message = f"科目名“{name}”与“{other}”看起来相同，却是两个科目；请改成同一个名称"
            faults.add("ACCOUNT_NAME_ALIKE", message, *place)
        elif unicodedata.normalize("NFKC", name) != name:
            message = f"科目名“{name}”含有形同常用字的特殊字符，可能与别的科目混淆；请重新录入"
            faults.add("ACCOUNT_NAME_ALIKE", message, *place)
