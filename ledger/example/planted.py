"""The irregularities planted in the hospital's book: the answer key, case by case.

`weaving` puts each case into an otherwise clean year. `along` names rules that see the same cause as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ledger.example import chart
from ledger.example.names import CHAIR_BEFORE
from ledger.vouchers import parse_voucher_number

ESTABLISHED = "established"
LEAD = "lead"
OUT_OF_ORDER = "subsidy/general"  # takes the number of the voucher before it, which is dated earlier


@dataclass(frozen=True)
class Planted:
    """One planted irregularity.

    `drafts` name vouchers within the generator, `keys` other things (a month or day, a member, an account);
    `vouchers` are the numbers that the drafts got. `certainty` is what a rule may say of it: established or lead.
    """

    code: str
    what_zh: str
    drafts: tuple[str, ...]
    keys: tuple[str, ...]
    certainty: str
    note: str
    along: tuple[str, ...] = ()
    vouchers: tuple[str, ...] = field(default=())


PLANTED: tuple[Planted, ...] = (
    Planted(
        "INC01",
        "3月拨缴经费的基数漏掉派遣人员工资",
        ("contribution/03",),
        ("2025-03",),
        ESTABLISHED,
        "402与211同比例短少，上缴数与入账数一致",
        ("INC03",),
    ),
    Planted(
        "INC02",
        "6月拨缴经费7月28日才到账，晚于7月15日",
        ("contribution/06",),
        ("2025-06",),
        ESTABLISHED,
        "金额足额，只是迟到",
    ),
    Planted(
        "INC05",
        "10月康复医学科、行政后勤两个部门的会费没有代扣",
        ("dues/10",),
        ("2025-10",),
        LEAD,
        "缴纳登记与到账金额一致，都少这两个部门",
        ("EXP05",),
    ),
    Planted(
        "INC10",
        "9月预提拨缴经费收入（非年末权责发生制）",
        ("accrual/booked",),
        ("2025-09",),
        ESTABLISHED,
        "11月收到时冲应收，年末无余额",
    ),
    Planted(
        "INC11",
        "上缴上级经费的差额列入其他业务支出",
        ("misbooked-remittance",),
        (),
        ESTABLISHED,
        "收款方是上级工会，摘要写明上缴，借方是50504而不是211",
    ),
    Planted(
        "INC13",
        "2023年欠缴上级的经费挂在应付上级经费，全年未动",
        (),
        (chart.OLD_DUE_TO_HIGHER,),
        ESTABLISHED,
        "期初即有，单列明细科目",
        ("DEP02",),
    ),
    Planted(
        "BUD01",
        "职工创新活动支出没有预算",
        ("no-budget",),
        (chart.INNOVATION,),
        ESTABLISHED,
        "全年没有50303的预算行",
    ),
    Planted(
        "BUD02",
        "职工书屋支出超预算",
        ("library/11", "library/12"),
        (chart.LIBRARY,),
        ESTABLISHED,
        "预算比全年支出少1,900元，年末超出",
    ),
    Planted(
        "BUD02",
        "培训支出超预算（调整后小于已支出的后果）",
        ("chair-advance/spent", "training/3", "training/4"),
        (chart.TRAINING,),
        ESTABLISHED,
        "与BUD12同一原因",
        ("BUD12",),
    ),
    Planted(
        "BUD03",
        "11月第二次调整预算，只有委员会通过，没有经审会审查和上级批准",
        (),
        ("2025-11-10", chart.PUBLICITY),
        ESTABLISHED,
        "调增宣传支出，不影响其他预算行的执行",
    ),
    Planted(
        "BUD12",
        "7月调整把培训支出预算调到已支出数以下",
        (),
        ("2025-07-28", chart.TRAINING),
        LEAD,
        "其后再支出同时成为BUD02",
        ("BUD02",),
    ),
    Planted(
        "ACC01",
        "8月有一张凭证号倒号",
        (OUT_OF_ORDER,),
        ("2025-08",),
        LEAD,
        "断号在导入时即被拒绝，所以只种倒号",
    ),
    Planted(
        "ACC03",
        "同一人制单、审核、记账",
        ("education/4",),
        (),
        ESTABLISHED,
        "其余凭证三项分属三人",
    ),
    Planted(
        "ACC05",
        "支出凭证没有附件",
        ("publicity/6",),
        (),
        ESTABLISHED,
        "附件张数为0",
    ),
    Planted(
        "EXP01",
        "7名行政后勤会员国庆节后另补发慰问品，全年超过人均上限",
        ("extra-goods",),
        ("2025-10-10",),
        ESTABLISHED,
        "每人全年2,300元，超过本单位标准2,000元，也超过2,200元",
        ("EXP04",),
    ),
    Planted(
        "EXP09",
        "同一会员领取两次结婚慰问品",
        ("marriage-first", "marriage-again"),
        ("H0001",),
        LEAD,
        "3月、11月各一次，同一事件",
    ),
    Planted(
        "EXP09",
        "一名会员的结婚慰问品超过标准",
        ("marriage-over",),
        ("H0002",),
        ESTABLISHED,
        "2,400元，标准2,000元",
    ),
    Planted(
        "EXP14",
        "知识竞赛获奖42人，参加50人，超过三分之二",
        ("quiz-prizes",),
        (),
        LEAD,
        "奖品金额不高，只是奖励面过大",
    ),
    Planted(
        "CTL01",
        "职工之家改造5万余元没有集体研究决议",
        ("renovation",),
        (),
        ESTABLISHED,
        "发生在前任主席任期内，有合同和比价",
        ("DEP07",),
    ),
    Planted(
        "CTL02",
        "经办人与审批人为同一人",
        ("self-approved",),
        (),
        ESTABLISHED,
        "新任主席自批自支",
    ),
    Planted(
        "DEP01",
        "前任主席6月30日离任，没有离任审计",
        (),
        (CHAIR_BEFORE,),
        LEAD,
        "审计台账只有年度审计和拨缴审计",
        ("CTL03",),
    ),
    Planted(
        "DEP03",
        "前任主席离任时备用金尚未结清，9月才核销",
        ("chair-advance",),
        (CHAIR_BEFORE,),
        LEAD,
        "离任日余额6,000元",
    ),
)


def resolved(numbers: Mapping[str, str]) -> tuple[Planted, ...]:
    """Return the answer key with voucher numbers in place, from the generator's names of drafts.

    Of a number out of order two vouchers are part: the one that took it, and the one before it, now behind.
    """
    return tuple(replace(case, vouchers=tuple(_numbers(case, numbers))) for case in PLANTED)


def _numbers(case: Planted, numbers: Mapping[str, str]) -> Iterator[str]:
    for key in case.drafts:
        yield numbers[key]
        taken = parse_voucher_number(numbers[key])
        if key == OUT_OF_ORDER and taken is not None:
            yield str(taken._replace(number=taken.number + 1))
