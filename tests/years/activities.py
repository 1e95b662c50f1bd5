"""Activities of a clean year: an outing, a sports day with prizes and meals, courses, the library, small matters."""

from __future__ import annotations

from fractions import Fraction

from ledger.example.names import BANK, SUPPLIERS
from rules.law import NoParameter
from tests.years.book import Year
from tests.years.people import active_members
from tests.years.welfare import grant_rows

# Narration, supplier, account, item, and the range of yuan: matters that no rule minds.
ORDINARY = (
    ("职工书屋图书购置", "books", "worker_library_expense", "图书", (300, 900)),
    ("乒乓球协会活动场地租金", "stadium", "culture_sports_expense", "场地租赁费", (300, 900)),
    ("职工之家棋牌用品", "sports", "union_home_building_expense", "象棋、跳棋", (120, 480)),
    ("夏送清凉：绿豆、藿香正气水", "medicine", "warmth_relief_expense", "藿香正气水", (300, 900)),
    ("工会小组长业务培训资料印刷", "print", "training_expense", "印刷服务", (150, 600)),
    ("工资集体协商文本印制", "print", "labour_relations_expense", "印刷服务", (100, 400)),
    ("安全生产宣传展板制作", "media", "publicity_expense", "展板制作服务", (200, 800)),
    ("职工技能竞赛场地布置", "media", "labour_competition_expense", "场地布置服务", (300, 900)),
    ("职工法律咨询服务", "law", "legal_aid_expense", "法律服务费", (500, 1500)),
    ("会员代表大会会场租金", "hotel", "meeting_expense", "会议场地租赁费", (400, 1200)),
    ("职工素质讲座资料", "training", "worker_education_expense", "培训资料", (200, 700)),
    ("工会办公用复印纸", "office", "other_operating_expense", "复印纸", (80, 300)),
)


def activities(book: Year) -> None:
    """Add the year's activities."""
    for narration, supplier, meaning, item, (low, high) in ORDINARY:
        for month in book.rng.sample(range(1, 12), book.rng.randint(1, 3)):
            fen = book.rng.randint(low * 100, high * 100)
            day = book.day(month, book.rng.randint(3, 24))
            book.spend(day, SUPPLIERS[supplier], f"{month}月{narration}", book.account(meaning), fen, item=item)
    for month in range(1, 13):
        fen = book.rng.randint(800, 2500)
        book.spend(book.day(month, 25), BANK, f"{month}月账户手续费", book.account("other_operating_expense"), fen)
    _outing(book)
    _sports_day(book)


def _outing(book: Year) -> None:
    month = book.rng.choice((4, 10))
    heads = len(active_members(book))
    when = book.day(month, 18)
    cap = book.cap("outing.day_cap", when) or 100_00
    per_head = min(cap, 100_00) * book.rng.randint(50, 95) // 100
    name = f"{book.year}年{'春' if month == 4 else '秋'}游"
    for narration, supplier, item, share in (("包车", "coach", "客运服务", 55), ("门票", "garden", "门票", 45)):
        book.spend(
            when,
            SUPPLIERS[supplier],
            f"{name[-2:]}{narration}",
            book.account("member_event_expense", "08-春秋游"),
            per_head * heads * share // 100,
            item=item,
            activity=name,
            activity_type="outing",
            participants=str(heads),
            days="1",
            nights="0",
            destination="城郊农业观光园",
        )


def _sports_day(book: Year) -> None:
    month = book.rng.choice((5, 6, 10))
    when = book.day(month, 16)
    members = active_members(book)
    name = f"{book.year}年职工运动会"
    about = {"activity": name, "activity_type": "sports", "participants": str(len(members))}
    account = book.account("culture_sports_expense", "01-职工运动会")
    fen = book.rng.randint(300_00, 900_00)
    book.spend(when, SUPPLIERS["sports"], "职工运动会器材租用", account, fen, item="体育器材租用", **about)
    meal = book.cap("meal.cap", when) or 30_00
    each = meal * book.rng.randint(50, 100) // 100
    book.spend(
        when, SUPPLIERS["canteen"], "职工运动会工作餐", account, each * len(members), item="盒饭", days="1", **about
    )
    try:
        share = book.law.value("award.share", when, book.profile).fraction or Fraction(1, 3)
    except NoParameter:
        share = Fraction(1, 3)
    winners = book.rng.sample(members, max(1, int(len(members) * min(share, Fraction(1, 3)))))
    cap = book.cap("award.individual_cap", when) or 200_00
    prize = min(cap, 200_00) * book.rng.randint(30, 100) // 10_000 * 100
    event = book.spend(
        when,
        SUPPLIERS["sports"],
        f"职工运动会奖品（获奖{len(winners)}人）",
        account,
        prize * len(winners),
        item="保温杯",
        occasion="奖励",
        awarded=str(len(winners)),
        **about,
    )
    grant_rows(event, winners, "奖励", prize, "goods", f"奖励:{name}")
