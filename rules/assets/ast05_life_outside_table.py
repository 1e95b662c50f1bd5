"""折旧年限短于规定：资产卡片的使用年限低于折旧年限表的下限，或专用设备超过上限。

检查内容
逐件比较期末在用的固定资产卡片的使用年限与附录2中该类别的年限：低于“不低于”的年数，或超出专用设备的区间。每件列一项，
金额为每年多提（或少提）的折旧。2022年以前取得的按 2022 年 1 月 1 日起施行的年限表。
依据
《工会会计制度》（财会〔2021〕7号）第三十五条；附录2工会固定资产折旧年限表。
危害
年限定短，账面净值过早为零，资产容易脱离管理；年限定长，净值虚高。
反例
计算机设备使用年限 5 年（规定不低于 6 年）。
正例
计算机设备 6 年，体育设备 10 年（规定 5 至 15 年）。
参数
asset.life_min.*（最低年限）、asset.life_max.*（专用设备最高年限），按类别查。
局限
类别写法须与年限表一致，不在表内的报告为未能检查。已提足折旧的资产不影响结果。
"""

from __future__ import annotations

import datetime

from ledger.money import shown_yuan
from rules.assets.cards import Card, cards
from rules.assets.depreciation import START
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.law import NoParameter, ParameterValue
from rules.rule import Case, rule

_LEAST, _MOST = "asset.life_min", "asset.life_max"


# The table of lives by the last word of each key: only special equipment has a longest life as well.
_SPECIAL = (
    "art_equipment",
    "environmental_equipment",
    "food_equipment",
    "garment_equipment",
    "medical_equipment",
    "recreation_equipment",
    "safety_equipment",
    "sports_equipment",
    "textile_equipment",
)
_OTHER = (
    "archive_equipment",
    "brick_concrete_building",
    "brick_timber_building",
    "broadcast_equipment",
    "building_facility",
    "communication_equipment",
    "computer",
    "electrical_equipment",
    "electronic_measuring",
    "furniture",
    "instrument",
    "machinery",
    "measuring_standard",
    "office_equipment",
    "radar_and_navigation",
    "reinforced_concrete_building",
    "simple_building",
    "steel_building",
    "structure",
    "utensil",
    "vehicle",
)
_KEYS = (*(f"{_LEAST}.{name}" for name in (*_OTHER, *_SPECIAL)), *(f"{_MOST}.{name}" for name in _SPECIAL))


@rule(
    code="AST05",
    name="asset-life-outside-table",
    title=Text("折旧年限短于规定", "Useful life below the table"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-system-2021", "第三十五条"),
        Citation("accounting-system-2021", "附录2 工会固定资产折旧年限表"),
    ),
    needs=("assets",),
    parameters=_KEYS,
)
def check(case: Case) -> Checked:
    """Report cards whose life is shorter than the table's least, or longer than its most."""
    if case.until < START:
        return not_applicable("2022年以前的工会会计制度不提折旧", "before 2022 unions did not depreciate")
    held = [c for c in cards(case) if c.own and not c.exempt and not c.intangible and c.held_on(case.until)]
    if not held:
        return not_applicable("没有须提折旧的资产卡片", "no cards of assets that are depreciated")
    findings: list[Finding] = []
    strange: list[Card] = []
    without: list[Card] = []
    limits: dict[tuple[str, datetime.date], tuple[ParameterValue | None, ParameterValue | None]] = {}
    for card in held:
        place = (card.category, max(START, card.acquired or START))
        if place not in limits:
            limits[place] = (_value(case, _LEAST, *place), _value(case, _MOST, *place))
        least, most = limits[place]
        if card.life_years is None:
            without.append(card)
        elif least is None:
            strange.append(card)
        elif card.life_years < least.number:
            findings.append(_finding(case, card, least, "短于", "shorter"))
        elif most is not None and card.life_years > most.number:
            findings.append(_finding(case, card, most, "长于", "longer"))
    untested = []
    if strange:
        zh = f"资产 {joined([f'{c.shown}（{c.category}）' for c in strange])} 的类别不在折旧年限表中"
        untested.append(Text(zh, f"{len(strange)} cards of categories that are not in the table"))
    if without:
        zh = f"资产 {joined([c.shown for c in without])} 没有填使用年限（life_years）"
        untested.append(Text(zh, f"{len(without)} cards without life_years"))
    return examined(len(held) - len(strange) - len(without), findings, untested)


def _value(case: Case, prefix: str, category: str, day: datetime.date) -> ParameterValue | None:
    key = case.law.key_of(prefix, category)
    try:
        return case.value(key, day) if key else None
    except NoParameter:
        return None


def _finding(case: Case, card: Card, limit: ParameterValue, zh: str, en: str) -> Finding:
    years = card.life_years or 1
    allowed = max(1, int(limit.number))
    apart = abs(card.cost_fen // years - card.cost_fen // allowed)
    word = "不低于" if zh == "短于" else "不超过"
    effect = f"，每年{'多' if zh == '短于' else '少'}提折旧 {shown_yuan(apart)} 元"
    table = f"{word} {limit.text} 年"
    found = Text(f"使用年限 {years} 年，规定{table}", f"a life of {years} years, the table: {limit.text}")
    return case.finding(
        card.asset_id or card.name,
        message=Text(
            f"“{card.shown}”（{card.category}，原值 {shown_yuan(card.cost_fen)} 元）{found.zh}{effect}",
            f"{card.shown} ({shown_yuan(card.cost_fen)} yuan): {found.en}, {en} than allowed",
        ),
        expected=Text(f"{card.category}{table}", f"within the table: {limit.text} years"),
        found=found,
        remedy=Text("按年限表重定使用年限，以后各期按未来适用法计提", "set the life by the table and go on from there"),
        evidence=(card.evidence(found),),
        amount_fen=apart,
        parameters=(limit,),
        related=("AST04",),
    )
