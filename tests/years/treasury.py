"""Money and things of a clean year: the till, an advance, money held for others, a computer and its depreciation."""

from __future__ import annotations

import datetime

from ledger.example import names
from ledger.vouchers import Line
from tests.years import days
from tests.years.book import Event, Year, yuan

_SYSTEM_OF_2021 = 2022


def treasury(book: Year) -> None:
    """Add cash, advance, custody money and assets."""
    _till(book)
    _advance(book)
    _custody(book)
    _assets(book)
    if book.year >= _SYSTEM_OF_2021:
        _stock(book)


def _till(book: Year) -> None:
    for month in (2, 6, 10):
        fen = book.rng.randint(3, 8) * 100_00
        told = {"fund": "retained", "payment": "transfer"}
        drawn = [Line(book.cash, fen), Line(book.bank, -fen)]
        book.add(Event(book.day(month, 5), names.CASHIER, "提取备用现金", drawn, told))
        left = fen
        for _ in range(2):
            spent = book.rng.randint(40_00, left // 2)
            left -= spent
            book.spend(
                book.day(month, book.rng.randint(8, 24)),
                names.SUPPLIERS["express"],
                "邮寄会员资料快递费",
                book.account("other_operating_expense"),
                spent,
                source=book.cash,
                item="快递服务",
            )
        back = [Line(book.bank, left), Line(book.cash, -left)]
        book.add(Event(book.day(month, 27), names.CASHIER, "交存多余现金", back, told))


def _advance(book: Year) -> None:
    person = names.HANDLERS[0]
    owed = book.account("other_receivables", f"0001-{person}备用金")
    fen = book.rng.randint(5, 15) * 100_00
    month = book.rng.randint(3, 9)
    told = {"fund": "retained", "payment": "transfer", "handled-by": person}
    given = [Line(owed, fen), Line(book.bank, -fen)]
    book.add(Event(book.day(month, 4), person, f"{person}借支备用金（外出培训）", given, told))
    spent = fen * book.rng.randint(50, 90) // 100
    book.spend(
        book.day(month, 22),
        names.SUPPLIERS["training"],
        f"{person}核销备用金：工会干部业务培训费",
        book.account("training_expense"),
        spent,
        source=owed,
        item="培训服务",
        handled_by=person,
    )
    back = [Line(book.bank, fen - spent), Line(owed, spent - fen)]
    book.add(Event(book.day(month, 22), person, f"{person}交回备用金余款", back, told))


def _custody(book: Year) -> None:
    held = book.account("custody_funds", "01-职工互助保险")
    at_bank = book.account("bank_deposit", "02-代管经费户")
    fen = book.rng.randint(10, 30) * 50_00
    told = {"fund": "custody", "payment": "transfer"}
    taken = [Line(at_bank, fen), Line(held, -fen)]
    book.add(Event(book.day(3, 12), names.EMPLOYER, "代收职工互助保险费（工资代扣）", taken, told))
    passed = [Line(held, fen), Line(at_bank, -fen)]
    book.add(Event(book.day(3, 19), names.SUPPLIERS["insurer"], "代缴职工互助保险费", passed, told))


def _assets(book: Year) -> None:
    monthly, life = book.rng.randint(40, 70) * 100, 6
    cost = monthly * 12 * life
    month = book.rng.randint(3, 11)
    bought = book.day(month, book.rng.randint(3, 24))
    fixed = book.account("fixed_assets", "01-通用设备")
    fund = book.account("asset_fund_fixed_assets")
    event = book.spend(
        bought,
        names.SUPPLIERS["computer"],
        "购置台式计算机",
        book.account("office_equipment_purchase"),
        cost,
        item="台式计算机1台",
    )
    event.lines += [Line(fixed, cost), Line(fund, -cost)]
    cards = [("资-002", "台式计算机", "计算机设备", bought, cost)]
    months = {m: int(m >= month) for m in days.months()}
    older = 0
    if book.year > _SYSTEM_OF_2021:
        older = book.rng.randint(20, 40) * 100
        had = datetime.date(book.year - 1, book.rng.randint(1, 12), 15)
        cards.append(("资-001", "激光打印机", "办公设备", had, older * 12 * life))
        worn = older * (12 - had.month + 1)
        book.opening[fixed] = older * 12 * life
        book.opening[book.account("accumulated_depreciation")] = -worn
        book.opening[fund] = worn - older * 12 * life
    for number, name, category, day, fen in cards:
        book.row(
            "assets",
            asset_id=number,
            name=name,
            category=category,
            acquired=day.isoformat(),
            cost=yuan(fen),
            life_years=str(life),
            keeper=names.ASSET_KEEPER,
            source="bought",
            last_counted=book.day(12, 18).isoformat(),
            disposed="",
        )
    for at, has in months.items():
        fen = older + has * monthly
        if book.year >= _SYSTEM_OF_2021 and fen:
            when = days.workday_until(days.month_end(book.year, at))
            lines = [Line(fund, fen), Line(book.account("accumulated_depreciation"), -fen)]
            book.add(Event(when, names.ACCOUNTING_OFFICE, f"计提{at}月固定资产折旧", lines))


def _stock(book: Year) -> None:
    each, count = book.rng.randint(10, 30) * 100, 20
    fen = each * count
    goods, fund = book.account("inventory", "01-防暑用品"), book.account("asset_fund_inventory")
    event = book.spend(
        book.day(6, 12),
        names.SUPPLIERS["drink"],
        "夏送清凉防暑饮品入库",
        book.account("warmth_relief_expense"),
        fen,
        item="矿泉水",
    )
    event.lines += [Line(goods, fen), Line(fund, -fen)]
    issued = Event(book.day(7, 10), names.ASSET_KEEPER, "发放防暑饮品出库", [Line(fund, fen), Line(goods, -fen)])
    book.add(issued)
    for moved, sign in ((event, 1), (issued, -1)):
        moved.meta["stock-row"] = f"{sign * count}|{yuan(each)}"
