"""The book of seven years, put together: drafts, terms, budgets, vouchers, change-over, carry-forward and registers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ledger.accounts import charts
from ledger.example.draft import SEED, Draft, stream
from ledger.example.names import ACCOUNTING_OFFICE, RELIEF
from ledger.example.people import Member
from ledger.example.signing import Signed
from ledger.example.term import activities, chart, equipment, income, people, registers, treasury, weaving, welfare
from ledger.example.term.calendar import FIRST_DAY, SYSTEM_OF_2021, YEARS, workday
from ledger.example.term.change_over import change_over
from ledger.example.term.closing import balances, carried_forward_fen, closed, closed_by_hand
from ledger.example.term.equipment import OLDER, SMALL
from ledger.example.term.identity import PROFILE, officer_rows
from ledger.example.term.planning import Planned, budgets, with_terms
from ledger.example.term.planted import Planted, resolved
from ledger.example.term.registers import Row
from ledger.example.term.remittance import remittances
from ledger.example.term.signing import signed
from ledger.vouchers import BudgetEntry, Line, Voucher
from ledger.writer import OPENING, profile_text, write_book

OPENING_CASH = 180_50
OPENING_BANK = 96_427_35
OPENING_CUSTODY = 3_600_00
OPENING_RESERVE = 5_000_00  # 后备金, an account that only the system of 2009 knows


@dataclass(frozen=True)
class TermBook:
    """Everything of the example as it goes into the book, and the answer key (empty for the clean book).

    `vouchers` are all but the generated carry-forward vouchers of 2022 on, which are `closing`; `signed` are the
    numbered ones with their drafts.
    """

    vouchers: tuple[Voucher, ...]
    closing: tuple[Voucher, ...]
    signed: tuple[Signed, ...]
    budgets: tuple[BudgetEntry, ...]
    registers: Mapping[str, tuple[Row, ...]]
    profile: str
    planted: tuple[Planted, ...]

    def write(self, folder: Path) -> None:
        """Write the book into a folder; raises FileExistsError where there is one already."""
        write_book(
            folder,
            self.profile,
            FIRST_DAY,
            vouchers=self.vouchers,
            budgets=self.budgets,
            registers=self.registers,
            closing=self.closing,
        )


class _People(NamedTuple):
    everyone: tuple[Member, ...]
    wages: tuple[people.Wages, ...]
    dues: tuple[people.Due, ...]
    helped: tuple[Member, ...]


@cache
def term_book(*, clean: bool = False, seed: int = SEED) -> TermBook:
    """Return the book of a seed: with the irregularities of the answer key, or without any."""
    everyone = people.members(stream(seed, "term/people"))
    wages = people.payroll(stream(seed, "term/payroll"), everyone)
    dues = people.dues(everyone) if clean else weaving.weave_dues(people.dues(everyone))
    folk = _People(everyone, wages, dues, welfare.hardship_members(everyone))
    drafts = _clean_drafts(seed, folk)
    if clean:
        planned = with_terms(drafts)
        plan = budgets(planned.drafts)
    else:
        planned = with_terms(weaving.weave_drafts(drafts, wages), weaving.SPARED)
        plan = weaving.weave_budgets(budgets(planned.drafts), planned.drafts)
    done = signed(planned.drafts, stream(seed, "term/signing"))
    opening = _opening()
    vouchers = _whole((opening, *(s.voucher for s in done)))
    return TermBook(
        vouchers=vouchers,
        closing=closed(range(SYSTEM_OF_2021, YEARS[-1] + 1), vouchers),
        signed=done,
        budgets=plan,
        registers=_registers(folk, planned, done, opening, clean=clean),
        profile=profile_text(PROFILE),
        planted=() if clean else resolved({s.draft.key: s for s in done}),
    )


def _clean_drafts(seed: int, folk: _People) -> tuple[Draft, ...]:
    everyone = folk.everyone
    return (
        *income.direct_contributions(folk.wages),
        *income.returned_contributions(folk.wages),
        *income.small_returns(),
        *income.dues_received(folk.dues),
        *income.subsidies(),
        *income.interest(stream(seed, "term/interest")),
        *remittances(folk.wages),
        *welfare.festivals(everyone),
        *welfare.birthdays(everyone),
        *welfare.condolences(stream(seed, "term/condolences"), everyone),
        *welfare.hardship_aid(stream(seed, "term/aid"), folk.helped),
        *activities.ordinary(stream(seed, "term/ordinary")),
        *activities.outings(everyone),
        *activities.sports_days(stream(seed, "term/sports"), everyone),
        *activities.contests(stream(seed, "term/contests"), everyone),
        *equipment.purchases(),
        *equipment.depreciation(),
        *equipment.sale(),
        *treasury.tills(stream(seed, "term/tills")),
        *treasury.advances(stream(seed, "term/advances")),
        *treasury.custody(stream(seed, "term/custody")),
        *treasury.deposits(),
        _small_things_written_off(),
    )


def _small_things_written_off() -> Draft:
    """Return the write-off of things that are inventory since the change-over and have long been given out."""
    whole = sum(asset.cost_fen for asset in SMALL)
    lines = (
        Line(chart.account(SYSTEM_OF_2021, "asset_fund_inventory"), whole),
        *(Line(chart.small_things(asset.group), -asset.cost_fen) for asset in SMALL),
    )
    narration = "转销已领用出库的低值物品（财会〔2021〕16号四（一））"
    return Draft("small-things", workday(SYSTEM_OF_2021, 1, 4), ACCOUNTING_OFFICE, narration, lines)


def _opening() -> Voucher:
    year = YEARS[0]
    owned: dict[str, int] = {}
    for asset in (*OLDER, *SMALL):
        account = chart.fixed_assets(year, asset.group)
        owned[account] = owned.get(account, 0) + asset.cost_fen
    amounts = {
        chart.CASH: OPENING_CASH,
        chart.BASIC: OPENING_BANK,
        chart.CUSTODY_BANK: OPENING_CUSTODY,
        **owned,
        chart.custody(year): -OPENING_CUSTODY,
        chart.account(year, "asset_fund_fixed_assets"): -sum(owned.values()),
        chart.account(year, "reserve_fund"): -OPENING_RESERVE,
        chart.account(year, "surplus"): OPENING_RESERVE - OPENING_CASH - OPENING_BANK,
    }
    lines = tuple(Line(account, amount) for account, amount in amounts.items())
    return Voucher(FIRST_DAY, None, "", "期初余额", lines, tags=(OPENING,))


def _whole(vouchers: tuple[Voucher, ...]) -> tuple[Voucher, ...]:
    """Return the vouchers with the carry-forward of the old system's years, and the change-over after it."""
    done = [*vouchers, *(closed_by_hand(year, vouchers) for year in YEARS if year < SYSTEM_OF_2021)]
    last = charts()[0].until
    old = [v for v in done if last is not None and v.date <= last]
    return (*done, change_over(balances(old), carried_forward_fen(old, RELIEF)))


