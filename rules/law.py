"""Law as data: values by key, region and day, each with its clause; asking outside every value is an error.

A value is looked up along the union's region chain (340500 → 340000 → CN), nearest first, on the day of the
event. A union's own adopted standard comes first where it exists. What the law delegates downward and nobody
set, or what was repealed, raises `NoParameter`, which a rule reports as *not performed*: never a default.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache

from ledger.union import Standard, UnionProfile

NATION = "CN"
_DAY = datetime.timedelta(days=1)


class ValueKind(StrEnum):
    """How a value binds what is below it."""

    EXACT = "exact"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    DELEGATED = "delegated"  # the law leaves the number to a lower region or the union
    REPEALED = "repealed"  # from this day the limit no longer exists


class ValueStatus(StrEnum):
    """How sure the value is: `verified` only where the instrument itself was read."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    STANDARD = "standard"  # adopted by the union itself


class Laxer(StrEnum):
    """On which side of a limit a value asks less than the law does."""

    HIGHER = "higher"  # a cap: more is laxer
    LOWER = "lower"  # a floor: less is laxer
    NONE = "none"  # neither side asks less


@dataclass(frozen=True)
class ParameterValue:
    """One value of law, frozen into every finding that rests on it.

    `value` is yuan, a share, days or a count according to `unit` (None for delegated and repealed). `until` is
    inclusive, None while open. `instrument` is a key of `instruments.toml`, or for a union's own standard the
    document's name. `checked` is the day a person last compared the value with its source, if any did. `id`
    names the value within its key. `fraction` is the value without any rounding: two thirds have no finite
    decimal, so that `value` is rounded and a rule that counts heads compares with `fraction`.
    """

    key: str
    region: str
    in_force_from: datetime.date
    until: datetime.date | None
    value: Decimal | None
    unit: str
    kind: ValueKind
    status: ValueStatus
    instrument: str
    article: str
    quote: str = ""
    note: str = ""
    checked: datetime.date | None = None
    id: str = ""
    fraction: Fraction | None = None

    @property
    def text(self) -> str:
        """The value as the law writes it: `2/3`, `0.02`, `2200`; empty where the law sets none."""
        if self.value is None:
            return ""
        exact = self.fraction
        return str(self.value) if exact is None or exact == Fraction(self.value) else str(exact)

    @cached_property
    def fen(self) -> int:
        """The value in fen, for values in yuan."""
        if self.value is None or self.unit != "yuan":
            raise ValueError(f"{self.key} is no amount")
        return int(self.value * 100)

    @property
    def number(self) -> Decimal:
        """The value as a number; raises ValueError where the law sets none."""
        if self.value is None:
            raise ValueError(f"{self.key} has no value")
        return self.value


@dataclass(frozen=True)
class Instrument:
    """A legal instrument: number, title, issuer, days in force, how it is known, and the articles that were read.

    `certainty` is `read`, `secondary` or `remembered`; `articles` maps an article as printed to its words.
    """

    key: str
    title: str
    number: str
    issuer: str
    in_force_from: datetime.date | None
    in_force_to: datetime.date | None
    certainty: str
    source: str
    articles: Mapping[str, str]
    title_en: str = ""

    @property
    def full_title(self) -> str:
        """Title and number, as a report cites it."""
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"

    def words(self, article: str) -> str:
        """Return the exact words of an article, of all its items where only those are kept, or nothing if unread."""
        if article in self.articles:
            return self.articles[article]
        return "\n".join(text for name, text in self.articles.items() if name.startswith(f"{article} "))


@dataclass(frozen=True)
class Gap:
    """Days for which a region's value is unknown or did not exist, with the reason; both days inclusive."""

    region: str
    since: datetime.date
    until: datetime.date
    reason: str


@dataclass(frozen=True)
class Parameter:
    """All values of one key, oldest first, with what it is called and measured in.

    `laxer` says on which side of the value less is asked. `category` is the word that a register uses for the
    thing the key is about (`计算机设备` of `asset.life_min.computer`), empty for most keys. `gaps` are the
    stretches in which a region has no value, each explained.
    """

    key: str
    label: str
    label_en: str
    unit: str
    values: tuple[ParameterValue, ...]
    laxer: Laxer = Laxer.NONE
    description: str = ""
    category: str = ""
    gaps: tuple[Gap, ...] = ()

    @cached_property
    def by_region(self) -> Mapping[str, Sequence[ParameterValue]]:
        """The values of each region, oldest first."""
        regions: dict[str, list[ParameterValue]] = {}
        for value in self.values:
            regions.setdefault(value.region, []).append(value)
        return regions


