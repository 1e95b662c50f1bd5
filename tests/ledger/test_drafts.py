"""Drafts: their steps, who may take them, and files that were not written by the program."""

from __future__ import annotations

import copy
import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.book import init_book
from ledger.drafts import (
    Act,
    Draft,
    DraftFault,
    State,
    begun,
    draft_text,
    duties_on,
    duty_problem,
    open_drafts,
    read_draft,
    read_drafts,
    stepped,
    with_names,
    write_draft,
)
from ledger.drafts.store import parse_draft
from ledger.reader import read_book
from ledger.vouchers import Line, Voucher

DAY = datetime.date(2025, 3, 5)
AT = datetime.datetime(2025, 3, 5, 9, 0, tzinfo=datetime.UTC)
BANK = "Assets:102-银行存款:01-基本户"
VOUCHER = Voucher(
    date=DAY,
    number=None,
    payee="会员",
    narration="收到会费",
    lines=(Line(BANK, 100_00), Line("Income:401-会费收入", -100_00)),
    metadata={"month-of": "2025-02"},
)


def draft(**changed: Any) -> Draft:
    """A draft as 甲 prepared it."""
    made: dict[str, Any] = {
        "event": "dues_received",
        "answers": {"f.amount": "100"},
        "documents": ("documents/2025/03/a.pdf",),
        "who": "甲",
        "at": AT,
    }
    return begun("20250305-0a1b2c3d", changed.pop("voucher", VOUCHER), **{**made, **changed})


def gone(start: Draft, *acts: tuple[Act, str]) -> Draft:
    """A draft after some steps."""
    for act, who in acts:
        start = stepped(start, act, who, AT, note="原因")
    return start


def officers(*posts: tuple[str, str]) -> pd.DataFrame:
    """A register of people in post on DAY, and one who left the day before."""
    rows = [(post, name, pd.Timestamp("2024-01-01"), pd.NaT) for post, name in posts]
    rows.append(("accountant", "前任", pd.Timestamp("2020-01-01"), pd.Timestamp("2025-03-04")))
    return pd.DataFrame(rows, columns=["post", "name", "from", "to"])


def test_way_from_preparing_to_posting() -> None:
    done = gone(draft(), (Act.REVIEWED, "乙"), (Act.APPROVED, "丙"), (Act.POSTED, "丁"))
    assert done.state is State.POSTED
    metadata = with_names(done, "丁").metadata
    assert metadata["prepared-by"] == "甲"
    assert metadata["reviewed-by"] == "乙"
    assert metadata["approved-by"] == "丙"
    assert metadata["posted-by"] == "丁"
    assert metadata["entered-at"].startswith("2025-03-05T09:00")
    assert metadata["document"] == "documents/2025/03/a.pdf"
    assert metadata["attachments"] == "1"


@pytest.mark.parametrize(
    "acts",
    [
        [(Act.APPROVED, "乙")],
        [(Act.POSTED, "乙")],
        [(Act.REVIEWED, "乙"), (Act.POSTED, "丙")],
        [(Act.REVIEWED, "乙"), (Act.REVIEWED, "丙")],
        [(Act.DISCARDED, "乙"), (Act.REVISED, "甲")],
        [(Act.RETURNED, "乙"), (Act.REVIEWED, "丙")],
    ],
)
def test_step_out_of_order_is_refused(acts: list[tuple[Act, str]]) -> None:
    with pytest.raises(DraftFault, match="不能"):
        gone(draft(), *acts)


def test_revising_makes_a_review_void() -> None:
    reviewed = gone(draft(), (Act.REVIEWED, "乙"), (Act.APPROVED, "丙"))
    other = draft(voucher=replace(VOUCHER, narration="改过"))
    revised = stepped(reviewed, Act.REVISED, "甲", AT, to=other)
    assert revised.state is State.PREPARED
    assert revised.who(Act.REVIEWED) == ""
    assert revised.history[: len(reviewed.history)] == reviewed.history


def test_returning_needs_a_reason() -> None:
    with pytest.raises(DraftFault, match="原因"):
        stepped(draft(), Act.RETURNED, "乙", AT)


@pytest.mark.parametrize(
    ("posts", "who_reviews", "who_approves", "refused"),
    [
        ([("chair", "甲"), ("accountant", "乙"), ("cashier", "丙")], "甲", "", "已经制单"),
        ([("chair", "甲"), ("accountant", "乙"), ("cashier", "丙")], "乙", "乙", "已经审核"),
        ([("chair", "甲"), ("accountant", "乙"), ("cashier", "丙")], "乙", "甲", "已经制单"),
        ([("chair", "甲"), ("accountant", "乙"), ("cashier", "丙")], "乙", "丙", ""),
        ([("chair", "甲"), ("accountant", "乙")], "甲", "", "已经制单"),
        ([("chair", "甲"), ("accountant", "乙")], "乙", "乙", ""),
        ([("chair", "甲"), ("accountant", "甲"), ("cashier", "甲")], "甲", "甲", ""),
        ([("chair", "甲"), ("audit_chair", "乙")], "甲", "甲", ""),
        ([("chair", "甲"), ("accountant", "乙")], "前任", "", "不在任职登记簿"),
    ],
)
def test_one_person_two_duties_only_where_there_are_too_few(
    posts: list[tuple[str, str]], who_reviews: str, who_approves: str, refused: str
) -> None:
    duties = duties_on(officers(*posts), DAY)
    told = duty_problem(draft(), Act.REVIEWED, who_reviews, duties)
    if not told and who_approves:
        told = duty_problem(gone(draft(), (Act.REVIEWED, who_reviews)), Act.APPROVED, who_approves, duties)
    assert refused in told
    assert bool(told) == bool(refused)


