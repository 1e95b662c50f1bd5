"""Case files `tests/rules/CODE.md`: cases of a rule that an auditor can read, and the books made of them.

A file is a title line `# CODE 名称` and cases, each a heading `## 名称 {tag}`, a sentence, a `toml` block with
what must come out, a `beancount` block and any number of `csv NAME` blocks. A malformed file is refused with the
file, the line and the way out; unknown keys are refused, because a misspelt expectation would expect nothing.
"""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.period import Period, PeriodError, parse_period
from ledger.facts import REGISTERS
from rules.finding import Certainty, Kind, Status

TAGS = ("hit", "clean", "boundary", "missing", "not-applicable", "change")
BANK = "Assets:102-银行存款:01-基本户"

_EXPECTATIONS = (
    "status",
    "count",
    "certainty",
    "amount_fen",
    "messages",
    "period",
    "kind",
    "subject",
    "faulty",
    "union",
    "standards",
)
_UNION = {
    "name": "某市第一医院工会委员会",
    "code": "81340500MC0000000X",
    "level": "grassroots",
    "region": "340500",
    "system": "medical",
    "established": datetime.date(2005, 3, 1),
    "parent": "某市总工会",
}
_EARLIER = "earlier_collections"  # [[funds.earlier]]
_OTHER_SECTIONS = {"collection": ("funds", "direct"), "accounts": ("bank", [BANK])}

_TITLE = re.compile(r"# (?P<code>[A-Z]{3}\d{2}) (?P<title>\S.*)")
_HEADING = re.compile(r"## (?P<name>[^{}]+?)(?P<tags>( *\{[^{}]*\})+)")
_FENCE = re.compile(r"```(?P<info>.*)")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[ \t]")
_OPEN = re.compile(r"\d{4}-\d{2}-\d{2}\s+open\s+(\S+)")
_ACCOUNT = re.compile(r"(?<!\S)((?:Assets|Liabilities|Equity|Income|Expenses):\d[^\s\"]*)")
_LATEST_OPENING = datetime.date(2009, 12, 31)


class CaseFileError(ValueError):
    """A case file that cannot be used: file, line, what is wrong and the way out."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path.name}:{line}: {message}")


@dataclass(frozen=True)
class Expected:
    """What a case must come out as; None and empty: not said. `faulty` allows faults that the reader reports."""

    status: Status
    count: int
    period: Period
    kind: Kind
    subject: str = ""
    certainty: Certainty | None = None
    amount_fen: int | None = None
    messages: tuple[str, ...] = ()
    faulty: bool = False


@dataclass(frozen=True)
class RuleCase:
    """One case: its heading and tags, the book as files by path, and what must come out."""

    code: str
    name: str
    tags: frozenset[str]
    line: int
    expected: Expected
    files: Mapping[str, str]

    def write(self, folder: Path) -> Path:
        """Write the case's book into a folder and return the folder."""
        for path, text in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return folder


@dataclass
class _Draft:
    name: str
    tags: frozenset[str]
    line: int
    prose: bool = False
    toml: tuple[int, str] | None = None
    beancount: tuple[int, str] | None = None
    registers: dict[str, str] = field(default_factory=dict)


def parse_case_file(path: Path) -> tuple[RuleCase, ...]:
    """Return the cases of a file, in its order, or raise CaseFileError for the first fault."""
    code, drafts = _read(path)
    names = [draft.name for draft in drafts]
    for draft in drafts:
        if names.count(draft.name) > 1:
            raise CaseFileError(path, draft.line, f"two cases are called {draft.name}; name them apart")
    return tuple(_finish(path, code, draft) for draft in drafts)


