"""Sections that several reports share: the law applied, the union itself, its statements."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from ledger.facts import Facts
from ledger.register_rows import MemberRow, OfficerRow, rows_of_register
from reports.model import Block, Column, Heading, Paragraph, Row, Table
from reports.periods import period_text
from reports.statements import Statement, StatementError, balance_sheet, income_statement
from reports.words import say, wording
from rules.finding import AuditResult, Citation, Status, Text
from rules.law import Law
from rules.rule import all_rules

LEVELS: Mapping[str, Text] = MappingProxyType(
    {
        "grassroots": Text("基层工会", "grassroots union"),
        "county": Text("县级工会", "county union"),
        "city": Text("市级工会", "city union"),
        "province": Text("省级工会", "provincial union"),
        "national": Text("全国总工会", "national federation"),
    }
)
COLLECTIONS: Mapping[str, Text] = MappingProxyType(
    {
        "direct": Text("自主拨缴", "paid by the employer directly"),
        "tax": Text("税务代收", "collected by the tax authority"),
        "treasury": Text("财政划拨", "transferred by the treasury"),
    }
)
POSTS: Mapping[str, Text] = MappingProxyType(
    {
        "chair": Text("工会主席", "chair"),
        "vice_chair": Text("工会副主席", "vice chair"),
        "finance": Text("财务负责人", "head of finance"),
        "accountant": Text("会计", "accountant"),
        "cashier": Text("出纳", "cashier"),
        "audit_chair": Text("经费审查委员会主任", "chair of the funds audit committee"),
        "audit_member": Text("经费审查委员会委员", "member of the funds audit committee"),
        "asset_keeper": Text("资产管理员", "keeper of assets"),
        "seal_keeper": Text("印章保管人", "keeper of the seal"),
    }
)
_MEMBER_STATUS: Mapping[str, Text] = MappingProxyType(
    {"active": Text("在册", "active"), "retired": Text("退休", "retired"), "left": Text("离会", "left")}
)
SOURCE_KNOWN: Mapping[str, Text] = MappingProxyType(
    {
        "read": Text("已读原文", "read"),
        "secondary": Text("据二手资料", "secondary source"),
        "remembered": Text("原文未核", "not read"),
    }
)


def basis_table(result: AuditResult, law: Law, language: str = "zh") -> Table:
    """Return the instruments against which rules really tested this book, with the articles cited.

    Values of law that findings rest on add theirs; a union's own standards are listed by their documents.
    """
    word = wording(language)
    articles: dict[str, dict[str, None]] = {}
    for citation in _citations(result):
        articles.setdefault(citation.instrument, {})[citation.article] = None
    columns = (
        Column(word("法规文件", "Instrument"), weight=3),
        Column(word("条款", "Articles"), weight=5),
        Column(word("核对情况", "How known")),
    )
    rows = []
    for key in sorted(articles, key=lambda k: (k not in law.instruments, k)):
        instrument = law.instruments.get(key)
        title = instrument.full_title if instrument else key
        known = SOURCE_KNOWN.get(instrument.certainty) if instrument else None
        shown = say(known, language) if known else word("单位自定或未收录", "own document, or not held")
        cited = _listed(articles[key], tuple(instrument.articles) if instrument else ())
        rows.append(Row((title, word("、", ", ").join(cited), shown)))
    return Table(columns, tuple(rows), word("审计依据", "Law applied"))


_ACCOUNT_TREATMENT = re.compile(r"(?P<where>.*第)(?P<code>\d{3})(?P<what>号科目).*")


def _listed(articles: Iterable[str], printed: Sequence[str]) -> tuple[str, ...]:
    """Return articles in the order of the instrument, the treatments of its accounts as one list of accounts."""
    places = {article: place for place, article in enumerate(printed)}
    codes: dict[tuple[str, str], set[str]] = {}
    others = []
    for article in articles:
        if match := _ACCOUNT_TREATMENT.fullmatch(article):
            codes.setdefault((match["where"], match["what"]), set()).add(match["code"])
        elif article:
            others.append(article)
    others.sort(key=lambda article: (places.get(article, len(places)), article))
    accounts = (f"{where}{'、'.join(sorted(found))}{what}" for (where, what), found in sorted(codes.items()))
    return (*others, *accounts)


def _citations(result: AuditResult) -> Sequence[Citation]:
    tested = {o.code for o in result.outcomes if o.status in (Status.CLEAN, Status.FINDINGS)}
    cited = [c for rule in all_rules() if rule.code in tested for c in rule.citations]
    cited += [c for finding in result.findings for c in finding.citations]
    cited += [Citation(v.instrument, v.article) for finding in result.findings for v in finding.parameters]
    return cited


def union_blocks(facts: Facts, day: datetime.date, language: str = "zh") -> tuple[Block, ...]:
    """Return who the union is on a day: profile, officers, members; what no register holds is said."""
    word = wording(language)
    union = facts.union
    plain = [
        (word("单位名称", "Name"), union.name),
        (word("统一社会信用代码", "Code"), union.code),
        (word("工会层级", "Level"), _named(LEVELS, union.level, language)),
        (word("行政区划", "Region"), union.region),
        (word("上级工会", "Union above"), union.parent),
        (word("成立日期", "Established"), union.established.isoformat() if union.established else ""),
        (word("经费收缴方式", "Collection"), _named(COLLECTIONS, union.collection, language)),
        (word("银行账户（账内科目）", "Bank accounts"), word("、", ", ").join(_last(a) for a in union.bank_accounts)),
        *_members(facts, day, language),
    ]
    columns = (Column(word("项目", "Item")), Column(word("内容", "Value"), weight=3))
    absent = word("账套未载明", "not in the book")
    rows = tuple(Row((name, value or absent)) for name, value in plain)
    return (Table(columns, rows, word("基本情况", "Profile")), *_officers(facts, day, language))


def _members(facts: Facts, day: datetime.date, language: str) -> list[tuple[str, str]]:
    word = wording(language)
    label = word("会员人数", "Members")
    if "members" not in facts.registers:
        return [(label, word("缺少登记簿 registers/members.csv", "no registers/members.csv"))]
    here = [
        m
        for m in rows_of_register(facts, MemberRow)
        if (m.joined is None or m.joined <= day) and (m.left is None or m.left > day)
    ]
    counts = sorted(Counter(m.status for m in here).items())
    parts = [f"{_named(_MEMBER_STATUS, status, language)} {n}" for status, n in counts]
    shown = f"{len(here)}" + (f"（{'、'.join(parts)}）" if language != "en" else f" ({', '.join(parts)})") * bool(parts)
    return [(f"{label}（{day.isoformat()}）" if language != "en" else f"{label} ({day.isoformat()})", shown)]


def _officers(facts: Facts, day: datetime.date, language: str) -> tuple[Block, ...]:
    word = wording(language)
    if "officers" not in facts.registers:
        lacking = word("缺少登记簿 registers/officers.csv，任职情况未能列示。", "registers/officers.csv is missing.")
        return (Paragraph(lacking),)
    serving = [
        o
        for o in rows_of_register(facts, OfficerRow)
        if (o.from_ is None or o.from_ <= day) and (o.to is None or o.to >= day)
    ]
    order = {post: rank for rank, post in enumerate(POSTS)}
    serving.sort(key=lambda o: (order.get(o.post, len(order)), o.name))
    columns = (Column(word("职务", "Post")), Column(word("姓名", "Name")), Column(word("任职起", "Since")))
    rows = tuple(
        Row((_named(POSTS, o.post, language), o.name, o.from_.isoformat() if o.from_ else None)) for o in serving
    )
    return (Table(columns, rows, word(f"任职情况（{day.isoformat()}）", f"Officers on {day.isoformat()}")),)


def statement_blocks(facts: Facts, since: datetime.date, until: datetime.date) -> tuple[Block, ...]:
    """Return balance sheet and income statement of a period; a form that cannot be made is said with the reason."""
    made: list[Block] = []
    builders: list[tuple[str, Callable[[], Statement]]] = [("资产负债表", partial(balance_sheet, facts, until))]
    for year in range(since.year, until.year + 1):
        first, last = max(since, datetime.date(year, 1, 1)), min(until, datetime.date(year, 12, 31))
        builders.append((f"收入支出表（{period_text(first, last)}）", partial(income_statement, facts, first, last)))
    for title, build in builders:
        made.append(Heading(title, 2))
        try:
            statement = build()
        except StatementError as refused:
            made.append(Paragraph(f"未能编列：{refused.zh}", strong=True))
            continue
        caption = f"{statement.form}　{statement.title}（{statement.period}）"
        made.append(replace(statement.table(), caption=caption))
    return tuple(made)


def _named(names: Mapping[str, Text], key: str, language: str) -> str:
    return say(names[key], language) if key in names else key


def _last(account: str) -> str:
    return account.rsplit(":", 1)[-1]