def test_without_a_register_one_person_may_do_all_and_it_is_said() -> None:
    duties = duties_on(None, DAY)
    assert duty_problem(draft(), Act.REVIEWED, "甲", duties) == ""
    assert "无法要求分人办理" in duties.note


def test_last_day_of_a_term_still_counts() -> None:
    assert "前任" in duties_on(officers(), datetime.date(2025, 3, 4)).posts
    assert "前任" not in duties_on(officers(), DAY).posts


TEXTS = st.text(st.characters(blacklist_categories=["Cc", "Cs"]), max_size=40)
NAMES = TEXTS.filter(lambda text: text.strip() != "")


@given(TEXTS, TEXTS, st.integers(-(10**17), 10**17), st.dictionaries(NAMES, TEXTS, max_size=3), NAMES)
def test_what_is_written_is_read_back(payee: str, narration: str, fen: int, answers: dict[str, str], who: str) -> None:
    voucher = replace(VOUCHER, payee=payee, narration=narration, lines=(Line(BANK, fen), Line(BANK, -fen)))
    made = draft(voucher=voucher, answers=answers, who=who)
    assert parse_draft(draft_text(made).encode()) == made


def data() -> dict[str, Any]:
    """The JSON of a draft."""
    found: dict[str, Any] = json.loads(draft_text(gone(draft(), (Act.REVIEWED, "乙"))))
    return found


def changed(*path: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    """A change of one item."""

    def change(told: dict[str, Any]) -> None:
        place: Any = told
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to

    return change


@pytest.mark.parametrize(
    "change",
    [
        changed("schema", to="union-audit/draft/9"),
        changed("extra", to=1),
        changed("id", to="../../union"),
        changed("voucher", "lines", 0, "amount_fen", to=100.5),
        changed("voucher", "lines", 0, "amount_fen", to=True),
        changed("voucher", "lines", 0, "amount_fen", to=10**18),
        changed("voucher", "lines", 0, "amount_fen", to="100"),
        changed("voucher", "lines", 0, "amount_fen", to=1),  # somebody changed the amount after the review
        changed("voucher", "lines", 0, "account", to='Assets:1"\nplugin "x"'),
        changed("voucher", "metadata", to={'a"b': "x"}),
        changed("voucher", "metadata", to=["x"]),
        changed("voucher", "tags", to=["标记"]),
        changed("voucher", "date", to="2025-02-30"),
        changed("voucher", "narration", to="x\x00y"),
        changed("voucher", "narration", to="x" * 5000),
        changed("voucher", "payee", to=None),
        changed("documents", to=["../../etc/passwd"]),
        changed("documents", to=["documents/../union.toml"]),
        changed("documents", to="documents/a"),
        changed("history", to=[]),
        changed("history", 0, "act", to="posted"),
        changed("history", 1, "act", to="posted"),
        changed("history", 0, "who", to=" "),
        changed("history", 0, "at", to="yesterday"),
        changed("answers", to={"f": 1}),
    ],
)
def test_file_that_the_program_did_not_write_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    told = copy.deepcopy(data())
    parse_draft(json.dumps(told).encode())
    change(told)
    with pytest.raises(DraftFault):
        parse_draft(json.dumps(told).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"schema": NaN}',
        b"[" * 100_000,
        b'{"id": 1, "id": 2}',
        b'{"a": 1e999}',
        b"9" * 10_000,
    ],
)
def test_bytes_that_are_no_draft_are_refused(content: bytes) -> None:
    with pytest.raises(DraftFault):
        parse_draft(content)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book without vouchers."""
    return init_book(tmp_path / "book", "某市第一医院工会委员会", "340500", 2025)


def test_draft_is_kept_in_the_book_and_not_part_of_it(book: Path) -> None:
    write_draft(book, draft(), {"documents/2025/03/a.pdf": b"%PDF-"})
    assert read_draft(book, "20250305-0a1b2c3d") == draft()
    assert open_drafts(book) == ("20250305-0a1b2c3d",)
    reading = read_book(book)
    assert reading.facts is not None
    assert not reading.fatal
    assert len(reading.facts.vouchers) == 0


def test_draft_that_somebody_changed_meanwhile_is_not_overwritten(book: Path) -> None:
    write_draft(book, draft())
    reviewed = gone(draft(), (Act.REVIEWED, "乙"))
    write_draft(book, reviewed, before=draft())
    with pytest.raises(DraftFault, match="刚被别人改过"):
        write_draft(book, gone(draft(), (Act.REVIEWED, "丙")), before=draft())
    assert read_draft(book, draft().id) == reviewed


def test_link_and_stray_file_are_told_not_followed(book: Path, tmp_path: Path) -> None:
    (book / "drafts").mkdir()
    outside = tmp_path / "outside.json"
    outside.write_text(draft_text(draft()), encoding="utf-8")
    (book / "drafts/20250305-0a1b2c3d.json").symlink_to(outside)
    (book / "drafts/note.txt").write_text("x", encoding="utf-8")
    found = dict(read_drafts(book))
    assert all(isinstance(value, DraftFault) for value in found.values())
    assert len(open_drafts(book)) == 2


@pytest.mark.parametrize("wanted", ["", "../union", "20250305-0a1b2c3d/../x", "20250305-XXXXXXXX"])
def test_only_an_id_names_a_draft(book: Path, wanted: str) -> None:
    with pytest.raises(DraftFault):
        read_draft(book, wanted)
