"""Comparing a book with its seals: every voucher, scan and balance that changed since, and breaks of the chain.

Whoever keeps the book can make new seals over changed vouchers. That is found by the receipt: the beginning of
each line's id, which the audit committee notes down when a month is sealed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ledger.months.chain import BrokenChain, SealRecord, as_object, canonical, read_chain, sealed_months, standing_seals
from ledger.months.records import BookRecords, VoucherRecord, book_records
from ledger.reader.codes import is_fatal

_SEAL_BYTES = 256 * 1024 * 1024
_FIELDS: Mapping[str, str] = {
    "date": "日期",
    "flag": "标记",
    "payee": "对方单位",
    "narration": "摘要",
    "tags": "标签",
    "links": "链接",
    "metadata": "栏目",
    "postings": "分录",
}


@dataclass(frozen=True)
class Change:
    """One difference between a book and its seals.

    `kind` is `changed`, `deleted`, `inserted`, `moved`, `document`, `balance`, `seal` or `chain`; `name` the
    voucher, scan, account or file; `details` say field by field what was sealed and what is there now, in Chinese.
    """

    kind: str
    month: str
    name: str
    details: tuple[str, ...]
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class Verification:
    """What came of comparing: the months compared, the changes, what is worth a note, and the last receipt.

    `unreadable` holds the faults that kept the book from being read; then nothing was compared.
    """

    months: tuple[str, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()
    receipt: str = ""
    unreadable: tuple[str, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether everything sealed is as it was."""
        return not self.changes and not self.unreadable


def verify_book(book: Path) -> Verification:
    """Compare the book in a folder with its seals; nothing in it is run, believed or written."""
    changes: list[Change] = []
    chain: tuple[SealRecord, ...] = ()
    try:
        chain = read_chain(book)
    except BrokenChain as error:
        changes.append(Change("chain", "", "seals/log.jsonl", (str(error),)))
    seals = standing_seals(chain)
    for month in sorted(sealed_months(book) - set(seals)):
        said = f"{month} 有封账文件，封账记录里却没有：记录被删改；请恢复封账时的备份"
        changes.append(Change("chain", month, "seals/log.jsonl", (said,)))
    if not seals:
        return Verification((), tuple(changes))
    records = book_records(book)
    if records.records is None:
        faults = [f"{f.file}:{f.line} {f.message}" for f in records.integrity if is_fatal(f)]
        return Verification((), tuple(changes), unreadable=tuple(faults))
    notes = [f"{r.month}：封账后曾重开（{r.at}，{r.by or '未署名'}）：{r.reason}" for r in chain if r.kind == "reopen"]
    notes += [f"{r.month}：带着未通过的检查封账：{r.reason}" for r in seals.values() if r.reason]
    for month, seal in seals.items():
        try:
            body = _body(book, seal)
            found = list(_month(month, body, records))
            changed = {name for name, digest in body["files"].items() if records.found.hashes.get(name) != digest}
        except (BrokenChain, KeyError, TypeError, AttributeError) as error:
            said = str(error) if isinstance(error, BrokenChain) else "封账文件的内容残缺；请恢复封账时的备份"
            changes.append(Change("seal", month, seal.file, (said,)))
            continue
        changes += found
        if changed and not found:
            notes.append(f"{month}：{'、'.join(sorted(changed))} 的文字有变动，但该月凭证的内容与封账时一致")
    changes += _balances(book, seals, records, changes)
    return Verification(tuple(seals), tuple(changes), tuple(notes), chain[-1].receipt)


def _body(book: Path, seal: SealRecord) -> Mapping[str, Any]:
    path = book / seal.file
    if not path.is_file() or path.is_symlink():
        raise BrokenChain("封账文件不在账套中；请恢复封账时的备份")
    if path.stat().st_size > _SEAL_BYTES:
        raise BrokenChain("封账文件大得不合理，不予读入；请恢复封账时的备份")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != seal.sha256:
        raise BrokenChain("封账文件与封账记录不符，已被改动；请恢复封账时的备份")
    return as_object(content.decode("utf-8", "replace"))


