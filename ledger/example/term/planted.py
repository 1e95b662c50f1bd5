"""The irregularities planted in the book of seven years: the answer key, case by case.

`weaving` puts each case into an otherwise clean book. A case stands in the annual and the remittance audit of its
years and in the departure audit of the chair in whose term it falls.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ledger.example.planted import ESTABLISHED, LEAD
from ledger.example.signing import Signed
from ledger.example.term.identity import CHAIR_1, CHAIR_2


@dataclass(frozen=True)
class Planted:
    """One planted irregularity.

    `draft` names its voucher within the generator, `voucher` and `day` are that voucher's number and day ("" and None
    where no voucher shows it); `amount_fen` is the amount at fault, 0 where none is counted. `years` and `chair` say
    which audits must find it, `key` what else names it (a month, an account, an asset, a person). `certainty` is what
    a rule may say of it. `departure` is the code of the rule that finds it in the departure audit besides, `along`
    are rules that see the same cause as well.
    """

    code: str
    what_zh: str
    years: tuple[int, ...]
    chair: str
    amount_fen: int
    draft: str = ""
    key: str = ""
    certainty: str = ESTABLISHED
    departure: str = ""
    along: tuple[str, ...] = ()
    voucher: str = ""
    day: datetime.date | None = None


PLANTED: tuple[Planted, ...] = (
    # 预算
    Planted(
        "BUD02",
        "2019年宣传活动费5月超预算200元，7月调整后补上",
        (2019,),
        CHAIR_1,
        200_00,
        "safety/2019",
        "50103-宣传活动费",
        LEAD,
        "DEP09",
    ),
    Planted(
        "BUD02",
        "2020年培训费10月超预算300元，一直没有调整",
        (2020,),
        CHAIR_1,
        300_00,
        "course/2020",
        "50301-培训费",
        LEAD,
        "DEP09",
    ),
    Planted(
        "BUD01",
        "2021年劳动关系协调费全年没有预算行",
        (2021,),
        CHAIR_1,
        440_10,
        "contract/2021",
        "50201-劳动关系协调费",
        LEAD,
    ),
    Planted(
        "BUD01",
        "2022年4月支出劳动关系协调支出，7月才补列预算",
        (2022,),
        CHAIR_1,
        483_30,
        "contract/2022",
        "50401-劳动关系协调支出",
    ),
    Planted(
        "BUD12",
        "2023年7月把培训支出预算调到已支出数以下100元",
        (2023,),
        CHAIR_2,
        100_00,
        "print/2023",
        "50501-培训支出",
        LEAD,
    ),
    Planted(
        "BUD02",
        "2023年培训支出调减以后继续支出，超出预算",
        (2023,),
        CHAIR_2,
        2_688_10,
        "advance/2023/spent",
        "50501-培训支出",
        departure="DEP09",
    ),
    Planted("BUD03", "2024年11月第二次调整预算，未经审查和批准", (2024,), CHAIR_2, 0, key="2024-11-11"),
    Planted("BUD03", "2024年调整预算两次，超过一年一次", (2024,), CHAIR_2, 0, key="count"),
    # 拨缴
    Planted(
        "INC01",
        "2019年5月拨缴基数漏掉派遣人员工资",
        (2019,),
        CHAIR_1,
        630_95,
        "contribution/2019-05",
        "2019-05",
        along=("INC03",),
    ),
    Planted(
        "INC02",
        "2020年3月拨缴经费4月24日才到账，地区没有规定滞纳金",
        (2020,),
        CHAIR_1,
        7_301_65,
        "contribution/2020-03",
        "2020-03",
    ),
    Planted(
        "INC13",
        "2020年6至8月一并上缴时漏了8月，到2022年9月才补缴",
        (2021,),
        CHAIR_1,
        2_928_48,
        "contribution/2020-08",
        "2020-08",
        departure="DEP02",
    ),
    Planted(
        "INC01",
        "2021年6月拨缴经费的留成部分记入行政补助收入",
        (2021,),
        CHAIR_1,
        4_548_81,
        "contribution/2021-06",
        "2021-06",
        along=("CUR10", "INC04"),
    ),
    Planted(
        "REM01",
        "2021年8月的上缴款付给了别的单位",
        (2021,),
        CHAIR_1,
        3_059_68,
        "remittance/2021-08",
        certainty=LEAD,
    ),
    Planted("INC11", "上缴上级经费的差额列入其他业务支出", (2022,), CHAIR_2, 1_280_00, "misbooked-remittance"),
    Planted("INC05", "2023年10月三名会员的会费没有代扣", (2023,), CHAIR_2, 60_20, key="2023-10", certainty=LEAD),
    Planted(
        "INC09",
        "2023年度小额缴费返还款挂在其他应付款，三个月后才转收入",
        (2024,),
        CHAIR_2,
        2_864_00,
        "small-return/2023",
    ),
    Planted(
        "INC01",
        "2024年二季度返拨只到两个月，少6月",
        (2024,),
        CHAIR_2,
        4_886_49,
        key="2024-06",
    ),
    Planted("INC10", "2025年9月按应收计提8月返拨经费，不在年末", (2025,), "", 4_989_12, "contribution/2025-08"),
    # 离任
    Planted("CTL01", "职工之家布置6,860元没有集体决议", (2021,), CHAIR_1, 6_860_00, "decoration", departure="DEP07"),
    Planted(
        "CTL01",
        "2024年端午节慰问品5,850元没有集体决议",
        (2024,),
        CHAIR_2,
        5_850_00,
        "festival/2024/2",
        departure="DEP07",
    ),
    Planted("CTL02", "前任主席自己经办、自己审批", (2022,), CHAIR_1, 0, "safety/2022", CHAIR_1, departure="DEP10"),
    Planted("CTL02", "后任主席自己经办、自己审批", (2023,), CHAIR_2, 0, "lecture/2023", CHAIR_2, departure="DEP10"),
    Planted(
        "EXP44", "球类联赛奖品拆成两笔采购，每笔都不到比价金额", (2023,), CHAIR_2, 5_600_00, "split/1", certainty=LEAD
    ),
    Planted("DEP03", "主席离任时备用金3,000元没有结清移交", (), CHAIR_2, 3_000_00, "loan", CHAIR_2, LEAD),
    Planted("AST10", "投影机（资-011）2023年12月以后没有盘点到", (2024, 2025), CHAIR_2, 0, departure="DEP06"),
    Planted("CTL08", "2023年审计查出的问题一直没有整改", (2023, 2024, 2025), CHAIR_2, 0, key="审-2023-01"),
    Planted("CTL03", "后任主席离任没有审计", (2025,), "", 0, key=CHAIR_2, certainty=LEAD),
    Planted("DEP01", "后任主席离任没有审计", (), CHAIR_2, 0, key=CHAIR_2, certainty=LEAD),
)


def resolved(vouchers: Mapping[str, Signed]) -> tuple[Planted, ...]:
    """Return the answer key with voucher numbers and days in place, from the generator's names of drafts."""
    return tuple(
        replace(case, voucher=vouchers[case.draft].number, day=vouchers[case.draft].voucher.date)
        if case.draft
        else case
        for case in PLANTED
    )
