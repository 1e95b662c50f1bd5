"""The book of a made-up hospital union: one seed, one year, the same bytes every time."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from ledger.example import chart, planted, registers, weaving
from ledger.example.activities import associations, films, outings, sports_day
from ledger.example.bank import statements
from ledger.example.budget import budget
from ledger.example.condolences import condolences
from ledger.example.custody import mutual_aid
from ledger.example.draft import SEED, Draft, stream
from ledger.example.equipment import ASSETS, OLDER, accumulated_fen, depreciation, purchases
from ledger.example.festivals import birthdays, festival_goods
from ledger.example.identity import profile_text
from ledger.example.income import contributions, dues_received, interest, subsidies
from ledger.example.payroll import Due, Wages, dues, payroll
from ledger.example.people import Member, members
from ledger.example.planted import Planted
from ledger.example.registers import Row
from ledger.example.relief import coolness, hardship_aid, hardship_files, hardship_members, warmth
from ledger.example.services import competition, library, ordinary
from ledger.example.signing import Signed, signed
from ledger.example.treasury import advances, bank_charges, petty_cash
from ledger.example.workdays import FIRST_DAY, YEAR
from ledger.vouchers import BudgetEntry, Line, Voucher
from ledger.writer import OPENING

OPENING_NARRATION = "期初余额"  # as an import names the opening transaction

# What the union had at the end of 2024, in fen; its net assets follow from it.
OPENING_CASH = 320_50
OPENING_BANK = 1_642_875_36
OPENING_CUSTODY = 18_460_00
OPENING_CARRIED_FORWARD = 9_600_00  # unspent earmarked subsidy of 2024


@dataclass(frozen=True)
class Hospital:
    """Everything of the example: vouchers, budget and registers as they go into the workbook, and the answer key.

    `opening` is the opening transaction (no number, tag `opening`); `signed` are the vouchers with their drafts.
    """

    seed: int
    opening: Voucher
    signed: tuple[Signed, ...]
    budgets: tuple[BudgetEntry, ...]
    registers: Mapping[str, tuple[Row, ...]]
    profile: str
    planted: tuple[Planted, ...]
    members: tuple[Member, ...]
    wages: tuple[Wages, ...]
    dues: tuple[Due, ...]

    @property
    def vouchers(self) -> tuple[Voucher, ...]:
        """The year's vouchers in order of date and number, without the opening."""
        return tuple(s.voucher for s in self.signed)


class _People(NamedTuple):
    everyone: tuple[Member, ...]
    wages: tuple[Wages, ...]
    dues: tuple[Due, ...]
    helped: tuple[Member, ...]


@cache
def hospital(seed: int = SEED) -> Hospital:
    """Return the hospital's example for a seed."""
    everyone = members(stream(seed, "people"))
    people = _People(
        everyone,
        payroll(stream(seed, "payroll"), everyone),
        weaving.weave_dues(dues(everyone), everyone),
        hardship_members(stream(seed, "hardship"), everyone),
    )
    drafts = weaving.weave(_clean_year(seed, people), people.wages, everyone)
    done = signed(drafts, stream(seed, "signing"), planted.OUT_OF_ORDER)
    opening = _opening()
    return Hospital(
        seed=seed,
        opening=opening,
        signed=done,
        budgets=weaving.weave_budget(budget(drafts), drafts),
        registers=_registers(seed, people, done, opening),
        profile=profile_text(),
        planted=planted.resolved({s.draft.key: s.number for s in done}),
        members=everyone,
        wages=people.wages,
        dues=people.dues,
    )


def hospital_vouchers(seed: int = SEED) -> tuple[Voucher, ...]:
    """Return the opening transaction and every voucher of the hospital's year, as a book must hold them."""
    book = hospital(seed)
    return (book.opening, *book.vouchers)


def _clean_year(seed: int, people: _People) -> tuple[Draft, ...]:
    everyone = people.everyone
    return (
        *contributions(people.wages),
        *dues_received(people.dues),
        *subsidies(),
        *interest(stream(seed, "interest")),
        *festival_goods(everyone),
        *birthdays(everyone),
        *condolences(stream(seed, "condolences"), everyone),
        *outings(everyone),
        *films(everyone),
        *sports_day(stream(seed, "sports"), everyone),
        *associations(stream(seed, "associations")),
        *ordinary(),
        *library(stream(seed, "library")),
        *competition(stream(seed, "competition"), everyone),
        *hardship_aid(stream(seed, "aid"), people.helped),
        *warmth(stream(seed, "warmth"), people.helped),
        *coolness(),
        *mutual_aid(stream(seed, "custody"), everyone),
        *purchases(),
        *depreciation(),
        *bank_charges(),
        *petty_cash(stream(seed, "cash")),
        *advances(),
    )


def _opening() -> Voucher:
    by_group: dict[str, int] = defaultdict(int)
    for asset in OLDER:
        by_group[asset.group] += asset.cost_fen
    worn = accumulated_fen(ASSETS, YEAR - 1, 12)
    owned = sum(by_group.values()) - worn
    free = OPENING_CASH + OPENING_BANK - weaving.OLD_DEBT_FEN - OPENING_CARRIED_FORWARD
    amounts = {
        chart.CASH: OPENING_CASH,
        chart.BASIC: OPENING_BANK,
        chart.CUSTODY_BANK: OPENING_CUSTODY,
        **{chart.FIXED_ASSETS[group]: amount for group, amount in by_group.items()},
        chart.DEPRECIATION: -worn,
        chart.OLD_DUE_TO_HIGHER: -weaving.OLD_DEBT_FEN,
        chart.CUSTODY: -OPENING_CUSTODY,
        chart.ASSET_FUND: -owned,
        chart.CARRIED_FORWARD: -OPENING_CARRIED_FORWARD,
        chart.SURPLUS: -free,
    }
    lines = tuple(Line(account, amount) for account, amount in amounts.items())
    return Voucher(FIRST_DAY, None, "", OPENING_NARRATION, lines, tags=(OPENING,))


def _registers(seed: int, people: _People, done: tuple[Signed, ...], opening: Voucher) -> Mapping[str, tuple[Row, ...]]:
    began = {line.account: line.amount_fen for line in opening.lines}

    def cash_on(day: datetime.date) -> int:
        moves = (line for s in done if s.voucher.date <= day for line in s.voucher.lines)
        return began[chart.CASH] + sum(line.amount_fen for line in moves if line.account == chart.CASH)

    return MappingProxyType(
        {
            "members": registers.member_rows(people.everyone),
            "payroll": registers.payroll_rows(people.wages),
            "dues": registers.dues_rows(people.dues),
            "officers": registers.officer_rows(),
            "resolutions": registers.resolution_rows(done),
            "grants": registers.grant_rows(done),
            "bank": registers.bank_rows(statements(done, began)),
            "assets": registers.asset_rows(),
            "invoices": registers.invoice_rows(done),
            "hardship": registers.hardship_rows(hardship_files(stream(seed, "files"), people.helped)),
            "audits": registers.audit_rows(),
            "cash_counts": registers.cash_count_rows(cash_on),
            "contracts": registers.contract_rows(done),
            "activities": registers.activity_rows(done),
            "publications": registers.publication_rows(),
        }
    )