def _month(month: str, body: Mapping[str, Any], records: BookRecords) -> Iterator[Change]:
    everywhere = {record.key: record for record in records.records or ()}
    now = {record.key: record for record in records.of(month)}
    then = {str(item["voucher"]): item for item in body["vouchers"]}
    for key, item in then.items():
        record = now.get(key)
        if record is not None:
            if record.sha256 != item["sha256"]:
                yield Change(
                    "changed",
                    month,
                    key,
                    tuple(_differences(item["content"], record.content)),
                    record.file,
                    record.line,
                )
        elif key in everywhere and everywhere[key].content != item["content"]:
            moved = everywhere[key]
            details = tuple(_differences(item["content"], moved.content))
            yield Change("moved", month, key, details, moved.file, moved.line)
        else:
            yield Change("deleted", month, key, (f"封账时有这张凭证：{_summary(item['content'])}；现在没有",))
    for key, record in now.items():
        if key not in then:
            said = f"封账后增加的凭证：{_summary(record.content)}"
            yield Change("inserted", month, key, (said,), record.file, record.line)
    for name, digest in sorted(body["documents"].items()):
        present = records.found.hashes.get(name, "")
        if present != digest:
            said = (
                "附件在封账后被换过"
                if present and digest
                else "附件在封账后不见了"
                if digest
                else "封账时没有的附件，现在有了"
            )
            yield Change("document", month, name, (said,), name)


def _summary(content: Mapping[str, Any]) -> str:
    total = "、".join(f"{p['account'].rsplit(':', 1)[-1]} {_amount(p['amount'])}" for p in content["postings"][:2])
    return f"{content['date']}“{content['narration']}”（{total}）"


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for field, title in _FIELDS.items():
        if then[field] == now[field]:
            continue
        if field == "metadata":
            yield from _keys(title, then[field], now[field])
        elif field == "postings":
            yield from _postings(then[field], now[field])
        else:
            yield f"{title}：{_shown(then[field])} → {_shown(now[field])}"


def _keys(title: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for key in sorted({*then, *now}):
        if then.get(key) != now.get(key):
            yield f"{title} {key}：{_shown(then.get(key, '（无）'))} → {_shown(now.get(key, '（无）'))}"


def _postings(then: list[Mapping[str, Any]], now: list[Mapping[str, Any]]) -> Iterator[str]:
    for number in range(max(len(then), len(now))):
        before = _posting(then[number]) if number < len(then) else "（无）"
        after = _posting(now[number]) if number < len(now) else "（无）"
        if before != after:
            yield f"第 {number + 1} 条分录：{before} → {after}"


def _posting(posting: Mapping[str, Any]) -> str:
    rest = {key: value for key, value in posting.items() if key not in ("account", "amount")}
    return f"{posting['account']} {_amount(posting['amount'])}{' ' + canonical(rest) if rest else ''}"


def _amount(text: str) -> str:
    return f"贷 {text[1:]}" if text.startswith("-") else f"借 {text}"


def _shown(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else canonical(value)


def _balances(book: Path, seals: Mapping[str, SealRecord], records: BookRecords, changes: list[Change]) -> list[Change]:
    """Return the balances of the last sealed month that changed although no sealed voucher did.

    That is so when a month before it was never sealed, or an opening balance is not what it was.
    """
    if changes:
        return []
    month = max(seals)
    sealed: Mapping[str, str] = _body(book, seals[month])["balances"]
    now = _sums(records.records or (), month)
    differing = sorted(account for account in {*sealed, *now} if sealed.get(account) != now.get(account))
    return [
        Change("balance", month, account, (f"月末余额：{sealed.get(account, '零')} → {now.get(account, '零')}",))
        for account in differing
    ]


def _sums(records: tuple[VoucherRecord, ...], month: str) -> dict[str, str]:
    sums: dict[str, Decimal] = {}
    for record in records:
        if record.month <= month:
            for posting in record.content["postings"]:
                number = _number(posting["amount"])
                sums[posting["account"]] = sums.get(posting["account"], Decimal(0)) + number
    return {a: f"{'借' if n > 0 else '贷'} {abs(n).quantize(Decimal('0.01'))}" for a, n in sums.items() if n}


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.partition(" ")[0])
    except InvalidOperation:  # a posting without an amount that beancount could not fill in
        return Decimal(0)