class NoParameter(LookupError):
    """No value of law answers for that key, day and region; the message says which, in Chinese and English."""

    def __init__(self, key: str, label: str, day: datetime.date, regions: Sequence[str], why: str = "") -> None:
        super().__init__(key)
        self.key, self.day, self.regions = key, day, tuple(regions)
        self._label, self._why = label, why

    def __str__(self) -> str:
        return self.zh

    # Many are raised and few are read, so that the sentences are made for whoever asks.

    @property
    def zh(self) -> str:
        """The message in Chinese."""
        because = f"（{self._why}）" if self._why else ""
        chain = " → ".join(self.regions)
        at = self.day.isoformat()
        return f"无法判定：缺依据。参数 {self.key}（{self._label}）在 {at}、地区 {chain} 没有可用的值{because}"

    @property
    def en(self) -> str:
        """The message in English."""
        return f"cannot be decided: no value of {self.key} on {self.day.isoformat()} for {' → '.join(self.regions)}"


@lru_cache(maxsize=1024)
def region_chain(region: str) -> tuple[str, ...]:
    """Return a region with everything above it, nearest first: `340503 → 340500 → 340000 → CN`."""
    chain = [region]
    for kept in (4, 2):
        wider = region[:kept].ljust(6, "0")
        if wider not in chain:
            chain.append(wider)
    return (*chain, NATION)


@dataclass(frozen=True)
class Law:
    """Every parameter and instrument that the rules may use."""

    parameters: Mapping[str, Parameter] = field(repr=False)
    instruments: Mapping[str, Instrument] = field(repr=False)
    version: str

    def value(self, key: str, day: datetime.date, union: UnionProfile) -> ParameterValue:
        """Return the value in force for a union on a day, or raise NoParameter.

        Order: the union's own standard, then the nearest region that has a value in force on that day.
        """
        parameter = self.parameters.get(key)
        label = parameter.label if parameter else key
        chain = region_chain(union.region)
        for standard in union.standards:
            if standard.key == key and standard.since <= day and (standard.until is None or day <= standard.until):
                return _adopted(standard, parameter)
        if parameter is None:
            raise NoParameter(key, label, day, chain, "没有这个参数")
        for region in chain:
            found = self._in_force(parameter, region, day)
            if found is None:
                for gap in parameter.gaps:
                    if gap.region == region and gap.since <= day <= gap.until:
                        raise NoParameter(key, label, day, chain, gap.reason)
                continue
            if found.kind is ValueKind.DELEGATED:
                raise NoParameter(key, label, day, chain, f"由下级规定，{found.note or '尚无规定'}")
            if found.kind is ValueKind.REPEALED:
                raise NoParameter(key, label, day, chain, "已废止")
            return found
        raise NoParameter(key, label, day, chain)

    def turns(self, key: str, union: UnionProfile) -> tuple[datetime.date, ...]:
        """Return the days on which what `value` answers for a key may change, oldest first; in between it stays."""
        own = [(s.since, s.until) for s in union.standards if s.key == key]
        chain, parameter = region_chain(union.region), self.parameters.get(key)
        if parameter is not None:
            own += [(v.in_force_from, v.until) for region in chain for v in parameter.by_region.get(region, ())]
            own += [(gap.since, gap.until) for gap in parameter.gaps if gap.region in chain]
        after = {until + _DAY for _, until in own if until is not None and until < datetime.date.max}
        return tuple(sorted(after.union(since for since, _ in own)))

    def key_of(self, prefix: str, category: str) -> str | None:
        """Return the key below a prefix that is about a category: `asset.life_min`, `车辆` → its key, or None."""
        for key, parameter in self.parameters.items():
            if parameter.category == category and key.startswith(f"{prefix}."):
                return key
        return None

    @staticmethod
    def _in_force(parameter: Parameter, region: str, day: datetime.date) -> ParameterValue | None:
        for value in parameter.by_region.get(region, ()):
            if value.in_force_from <= day and (value.until is None or day <= value.until):
                return value
        return None


def _adopted(standard: Standard, parameter: Parameter | None) -> ParameterValue:
    return ParameterValue(
        key=standard.key,
        region="union",
        in_force_from=standard.since,
        until=standard.until,
        value=standard.value,
        unit=parameter.unit if parameter else "yuan",
        kind=ValueKind.EXACT,
        status=ValueStatus.STANDARD,
        instrument=standard.instrument,
        article=standard.article,
        note="本单位采用的标准",
        fraction=Fraction(standard.value),
    )