def _registers(
    folk: _People, planned: Planned, done: tuple[Signed, ...], opening: Voucher, *, clean: bool
) -> Mapping[str, tuple[Row, ...]]:
    began = {line.account: line.amount_fen for line in opening.lines}
    audits = registers.audit_rows(frozenset() if clean else weaving.UNAUDITED)

    def cash_on(day: datetime.date) -> int:
        moves = (line for s in done if s.voucher.date <= day for line in s.voucher.lines)
        return began[chart.CASH] + sum(line.amount_fen for line in moves if line.account == chart.CASH)

    return MappingProxyType(
        {
            "members": registers.member_rows(folk.everyone),
            "payroll": registers.payroll_rows(folk.wages),
            "dues": registers.dues_rows(folk.dues),
            "officers": officer_rows(),
            "resolutions": registers.resolution_rows(planned.resolutions),
            "grants": registers.grant_rows(done),
            "bank": registers.bank_rows(done, began),
            "assets": registers.asset_rows({} if clean else weaving.LAST_COUNTED),
            "invoices": registers.invoice_rows(done),
            "hardship": registers.hardship_rows(welfare.hardship_files(folk.helped)),
            "audits": audits if clean else weaving.weave_audits(audits),
            "cash_counts": registers.cash_count_rows(cash_on),
            "contracts": registers.contract_rows(planned.contracts),
            "activities": registers.activity_rows(done),
            "publications": registers.publication_rows(),
            "employer": registers.employer_rows(folk.everyone[-1].member_id),
        }
    )
