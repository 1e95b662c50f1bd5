"""Distribution lists of the period, list by list and day by day: what was handed out, in which form, for what."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ledger.money import shown_yuan
from ledger.register_rows import GrantRow
from rules.evidence import register_evidence
from rules.finding import Certainty, Evidence, Finding, Text
from rules.gather import MOST_EVIDENCE, cut
from rules.rule import Case

MONEY_FORMS = ("cash", "transfer")
COUPON = "消费券"

# What may be given in money: relief and condolence in illness, death and hardship.
IN_NEED = ("住院", "会员去世", "亲属去世", "困难", "大病")
LIFE = ("生日", "结婚", "生育", "退休")


@dataclass(frozen=True)
class Handout:
    """What one list gave out on one day for one occasion; `rows` are its rows in order of member."""

    list: str
    day: datetime.date
    occasion: str
    rows: tuple[GrantRow, ...]

    @property
    def total_fen(self) -> int:
        """The sum of it."""
        return sum(row.amount_fen for row in self.rows)

    @property
    def heads(self) -> int:
        """How many people got something."""
        return len({row.member_id for row in self.rows})

    @property
    def name(self) -> str:
        """The list as a sentence names it."""
        return f"清单 {self.list}" if self.list else "发放"

    def evidence(self, note: Text) -> tuple[Evidence, ...]:
        """Return its rows as evidence."""
        found = [register_evidence(row, note, row.amount_fen) for row in self.rows[:MOST_EVIDENCE]]
        return cut(found, len(self.rows), self.total_fen)

    @property
    def told(self) -> Text:
        """Day, list, people and amount in one phrase."""
        money, why = shown_yuan(self.total_fen), self.occasion or "未写事由"
        return Text(
            f"{self.day} {self.name}以“{why}”向 {self.heads} 人发放 {money} 元",
            f"{self.day}: {money} yuan to {self.heads} people for “{self.occasion}”",
        )


def in_money(
    case: Case, handout: Handout, *key: str, expected: Text, remedy: Text, related: Sequence[str] = ()
) -> Finding:
    """Return the lead that a list makes which gave money where goods are expected."""
    return case.finding(
        *key,
        message=Text(f"{handout.told.zh}，形式是现金或转账", f"{handout.told.en}, as money"),
        expected=expected,
        found=Text(f"{handout.heads} 人领取的是现金或转账", f"{handout.heads} people got money"),
        remedy=remedy,
        evidence=handout.evidence(Text("清单所写的发放形式是现金或转账", "given as money according to the list")),
        amount_fen=handout.total_fen,
        certainty=Certainty.LEAD,  # the texts that want goods were not read
        related=related,
    )


def granted(case: Case) -> Sequence[GrantRow] | None:
    """Return the rows of grants.csv of the period, None where the book has no such register."""
    if "grants" not in case.facts.registers:
        return None

    def inside() -> Sequence[GrantRow]:
        return tuple(
            row for row in case.rows(GrantRow) if row.date is not None and case.since <= row.date <= case.until
        )

    return case.facts.once(("granted", case.since, case.until), inside)


def handouts(rows: Iterable[GrantRow], forms: Collection[str] | None = None) -> tuple[Handout, ...]:
    """Return the lists that rows of grants.csv with a day make, only rows of some forms where those are given."""
    groups: dict[tuple[datetime.date, str, str], list[GrantRow]] = defaultdict(list)
    for row in rows:
        if row.date is not None and (forms is None or row.form in forms):
            groups[row.date, row.list, row.occasion].append(row)
    return tuple(
        Handout(name, day, occasion, tuple(sorted(own, key=attrgetter("member_id", "line"))))
        for (day, name, occasion), own in sorted(groups.items())
    )
