"""Checks that need more than one value of law: overlaps and gaps in time, and regions against what binds them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from rules.law import Gap, Instrument, Parameter, ParameterValue, ValueKind, ValueStatus, region_chain
from rules.law_schema import Cursor, without_space

_DAY = datetime.timedelta(days=1)
_NUMBERED = (ValueKind.EXACT, ValueKind.MINIMUM, ValueKind.MAXIMUM)


def check_time(cursor: Cursor, values: Sequence[ParameterValue], gaps: Sequence[Gap]) -> None:
    """Note every overlap, and every gap without an entry under [[gaps]], within one region of one key."""
    used: set[Gap] = set()
    in_order = sorted(values, key=lambda v: (v.region, v.in_force_from))
    for region, group in groupby(in_order, key=lambda v: v.region):
        for earlier, later in pairwise(group):
            here = cursor.at(cursor.key, later.id)
            if earlier.until is None or earlier.until >= later.in_force_from:
                here.fault(
                    f"与“{earlier.id}”在地区 {region} 的时间重叠",
                    f"把“{earlier.id}”的 to 改为 {later.in_force_from - _DAY} 或更早",
                )
                continue
            first, last = earlier.until + _DAY, later.in_force_from - _DAY
            if first > last:
                continue
            covering = [gap for gap in gaps if gap.region == region and gap.since <= first and last <= gap.until]
            used.update(covering)
            if not covering:
                here.fault(
                    f"地区 {region} 从 {first} 到 {last} 没有值，也没有说明",
                    f'补上这段的值，或写 [[gaps]] region = "{region}"、from = {first}、to = {last}、reason = "…"',
                )
    for gap in gaps:
        if gap not in used:
            cursor.at(cursor.key, f"gaps {gap.region} {gap.since}").fault(
                "这条说明不对应任何空档", "删去，或使起止日期正好覆盖两个值之间的空档"
            )


def check_regions(cursor: Cursor, values: Sequence[ParameterValue]) -> None:
    """Note every region's number that breaks a maximum or minimum of a region above it in force on the same days."""
    for below in values:
        if below.value is None or below.region == "CN":
            continue
        above = region_chain(below.region)[1:]
        for limit in values:
            if limit.region not in above or limit.value is None or not _meet(below, limit):
                continue
            low = limit.kind is ValueKind.MINIMUM and below.value < limit.value
            high = limit.kind is ValueKind.MAXIMUM and below.value > limit.value
            if low or high:
                cursor.at(cursor.key, below.id).fault(
                    f"地区 {below.region} 的 {below.text} {'低于' if low else '高于'}上级地区 {limit.region} "
                    f"同时有效的{'下限' if low else '上限'} {limit.text}（“{limit.id}”）",
                    "核对两处原文，改正数值、kind 或起止日期",
                )


def _meet(one: ParameterValue, other: ParameterValue) -> bool:
    forever = datetime.date.max
    return one.in_force_from <= (other.until or forever) and other.in_force_from <= (one.until or forever)


def check_sources(cursor: Cursor, parameter: Parameter, instruments: Mapping[str, Instrument]) -> None:
    """Note every value whose source does not carry it: unknown instrument, or `verified` without the words read."""
    for value in parameter.values:
        here = cursor.at(parameter.key, value.id)
        instrument = instruments.get(value.instrument)
        if instrument is None:
            if value.instrument:
                here.fault(f"instruments.toml 里没有文件“{value.instrument}”", "先登记该文件，或改正 cite.instrument")
            continue
        if value.kind in _NUMBERED and value.value is None:
            here.fault(f"kind 为 {value.kind} 却没有 value", "补上 value，或把 kind 改为 delegated、repealed")
        if value.kind not in _NUMBERED and value.value is not None:
            here.fault(f"kind 为 {value.kind} 却写了 value", "删去 value，或改正 kind")
        if value.status is ValueStatus.VERIFIED:
            _check_verified(here, value, instrument)


def _check_verified(here: Cursor, value: ParameterValue, instrument: Instrument) -> None:
    if not value.article or not value.quote:
        here.fault("status 为 verified 却没有条款或引文", "补全 cite.article 和 cite.quote，否则改为 unverified")
        return
    if instrument.certainty != "read":
        here.fault(f"文件“{instrument.key}”没有读到原文，不能 verified", "改为 unverified")
        return
    words = instrument.articles.get(value.article)
    if words is None:
        here.fault(f"instruments.toml 里“{instrument.key}”没有“{value.article}”的原文", "登记该条原文，或改正条款")
    elif without_space(value.quote) not in without_space(words):
        here.fault(f"引文不是“{value.article}”里的原话", "逐字照录原文")


def check_ids(cursor: Cursor, values: Iterable[ParameterValue]) -> None:
    """Note every id that two values of one key share: findings name a value by it."""
    seen: set[str] = set()
    for value in values:
        if value.id in seen:
            cursor.at(cursor.key, value.id).fault("id 重复", "同一参数内每个值用不同的 id")
        seen.add(value.id)
