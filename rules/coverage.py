"""The library of rules as people ask for it: the list, the page of one rule, and what of the known is covered.

Every irregularity of `rules/catalogue.toml` is covered in one of four ways: by a rule that may establish it, by a
rule that only leads to it, by a step that the audit committee takes by hand, or not yet. The last is said as
plainly as the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rules.finding import NO_TEXT, Severity, Text
from rules.law_loader import data_text
from rules.law_schema import Cursor, LawError, LawFault
from rules.pages import rule_page
from rules.rule import Rule

__all__ = ["LEVELS", "Covered", "KnownItem", "ListedRule", "Way", "catalogue", "coverage", "rule_list", "rule_page"]

LEVELS = ("breach", "lead", "form", "mixed")
CATALOGUE_FILE = "catalogue.toml"
ITEM_KEYS = ("zh", "en", "level", "by", "manual_zh", "manual_en")

_CODE = re.compile(r"[A-Z]{3}\d{2}")


class Way(StrEnum):
    """How a known irregularity is covered."""

    RULE = "rule"
    LEAD = "lead"  # rules look for it, and none may establish it
    MANUAL = "manual"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class KnownItem:
    """One irregularity known in the audit of union funds, whether a rule checks it or not.

    `level` is one of LEVELS; `by` names rules of other codes that see the same cause. `manual` says why books and
    registers cannot show it and what the committee does by hand instead; empty for most.
    """

    code: str
    title: Text
    level: str
    by: tuple[str, ...] = ()
    manual: Text = NO_TEXT


@dataclass(frozen=True)
class Covered:
    """A known irregularity with the rules that check it; none, and no step by hand: not checked yet."""

    item: KnownItem
    checks: tuple[Rule, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """Codes of the rules that check it."""
        return tuple(rule.code for rule in self.checks)

    @property
    def way(self) -> Way:
        """How it is covered; a rule counts before a step by hand."""
        if self.checks:
            return Way.LEAD if all(rule.lead_only for rule in self.checks) else Way.RULE
        return Way.MANUAL if self.item.manual.zh else Way.NOT_YET

    @property
    def how(self) -> Text:
        """How it is checked, in words: by which rules, as a lead only, by which step by hand, or not yet."""
        codes = Text("、".join(self.rules), ", ".join(self.rules))
        match self.way:
            case Way.RULE:
                return Text(f"规则 {codes.zh}", f"rule {codes.en}")
            case Way.LEAD:
                return Text(f"只出疑点：规则 {codes.zh}", f"lead only: rule {codes.en}")
            case Way.MANUAL:
                return Text(f"人工程序：{self.item.manual.zh}", f"by hand: {self.item.manual.en}")
        return Text("尚无规则", "no rule yet")

    @property
    def needs(self) -> tuple[str, ...]:
        """Registers without which one of its rules is not performed, each once."""
        return tuple(dict.fromkeys(name for rule in self.checks for name in rule.needs))

    @property
    def instruments(self) -> tuple[str, ...]:
        """Keys of the instruments that its rules cite, each once."""
        return tuple(dict.fromkeys(c.instrument for rule in self.checks for c in rule.citations))


@dataclass(frozen=True)
class ListedRule:
    """One row of the list of rules."""

    code: str
    title: Text
    severity: Severity
    needs: tuple[str, ...]


@cache
def catalogue() -> tuple[KnownItem, ...]:
    """Return every known irregularity in the order of the catalogue; raises LawError with every fault of its file."""
    return parse_catalogue(data_text(CATALOGUE_FILE))


def parse_catalogue(text: str) -> tuple[KnownItem, ...]:
    """Return the irregularities that a catalogue lists; raises LawError with every fault, an unknown key among them."""
    faults: list[LawFault] = []
    cursor = Cursor(CATALOGUE_FILE, faults)
    data = cursor.toml(text)
    cursor.known(data, ("items",))
    items = tuple(
        _item(cursor.at(code), code, entry) for code, entry in cursor.table("items", data.get("items")).items()
    )
    if faults:
        raise LawError(faults)
    return items


def _item(here: Cursor, code: str, value: object) -> KnownItem:
    if not _CODE.fullmatch(code):
        here.fault(f"“{code}”不是编号", "三个大写字母加两位数字，例如 INC01")
    entry = here.table(code, value)
    here.known(entry, ITEM_KEYS)
    by = entry.get("by", [])
    if not isinstance(by, list) or not all(isinstance(other, str) and _CODE.fullmatch(other) for other in by):
        here.fault("“by”不是一组规则编号", '写作 by = ["STM01"]')
        by = []
    # A step by hand is written in both languages or in none.
    manual = "manual_zh" in entry or "manual_en" in entry
    return KnownItem(
        code=code,
        title=Text(here.text("zh", entry.get("zh")), here.text("en", entry.get("en"))),
        level=here.choice("level", entry.get("level"), LEVELS),
        by=tuple(by),
        manual=Text(
            here.text("manual_zh", entry.get("manual_zh"), required=manual),
            here.text("manual_en", entry.get("manual_en"), required=manual),
        ),
    )


def coverage(rules: Iterable[Rule]) -> tuple[Covered, ...]:
    """Return every known irregularity with the rules, of those given, that check it."""
    by_code = {rule.code: rule for rule in rules}
    return tuple(
        Covered(item, tuple(by_code[code] for code in dict.fromkeys((item.code, *item.by)) if code in by_code))
        for item in catalogue()
    )


def rule_list(rules: Iterable[Rule]) -> tuple[ListedRule, ...]:
    """Return one row a rule, in order of code."""
    ordered = sorted(rules, key=lambda rule: rule.code)
    return tuple(ListedRule(rule.code, rule.title, rule.severity, rule.needs) for rule in ordered)
