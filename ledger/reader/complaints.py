"""Beancount's complaints as integrity entries: what it means for the books, in Chinese, with file and line."""

from __future__ import annotations

import re
from typing import Any

from ledger.reader.codes import Faults

_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_LONGEST = 120

# Beginning of beancount's message → code and sentence; `{0}` is what the message quotes first.
_KNOWN: tuple[tuple[str, str, str], ...] = (
    ("Invalid token", "SYNTAX_ERROR", "有无法识别的文字“{0}”，所在的整笔凭证未读入；请改正后重新检查"),
    ("syntax error", "SYNTAX_ERROR", "语法错误（{message}），所在的整笔凭证未读入；请改正后重新检查"),
    ("Invalid reference to unknown account", "ACCOUNT_UNKNOWN", "科目“{0}”没有开立；请先用 open 开立或改正科目名"),
    ("Invalid reference to inactive account", "ACCOUNT_INACTIVE", "科目“{0}”在这一天尚未开立或已经关闭"),
    ("Invalid account name", "ACCOUNT_NAME_INVALID", "科目名不合格（{message}）；各级写成“代码-名称”，不带括号、空格"),
    ("Duplicate open directive", "ACCOUNT_OPENED_TWICE", "科目重复开立（{message}）；请删除其中一行"),
    ("Duplicate close directive", "ACCOUNT_OPENED_TWICE", "科目重复关闭（{message}）；请删除其中一行"),
    ("Unopened account", "ACCOUNT_UNKNOWN", "关闭了没有开立的科目（{message}）"),
    ("Transaction does not balance", "VOUCHER_UNBALANCED", "借贷不平，差额 {residual}；请按原始凭证更正"),
    ("Balance failed", "BALANCE_FAILED", "余额核对不符（{message}）；请查明差额"),
    ("Too many missing numbers", "VOUCHER_INCOMPLETE", "凭证有一行以上没有金额，无法读入；请填写金额"),
    ("You may not have more than one auto-posting", "VOUCHER_INCOMPLETE", "凭证有两行没有金额，未读入；请填写金额"),
    ("Error applying plugin", "READER_CRASHED", "核对余额时程序中止，余额未经核对；文件可能被篡改，请逐个文件排查"),
    ("Cannot infer", "VOUCHER_INCOMPLETE", "凭证的金额无法推出（{message}），未读入；请填写金额"),
    ("Failed to categorize", "VOUCHER_INCOMPLETE", "凭证的金额或币种不全（{message}），未读入；请填写完整"),
    ("Could not resolve", "VOUCHER_INCOMPLETE", "凭证的币种不全（{message}），未读入；请填写完整"),
)
_RESIDUAL = re.compile(r"\((.*)\)")


def complaint(error: Any, prefix: str, faults: Faults) -> None:
    """Note one of beancount's errors."""
    source = error.source if isinstance(error.source, dict) else {}
    file = str(source.get("filename", "")).removeprefix(prefix)
    line = source.get("lineno")
    message = " ".join(str(error.message).split()).replace(prefix, "")
    code, sentence = "BOOK_FAULT", "beancount 报错：{message}"
    if type(error).__name__ in ("ParserError", "ParserSyntaxError"):
        code, sentence = "SYNTAX_ERROR", "账套文件有误（{message}），有关内容可能未读入；请改正后重新检查"
    if type(error).__name__ in ("InterpolationError", "CategorizationError", "ReductionError", "SelfReduxError"):
        code, sentence = "VOUCHER_INCOMPLETE", "凭证无法读入（{message}）；请填写完整"
    for beginning, known, text in _KNOWN:
        if message.startswith(beginning):
            code, sentence = known, text
            break
    quoted = _QUOTED.search(message)
    residual = _RESIDUAL.search(message)
    shown = sentence.format(
        next((g for g in quoted.groups() if g is not None), "")[:_LONGEST] if quoted else "",
        message=message[:_LONGEST],
        residual=residual[1][:_LONGEST] if residual else "",
    )
    faults.add(code, shown, file, line if type(line) is int else 0)
