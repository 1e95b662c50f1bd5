"""What each reader may see of persons; what must never be touched."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import json_model
from reports.model import Document, Paragraph
from reports.redaction import People, Profile, masked_name, redact, redact_block, redact_finding
from tests.reports import sample

# Numbers that belong to nobody: a region code without a place, and cards of a range that is never issued.
ID_NUMBER = "110101199003070000"
CARD = "6200000000000000000"
TELEPHONE = "13000000000"
PEOPLE = People(frozenset({"张三丰", "李四", "欧阳某某", "MARIA"}), frozenset({"M0001", "M0002", "12", "G-7"}))


def _document(*texts: str) -> Document:
    return dataclasses.replace(sample.document(findings=0), blocks=tuple(Paragraph(t) for t in texts))


def _shown(profile: Profile, *texts: str) -> list[str]:
    made = redact(_document(*texts), PEOPLE, profile)
    return [block.text for block in made.blocks if isinstance(block, Paragraph)]


def test_public_names_nobody() -> None:
    assert _shown(Profile.PUBLIC, "慰问李四、张三丰（欧阳某某经办）MARIA") == ["慰问李**、张**（欧**经办）M**"]


def test_members_have_one_serial_number_throughout_a_document() -> None:
    shown = _shown(Profile.PUBLIC, "会员M0002重复领取", "M0001、M0002", "会员 12 与 G-7", "12人领取12.00元，2025-12-12")
    assert shown == ["会员1重复领取", "会员2、会员1", "会员3 与 会员4", "12人领取12.00元，2025-12-12"]


@pytest.mark.parametrize(
    ("profile", "shown"),
    [
        (Profile.PUBLIC, "证件〔证件号〕 卡〔账号〕 电话〔电话〕"),
        (Profile.COMMITTEE, "证件110101********0000 卡****0000 电话130****0000"),
        (Profile.WORKPAPER, f"证件{ID_NUMBER} 卡{CARD} 电话{TELEPHONE}"),
    ],
)
def test_numbers_of_persons(profile: Profile, shown: str) -> None:
    assert _shown(profile, f"证件{ID_NUMBER} 卡{CARD} 电话{TELEPHONE}") == [shown]


def test_illness_is_a_category_for_all_but_workpapers() -> None:
    assert _shown(Profile.COMMITTEE, "慰问李四肺癌住院") == ["慰问李四〔病情〕住院"]
    assert _shown(Profile.PUBLIC, "大病慰问：尿毒症") == ["大病慰问：〔病情〕"]
    assert _shown(Profile.WORKPAPER, "慰问李四肺癌住院") == ["慰问李四肺癌住院"]


def test_the_committee_sees_names_and_member_numbers() -> None:
    assert _shown(Profile.COMMITTEE, "李四（M0001）") == ["李四（M0001）"]


@pytest.mark.parametrize(
    "text",
    [
        "81340500MC0000000X",  # the code of an organisation
        "记-2025-03-0012",
        "1,234,567,890,123,456.78",
        "0123456789abcdef" * 4,
        "12345678901234567890",  # an electronic invoice
        "6200000000000000005",  # no card: the check digit is wrong
    ],
)
def test_what_is_no_person_stays(text: str) -> None:
    assert _shown(Profile.PUBLIC, text) == [text]


def test_workpapers_are_unchanged() -> None:
    document = sample.document()
    assert redact(document, PEOPLE, Profile.WORKPAPER) == document


def test_law_is_never_touched() -> None:
    block = sample.finding(1)
    people = People(frozenset({"工会", "全国", "中华人民"}), frozenset())
    made = redact_block(block, people)
    assert made.law == block.law
    assert made.values == block.values
    assert made.finding.parameters == block.finding.parameters
    assert made.finding.message != block.finding.message


def test_a_finding_alone_is_redacted_and_keeps_its_id() -> None:
    evidence = dataclasses.replace(
        sample.finding(1).finding.evidence[0], account="Assets:135-其他应收款:0101-李四备用金"
    )
    finding = dataclasses.replace(sample.finding(1).finding, evidence=(evidence,))
    made = redact_finding(finding, PEOPLE)
    assert made.evidence[0].account == "Assets:135-其他应收款:0101-李**备用金"
    assert made.id_in("x") == finding.id_in("x")


@given(st.lists(st.sampled_from([*sorted(PEOPLE.names), "M0001", ID_NUMBER, CARD, "甲", "，", " "]), max_size=30))
def test_no_name_survives_in_public_whatever_stands_beside_it(pieces: list[str]) -> None:
    made = json_model.to_json(redact(_document("".join(pieces)), PEOPLE, Profile.PUBLIC))
    assert not [name for name in PEOPLE.names if name in made]


@given(st.lists(st.sampled_from([*sorted(PEOPLE.names), "会员M0002", ID_NUMBER, "甲", "，"]), max_size=30))
def test_redacting_twice_changes_nothing(pieces: list[str]) -> None:
    once = redact(_document("，".join(pieces)), PEOPLE, Profile.PUBLIC)
    assert redact(once, PEOPLE, Profile.PUBLIC) == once


def test_names_are_masked_to_one_character_and_two_stars() -> None:
    assert [masked_name(n) for n in ("李四", "张三丰", "欧阳某某")] == ["李**", "张**", "欧**"]


def test_the_default_is_the_most_restrictive() -> None:
    document = _document("李四")
    assert redact(document, PEOPLE) == redact(document, PEOPLE, Profile.PUBLIC)
