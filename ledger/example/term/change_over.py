"""The change-over of 2022-01-01 as the union decided it: what 财会〔2021〕16号 leaves to a person, and depreciation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ledger.change_over import Adjustment, Decision
from ledger.change_over import change_over as carried_over
from ledger.example.equipment import Asset
from ledger.example.names import RELIEF
from ledger.example.term import chart
from ledger.example.term.calendar import SYSTEM_OF_2021
from ledger.example.term.equipment import SMALL, worn_fen
from ledger.example.term.identity import PROFILE
from ledger.vouchers import Line, Voucher

_INVENTORY, _INTANGIBLE, _OTHER_PAYABLES, _CARRIED_FORWARD, _SURPLUS = "141", "171", "215", "321", "331"


def change_over(balances: Mapping[str, int], carried_forward_fen: int) -> Voucher:
    """Return the change-over voucher for the balances (account → fen) at the end of 2021.

    `carried_forward_fen` is what of 结余 is earmarked and unspent: it becomes 工会资金结转, all else 工会资金结余.
    Raises ValueError where the balances leave a question open.
    """
    fund = chart.account(SYSTEM_OF_2021, "asset_fund_fixed_assets")
    worn = Adjustment(fund, chart.account(SYSTEM_OF_2021, "accumulated_depreciation"), worn_fen(), "四（二）")
    made = carried_over(balances, PROFILE.level, tuple(_decided(balances, carried_forward_fen)), (worn,))
    if made.voucher is None:
        raise ValueError("；".join((*made.problems, *(question.told for question in made.questions))))
    return replace(made.voucher, lines=tuple(_with_project(line) for line in made.voucher.lines))


def _decided(balances: Mapping[str, int], carried_forward_fen: int) -> Iterable[Decision]:
    """Yield the decisions: small things leave the fixed assets, nothing is intangible or founding, relief is kept."""
    owned = {chart.fixed_assets(SYSTEM_OF_2021 - 1, group) for group in chart.GROUPS} & balances.keys()
    for account in sorted(owned):
        yield Decision(account, _INVENTORY, sum(a.cost_fen for a in SMALL if _fixed_assets(a) == account))
        yield Decision(account, _INTANGIBLE, 0)
    if (owed := chart.due_to_higher(SYSTEM_OF_2021 - 1)) in balances:
        yield Decision(owed, _OTHER_PAYABLES, 0)
    yield Decision(_SURPLUS, _CARRIED_FORWARD, carried_forward_fen)


def _fixed_assets(asset: Asset) -> str:
    return chart.fixed_assets(SYSTEM_OF_2021 - 1, asset.group)


def _with_project(line: Line) -> Line:
    carried = line.account == chart.account(SYSTEM_OF_2021, "union_carry_forward_accumulated")
    return replace(line, metadata={**line.metadata, "project": RELIEF}) if carried else line
