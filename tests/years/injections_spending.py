"""What is put into other spending: what the employer owes, gifts, wages, wrong accounts, purchases without care."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.example import names
from ledger.example.names import SUPPLIERS
from ledger.vouchers import Line
from tests.years.book import Event, Year
from tests.years.injecting import FROM_2022, Clue, injection


def paid(
    book: Year, narration: str, payee: str, meaning: str = "other_operating_expense", item: str = "", **meta: str
) -> Event:
    """Add an expenditure of a drawn amount, below every threshold, on a drawn day."""
    fen = book.rng.randint(200_00, 1900_00)
    return book.spend(book.any_day(), payee, narration, book.account(meaning), fen, item=item, **meta)


@injection("EXP26")
def gifts_to_outsiders(book: Year) -> Sequence[Clue]:
    return [paid(book, "中秋走访上级领导购土特产", SUPPLIERS["gift"], "other_expense", "土特产")]


@injection("EXP26")
def drink_and_tobacco(book: Year) -> Sequence[Clue]:
    return [paid(book, "购白酒、香烟", "某市烟酒商行", "other_expense", "白酒")]


@injection("EXP27")
def allowances_of_officers(book: Year) -> Sequence[Clue]:
    return [paid(book, "3月工会兼职补贴", names.VICE_CHAIR)]


@injection("EXP28")
def officers_awarded(book: Year) -> Sequence[Clue]:
    return [paid(book, "优秀工会积极分子奖励12人", "获奖职工")]


@injection("EXP29")
def bonus_by_words(book: Year) -> Sequence[Clue]:
    return [paid(book, "发放年终奖金", "全体职工", "other_service_expense")]


@injection("EXP30")
def wages_of_officers(book: Year) -> Sequence[Clue]:
    return [paid(book, "专职工会主席3月工资", names.CHAIR_BEFORE)]


@injection("EXP31")
def premises(book: Year) -> Sequence[Clue]:
    what = book.rng.choice(("物业费", "水电费"))
    return [paid(book, f"工会办公用房{what}", "某市物业公司", item=what)]


@injection("EXP32")
def check_ups(book: Year) -> Sequence[Clue]:
    return [paid(book, "职工健康体检费", "某市康宁体检中心", "other_service_expense", "体检费")]


@injection("EXP33")
def party_matters(book: Year) -> Sequence[Clue]:
    return [paid(book, "第二党支部主题党日活动", "某纪念馆", "other_expense", "门票")]


@injection("EXP34")
def charity(book: Year) -> Sequence[Clue]:
    return [paid(book, "职工爱心捐款", "某市慈善总会", "other_expense")]


@injection("EXP35")
def sponsoring(book: Year) -> Sequence[Clue]:
    event = paid(book, "赞助款", "某市公益基金会", "other_expense")
    book.standard("control.donation_threshold", "100")
    return [event]


@injection("EXP36")
def money_lent(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(10, 90) * 100_00
    owed = book.account("other_receivables", "0009-某商贸公司")
    lines = [Line(owed, fen), Line(book.bank, -fen)]
    book.add(Event(book.any_day(), "某商贸公司", "借给某商贸公司周转", lines, {"payment": "transfer"}))
    return ["某商贸公司"]


@injection("EXP38", years=FROM_2022)
def earmarked_without_project(book: Year) -> Sequence[Clue]:
    return [paid(book, "困难职工慰问物资采购", SUPPLIERS["goods"], "warmth_relief_expense", "大米", fund="earmarked")]


@injection("EXP44")
def purchase_split(book: Year) -> Sequence[Clue]:
    book.standard("control.quote_threshold", "2000")
    book.standard("control.contract_threshold", "2000")
    book.standard("control.split_window_days", "10")
    day = book.any_day()
    account = book.account("union_home_building_expense")
    return [
        book.spend(day, SUPPLIERS["furniture"], f"职工之家书柜{number}", account, fen, item="书柜隔板")
        for number, fen in ((1, 1900_00), (2, book.rng.randint(500_00, 1800_00)))
    ]


@injection("EXP45")
def too_few_quotations(book: Year) -> Sequence[Clue]:
    book.standard("control.quote_threshold", "2000")
    event = paid(book, "工会宣传画册制作", SUPPLIERS["media"], "publicity_expense", "画册制作", quotes="1")
    event.lines[:] = [Line(event.lines[0].account, 2600_00), Line(book.bank, -2600_00)]
    return [event]


@injection("EXP46", years=range(2018, 2027))
def one_supplier_takes_most(book: Year) -> Sequence[Clue]:
    for month in range(2, 11):
        account = book.account("union_home_building_expense")
        fen = book.rng.randint(40, 60) * 200_00
        book.spend(book.day(month, 14), "某市独一商贸公司", f"{month}月职工之家器材", account, fen, item="健身器材")
    return ["独一商贸"]


@injection("EXP47")
def paid_to_another_than_the_seller(book: Year) -> Sequence[Clue]:
    event = paid(book, "职工书屋图书", "某市顺达商贸公司", "worker_library_expense", "图书")
    event.meta["invoice-seller"] = SUPPLIERS["books"]
    return ["顺达商贸"]


@injection("EXP48", years=FROM_2022)
def wrong_account(book: Year) -> Sequence[Clue]:
    told = "夏送清凉防暑饮品"
    return [paid(book, told, SUPPLIERS["drink"], "culture_sports_expense", "矿泉水")]


@injection("EXP49")
def equipment_as_expense(book: Year) -> Sequence[Clue]:
    event = paid(book, "办公用品", SUPPLIERS["computer"], item="笔记本电脑1台")
    event.lines[:] = [Line(event.lines[0].account, 5200_00), Line(book.bank, -5200_00)]
    return [event]


@injection("EXP50", years=range(2018, 2027))
def december_rush(book: Year) -> Sequence[Clue]:
    fen = sum(e.spent_fen for e in book.events) * 2
    account = book.account("culture_sports_expense")
    book.spend(book.day(12, 23), SUPPLIERS["sports"], "体育协会器材", account, fen, item="体育器材")
    return [str(book.year)]


@injection("EXP51")
def booked_before_it_happens(book: Year) -> Sequence[Clue]:
    event = paid(book, "工会讲座场地租金", SUPPLIERS["hotel"], "worker_education_expense", "场地租赁费")
    event.date = book.day(12, 22)
    event.lines[:] = [Line(event.lines[0].account, 2600_00), Line(book.bank, -2600_00)]
    event.meta["occurred"] = f"{book.year + 1}-02-18"
    return [event]


@injection("CTL09")
def large_without_contract(book: Year) -> Sequence[Clue]:
    book.standard("control.contract_threshold", "2000")
    event = paid(book, "工会宣传画册制作", SUPPLIERS["media"], "publicity_expense", "画册制作", quotes="3")
    fen = 2000_00 + book.rng.choice((0, 1, book.rng.randint(1, 900_00)))
    event.lines[:] = [Line(event.lines[0].account, fen), Line(book.bank, -fen)]
    return [event]


@injection("CTL12")
def paid_through_a_person(book: Year) -> Sequence[Clue]:
    event = paid(book, "报销活动用品", names.HANDLERS[1], "culture_sports_expense", "体育用品")
    event.lines[:] = [Line(event.lines[0].account, 1600_00), Line(book.bank, -1600_00)]
    event.meta["invoice-seller"] = SUPPLIERS["sports"]
    return [event]


@injection("CTL13")
def roster_out_of_date(book: Year) -> Sequence[Clue]:
    member = book.rng.choice(book.members[:-1])
    member["left"] = f"{book.year - 1}-{book.rng.randint(1, 12):02d}-28"
    return [member["member_id"]]


@injection("CTL01")
def large_without_resolution(book: Year) -> Sequence[Clue]:
    book.standard("control.resolution_threshold", "3000")
    event = paid(book, "工会宣传画册制作", SUPPLIERS["media"], "publicity_expense", "画册制作", quotes="3")
    fen = 3000_00 + book.rng.choice((0, 1, book.rng.randint(1, 5000_00)))
    event.lines[:] = [Line(event.lines[0].account, fen), Line(book.bank, -fen)]
    return [event]


@injection("CTL02")
def approves_what_he_handled(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.spent_fen])
    event.meta |= {"handled-by": names.CHAIR_BEFORE, "approved-by": names.CHAIR_BEFORE}
    return [event]


@injection("CTL02")
def approved_by_the_cashier(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.spent_fen])
    event.meta["approved-by"] = names.CASHIER
    return [event]