def _read(path: Path) -> tuple[str, list[_Draft]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    title = _TITLE.fullmatch(lines[0].rstrip()) if lines else None
    if title is None or title["code"] != path.stem:
        raise CaseFileError(path, 1, f"the first line must be `# {path.stem} 名称`")
    drafts: list[_Draft] = []
    numbered = iter(enumerate(lines[1:], 2))
    for number, line in numbered:
        if line.startswith("## "):
            drafts.append(_heading(path, number, line.rstrip()))
        elif line.startswith("#"):
            raise CaseFileError(path, number, "only `## 名称 {tag}` headings may follow the title")
        elif fence := _FENCE.fullmatch(line.rstrip()):
            if not drafts:
                raise CaseFileError(path, number, "a block before the first case heading")
            _keep(path, number, drafts[-1], fence["info"].strip(), _block(path, number, numbered))
        elif line.strip() and drafts:
            drafts[-1].prose = True
    if not drafts:
        raise CaseFileError(path, 1, "no case; write `## 名称 {hit}` headings")
    return title["code"], drafts


def _heading(path: Path, number: int, line: str) -> _Draft:
    match = _HEADING.fullmatch(line)
    if match is None:
        raise CaseFileError(path, number, f"the heading has no tag; add one or more of {{{'} {'.join(TAGS)}}}")
    tags = [word for part in re.findall(r"\{([^{}]*)\}", match["tags"]) for word in part.replace(",", " ").split()]
    for tag in tags:
        if tag not in TAGS:
            raise CaseFileError(path, number, f"unknown tag {tag}; tags are {', '.join(TAGS)}")
    if not tags:
        raise CaseFileError(path, number, f"an empty tag; tags are {', '.join(TAGS)}")
    return _Draft(match["name"].strip(), frozenset(tags), number)


def _block(path: Path, start: int, numbered: Iterator[tuple[int, str]]) -> str:
    body = []
    for _, line in numbered:
        if line.rstrip() == "```":
            return "\n".join(body) + "\n" if body else ""
        body.append(line)
    raise CaseFileError(path, start, "the block is never closed with ```")


def _keep(path: Path, number: int, draft: _Draft, info: str, body: str) -> None:
    if info == "toml" and draft.toml is None:
        draft.toml = (number, body)
    elif info == "beancount" and draft.beancount is None:
        draft.beancount = (number, body)
    elif info.startswith("csv ") and info[4:] in REGISTERS and info[4:] not in draft.registers:
        draft.registers[info[4:]] = body
    elif info.startswith("csv "):
        raise CaseFileError(path, number, f"`{info}`: unknown or repeated register; known: {', '.join(REGISTERS)}")
    else:
        raise CaseFileError(path, number, f"`{info}`: want one toml, one beancount, and csv NAME blocks")


def _finish(path: Path, code: str, draft: _Draft) -> RuleCase:
    if draft.toml is None:
        raise CaseFileError(path, draft.line, "the case has no toml block with its status")
    if not draft.prose:
        raise CaseFileError(path, draft.line, "the case has no sentence; say in one what happened")
    line, text = draft.toml
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CaseFileError(path, line, f"not TOML: {error}") from None
    reader = _Table(path, line, table)
    expected = reader.expected()
    changed = reader.get("union", dict, {})
    reader.known(changed, (*_UNION, *_OTHER_SECTIONS, _EARLIER), "union.")
    standards = reader.get("standards", list, [])
    body = draft.beancount[1] if draft.beancount else ""
    files = book_files(body, draft.registers, union=changed, standards=standards)
    return RuleCase(code, draft.name, draft.tags, draft.line, expected, files)


def book_files(
    body: str,
    registers: Mapping[str, str],
    *,
    union: Mapping[str, object] | None = None,
    standards: Iterable[Mapping[str, object]] = (),
) -> dict[str, str]:
    """Return the files of a small book: the usual union, or what `union` changes of it, and the vouchers' text."""
    return {
        "union.toml": _union_toml(union or {}, standards),
        "main.beancount": _MAIN,
        "accounts.beancount": _opened(body),
        "vouchers.beancount": body,
        **{f"registers/{name}.csv": csv for name, csv in registers.items()},
    }


def _union_toml(changed: Mapping[str, object], standards: Iterable[Mapping[str, object]]) -> str:
    lines = ["[union]"]
    lines += [f"{key} = {_toml(changed.get(key, usual))}" for key, usual in _UNION.items()]
    for key, (section, default) in _OTHER_SECTIONS.items():
        lines += [f"[{section}]", f"{key} = {_toml(changed.get(key, default))}"]
    earlier = changed.get(_EARLIER, [])
    for entry in earlier if isinstance(earlier, list) else []:
        lines += ["[[funds.earlier]]", *(f"{key} = {_toml(value)}" for key, value in entry.items())]
    for standard in standards:
        lines += ["[[standards]]", *(f"{key} = {_toml(value)}" for key, value in standard.items())]
    return "\n".join(lines) + "\n"


_MAIN = """option "title" "测试账套"
option "operating_currency" "CNY"
option "tolerance_multiplier" "0"
include "accounts.beancount"
include "vouchers.beancount"
"""


def _opened(body: str) -> str:
    """Return open directives for every account that the block uses and does not open itself."""
    own = set(_OPEN.findall(body))
    used = {BANK} | {a for line in body.splitlines() for a in _ACCOUNT.findall(line.split(";")[0])}
    days = [datetime.date.fromisoformat(day) for day in _DATED.findall(body)]
    first = min([_LATEST_OPENING, *(day - datetime.timedelta(days=1) for day in days)])
    return "".join(f"{first.isoformat()} open {account} CNY\n" for account in sorted(used - own))


class _Table:
    """The toml block of one case."""

    def __init__(self, path: Path, line: int, table: Mapping[str, Any]) -> None:
        self.path, self.line, self.table = path, line, table

    def refuse(self, message: str) -> CaseFileError:
        return CaseFileError(self.path, self.line, message)

    def expected(self) -> Expected:
        self.known(self.table, _EXPECTATIONS, "")
        status = Status(self.word("status", [str(s) for s in Status], None))
        count = self.get("count", int, 0)
        if (count > 0) != (status is Status.FINDINGS):
            raise self.refuse(f"count = {count} does not go with status = {status}")
        certainty = self.word("certainty", [str(c) for c in Certainty], "")
        try:
            period = parse_period(self.get("period", str, "2025"))
        except PeriodError as error:
            raise self.refuse(error.en) from None
        messages = self.get("messages", list, [])
        if not all(isinstance(message, str) and message for message in messages):
            raise self.refuse("messages must be a list of texts")
        return Expected(
            status=status,
            count=count,
            period=period,
            kind=Kind(self.word("kind", [str(k) for k in Kind], "annual")),
            subject=self.get("subject", str, ""),
            certainty=Certainty(certainty) if certainty else None,
            amount_fen=self.get("amount_fen", int, None),
            messages=tuple(messages),
            faulty=self.get("faulty", bool, False),
        )

    def known(self, table: Mapping[str, Any], keys: tuple[str, ...], prefix: str) -> None:
        for key in table:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1)
                hint = f"; is {prefix}{near[0]} meant?" if near else f"; known: {', '.join(keys)}"
                raise self.refuse(f"unknown key {prefix}{key}{hint}")

    def get(self, key: str, kind: type, default: Any) -> Any:
        value = self.table.get(key, default)
        if value is not default and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            raise self.refuse(f"{key} must be {kind.__name__}")
        return value

    def word(self, key: str, words: list[str], default: str | None) -> str:
        value = self.table.get(key, default)
        if (value not in words and value != default) or value is None:
            raise self.refuse(f"{key} must be one of {', '.join(words)}")
        return str(value)


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
