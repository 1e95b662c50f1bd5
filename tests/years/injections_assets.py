"""What is put into assets: purchases not entered, cards at odds with the books, depreciation, disposals, stock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ledger.example import names
from ledger.vouchers import Line
from tests.years.book import Event, Row, Year, yuan
from tests.years.injecting import FROM_2022, FROM_2023, Clue, injection


def bought(book: Year) -> Event:
    """Return the purchase of the year's computer."""
    return next(e for e in book.events if e.narration == "购置台式计算机")


def card(book: Year, number: str = "资-002") -> Row:
    """Return the card of an asset; that of the year's computer unless told otherwise."""
    return next(r for r in book.registers["assets"] if r["asset_id"] == number)


def depreciation(book: Year) -> list[Event]:
    """Return the vouchers of depreciation, oldest first."""
    return [e for e in book.events if e.narration.startswith("计提")]


@injection("AST01")
def asset_not_entered(book: Year) -> Sequence[Clue]:
    event = bought(book)
    del event.lines[2:]
    return [event]


@injection("AST02")
def card_below_the_threshold(book: Year) -> Sequence[Clue]:
    low = 499_99 if book.year < 2022 else 999_99
    fen = low - book.rng.choice((0, book.rng.randint(1, 300_00)))
    book.registers["assets"].append(
        {**card(book), "asset_id": "资-050", "name": "碎纸机", "category": "办公设备", "cost": yuan(fen)}
    )
    return ["碎纸机"]


@injection("AST03", years=FROM_2022)
def asset_without_its_fund(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(1000, 9000) * 100
    lines = [Line(book.account("fixed_assets", "01-通用设备"), fen), Line(book.bank, -fen)]
    return [book.add(Event(book.any_day(), names.SUPPLIERS["computer"], "购置打印机", lines, {"payment": "transfer"}))]


@injection("AST04", years=FROM_2022)
def depreciation_left_out(book: Year) -> Sequence[Clue]:
    events = depreciation(book)
    for event in events[-book.rng.randint(1, 2) - 1 :]:
        book.events.remove(event)
    return [str(book.year)]


@injection("AST04", years=FROM_2022)
def depreciation_as_expense(book: Year) -> Sequence[Clue]:
    event = book.rng.choice(depreciation(book))
    event.lines[0] = Line(book.account("other_operating_expense"), event.lines[0].amount_fen)
    return [event]


@injection("AST05", years=FROM_2022)
def life_too_short(book: Year) -> Sequence[Clue]:
    card(book)["life_years"] = str(book.rng.randint(2, 5))
    return ["台式计算机"]


@injection("AST06", years=FROM_2022)
def depreciation_begins_late(book: Year) -> Sequence[Clue]:
    month = bought(book).date.month
    fen = int(card(book)["cost"].replace(".", "")) // 72
    event = next(e for e in depreciation(book) if e.date.month == month)
    rest = event.lines[0].amount_fen - fen
    event.lines[:] = [Line(event.lines[0].account, rest), Line(event.lines[1].account, -rest)]
    if not rest:
        book.events.remove(event)
    return [f"{month}月"]


@injection("AST07")
def foreign_asset_entered(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(2000, 9000) * 100
    fixed, fund = book.account("fixed_assets", "01-通用设备"), book.account("asset_fund_fixed_assets")
    event = book.add(Event(book.any_day(), names.EMPLOYER, "会议桌入账", [Line(fixed, fen), Line(fund, -fen)]))
    book.registers["assets"].append(
        {
            **card(book),
            "asset_id": "资-060",
            "name": "会议桌",
            "category": "家具",
            "life_years": "15",
            "cost": yuan(fen),
            "acquired": event.date.isoformat(),
            "source": "employer",
        }
    )
    return [event]


@injection("AST08")
def lent_to_a_department(book: Year) -> Sequence[Clue]:
    card(book)["keeper"] = book.rng.choice(("宣传科", "某市第一医院后勤科"))
    return [card(book)["keeper"]]


@injection("AST09", years=FROM_2023)
def disposed_without_approval(book: Year) -> Sequence[Clue]:
    fen = int(card(book, "资-001")["cost"].replace(".", ""))
    fixed, fund = book.account("fixed_assets", "01-通用设备"), book.account("asset_fund_fixed_assets")
    event = book.add(
        Event(book.any_day(), names.ACCOUNTING_OFFICE, "报废激光打印机", [Line(fund, fen), Line(fixed, -fen)])
    )
    card(book, "资-001")["disposed"] = event.date.isoformat()
    return [event]


@injection("AST10")
def not_counted(book: Year) -> Sequence[Clue]:
    row = card(book)
    row["acquired"], row["last_counted"] = f"{book.year - 2}-03-02", f"{book.year - 1}-{book.rng.randint(1, 11):02d}-20"
    return []


@injection("AST11", years=FROM_2022)
def pending_at_the_years_end(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(10, 900) * 100
    pending = book.account("assets_pending_disposal", "01-待处理财产价值")
    fixed = book.account("fixed_assets", "01-通用设备")
    book.add(Event(book.any_day(), names.ACCOUNTING_OFFICE, "盘亏待处理", [Line(pending, fen), Line(fixed, -fen)]))
    return ["待处理财产"]


@injection("AST12", years=FROM_2022)
def stock_without_slip(book: Year) -> Sequence[Clue]:
    event = next(e for e in book.events if e.narration == "发放防暑饮品出库")
    del event.meta["stock-row"]
    return [event]


@injection("AST13", years=FROM_2022)
def software_as_expense(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(1000, 1900) * 100
    account = book.account("information_network_purchase")
    return [book.spend(book.any_day(), names.SUPPLIERS["computer"], "购买会员管理软件", account, fen, item="软件")]


@injection("AST14")
def rooms_rebuilt(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(10, 90) * 1000_00
    account = book.account("union_home_building_expense")
    event = book.spend(book.any_day(), names.SUPPLIERS["decor"], "职工之家改造工程款", account, fen, item="装修工程")
    return [event]


@injection("AST15", years=FROM_2022)
def bonds_without_fund(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(10, 90) * 100_00
    lines = [Line(book.account("investment", "01-国债"), fen), Line(book.bank, -fen)]
    return [book.add(Event(book.any_day(), "某银行", "购入国债", lines, {"payment": "transfer"}))]


@injection("AST17", years=FROM_2022)
def state_assets_not_apart(book: Year) -> Sequence[Clue]:
    book.profile = replace(book.profile, level="county")
    fen = book.rng.randint(10, 90) * 1000_00
    lines = [Line(book.bank, fen), Line(book.account("same_level_treasury_income"), -fen)]
    book.add(Event(book.any_day(), "某县财政局", "财政拨款", lines, {"payment": "transfer"}))
    return []


@injection("AST16")
def card_missing(book: Year) -> Sequence[Clue]:
    book.registers["assets"].remove(card(book))
    return []
