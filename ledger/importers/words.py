"""Chinese words of a workbook and the English words that the book's files hold, both ways.

The first Chinese word of each English one is the word we write; the others are understood too. The English
word itself is always accepted.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Vocabulary = Mapping[str, tuple[str, ...]]


def _vocabulary(words: dict[str, tuple[str, ...]]) -> Vocabulary:
    return MappingProxyType(words)


FUND = _vocabulary(
    {
        "dues": ("会费", "会费资金"),
        "retained": ("留成", "留成经费", "拨缴经费", "工会经费"),
        "earmarked": ("专项", "专项资金", "专款", "上级专项"),
        "custody": ("代管", "代管经费", "代管资金"),
        "subsidy": ("补助", "补助资金", "行政补助", "上级补助"),
    }
)
PAYMENT = _vocabulary(
    {
        "transfer": ("转账", "银行转账", "网银", "汇款"),
        "cash": ("现金",),
        "card": ("公务卡", "银行卡"),
        "prepaid-card": ("预付卡", "购物卡"),
        "e-wallet": ("电子钱包", "微信", "支付宝", "数字人民币"),
    }
)
ACTIVITY_TYPE = _vocabulary(
    {
        "outing": ("春秋游", "春游", "秋游"),
        "sports": ("体育活动", "体育"),
        "culture": ("文艺活动", "文艺", "文体活动"),
        "education": ("职工教育", "教育"),
        "publicity": ("宣传活动", "宣传"),
        "training": ("培训",),
        "meeting": ("会议",),
        "retreat": ("疗休养", "劳模疗休养"),
        "competition": ("劳动竞赛", "技能竞赛", "竞赛"),
        "welfare": ("慰问", "福利", "会员慰问"),
        "relief": ("困难帮扶", "帮扶", "送温暖"),
        "purchase": ("采购", "购置"),
        "other": ("其他",),
    }
)
STATUS = _vocabulary(
    {
        "active": ("在职", "在会"),
        "retired": ("退休",),
        "left": ("离会", "离职", "调出", "退会"),
    }
)
POST = _vocabulary(
    {
        "chair": ("主席", "工会主席"),
        "vice_chair": ("副主席", "工会副主席"),
        "finance": ("财务负责人", "财务委员"),
        "accountant": ("会计",),
        "cashier": ("出纳",),
        "audit_chair": ("经审会主任", "经审主任", "经费审查委员会主任"),
        "audit_member": ("经审会委员", "经审委员", "经费审查委员"),
        "asset_keeper": ("资产保管人", "资产管理员"),
        "seal_keeper": ("印章保管人", "印鉴保管人"),
    }
)
BODY = _vocabulary(
    {
        "committee": ("工会委员会", "委员会"),
        "audit_committee": ("经审会", "经费审查委员会"),
        "congress": ("会员代表大会", "会员大会", "会员（代表）大会"),
        "higher": ("上级工会", "上级"),
    }
)
FORM = _vocabulary(
    {
        "goods": ("实物", "慰问品"),
        "voucher": ("券", "提货券", "消费券", "票券"),
        "cash": ("现金", "慰问金"),
        "transfer": ("转账", "银行代发"),
    }
)
SOURCE = _vocabulary(
    {
        "bought": ("购置", "购入"),
        "donated": ("受赠", "捐赠", "接受捐赠"),
        "employer": ("单位拨付", "行政拨付", "单位提供"),
        "leased": ("租入", "租赁"),
    }
)
PUBLICATION = _vocabulary(
    {
        "budget": ("预算",),
        "final_accounts": ("决算",),
        "funds": ("经费收支", "收支情况"),
        "audit": ("审查审计", "审计结果", "经审报告"),
    }
)
AUDIT_KIND = _vocabulary(
    {
        "annual": ("年度审计", "年度"),
        "remittance": ("经费拨缴审计", "上解审计", "拨缴"),
        "departure": ("离任审计", "离任"),
        "special": ("专项审计", "专项"),
    }
)
YES = _vocabulary({"yes": ("是", "已签", "已签收", "通过", "√", "Y"), "": ("否", "未签", "未通过", "无", "N", "no")})
SIDE = _vocabulary({"debit": ("借", "借方"), "credit": ("贷", "贷方"), "": ("平",)})
LEVEL = _vocabulary(
    {
        "grassroots": ("基层工会", "基层"),
        "county": ("县级工会", "县级以上工会", "县"),
        "city": ("市级工会", "市"),
        "province": ("省级工会", "省"),
        "national": ("全国总工会", "全总"),
    }
)
COLLECTION = _vocabulary(
    {
        "direct": ("自主拨缴", "直接拨缴"),
        "tax": ("税务代收",),
        "treasury": ("财政划拨", "财政代扣"),
    }
)

# Columns whose cells are words of a vocabulary, by their key in the book.
VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType(
    {
        "fund": FUND,
        "payment": PAYMENT,
        "activity-type": ACTIVITY_TYPE,
        "members.status": STATUS,
        "officers.post": POST,
        "resolutions.body": BODY,
        "resolutions.approved": YES,
        "grants.form": FORM,
        "grants.signed": YES,
        "assets.source": SOURCE,
        "publications.kind": PUBLICATION,
        "audits.kind": AUDIT_KIND,
        "activities.type": ACTIVITY_TYPE,
        "balances.side": SIDE,
        "balances.own": YES,
        "union.level": LEVEL,
        "union.collection": COLLECTION,
    }
)


def english_word(vocabulary: Vocabulary, text: str) -> str | None:
    """Return the book's word for a Chinese or English one, or None when the vocabulary does not know it."""
    if text in vocabulary:
        return text
    return next((word for word, chinese in vocabulary.items() if text in chinese), None)


def chinese_word(vocabulary: Vocabulary, word: str) -> str:
    """Return the Chinese word that we write for a word of the book; the word itself when it is not in there."""
    return vocabulary[word][0] if word in vocabulary else word
