"""What no rule may depend on: the order of vouchers, how a posting is divided, and vouchers that do not matter."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from auditor.engine import run_audit
from ledger.facts import Facts
from rules.law import Law
from tests.rules.casefile import BANK
from tests.strategies import DEPOSIT, DraftVoucher, books, split, texts, write_book

# A book is read and audited twice an example: few examples, and no shrinking of what is small already.
few = settings(
    max_examples=4,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
YEAR = (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
Read = Callable[[Path], Facts]
Told = dict[str, tuple[object, ...]]


def _audited(blocks: Sequence[str], read: Read, law: Law) -> Told:
    """Return what an audit of a book says: each finding's weight by its id."""
    with tempfile.TemporaryDirectory() as folder:
        facts = read(write_book(Path(folder), blocks))
    result = run_audit(facts, law, since=YEAR[0], until=YEAR[1])
    told: Told = {
        finding_id: (finding.severity, finding.certainty, finding.amount_fen, finding.message.zh)
        for finding_id, finding in zip(result.ids, result.findings, strict=True)
    }
    assert len(told) == len(result.findings), "ids repeat"
    return told


def _differences(before: Told, after: Told) -> list[tuple[str, object, object]]:
    keys = sorted(set(before) | set(after))
    return [(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)]


@few
@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_vouchers_changes_nothing(
    read_facts: Read, law: Law, drafts: tuple[DraftVoucher, ...], random: st.DataObject
) -> None:
    blocks = texts(drafts)
    shuffled = list(blocks)
    random.shuffle(shuffled)
    assert not _differences(_audited(blocks, read_facts, law), _audited(shuffled, read_facts, law))


@few
@given(books(), st.tuples(st.integers(0, 100), st.integers(0, 100), st.integers(0, 10_000_000)))
def test_splitting_a_posting_changes_nothing(
    read_facts: Read, law: Law, drafts: tuple[DraftVoucher, ...], where: tuple[int, int, int]
) -> None:
    which, posting, share = where[0] % len(drafts), where[1], where[2]
    divided = (*drafts[:which], split(drafts[which], posting, share), *drafts[which + 1 :])
    whole, parts = _audited(texts(drafts), read_facts, law), _audited(texts(divided), read_facts, law)
    assert not _differences(whole, parts)


@few
@given(books(), st.integers(1, 9_999))
def test_an_unrelated_voucher_changes_no_finding(
    read_facts: Read, law: Law, drafts: tuple[DraftVoucher, ...], fen: int
) -> None:
    metadata = {
        "attachments": "1",
        "prepared-by": '"甲会计"',
        "reviewed-by": '"乙会计"',
        "posted-by": '"乙会计"',
        "handled-by": '"丁出纳"',
        "approved-by": '"丙主席"',
        "payment": '"transfer"',
        "entered-at": '"2025-12-22T10:00:00"',
    }
    moved = ((DEPOSIT, fen), (BANK, -fen))
    unrelated = DraftVoucher(datetime.date(2025, 12, 22), "某银行", "活期转定期存款", moved, tuple(metadata.items()))
    before = _audited(texts(drafts), read_facts, law)
    after = _audited(texts((*drafts, unrelated)), read_facts, law)
    assert set(before) == set(after), _differences(before, after)
