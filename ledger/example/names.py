"""Names of the example: the union, its officers, departments, suppliers and projects; all of them invented."""

from __future__ import annotations

import datetime
from types import MappingProxyType

UNION = "某市第一医院工会委员会"
EMPLOYER = "某市第一医院"
HIGHER_UNION = "某市总工会"
BANK = "某市商业银行医院支行"
ACCOUNTING_OFFICE = "本单位"

CHAIR_BEFORE = "张某某"
CHAIR_AFTER = "李某某"
CHAIR_CHANGE = datetime.date(2025, 7, 1)  # first day of the new chair
TERM_BEGAN = datetime.date(2022, 7, 1)

VICE_CHAIR = "王某某"
FINANCE = "赵某某"
ACCOUNTANT = "钱某某"
BOOKKEEPER = "褚某某"
CASHIER = "孙某某"
AUDITORS = ("周某某", "吴某某", "郑某某")
ASSET_KEEPER = "冯某某"
SEAL_KEEPER = "陈某某"
HANDLERS = ("卫某某", "蒋某某", "沈某某", "韩某某", "杨某某")

DEPARTMENTS = (
    "心血管内科",
    "呼吸内科",
    "消化内科",
    "神经内科",
    "肾内科",
    "内分泌科",
    "普通外科",
    "骨科",
    "神经外科",
    "泌尿外科",
    "胸外科",
    "妇产科",
    "儿科",
    "急诊科",
    "重症医学科",
    "手术麻醉科",
    "眼科",
    "耳鼻喉科",
    "口腔科",
    "医学影像科",
    "检验科",
    "药学部",
    "康复医学科",
    "行政后勤",
)

COMPETITION = "岗位练兵技术比武"
RELIEF = "困难职工帮扶专项"

# What each supplier sells, so that the seller on an invoice is the payee of the voucher.
SUPPLIERS = MappingProxyType(
    {
        "grain": "某市惠民粮油商行",
        "fruit": "某市鲜果批发行",
        "goods": "某市便民超市",
        "cake": "某市甜麦蛋糕店",
        "gift": "某市百货商店",
        "sports": "某市健体体育用品店",
        "clothing": "某市众合服装厂",
        "stadium": "某市市民体育馆",
        "canteen": "某市康膳餐饮服务部",
        "coach": "某市平安客运公司",
        "garden": "某市城郊农业观光园",
        "cinema": "某市星光影城",
        "print": "某市文印图文社",
        "books": "某市新知书店",
        "training": "某市职工教育培训中心",
        "hotel": "某市会议服务中心",
        "law": "某某律师事务所",
        "drink": "某市清源饮品经营部",
        "medicine": "某市健民大药房",
        "computer": "某市启明电脑经营部",
        "furniture": "某市良木家具厂",
        "media": "某市广联传媒服务部",
        "mind": "某市心晴心理咨询中心",
        "office": "某市文博办公用品店",
        "flower": "某市花卉苗木基地",
        "decor": "某市匠心装饰工程部",
        "express": "某市同城快递服务站",
        "insurer": "某市职工互助保障服务中心",
    }
)


def chair_on(day: datetime.date) -> str:
    """Return the chair in office on a day."""
    return CHAIR_BEFORE if day < CHAIR_CHANGE else CHAIR_AFTER
