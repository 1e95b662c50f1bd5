"""The desk: the book that is being kept, what is known of it now, and the one place where entries are written.

What is known follows the files: a fingerprint of them is taken at every use, and when it differs, the book is read
again in its child process. A posting grows what is known in memory, so that the person does not wait for that; the
reading then happens in the background.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from auditor.entry.tokens import Kept, Tokens
from ledger.drafts import Act, Draft, Duties, draft_path, draft_text, duties_on, duty_problem, stepped, with_names
from ledger.drafts.model import DraftFault
from ledger.drafts.store import check_unchanged, write_draft
from ledger.events import Event, EventContext, Level
from ledger.facts import Facts
from ledger.growing import with_vouchers
from ledger.importers.existing import vouchers_of
from ledger.posting import (
    WORD,
    BookIndex,
    Posted,
    PostingProblem,
    PostingRefused,
    index_of,
    next_number,
    post_vouchers,
    state_of,
)
from ledger.reader import read_book
from ledger.vouchers import Voucher, VoucherNumber
from ledger.writer import OPENING
from rules.law import Law, NoParameter, ParameterValue

Clock = Callable[[], datetime.datetime]


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()


class BookUnreadable(ValueError):
    """The book cannot be used as it is; the message names the first faults, in Chinese."""


@dataclass(frozen=True)
class Growth:
    """What our own postings added to a reading: the state of the files they made, the reading, the vouchers."""

    state: str
    base: Facts
    vouchers: tuple[Voucher, ...]


class Desk:
    """One book that is being kept in the browser by one server."""

    def __init__(self, book: Path, law: Law, language: str = "zh", clock: Clock = _now) -> None:
        self.book = book
        self.law = law
        self.language = language
        self.clock = clock
        self.tokens = Tokens()
        self.kept = Kept()
        self._reading = threading.Lock()
        self._writing = threading.RLock()
        self._facts: tuple[str, Facts] | None = None
        self._index: BookIndex | None = None
        self._growth: Growth | None = None
        self._grown: tuple[str, Facts] | None = None

    @property
    def exists(self) -> bool:
        """Whether there is a book in the folder yet."""
        return (self.book / "main.beancount").is_file()

    @property
    def today(self) -> datetime.date:
        """The day it is."""
        return self.clock().date()

    def facts(self) -> Facts:
        """Return the facts of the book as it is now; raise BookUnreadable when the book itself is at fault."""
        with self._reading:
            state = state_of(self.book)
            if self._facts is None or self._facts[0] != state:
                reading = read_book(self.book)
                if reading.facts is None or reading.fatal:
                    faults = reading.fatal or reading.integrity
                    raise BookUnreadable("；".join(f"{f.file}:{f.line} {f.message}" for f in faults[:5]))
                self._facts = (state, reading.facts)
                if self._index is None or self._index.state != state:
                    self._index = index_of(reading.facts, state)
            return self._facts[1]

    def lists(self) -> Facts:
        """Return facts whose union and registers are those of the book now; vouchers just posted may be missing."""
        growth = self._growth
        if growth is not None and growth.state == state_of(self.book):
            return growth.base
        return self.facts()

    def current(self) -> Facts:
        """Return the facts of the book with the vouchers just posted here, without waiting for a reading.

        For what is shown while somebody enters vouchers; whatever is sealed or printed rests on `facts`.
        """
        growth, kept, state = self._growth, self._facts, state_of(self.book)
        if growth is None or growth.state != state or (kept is not None and kept[0] == state):
            return self.facts()
        if self._grown is None or self._grown[0] != state:
            self._grown = (state, with_vouchers(growth.base, growth.vouchers, state))
        return self._grown[1]

    def index(self) -> BookIndex:
        """Return what posting knows of the book as it is now."""
        index = self._index
        if index is None or index.state != state_of(self.book):
            self.facts()
            index = self._index
        if index is None:
            raise BookUnreadable("账套正在变动，请稍后再试")
        return index

    def warm(self) -> None:
        """Read the book in the background, so that the next preview need not wait."""
        threading.Thread(target=self._warm, daemon=True).start()

    def _warm(self) -> None:
        try:
            self.facts()
        except (BookUnreadable, OSError):  # whoever asks next is told
            return

    def duties(self, day: datetime.date) -> Duties:
        """Return who holds which post on a day."""
        return duties_on(self.lists().registers.get("officers"), day)

    def number(self, day: datetime.date, word: str = WORD) -> VoucherNumber:
        """Return the number that the next voucher of a day's month gets."""
        return next_number(self.index().numbers, word, day)

    def accounts(self, day: datetime.date) -> tuple[str, ...]:
        """Return the accounts open on a day, or opened later and not closed."""
        frame = self.index().accounts
        shut = {str(a) for a, c in frame[["account", "closed"]].dropna().itertuples(index=False) if c.date() <= day}
        return tuple(sorted(str(a) for a in frame["account"] if str(a) not in shut))

    def values(self, event: Event, day: datetime.date) -> Mapping[str, ParameterValue]:
        """Return the values of law that an event needs, as far as one is in force on the day."""
        found = {}
        for split in event.splits:
            try:
                found[split.share] = self.law.value(split.share, day, self.lists().union)
            except NoParameter:
                continue
        return MappingProxyType(found)

    def context(self, event: Event, day: datetime.date, reverses: str = "") -> EventContext:
        """Return what composing an event needs; `reverses` is the number of a voucher that it may copy."""
        union = self.lists().union
        shares: dict[str, Decimal] = {
            key: value.value for key, value in self.values(event, day).items() if value.value is not None
        }
        original = self.voucher(reverses) if event.copies and reverses else None
        return EventContext(
            number=None,
            level=Level.GRASSROOTS if union.level == "grassroots" else Level.COUNTY,
            values=MappingProxyType(shares),
            accounts=self.accounts(day),
            bank=union.bank_accounts[0] if union.bank_accounts else "",
            vouchers=MappingProxyType({reverses: original} if original is not None else {}),
        )

    def voucher(self, number: str) -> Voucher | None:
        """Return a voucher of the book by its number, or None."""
        facts = self.current()
        rows = facts.vouchers[facts.vouchers["voucher"] == number]
        if len(rows) == 0:
            return None
        own = facts.postings[facts.postings["entry"].isin(rows["entry"])]
        return next(vouchers_of(replace(facts, vouchers=rows, postings=own)))

    def save(self, draft: Draft, attachments: Mapping[str, bytes], before: Draft | None) -> None:
        """Write a draft with its new attachments."""
        with self._writing:
            write_draft(self.book, draft, attachments, before=before)

    def step(self, draft: Draft, act: Act, who: str, note: str = "") -> Draft:
        """Review, approve, return or discard a draft; raise DraftFault where the union's people forbid it."""
        with self._writing:
            self.allow(draft, act, who)
            done = stepped(draft, act, who, self.clock(), note=note)
            write_draft(self.book, done, before=draft)
            return done

    def allow(self, draft: Draft, act: Act, who: str) -> None:
        """Raise DraftFault when a person may not do an act to a draft."""
        problem = duty_problem(draft, act, who, self.duties(draft.voucher.date))
        if problem:
            raise DraftFault(problem)

    def post(self, draft: Draft, who: str, before: Draft, *, warm: bool = True) -> Posted:
        """Post an approved draft under the next number of its month, draft and voucher as one.

        `before` is the draft as it stands on the disk; `warm` says whether the book is read again at once.
        """
        with self._writing:
            self.allow(draft, Act.POSTED, who)
            opening = OPENING in draft.voucher.tags
            number = None if opening else self.number(draft.voucher.date)
            voucher = with_names(draft, who)
            if voucher.number != number:
                voucher = replace(voucher, number=number)
            done = stepped(draft, Act.POSTED, who, self.clock(), number=str(number or ""))
            base = self._base()
            posted = post_vouchers(
                self.book,
                [voucher],
                index=self._index,
                beside={draft_path(draft.id): draft_text(done)},
                held=lambda: check_unchanged(self.book, draft.id, before),
            )
            self._growth = base and replace(base, state=posted.index.state, vouchers=(*base.vouchers, voucher))
            self._index = posted.index
        if warm:
            self.warm()
        return posted

    def _base(self) -> Growth | None:
        """Return what the next posting adds to, None when the book changed since it was known."""
        state = self._index.state if self._index else ""
        if self._facts is not None and self._facts[0] == state:
            return Growth(state, self._facts[1], ())
        return self._growth if self._growth is not None and self._growth.state == state else None

    def missing_documents(self, draft: Draft) -> tuple[PostingProblem, ...]:
        """Return the attachments of a draft that are no longer in the book."""
        gone = [name for name in draft.documents if not (self.book / name).is_file()]
        return tuple(PostingProblem("", f"附件“{name}”不在账套里，请重新上传") for name in gone)


__all__ = ["BookUnreadable", "Clock", "Desk", "PostingRefused"]
