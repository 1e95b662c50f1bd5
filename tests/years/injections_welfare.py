"""What is put into hand-outs to members: over a cap, to the wrong people, in cash, twice, on the wrong day."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.example.names import SUPPLIERS
from tests.years.book import Event, Row, Year, yuan
from tests.years.injecting import Clue, injection
from tests.years.people import active_members
from tests.years.welfare import gift, grant_rows


def given(
    book: Year,
    members: list[Row],
    occasion: str,
    fen: int,
    form: str,
    narration: str,
    *,
    key: str = "",
    below: str = "",
) -> Event:
    """Add a hand-out of the same amount to members, on a drawn day."""
    account = book.account("member_event_expense", below or "01-节日慰问")
    day = book.any_day()
    payee, item = (SUPPLIERS["goods"], "大米、食用油") if form == "goods" else ("会员", "")
    event = book.spend(day, payee, narration, account, fen * len(members), item=item, occasion=occasion)
    grant_rows(event, members, occasion, fen, form, key)
    return event


def one(book: Year) -> Row:
    """Return a drawn active member."""
    return book.rng.choice(active_members(book))


def over(book: Year, key: str) -> int:
    """Return an amount over a cap that the union itself adopts, a fen or much more."""
    book.standard(key, "500")
    return 500_00 + book.rng.choice((1, book.rng.randint(1, 300) * 100))


@injection("EXP01")
def festival_over_cap(book: Year) -> Sequence[Clue]:
    book.standard("holiday.annual_cap", "1200")
    event = given(book, [one(book)], "中秋", 1200_00 + book.rng.randint(1, 500_00), "goods", "中秋慰问品补发")
    return [event.date.isoformat()]


@injection("EXP02", years=range(2018, 2027))
def other_festival(book: Year) -> Sequence[Clue]:
    festival = book.rng.choice(("护士节", "教师节", "重阳"))
    event = given(book, active_members(book), festival, 100_00, "goods", f"购{festival}慰问品")
    return [event.date.isoformat(), festival]


@injection("EXP03")
def cash_handed_out(book: Year) -> Sequence[Clue]:
    event = given(book, active_members(book), "春节", book.rng.randint(1, 3) * 100_00, "cash", "春节慰问金")
    return [event.date.isoformat(), "春节"]


@injection("EXP03")
def cards_handed_out(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(10, 50) * 100_00
    account = book.account("member_event_expense", "01-节日慰问")
    card = book.rng.choice(("购物卡", "代金券", "超市卡"))
    return [book.spend(book.any_day(), SUPPLIERS["goods"], f"会员慰问{card}", account, fen, item=card)]


@injection("EXP04")
def one_left_out(book: Year) -> Sequence[Clue]:
    members = active_members(book)
    left = book.rng.choice(members)
    given(book, [m for m in members if m is not left], "清明", 50_00, "goods", "清明会员慰问品")
    return [left["member_id"]]


@injection("EXP05")
def gift_to_one_who_left(book: Year) -> Sequence[Clue]:
    gone = {**one(book), "member_id": "M099", "status": "left", "left": f"{book.year - 1}-11-30"}
    book.members.append(gone)
    given(book, [gone], "春节", 50_00, "goods", "春节会员慰问品补发")
    return ["M099"]


@injection("EXP05")
def gift_to_a_stranger(book: Year) -> Sequence[Clue]:
    stranger = {**one(book), "member_id": "X777"}
    given(book, [stranger], "端午", 50_00, "goods", "端午会员慰问品补发")
    return ["X777"]


@injection("EXP06")
def gift_to_the_retired(book: Year) -> Sequence[Clue]:
    book.standard("welfare.retired_max", "0")
    retired = book.members[-1]
    given(book, [retired], "中秋", 50_00, "goods", "中秋会员慰问品补发")
    return [retired["member_id"]]


@injection("EXP07")
def birthday_over_cap(book: Year) -> Sequence[Clue]:
    member = one(book)
    fen = over(book, "birthday.cap")
    event = given(
        book, [member], "生日", fen, "voucher", "会员生日蛋糕券", key=f"生日:{member['member_id']}:{book.year}"
    )
    event.payee, event.item = SUPPLIERS["cake"], "生日蛋糕券"
    return [member["member_id"]]


@injection("EXP07")
def birthday_twice(book: Year) -> Sequence[Clue]:
    member = one(book)
    event = gift(book, member, "生日", int(member["birth_month"]), 10_00, "会员生日蛋糕", "02-生日慰问")
    event.date = book.day(int(member["birth_month"]), 20)
    event.payee, event.item = SUPPLIERS["cake"], "生日蛋糕"
    for row in event.grants:
        row |= {"event_key": f"生日:{member['member_id']}:{book.year}", "date": event.date.isoformat()}
    return [member["member_id"]]


@injection("EXP08")
def cake_voucher_of_a_supermarket(book: Year) -> Sequence[Clue]:
    event = given(book, [one(book)], "生日", 100_00, "voucher", "购会员生日券1张", below="02-生日慰问")
    event.payee, event.item = SUPPLIERS["goods"], "日用品"
    return [event.payee]


@injection("EXP09")
def wedding_twice(book: Year) -> Sequence[Clue]:
    member = one(book)
    for _ in range(2):
        given(book, [member], "结婚", 100_00, "goods", "会员结婚慰问品", key=f"婚-{member['member_id']}")
    return [member["member_id"]]


@injection("EXP09")
def birth_over_cap(book: Year) -> Sequence[Clue]:
    member = one(book)
    given(book, [member], "生育", over(book, "birth.cap"), "goods", "会员生育慰问品", key=f"生-{member['member_id']}")
    return [member["member_id"]]


@injection("EXP10")
def illness_over_cap(book: Year) -> Sequence[Clue]:
    member = one(book)
    fen = over(book, "hospital.cap")
    given(book, [member], "住院", fen, "goods", "住院会员慰问品", key=f"住院:{member['member_id']}（肺炎）")
    return [member["member_id"]]


@injection("EXP11")
def farther_kin(book: Year) -> Sequence[Clue]:
    kin = book.rng.choice(("岳父", "婆婆", "舅舅", "爷爷"))
    account = book.account("member_event_expense", "05-丧葬慰问")
    event = book.spend(book.any_day(), one(book)["name"], f"会员{kin}去世慰问金", account, 300_00, occasion="亲属去世")
    return [kin, event]


@injection("EXP12")
def retirement_over_cap(book: Year) -> Sequence[Clue]:
    member = one(book)
    given(book, [member], "退休", over(book, "retirement.cap"), "goods", "会员退休慰问品", below="06-退休慰问")
    return [member["member_id"]]


@injection("EXP12")
def retirement_in_gold(book: Year) -> Sequence[Clue]:
    account = book.account("member_event_expense", "06-退休慰问")
    day = book.any_day()
    event = book.spend(day, "某市珠宝首饰店", "退休会员纪念金币", account, 400_00, item="金币", occasion="退休")
    return [event]


@injection("EXP13")
def employer_pays_too(book: Year) -> Sequence[Clue]:
    member = one(book)
    event = given(book, [member], "结婚", 100_00, "goods", "会员结婚慰问品", key="婚礼")
    told = {"member_id": member["member_id"], "occasion": "结婚", "amount": yuan(book.rng.randint(1, 9) * 100_00)}
    book.row("employer", date=event.date.isoformat(), **told)
    return [member["member_id"]]


@injection("EXP29")
def bonus_for_all(book: Year) -> Sequence[Clue]:
    members = active_members(book)
    account = book.account("other_service_expense")
    event = book.spend(book.any_day(), "会员", "年终补助", account, 100_00 * len(members))
    grant_rows(event, members, "补贴", 100_00, "transfer")
    return [event.date.isoformat(), "补贴"]


@injection("EXP37")
def relief_over_cap(book: Year) -> Sequence[Clue]:
    member = one(book)
    book.row(
        "hardship", file_id="困-9", member_id=member["member_id"], category="深度困难", opened="2014-01-01", closed=""
    )
    event = given(book, [member], "困难", over(book, "hardship.cap"), "transfer", "困难职工帮扶金", key="困难:急")
    event.lines[0] = type(event.lines[0])(book.account("hardship_aid_expense"), event.lines[0].amount_fen)
    return [member["member_id"]]


@injection("EXP37")
def relief_without_file(book: Year) -> Sequence[Clue]:
    files = {row["member_id"] for row in book.registers["hardship"]}
    member = book.rng.choice([m for m in active_members(book) if m["member_id"] not in files])
    event = given(book, [member], "困难", 200_00, "transfer", "困难职工帮扶金", key="困难:急")
    event.lines[0] = type(event.lines[0])(book.account("hardship_aid_expense"), event.lines[0].amount_fen)
    return [member["member_id"]]


@injection("EXP52")
def coupons_twice(book: Year) -> Sequence[Clue]:
    book.standard("coupon.max_per_year", "1")
    book.standard("coupon.cap", "300")
    member = one(book)
    for month in (4, 9):
        event = given(book, [member], "消费券", 50_00, "voucher", "会员消费券")
        event.date = book.day(month, book.rng.randint(5, 20))
        event.grants[0]["date"] = event.date.isoformat()
    return [member["member_id"]]
