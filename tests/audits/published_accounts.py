"""Figures that a university's union published, as data: 中国教育工会浙江中医药大学委员会.

Source: 工会经费收支预算表 of 2021 in the statutory form, which sets the final accounts of 2020 beside the budget of
2021, http://gh.zcmu.edu.cn/info/1040/3892.htm; amounts in yuan. The page was at hand up to account 50404: what
went to 504 and beyond in 2020 follows from the published sums, for the year's income (use of earlier years' surplus
included) was spent whole. Account codes are those of the system of 2009, in force in both years.
"""

from __future__ import annotations

from types import MappingProxyType

BROUGHT_FORWARD = MappingProxyType({2020: 2_139_904_21, 2021: 1_961_799_80})  # 上年结转
DRAWN = MappingProxyType({2020: 178_104_41, 2021: 389_260_00})  # 动用以前年度结余
YEAR_INCOME = MappingProxyType({2020: 4_465_005_48, 2021: 3_644_500_00})  # 本年收入合计, what was drawn included
FINAL_2020 = MappingProxyType(
    {
        "401": 460_354_83,
        "402": 2_999_216_60,
        "40302": 373_200_00,
        "40305": 39_000_00,
        "40306": 300_000_00,
        "408": 115_129_64,
        "50102": 1_213_016_58,
        "50103": 116_100_00,
        "50104": 2_437_758_50,
        "50204": 102_000_00,
        "50205": 39_000_00,
        "50301": 1_247_00,
        "50304": 102_743_90,
        "50305": 77_001_50,
    }
)
BUDGET_2021 = MappingProxyType(
    {
        "401": 465_000_00,
        "402": 2_550_240_00,
        "40302": 75_000_00,
        "40305": 50_000_00,
        "408": 115_000_00,
        "50101": 20_000_00,
        "50102": 946_500_00,
        "50103": 118_000_00,
        "50104": 2_175_000_00,
        "50204": 100_000_00,
        "50205": 50_000_00,
        "50301": 50_000_00,
        "50304": 105_000_00,
        "50305": 80_000_00,
    }
)
# The sums as published, of 2020 and of 2021, in fen.
SUMS = MappingProxyType(
    {
        "403": (712_200_00, 125_000_00),
        "501": (3_766_875_08, 3_259_500_00),
        "502": (141_000_00, 150_000_00),
        "503": (180_992_40, 235_000_00),
    }
)
