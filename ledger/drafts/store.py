"""Drafts on the disk: `drafts/<id>.json` in the book's folder, read as strictly as anything received.

A file is believed only when it is exactly what the program writes: known keys, known types, whole fen, a history
that can have been, and a last step that saw the voucher as it stands.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from ledger.atomic import replace_files, writing
from ledger.drafts.model import Act, Draft, DraftFault, Step, line_from, voucher_data
from ledger.money import MAX_FEN
from ledger.names import is_account_name
from ledger.vouchers import Voucher

FOLDER = "drafts"
SCHEMA = "union-audit/draft/1"
_ID = re.compile(r"\d{8}-[0-9a-f]{8}")
_KEY = re.compile(r"[a-z][a-zA-Z0-9_-]{0,63}")
_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.-]{0,63}")
_BYTES = 1024 * 1024
_TEXT = 2000
_ITEMS = 500
_STEPS = 1000
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def new_id(day: datetime.date) -> str:
    """Return the id of a new draft: its day and eight random digits."""
    return f"{day:%Y%m%d}-{secrets.token_hex(4)}"


def draft_path(draft_id: str) -> str:
    """Return the path of a draft in its book; raise DraftFault for a text that is no id of a draft."""
    if not _ID.fullmatch(draft_id):
        raise DraftFault(f"“{draft_id[:40]}”不是草稿的编号")
    return f"{FOLDER}/{draft_id}.json"


def draft_text(draft: Draft) -> str:
    """Return a draft as the text of its file."""
    told = {
        "schema": SCHEMA,
        "id": draft.id,
        "event": draft.event,
        "answers": dict(draft.answers),
        "voucher": voucher_data(draft.voucher),
        "documents": list(draft.documents),
        "history": [
            {"at": s.at, "who": s.who, "act": str(s.act), "content": s.content, "note": s.note, "number": s.number}
            for s in draft.history
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def write_draft(
    book: Path, draft: Draft, attachments: Mapping[str, bytes] = MappingProxyType({}), *, before: Draft | None = None
) -> None:
    """Write a draft, with attachments (path → content), all or nothing; `before` is the draft as it was read.

    Raises DraftFault when the draft on the disk is not the one that was read, or when an attachment exists;
    BookBusy when another program is writing the book.
    """
    with writing(book):
        check_unchanged(book, draft.id, before)
        for name in attachments:
            if os.path.lexists(book / name):
                raise DraftFault(f"附件“{name}”已存在，原件不能覆盖；请改名")
        replace_files(book, {draft_path(draft.id): draft_text(draft), **attachments})


def check_unchanged(book: Path, draft_id: str, before: Draft | None) -> None:
    """Raise DraftFault unless the draft on the disk is still the one that was read (None: there is none yet)."""
    present = (book / draft_path(draft_id)).exists()
    now = read_draft(book, draft_id) if present else None
    if now != before:
        raise DraftFault(f"草稿“{draft_id}”刚被别人改过；请重新打开再办")


def open_drafts(book: Path) -> tuple[str, ...]:
    """Return the ids of the drafts that still wait for somebody; one that cannot be read waits too."""
    found = []
    for name, draft in read_drafts(book):
        if isinstance(draft, DraftFault) or draft.state.open:
            found.append(name)
    return tuple(found)


def read_drafts(book: Path) -> Iterator[tuple[str, Draft | DraftFault]]:
    """Yield every draft of a book by id, oldest first, or why a file in the folder is none."""
    folder = book / FOLDER
    names = sorted(os.listdir(folder)) if folder.is_dir() and not folder.is_symlink() else []
    for name in names:
        stem, suffix = os.path.splitext(name)
        if name.startswith("."):
            continue
        if suffix != ".json" or not _ID.fullmatch(stem):
            yield name, DraftFault(f"“{FOLDER}/{name[:60]}”不是草稿文件；请移出这个文件夹")
            continue
        try:
            yield stem, read_draft(book, stem)
        except DraftFault as fault:
            yield stem, fault


def read_draft(book: Path, draft_id: str) -> Draft:
    """Return one draft of a book; raise DraftFault when there is none, or its file is not as it was written."""
    path = book / draft_path(draft_id)
    try:
        draft = parse_draft(_content(path))
    except DraftFault as fault:
        raise DraftFault(f"草稿“{draft_id}”不能用：{fault}") from None
    if draft.id != draft_id:
        raise DraftFault(f"草稿“{draft_id}”不能用：文件里的编号是“{draft.id}”")
    return draft


def _content(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | _NO_FOLLOW)
    except OSError:
        raise DraftFault("没有这个文件，或不能打开") from None
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _BYTES:
            raise DraftFault("不是普通文件，或者太大")
        return file.read(_BYTES + 1)


def parse_draft(content: bytes) -> Draft:
    """Return the draft that a file's bytes hold; raise DraftFault for anything that was not written as one."""
    try:
        data = json.loads(
            content.decode("utf-8"), object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number
        )
    except (ValueError, RecursionError):
        raise DraftFault("不是合法的 JSON") from None
    told = _object(data, ("schema", "id", "event", "answers", "voucher", "documents", "history"))
    if told["schema"] != SCHEMA:
        raise DraftFault("不是这一版草稿的格式")
    draft_id = _text(told["id"], blank=False)
    draft_path(draft_id)
    draft = Draft(
        id=draft_id,
        event=_text(told["event"]),
        answers=_texts(told["answers"]),
        voucher=_voucher(told["voucher"]),
        documents=tuple(_document(item) for item in _list(told["documents"], _ITEMS)),
        history=tuple(_step(item) for item in _list(told["history"], _STEPS)),
    )
    _ = draft.state
    if draft.history[-1].content != draft.content:
        raise DraftFault("凭证内容在最后一次经手之后被改动过；请重新制单")
    return draft


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no whole number")


