"""Understanding words: normal forms, matches with their exceptions and days, near names, and strict data files."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engine import run_audit
from ledger.facts import Facts
from rules.finding import Status
from rules.law import Law
from rules.law_loader import LawError
from rules.mapping.kinds import load_mapping, parse_mapping
from rules.rule import all_rules
from rules.text.lists import Field, load_words, parse_words, word_list
from rules.text.match import made_of, match, told
from rules.text.near import LEAST_ALIKE, alike, bare_name
from rules.text.normalise import normalise, parse_variants, variants
from rules.text.persons import looks_like_a_person
from tests.rules.casefile import BANK, book_files

DAY = datetime.date(2025, 6, 1)
HEAD = """key = "gift"
label = "礼品"
label_en = "gifts"
why = "送礼"
cite = { instrument = "accounting-law-2024", article = "第三条" }
revised = 2025-01-01
from = 2020-01-01
"""


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("購 物-卡", "购物卡"),
        ("购·物_卡", "购物卡"),
        ("２％", "2%"),
        ("ＳＰＡ", "spa"),
        ("S.P.A", "spa"),
        ("Grand  Space", "grand space"),
        ("奖金、条幅", "奖金|条幅"),
        ("慰问（烟）", "慰问|烟"),
        ("帳目 0.2 %", "账目0.2%"),
        ("，。、", ""),
        ("", ""),
    ],
)
def test_normal_form(text: str, plain: str) -> None:
    assert normalise(text) == plain


@given(st.text(max_size=40))
def test_a_normal_form_is_its_own(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="购物卡礼品会员 、，-活动", max_size=20), st.integers(0, 20))
def test_spaces_hide_nothing(text: str, place: int) -> None:
    spaced = text[:place] + " " + text[place:]
    assert [m.word for m in match(text, "prepaid_cards", DAY)] == [m.word for m in match(spaced, "prepaid_cards", DAY)]


def test_match_names_word_field_and_list() -> None:
    (found,) = match("购物卡20张", "prepaid_cards", DAY, Field.ITEM)
    assert (found.word, found.field, found.text) == ("购物卡", Field.ITEM, "购物卡20张")
    assert found.list is word_list("prepaid_cards")
    assert "发票品名“购物卡20张”命中“购物卡”（词表“购物卡代金券用语”" in found.said.zh
    assert "invoice item" in found.said.en
    assert "revised" not in told([found]).zh


def test_the_longest_word_wins() -> None:
    assert [m.word for m in match("兼职补贴", "cadre_subsidy", DAY)] == ["兼职补贴"]
    assert [m.word for m in match("绩效工资", "wages", DAY)] == ["绩效工资"]


def test_exceptions_are_honoured_only_where_they_stand() -> None:
    assert not match("迎新茶话会", "gift", DAY, Field.ITEM)
    assert [m.word for m in match("茶话会用茶", "gift", DAY, Field.ITEM)] == ["茶"]
    assert not match("华山路体育用品店", "scenic_spots", DAY, Field.PAYEE)
    assert [m.word for m in match("华山路集合去华山", "scenic_spots", DAY)] == ["华山"]


def test_no_word_across_clauses_or_inside_latin_words() -> None:
    assert not match("奖金、条幅", "gold", DAY)
    assert not match("Grand Space", "high_consumption", DAY)
    assert [m.word for m in match("SPA 套餐", "high_consumption", DAY)] == ["SPA"]


def test_a_word_counts_from_its_day_in_its_fields() -> None:
    assert not match("黄山", "scenic_spots", datetime.date(2017, 12, 14))
    assert match("黄山", "scenic_spots", datetime.date(2017, 12, 15))
    assert not match("某某会所", "high_consumption", DAY, Field.NARRATION)
    assert match("某某会所", "high_consumption", DAY, Field.PAYEE)


def test_text_made_of_vague_words() -> None:
    vague = ("报销", "支付费用", "3月活动费", "购物品", "2025年第1季度工会经费支出", "")
    assert all(made_of(text, "vague_narrations", DAY) for text in vague)
    assert not any(made_of(text, "vague_narrations", DAY) for text in ("购慰问品", "存款利息", "活动场地租金"))
    assert not made_of("付费" * 500 + "水", "vague_narrations", DAY)  # long texts take no time


def test_near_names() -> None:
    assert bare_name("安徽省芜湖市惠民粮油有限公司") == "惠民粮油"
    assert bare_name("便民超市") == "便民超市"
    assert alike("某市惠民粮油商行", "某市惠民粮油有限责任公司") == 100
    assert alike("", "某市惠民粮油商行") == 0
    assert alike("某市惠民粮油商行", "某市便民超市") < LEAST_ALIKE


def test_persons_and_organisations() -> None:
    assert all(looks_like_a_person(name, DAY) for name in ("李某某", "王某某家属", "张三"))
    assert not any(
        looks_like_a_person(name, DAY) for name in ("某某超市", "新知书店", "获奖职工", "", "某某律师事务所")
    )


def test_lists_are_whole(law: Law) -> None:
    for key, listed in load_words().items():
        assert listed.cite.instrument in law.instruments, key
        for word in listed.words:
            field = word.fields[0] if word.fields else Field.NARRATION
            found = match(word.word, key, max(word.since, DAY), field)
            assert [one.word for one in found] == [word.word], f"{key}: {word.word} does not find itself"


def test_senses_of_spending_are_kinds() -> None:
    kinds = load_mapping().kinds
    assert {word.means for word in word_list("spending_kinds").words} <= set(kinds)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ('words = [{ word = "茶" }, { word = "茶" }]', "写了两次"),
        ('words = [{ word = "茶" }, { word = " 茶、" }]', "写了两次"),
        ('words = [{ word = "" }]', "缺少“word”"),
        ('words = [{ word = "、" }]', "不是一个词"),
        ('words = [{ word = "烟、酒" }]', "不是一个词"),
        ('words = [{ word = "茶", exept = ["茶话会"] }]', "未知的键“exept”；是否应为“except”"),
        ('words = [{ word = "茶", except = ["咖啡"] }]', "例外须含有这个词"),
        ('words = [{ word = "茶", except = "茶话会" }]', "不是一组文本"),
        ('words = [{ word = "茶", fields = ["payer"] }]', "“fields”的值“payer”不可用"),
        ('words = [{ word = "茶", from = 2024-01-01, to = 2023-12-31 }]', "早于"),
        ("words = []", "没有任何词"),
        ('words = [{ word = "茶" }]\nextra = 1', "未知的键“extra”"),
    ],
)
def test_faulty_list_is_refused(law: Law, words: str, says: str) -> None:
    with pytest.raises(LawError) as caught:
        parse_words({"words/gift.toml": HEAD + words}, law.instruments)
    assert any(says in str(fault) for fault in caught.value.faults), str(caught.value)


def test_every_fault_of_every_list_is_told(law: Law) -> None:
    other = HEAD.replace('"gift"', '"other"').replace("accounting-law-2024", "no-such-law")
    texts = {
        "words/gift.toml": HEAD + 'words = [{ word = "茶" }, { word = "茶" }, { word = "酒", x = 1 }]',
        "words/wrong.toml": other + 'words = [{ word = "茶" }]',
        "words/empty.toml": "",
    }
    with pytest.raises(LawError) as caught:
        parse_words(texts, law.instruments)
    said = str(caught.value)
    for part in ("写了两次", "未知的键“x”", "no-such-law", "文件路径与词表名不一致", "没有内容"):
        assert part in said


def test_the_same_word_may_come_back_later(law: Law) -> None:
    words = 'words = [{ word = "茶", to = 2021-12-31 }, { word = "茶", from = 2023-01-01 }]'
    listed = parse_words({"words/gift.toml": HEAD + words}, law.instruments)["gift"]
    days = [datetime.date(year, 6, 1) for year in (2021, 2022, 2023)]
    assert [any(w.counts(day, Field.NARRATION) for w in listed.words) for day in days] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[variants]\n"帳目" = "账目"', "一个字对另一个字"),
        ('[variants]\n"帳" = "帳"', "一个字对另一个字"),
        ('[variants]\n"帳" = "賬"\n"賬" = "账"', "本身又是异体字"),
        ('[variants]\n"帳" = "账"\n"帳" = "账"', "不是合法的 TOML"),
        ("", "缺少“variants”"),
    ],
)
def test_faulty_variants_are_refused(text: str, says: str) -> None:
    with pytest.raises(LawError, match=says):
        parse_variants(text)


def test_variants_are_normal() -> None:
    assert variants()["帳"] == "账"


KINDS = """key = "spending_kinds"
from = 2022-01-01
cite = { instrument = "accounting-law-2024", article = "第三条" }
"""


@pytest.mark.parametrize(
    ("kinds", "says"),
    [
        ('[[kinds]]\nkey = "a"\nlabel = "甲"\nlabel_en = "a"\nmeanings = ["no_such"]', "没有“no_such”"),
        ('[[kinds]]\nkey = "a"\nlabel = "甲"\nlabel_en = "a"\nmeanings = []', "缺少“meanings”"),
        (
            '[[kinds]]\nkey = "a"\nlabel = "甲"\nlabel_en = "a"\nmeanings = ["other_expense"]\ndecided_by = "x.y"',
            "没有参数“x.y”",
        ),
        ('[[kinds]]\nkey = "a"\nlabel = "甲"\nmeanings = ["other_expense"]\nmean = 1', "未知的键“mean”"),
        (2 * '[[kinds]]\nkey = "a"\nlabel = "甲"\nlabel_en = "a"\nmeanings = ["other_expense"]\n', "写了两次"),
    ],
)
def test_faulty_mapping_is_refused(kinds: str, says: str) -> None:
    with pytest.raises(LawError, match=says):
        parse_mapping(KINDS + kinds, ["accounting-law-2024"], [])


def test_every_grassroots_account_of_spending_takes_a_kind(law: Law) -> None:
    mapping = load_mapping()
    assert [kind.key for kind in mapping.kinds.values() if "member_event_expense" in kind.meanings] == [
        "film_outing",
        "collective_welfare",
        "illness_condolence",
    ]
    assert [kind.key for kind in mapping.kinds.values() if len(kind.meanings) > 1 and not kind.decided_by] == [
        "capital"
    ]
    assert {kind.decided_by for kind in mapping.kinds.values()} - {""} <= set(law.parameters)


BY_WORDS = (
    *(f"EXP{number:02d}" for number in (2, 3, 8, 12, 20, 22, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 42, 48)),
    "ACC06",
)

ORDINARY = """春节会员慰问品采购|某市惠民粮油商行|501-职工活动支出:50105-会员活动支出
会员生日蛋糕券|某市甜麦蛋糕店|501-职工活动支出:50105-会员活动支出
职工运动会器材及优胜者奖品|某市健体体育用品店|501-职工活动支出:50102-文体活动支出
羽毛球协会活动场地租金|某市全民健身中心|501-职工活动支出:50102-文体活动支出
职工之家茶具、棋牌用品|某市文博办公用品店|503-职工服务支出:50302-建家活动支出
冬季送温暖慰问困难职工|某市便民超市|504-维权支出:50405-送温暖支出
夏送清凉：绿豆、茶叶、藿香正气水|某市健民大药房|504-维权支出:50405-送温暖支出
职工医疗互助保障参保补助|某市总工会|503-职工服务支出:50305-其他服务支出
工会小组长业务培训费|某市职工教育培训中心|505-业务支出:50501-培训支出
会员代表大会会场租金、茶歇|某市会议服务中心|505-业务支出:50502-会议支出
护士节护理技能竞赛奖励|某市健体体育用品店|503-职工服务支出:50301-劳动和技能竞赛活动支出
我院庆祝三八妇女节趣味活动道具|某市健体体育用品店|501-职工活动支出:50102-文体活动支出
春游包车、停车费|某市平安客运公司|501-职工活动支出:50105-会员活动支出
观影活动电影票|某市星光影城|501-职工活动支出:50105-会员活动支出
工资集体协商文本印制|某市文印图文社|504-维权支出:50401-劳动关系协调支出
体检中心工会小组活动用品|某市百货商店|501-职工活动支出:50102-文体活动支出
急救培训用酒精、碘酒|某市健民大药房|501-职工活动支出:50101-职工教育支出
控烟限酒健康知识宣传折页|某市文印图文社|501-职工活动支出:50103-宣传活动支出
党建带工建经验交流材料印制|某市文印图文社|505-业务支出:50503-专项业务支出
职工书屋图书购置|某市新知书店|503-职工服务支出:50304-职工书屋活动支出
退休职工纪念品|某市百货商店|501-职工活动支出:50105-会员活动支出
工会账户手续费、网银年费|某市商业银行|505-业务支出:50504-其他业务支出
代理记账服务|某某会计师事务所|505-业务支出:50504-其他业务支出
科普发放防暑手册|某市文印图文社|504-维权支出:50402-劳动保护支出
困难职工帮扶金|李某某|504-维权支出:50404-困难职工帮扶支出
"""


def test_ordinary_words_of_a_hospital_cry_no_wolf(
    tmp_path: Path, law: Law, read_facts: Callable[[Path], Facts]
) -> None:
    blocks = []
    for number, line in enumerate(ORDINARY.splitlines(), 1):
        narration, payee, account = line.split("|")
        blocks.append(
            f'2025-03-{number:02d} * "{payee}" "{narration}"\n  voucher: "记-2025-03-{number:04d}"\n'
            f"  Expenses:{account}  1000.00 CNY\n  {BANK}  -1000.00 CNY\n"
        )
    for path, text in book_files("\n".join(blocks), {}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    rules = [rule for rule in all_rules() if rule.code in BY_WORDS]
    assert len(rules) == len(BY_WORDS)
    year = (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    result = run_audit(read_facts(tmp_path), law, since=year[0], until=year[1], rules=rules)
    assert not [f"{finding.code} {finding.message.zh}" for finding in result.findings]
    assert {outcome.status for outcome in result.outcomes} >= {Status.CLEAN}


def test_within_a_state_of_a_list_the_same_words_count() -> None:
    for listed in load_words().values():
        assert list(listed.changes) == sorted(set(listed.changes))
        for first in listed.changes:
            days = [first, min(first, datetime.date.max - datetime.timedelta(days=1)) + datetime.timedelta(days=1)]
            for day in days:
                at = listed.state(day)
                assert at <= day
                assert all(
                    word.counts(day, field) == word.counts(at, field) for word in listed.words for field in Field
                )
