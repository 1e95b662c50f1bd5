"""The law loader refuses every departure, all of them at once, and says file, key, value and the way out."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from rules.law import Laxer, ValueKind, ValueStatus
from rules.law_loader import LawError, LawFault, parse_law

INSTRUMENTS = """
[measures]
title = "某办法"
title_en = "Some measures"
number = "某发〔2020〕1号"
issuer = "某机关"
from = 2020-01-01
certainty = "read"
source = "公开文本"

[measures.articles]
"第一条" = '''第一款内容。
每人每年不超过 2200 元。'''

[hearsay]
title = "某通知"
title_en = "Some circular"
issuer = "某机关"
certainty = "secondary"
source = "新闻报道"
"""

HEAD = """
key = "some.cap"
label = "某上限"
label_en = "some cap"
unit = "yuan"
laxer = "higher"
"""


def value(
    *,
    id: str = "v1",
    region: str = '"CN"',
    since: str = "2020-01-01",
    to: str | None = '"open"',
    number: str | None = '"2200"',
    kind: str = "maximum",
    status: str = "unverified",
    cite: str = '{ instrument = "measures", article = "第一条", quote = "" }',
    more: str = "",
) -> str:
    """Return the text of one [[values]] entry; what is None is left out."""
    lines = ["", "[[values]]", f'id = "{id}"', f"region = {region}", f"from = {since}", f"cite = {cite}"]
    lines += [f"to = {to}"] if to is not None else []
    lines += [f"value = {number}"] if number is not None else []
    lines += [f'kind = "{kind}"', f'status = "{status}"', more, ""]
    return "\n".join(lines)


def faults_of(body: str, path: str = "params/some/cap.toml", instruments: str = INSTRUMENTS) -> tuple[LawFault, ...]:
    """Return the faults of one parameter file."""
    with pytest.raises(LawError) as caught:
        parse_law({"instruments.toml": instruments, path: body})
    assert all(fault.remedy for fault in caught.value.faults), "a fault without a way out"
    return caught.value.faults


def only(faults: tuple[LawFault, ...]) -> LawFault:
    """Return the one fault there is."""
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def test_sound_file() -> None:
    law = parse_law({"instruments.toml": INSTRUMENTS, "params/some/cap.toml": HEAD + value(more='note = "注"')})
    parameter = law.parameters["some.cap"]
    (found,) = parameter.values
    assert (parameter.label, parameter.unit, parameter.laxer) == ("某上限", "yuan", Laxer.HIGHER)
    assert (found.value, found.fraction, found.fen) == (Decimal(2200), Fraction(2200), 220000)
    assert (found.id, found.kind, found.status, found.until) == ("v1", ValueKind.MAXIMUM, ValueStatus.UNVERIFIED, None)
    assert found.note == "注"
    assert law.instruments["measures"].full_title == "《某办法》（某发〔2020〕1号）"


def test_fraction_is_exact() -> None:
    law = parse_law({"instruments.toml": INSTRUMENTS, "params/some/cap.toml": HEAD + value(number='"2/3"')})
    (found,) = law.parameters["some.cap"].values
    assert found.fraction == Fraction(2, 3)
    assert found.value is not None
    assert abs(Fraction(found.value) - Fraction(2, 3)) < Fraction(1, 10**27)
    assert found.text == "2/3"


def test_finite_fraction_is_written_as_a_decimal() -> None:
    law = parse_law({"instruments.toml": INSTRUMENTS, "params/some/cap.toml": HEAD + value(number='"1/2"')})
    assert law.parameters["some.cap"].values[0].text == "0.5"


def test_version_is_of_the_content() -> None:
    one = {"instruments.toml": INSTRUMENTS, "params/some/cap.toml": HEAD + value()}
    again = dict(reversed(one.items()))
    other = {**one, "params/some/cap.toml": HEAD + value(number='"2201"')}
    assert parse_law(one).version == parse_law(again).version != parse_law(other).version


def test_every_fault_of_every_file_is_listed() -> None:
    texts = {
        "instruments.toml": INSTRUMENTS + '\n[Bad_Key]\ntitle = "某"\n',
        "params/some/cap.toml": HEAD + value(number="2200", to=None, kind="ceiling") + "\n",
        "params/other.toml": HEAD.replace("some.cap", "other.cap") + value(region='"340"'),
    }
    with pytest.raises(LawError) as caught:
        parse_law(texts)
    files = {fault.file for fault in caught.value.faults}
    assert files == set(texts)
    assert len(caught.value.faults) >= 8
    assert str(caught.value).count("\n") == len(caught.value.faults) - 1


def test_fault_names_its_place() -> None:
    fault = only(faults_of(HEAD + value(id="anhui-2025", region='"34"')))
    assert (fault.file, fault.key, fault.value_id) == ("params/some/cap.toml", "some.cap", "anhui-2025")
    assert "anhui-2025" in str(fault)
    assert "GB/T 2260" in fault.remedy


@pytest.mark.parametrize(
    ("body", "what"),
    [
        pytest.param(HEAD + 'lable = "某"' + value(), "未知的键“lable”", id="unknown key"),
        pytest.param(HEAD + value(more='form = "某"'), "未知的键“form”", id="unknown key of a value"),
        pytest.param(
            HEAD + value(cite='{ instrument = "measures", artikle = "第一条" }'),
            "cite.artikle",
            id="unknown key of cite",
        ),
        pytest.param(HEAD + value(number="0.02"), "不带引号的小数 0.02", id="float"),
        pytest.param(HEAD + value(number="2200"), "不是带引号的十进制数", id="bare integer"),
        pytest.param(HEAD + value(number='"2,200"'), "不是带引号的十进制数", id="thousands separator"),
        pytest.param(HEAD + value(number='"2200元"'), "不是带引号的十进制数", id="unit in the number"),
        pytest.param(HEAD + value(number='"-1"'), "不是带引号的十进制数", id="sign"),
        pytest.param(HEAD + value(number='"1/0"'), "不是带引号的十进制数", id="division by zero"),
        pytest.param(HEAD + value(since='"2020-01-01"'), "不是日期", id="quoted date"),
        pytest.param(HEAD + value(since="2020-01-01T00:00:00"), "不是日期", id="date with time"),
        pytest.param(HEAD + value(since="2020-02-30"), "不是合法的 TOML", id="impossible date"),
        pytest.param(HEAD + value(to=None), "没有写“to”", id="to left out"),
        pytest.param(HEAD + value(to='"开放"'), "不是日期", id="to neither open nor a date"),
        pytest.param(HEAD + value(to="2019-12-31"), "早于“from”", id="to before from"),
        pytest.param(HEAD + value(kind="ceiling"), "“kind”的值“ceiling”不可用", id="unknown kind"),
        pytest.param(HEAD + value(status="checked"), "“status”的值“checked”不可用", id="unknown status"),
        pytest.param(
            HEAD + value(status="standard"), "“status”的值“standard”不可用", id="status of a union's standard"
        ),
        pytest.param(HEAD.replace('"yuan"', '"euro"') + value(), "“unit”的值“euro”不可用", id="unknown unit"),
        pytest.param(
            HEAD.replace('"higher"', '"upward"') + value(), "“laxer”的值“upward”不可用", id="unknown direction"
        ),
        pytest.param(HEAD.replace('label = "某上限"', "") + value(), "缺少“label”", id="label missing"),
        pytest.param(HEAD, "没有任何值", id="no value"),
        pytest.param(HEAD + value(region='"340"'), "不是地区", id="malformed region"),
        pytest.param(HEAD + value(cite='{ article = "第一条" }'), "缺少“cite.instrument”", id="instrument missing"),
        pytest.param(HEAD + value(cite='{ instrument = "nowhere" }'), "没有文件“nowhere”", id="unknown instrument"),
        pytest.param(HEAD + value(number=None), "没有 value", id="limit without a number"),
        pytest.param(HEAD + value(kind="delegated"), "却写了 value", id="delegated with a number"),
        pytest.param(HEAD + value(more='checked = "2025"'), "不是日期", id="malformed checked"),
        pytest.param(HEAD + value(status="verified"), "没有条款或引文", id="verified without quote"),
        pytest.param(
            HEAD + value(status="verified", cite='{ instrument = "measures", quote = "每人每年不超过2200元" }'),
            "没有条款或引文",
            id="verified without article",
        ),
        pytest.param(
            HEAD + value(status="verified", cite='{ instrument = "hearsay", article = "一", quote = "不超过" }'),
            "没有读到原文",
            id="verified by hearsay",
        ),
        pytest.param(
            HEAD + value(status="verified", cite='{ instrument = "measures", article = "第二条", quote = "不超过" }'),
            "没有“第二条”的原文",
            id="verified by an article not stored",
        ),
        pytest.param(
            HEAD
            + value(status="verified", cite='{ instrument = "measures", article = "第一条", quote = "不超过2000元" }'),
            "引文不是“第一条”里的原话",
            id="quote not in the article",
        ),
        pytest.param(HEAD + value() + value(since="2021-01-01", id="v2"), "时间重叠", id="overlap with an open value"),
        pytest.param(
            HEAD + value(to="2021-01-01") + value(since="2021-01-01", id="v2"), "时间重叠", id="overlap of one day"
        ),
        pytest.param(
            HEAD + value(to="2020-12-30") + value(since="2021-01-01", id="v2"),
            "没有值，也没有说明",
            id="gap of one day",
        ),
        pytest.param(
            HEAD + value() + '\n[[gaps]]\nregion = "CN"\nfrom = 2019-01-01\nto = 2019-12-31\nreason = "不详"\n',
            "不对应任何空档",
            id="explanation of no gap",
        ),
        pytest.param(HEAD + value(to="2020-12-31") + value(since="2021-01-01"), "id 重复", id="id used twice"),
        pytest.param(
            HEAD + value() + value(id="v2", region='"340000"', number='"2200.01"'),
            "高于上级地区 CN",
            id="region above the maximum",
        ),
        pytest.param(
            HEAD + value(kind="minimum") + value(id="v2", region='"340500"', number='"2199.99"', kind="exact"),
            "低于上级地区 CN",
            id="region below the minimum",
        ),
    ],
)
def test_fault(body: str, what: str) -> None:
    assert what in only(faults_of(body)).what


@pytest.mark.parametrize(
    ("body", "what"),
    [
        pytest.param(HEAD.replace("some.cap", "Some") + value(), "不是参数名", id="malformed key"),
        pytest.param(HEAD + "values = 3", "不是一组条目", id="values no list"),
        pytest.param(HEAD + value(cite='"measures"'), "缺少“cite”", id="cite no table"),
        pytest.param("", "没有内容", id="empty file"),
    ],
)
def test_fault_with_consequences(body: str, what: str) -> None:
    assert any(what in fault.what for fault in faults_of(body))


@pytest.mark.parametrize(
    ("name", "meant"), [("lable", "label"), ("descripton", "description"), ("unitt", "unit"), ("value", "values")]
)
def test_unknown_key_names_the_nearest(name: str, meant: str) -> None:
    fault = only(faults_of(f'{name} = "某"\n' + HEAD + value()))
    assert f"“{meant}”" in fault.remedy


def test_every_float_is_named() -> None:
    faults = faults_of(HEAD + value(number="0.02") + value(id="v2", region='"340000"', number="0.03"))
    assert [fault.what[-4:] for fault in faults] == ["0.02", "0.03"]


def test_region_may_break_a_limit_that_was_no_longer_in_force() -> None:
    body = HEAD + value(to="2024-12-31") + value(id="v2", region='"340000"', since="2025-01-01", number='"3000"')
    law = parse_law({"instruments.toml": INSTRUMENTS, "params/some/cap.toml": body})
    assert len(law.parameters["some.cap"].values) == 2


def test_region_on_the_last_common_day_is_a_conflict() -> None:
    body = HEAD + value(to="2025-01-01") + value(id="v2", region='"340000"', since="2025-01-01", number='"3000"')
    assert "“v1”" in only(faults_of(body)).what


def test_other_provinces_do_not_bind() -> None:
    body = HEAD + value(region='"310000"') + value(id="v2", region='"340500"', number='"3000"')
    assert parse_law({"instruments.toml": INSTRUMENTS, "params/some/cap.toml": body}).parameters


def test_explained_gap_is_no_fault() -> None:
    body = (
        HEAD
        + value(to="2020-12-31")
        + value(id="v2", since="2021-03-01")
        + '\n[[gaps]]\nregion = "CN"\nfrom = 2021-01-01\nto = 2021-02-28\nreason = "两版之间的文本没有读到"\n'
    )
    law = parse_law({"instruments.toml": INSTRUMENTS, "params/some/cap.toml": body})
    assert law.parameters["some.cap"].gaps[0].reason == "两版之间的文本没有读到"


def test_gap_explained_in_part_is_a_fault() -> None:
    body = (
        HEAD
        + value(to="2020-12-31")
        + value(id="v2", since="2021-03-01")
        + '\n[[gaps]]\nregion = "CN"\nfrom = 2021-01-02\nto = 2021-02-28\nreason = "不详"\n'
    )
    assert {"没有值" in fault.what for fault in faults_of(body)} == {True, False}


def test_path_must_be_the_key() -> None:
    fault = only(faults_of(HEAD + value(), path="params/some/limit.toml"))
    assert "params/some/cap.toml" in fault.remedy


def test_key_in_two_files() -> None:
    with pytest.raises(LawError) as caught:
        parse_law(
            {
                "instruments.toml": INSTRUMENTS,
                "params/some/cap.toml": HEAD + value(),
                "params/some/more.toml": HEAD + value(),
            }
        )
    told = [fault.what for fault in caught.value.faults]
    assert any("已在 params/some/cap.toml" in what for what in told)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[a]\ntitle = "某"\n', "缺少“title_en”"),
        (INSTRUMENTS.replace('certainty = "secondary"', 'certainty = "sure"'), "“certainty”的值“sure”不可用"),
        (INSTRUMENTS.replace('certainty = "read"', 'certainty = "remembered"'), "只凭记忆的文件写了条文"),
        (INSTRUMENTS.replace("[hearsay]", "[Hear_Say]"), "不是文件的键"),
        (INSTRUMENTS.replace("from = 2020-01-01", "from = 2020-01-01\nto = 2019-01-01"), "早于“from”"),
        (INSTRUMENTS.replace('number = "某发〔2020〕1号"', 'numbr = "某"'), "未知的键“numbr”"),
        (INSTRUMENTS + "\n[hearsay]\n", "不是合法的 TOML"),
        (INSTRUMENTS + "\nloose = 1\n", "“loose”"),
    ],
)
def test_instrument_fault(text: str, what: str) -> None:
    with pytest.raises(LawError) as caught:
        parse_law({"instruments.toml": text})
    assert any(what in fault.what for fault in caught.value.faults)
    assert all(fault.file == "instruments.toml" for fault in caught.value.faults)


def test_day_in_the_gap_is_undecided_with_its_reason() -> None:
    from ledger.union import UnionProfile
    from rules.law import NoParameter

    body = (
        HEAD
        + value(to="2020-12-31", region='"340000"')
        + value(id="v2", since="2021-03-01", region='"340000"')
        + value(id="nation", since="2015-01-01", number=None, kind="delegated")
        + '\n[[gaps]]\nregion = "340000"\nfrom = 2021-01-01\nto = 2021-02-28\nreason = "两版之间的文本没有读到"\n'
    )
    law = parse_law({"instruments.toml": INSTRUMENTS, "params/some/cap.toml": body})
    union = UnionProfile(name="某工会", code="", level="grassroots", region="340500")
    with pytest.raises(NoParameter, match="两版之间的文本没有读到"):
        law.value("some.cap", datetime.date(2021, 1, 1), union)
    assert law.value("some.cap", datetime.date(2021, 3, 1), union).id == "v2"
