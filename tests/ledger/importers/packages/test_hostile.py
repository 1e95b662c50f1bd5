"""XML and JSON made to harm: refused with a reason, nothing opened, nothing written."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from ledger.importers.packages.markup import MAX_DEPTH, read_json, read_xml
from ledger.importers.zip_check import Refused
from ledger.vouchers import Voucher
from tests.ledger.importers.packages.written import Written, gbt_2010, gbt_2024_json, records_of, saft, u8_xml

BODY = (
    "<ufinterface><voucher><voucher_body><entry><abstract>{}</abstract></entry></voucher_body></voucher></ufinterface>"
)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghi")
)
XML = {
    "billion laughs": LAUGHS + "]>" + BODY.format("&i;"),
    "one large entity": f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>' + BODY.format("&a;" * 1000),
    "external entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + BODY.format("&a;"),
    "parameter entity": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>' + BODY.format(""),
    "external DTD": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + BODY.format(""),
}


@pytest.mark.parametrize("name", XML)
def test_document_types_are_refused(name: str, refused: Callable[..., str]) -> None:
    report = refused(Written("凭证.xml", XML[name].encode(), "u8"))
    assert "DTD、ENTITY" in report
    assert "root:" not in report


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<a>" * (MAX_DEPTH + 2) + "</a>" * (MAX_DEPTH + 2), "嵌套超过"),
        (f"<总账><记账凭证><摘要>{'长' * 30_000}</摘要></记账凭证></总账>", "超过 20000 字"),
        ("<总账><记账凭证></总账>", "第 1 行不合 XML 语法"),
        ("<AuditFile>\n<Header>\n", "第 3 行不合 XML 语法"),
        ('<?xml version="1.0" encoding="UTF-7"?><总账/>', "utf-7"),
        ("<Report><Foo/><Bar/></Report>", "根元素“Report”，其下是 Foo、Bar"),
        ('<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>', "XML 格式的表格"),
    ],
)
def test_xml_that_cannot_be_read(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_xml(text, "UTF-8")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a":' * 100_000, "不合 JSON 语法|嵌套超过"),
        ('{"a":' * 60 + "1" + "}" * 60, "嵌套超过"),
        ('{"记账凭证": [{"摘要": "a", "摘要": "b"}]}', "“摘要”出现两次"),
        ('{"记账凭证": [{"借方本币金额": NaN}]}', "NaN 不是数"),
        ('{"记账凭证": [{"借方本币金额": %s}]}' % ("1" * 100), "超过 40 位"),
        ('{"记账凭证": [', "第 1 行第"),
        (json.dumps({"orders": [{"id": 1}]}), "其下是 orders"),
    ],
)
def test_json_that_cannot_be_read(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_json(text)


def test_declared_utf8_that_is_none(month: tuple[Voucher, ...], refused: Callable[..., str]) -> None:
    text = gbt_2010(records_of(month[:2])).content.decode("gb18030").replace("GB18030", "UTF-8")
    assert "声明的编码是 UTF-8" in refused(Written("总账.xml", text.encode("gb18030"), ""))


@pytest.mark.parametrize("write", [u8_xml, gbt_2010, gbt_2024_json, saft], ids=lambda w: w.__name__)
@pytest.mark.parametrize("share", [0.3, 0.95])
def test_a_file_cut_off(
    write: Callable[..., Written], share: float, month: tuple[Voucher, ...], refused: Callable[..., str]
) -> None:
    whole = write(records_of(month[:4]))
    cut = whole.content[: int(len(whole.content) * share)].decode(
        "gb18030" if b"gb" in whole.content[:50].lower() else "utf-8", "ignore"
    )
    report = refused(Written(whole.name, cut.encode(), whole.key))
    assert "文件可能不完整" in report


def test_rows_are_lines_of_the_file(month: tuple[Voucher, ...], refused: Callable[..., str], tmp_path: Path) -> None:
    text = gbt_2010(records_of(month[:2])).content.decode("gb18030")
    bad = text.replace("<借方本币金额>500.00<", "<借方本币金额>五百<", 1)
    line = 1 + bad[: bad.index("五百")].count("\n")
    report = refused(Written("总账.xml", bad.encode("gb18030"), ""))
    record = 1 + bad[: bad.rindex("<记账凭证>", 0, bad.index("五百"))].count("\n")
    assert f"工作表“记账凭证”第 {record} 行" in report
    assert 0 < line - record < 15
    flat = bad.replace("\n", "").replace("?>", "?>\n", 1)
    assert "按记录次序）”第 2 行" in refused(Written("一行.xml", flat.encode("gb18030"), ""))
