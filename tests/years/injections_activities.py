"""What is put into activities: too many prizes, too much for food, forbidden places, tourism, dear fees."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.example.names import SUPPLIERS
from tests.years.book import Event, Year
from tests.years.injecting import FROM_2022, Clue, injection
from tests.years.people import active_members
from tests.years.welfare import grant_rows


def held(
    book: Year,
    narration: str,
    fen: int,
    *,
    payee: str = "",
    item: str = "",
    meaning: str = "culture_sports_expense",
    kind: str = "sports",
    name: str = "趣味运动会",
    **meta: str,
) -> Event:
    """Add an expenditure of an activity on a drawn day."""
    account = book.account(meaning)
    told = {"activity": f"{book.year}年{name}", "activity_type": kind, **meta}
    return book.spend(book.any_day(), payee or SUPPLIERS["sports"], narration, account, fen, item=item, **told)


@injection("EXP14")
def too_many_winners(book: Year) -> Sequence[Clue]:
    book.standard("award.share", "0.5")
    heads = book.rng.randint(20, 90)
    won = heads // 2 + book.rng.randint(1, 5)
    about = {"participants": str(heads), "awarded": str(won)}
    return [held(book, "趣味运动会奖品", 500_00, item="毛巾", occasion="奖励", **about), f"{won} 人"]


@injection("EXP15")
def prize_over_cap(book: Year) -> Sequence[Clue]:
    book.standard("award.individual_cap", "300")
    fen = 300_00 + book.rng.randint(1, 200_00)
    event = held(book, "趣味运动会一等奖奖品", fen, item="电饭煲", occasion="奖励", participants="50", awarded="1")
    member = book.rng.choice(active_members(book))
    grant_rows(event, [member], "奖励", fen, "goods")
    return [member["member_id"]]


@injection("EXP16")
def a_prize_for_everyone(book: Year) -> Sequence[Clue]:
    heads = str(book.rng.randint(10, 90))
    told = {"participants": heads, "awarded": heads}
    return [held(book, "趣味运动会奖品", 500_00, item="毛巾", occasion="奖励", **told), f"{heads} 人"]


@injection("EXP17")
def souvenirs_over_cap(book: Year) -> Sequence[Clue]:
    book.standard("souvenir.cap", "60")
    fen = 60_00 * 20 + book.rng.randint(1, 500_00)
    return [held(book, "健步走活动纪念品", fen, item="纪念T恤", name="健步走", participants="20")]


@injection("EXP18")
def souvenirs_beside_prizes(book: Year) -> Sequence[Clue]:
    held(book, "名次奖励", 300_00, item="毛巾", name="健步走", occasion="奖励", participants="50", awarded="5")
    held(book, "参赛人员纪念品", 300_00, item="纪念品", name="健步走", participants="50")
    return ["健步走"]


@injection("EXP19")
def too_many_good_trainees(book: Year) -> Sequence[Clue]:
    book.standard("study_award.share", "0.1")
    book.standard("study_award.cap", "200")
    about = {"meaning": "worker_education_expense", "kind": "education", "name": "急救培训", "occasion": "奖励"}
    won = str(10 + book.rng.randint(1, 9))
    return [held(book, "优秀学员奖励", 500_00, payee="优秀学员", participants="100", awarded=won, **about)]


@injection("EXP20", years=range(2018, 2027))
def meals_over_cap(book: Year) -> Sequence[Clue]:
    book.standard("meal.cap", "40")
    fen = 40_00 * 15 + book.rng.choice((1, book.rng.randint(1, 900_00)))
    told = {"participants": "15", "days": "1"}
    return [held(book, "趣味运动会工作餐", fen, payee=SUPPLIERS["canteen"], item="盒饭", **told)]


@injection("EXP21")
def outing_over_cap(book: Year) -> Sequence[Clue]:
    book.standard("outing.day_cap", "150")
    fen = 150_00 * 10 + book.rng.randint(1, 900_00)
    told = {"participants": "10", "days": "1", "nights": "0", "kind": "outing", "name": "踏青"}
    return [held(book, "踏青包车", fen, payee=SUPPLIERS["coach"], meaning="member_event_expense", **told), "踏青"]


@injection("EXP21")
def outing_overnight(book: Year) -> Sequence[Clue]:
    book.standard("outing.max_nights", "0")
    told = {"participants": "10", "days": "2", "nights": "1", "kind": "outing", "name": "踏青"}
    return [held(book, "踏青包车", 500_00, payee=SUPPLIERS["coach"], meaning="member_event_expense", **told), "踏青"]


@injection("EXP22", years=range(2018, 2027))
def forbidden_place(book: Year) -> Sequence[Clue]:
    told = {"kind": "outing", "name": "会员游园", "destination": "黄山风景区"}
    return [held(book, "会员游园门票", 600_00, payee=SUPPLIERS["garden"], meaning="member_event_expense", **told)]


@injection("EXP23", years=FROM_2022)
def retreat_too_long(book: Year) -> Sequence[Clue]:
    book.standard("retreat.max_days", "3")
    told = {"kind": "retreat", "name": "劳模疗休养", "participants": "5", "days": str(3 + book.rng.randint(1, 4))}
    return [held(book, "劳模疗休养费", 900_00, payee="某疗养基地", meaning="model_worker_retreat_expense", **told)]


@injection("EXP23")
def study_by_a_travel_agency(book: Year) -> Sequence[Clue]:
    told = {"kind": "study", "name": "考察学习"}
    return [held(book, "赴外地考察学习费用", 900_00, payee="某国际旅行社", meaning="training_expense", **told)]


@injection("EXP24")
def events_beyond_dues(book: Year) -> Sequence[Clue]:
    book.standard("dues.topup_multiple", "3")
    dues = -sum(e.moved_fen(book.account("dues_income")) for e in book.events)
    told = {"kind": "outing", "name": "踏青", "participants": "200", "days": "1", "nights": "0"}
    fen = dues * 4 + book.rng.randint(1, 900_00)
    held(book, "踏青包车", fen, payee=SUPPLIERS["coach"], meaning="member_event_expense", **told)
    return [str(book.year)]


@injection("EXP25")
def dear_place(book: Year) -> Sequence[Clue]:
    place = book.rng.choice(("高尔夫俱乐部", "夜总会", "私人会所"))
    return [held(book, "职工健身活动", 900_00, payee=f"某市{place}", item="健身服务")]


@injection("EXP39", years=range(2018, 2027))
def lecture_fee_over_cap(book: Year) -> Sequence[Clue]:
    account = book.account("training_expense")
    fen = book.rng.randint(70, 99) * 100_00
    return [book.spend(book.any_day(), "周教授", "付周教授讲课费4学时", account, fen)]


@injection("EXP40")
def referee_of_the_own_house(book: Year) -> Sequence[Clue]:
    member = book.rng.choice(active_members(book))
    return [held(book, "趣味运动会裁判费", 400_00, payee=member["name"])]


@injection("EXP41")
def meeting_over_quota(book: Year) -> Sequence[Clue]:
    told = {"kind": "meeting", "name": "工会工作会议", "participants": "10", "days": "1"}
    book.standard("meeting.class_3_day_cap", "550")
    fen = 550_00 * 10 + book.rng.randint(1, 9_000_00)
    event = held(
        book, "工会工作会议会务费", fen, payee=SUPPLIERS["hotel"], meaning="meeting_expense", item="会务费", **told
    )
    return [event]


@injection("EXP42")
def souvenirs_as_meeting_cost(book: Year) -> Sequence[Clue]:
    account = book.account("meeting_expense")
    day = book.any_day()
    return [book.spend(day, SUPPLIERS["gift"], "会员代表大会用品", account, 800_00, item="会议纪念品")]


@injection("EXP43")
def clothing_over_cap(book: Year) -> Sequence[Clue]:
    book.standard("clothing.annual_cap", "400")
    fen = 400_00 * 5 + book.rng.randint(1, 900_00)
    return [held(book, "参赛运动服", fen, payee=SUPPLIERS["clothing"], item="运动服", participants="5")]