def _object(value: Any, keys: Sequence[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(keys):
        raise DraftFault("缺少或多出了项目")
    return value


def _list(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise DraftFault("应为不太长的列表")
    return value


def _text(value: Any, *, blank: bool = True) -> str:
    if not isinstance(value, str) or len(value) > _TEXT or not (blank or value.strip()):
        raise DraftFault("有一项文字缺少、过长或不是文字")
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t" for c in value):
        raise DraftFault("文字里有控制字符")
    return value


def _texts(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or len(value) > _ITEMS:
        raise DraftFault("应为一组文字")
    return MappingProxyType({_text(key, blank=False): _text(text) for key, text in value.items()})


def _metadata(value: Any) -> Mapping[str, str]:
    found = _texts(value)
    if not all(_KEY.fullmatch(key) for key in found):
        raise DraftFault("元数据的键只用小写字母、数字和连字符")
    return found


def _voucher(value: Any) -> Voucher:
    told = _object(value, ("date", "payee", "narration", "lines", "metadata", "tags"))
    lines = []
    for item in _list(told["lines"], _ITEMS):
        line = _object(item, ("account", "amount_fen", "metadata"))
        amount, account = line["amount_fen"], _text(line["account"], blank=False)
        if type(amount) is not int or abs(amount) > MAX_FEN:
            raise DraftFault("分录的金额不是整数分")
        if not is_account_name(account):
            raise DraftFault("分录的科目不是账套的科目名")
        lines.append(line_from(account, amount, _metadata(line["metadata"])))
    tags = tuple(_text(tag) for tag in _list(told["tags"], _ITEMS))
    if not all(_TAG.fullmatch(tag) for tag in tags):
        raise DraftFault("标记只能用英文字母、数字和连字符")
    return Voucher(
        date=_day(told["date"]),
        number=None,
        payee=_text(told["payee"]),
        narration=_text(told["narration"]),
        lines=tuple(lines),
        metadata=_metadata(told["metadata"]),
        tags=tags,
    )


def _day(value: Any) -> datetime.date:
    text = _text(value)
    try:
        day = datetime.date.fromisoformat(text)
        if day.isoformat() == text:
            return day
    except ValueError:
        pass
    raise DraftFault(f"“{text[:20]}”不是日期")


def _document(value: Any) -> str:
    name = _text(value, blank=False)
    path = PurePosixPath(name)
    if path.parts[0] != "documents" or ".." in path.parts or "\\" in name or str(path) != name:
        raise DraftFault("附件不在账套的 documents 文件夹内")
    return name


def _step(value: Any) -> Step:
    told = _object(value, ("at", "who", "act", "content", "note", "number"))
    try:
        act = Act(_text(told["act"]))
        datetime.datetime.fromisoformat(_text(told["at"]))
    except ValueError as error:
        raise DraftFault("经过里有不认识的步骤或时间") from error
    return Step(
        at=told["at"],
        who=_text(told["who"], blank=False),
        act=act,
        content=_text(told["content"]),
        note=_text(told["note"]),
        number=_text(told["number"]),
    )
