"""JSON and SARIF of a result: the shape that others rely on, to the byte."""

from __future__ import annotations

import dataclasses
import datetime
import json
from decimal import Decimal

from ledger.contracts import Integrity
from reports.exchange import to_json, to_sarif
from rules.finding import (
    AuditResult,
    Certainty,
    Citation,
    Evidence,
    Finding,
    Kind,
    Outcome,
    Severity,
    Status,
    Text,
)
from rules.law import ParameterValue, ValueKind, ValueStatus

DAY = datetime.date(2025, 2, 3)
VALUE = ParameterValue(
    key="holiday.annual_cap",
    region="340000",
    in_force_from=datetime.date(2025, 8, 21),
    until=None,
    value=Decimal("2200"),
    unit="yuan",
    kind=ValueKind.MAXIMUM,
    status=ValueStatus.UNVERIFIED,
    instrument="anhui-funds-2025",
    article="第十条",
)
FINDING = Finding(
    code="EXP01",
    key=("2025", "M001"),
    title=Text("节日慰问超过上限", "Holiday goods over cap"),
    severity=Severity.HIGH,
    certainty=Certainty.LEAD,
    amount_fen=12300,
    message=Text("会员一多领 123.00 元", "a member got 123.00 yuan too much"),
    expected=Text("不超过 2,200.00 元", "at most 2,200.00 yuan"),
    found=Text("2,323.00 元", "2,323.00 yuan"),
    remedy=Text("收回", "recover"),
    citations=(Citation("anhui-funds-2025", "第十条"),),
    evidence=(
        Evidence(
            Text("发放", "grant"), "记-2025-02-0031", DAY, "Expenses:501-职工活动支出", 12300, "2025/02.beancount", 88
        ),
        Evidence(Text("没有登记", "no record")),
    ),
    parameters=(VALUE,),
)
RESULT = AuditResult(
    union_name="某市第一医院工会委员会",
    union_code="81340500MC0000000X",
    region="340500",
    since=datetime.date(2025, 1, 1),
    until=datetime.date(2025, 12, 31),
    kind=Kind.ANNUAL,
    subject="",
    engine="union-audit 0.1.0 · law test",
    digest="00",
    outcomes=(
        Outcome("EXP01", FINDING.title, Status.FINDINGS, Text("", ""), 1, 412),
        Outcome("INC01", Text("少拨", "shortfall"), Status.NOT_PERFORMED, Text("缺登记簿", "no register"), 0, 0),
    ),
    findings=(FINDING,),
    ids=("EXP01-0123456789ab",),
)
FAULTS = (
    Integrity("L02", "high", "日期不合法", "登记 簿/二.csv", 9),
    Integrity("L01", "low", "空行", "2025/01.beancount", 3),
)


def test_json_holds_every_promised_field() -> None:
    data = json.loads(to_json(RESULT, FAULTS))
    assert data["schema"] == "union-audit/1"
    assert data["union"] == {"name": "某市第一医院工会委员会", "code": "81340500MC0000000X", "region": "340500"}
    assert data["period"] == {"from": "2025-01-01", "to": "2025-12-31"}
    assert data["kind"] == "annual"
    assert set(data["integrity"][0]) == {"code", "severity", "message", "file", "line"}
    assert data["outcomes"][1] == {
        "code": "INC01",
        "title": "少拨",
        "status": "not_performed",
        "reason": "缺登记簿",
        "findings": 0,
        "tested": 0,
    }
    (finding,) = data["findings"]
    assert finding["id"] == "EXP01-0123456789ab"
    assert (finding["severity"], finding["certainty"], finding["amount_fen"]) == ("high", "lead", 12300)
    assert finding["citations"] == [{"instrument": "anhui-funds-2025", "article": "第十条"}]
    (parameter,) = finding["parameters"]
    assert (parameter["key"], parameter["value"]) == ("holiday.annual_cap", "2200")
    assert (parameter["in_force_from"], parameter["region"]) == ("2025-08-21", "340000")
    assert parameter["status"] == "unverified"
    first, absent = finding["evidence"]
    assert (first["voucher"], first["date"], first["amount_fen"]) == ("记-2025-02-0031", "2025-02-03", 12300)
    assert (first["file"], first["line"], first["note"]) == ("2025/02.beancount", 88, "发放")
    assert (absent["date"], absent["amount_fen"], absent["line"]) == (None, None, 0)


def test_json_is_the_same_to_the_byte_whatever_the_order_of_faults() -> None:
    again = dataclasses.replace(RESULT)
    assert to_json(RESULT, FAULTS) == to_json(again, FAULTS[::-1])
    assert "某市第一医院" in to_json(RESULT)


def test_json_in_english() -> None:
    (finding,) = json.loads(to_json(RESULT, (), "en"))["findings"]
    assert finding["title"] == "Holiday goods over cap"
    assert finding["evidence"][0]["note"] == "grant"


def test_sarif_names_rule_place_and_identity() -> None:
    log = json.loads(to_sarif(RESULT, integrity=FAULTS))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "union-audit"
    found, *faults = run["results"]
    assert driver["rules"][found["ruleIndex"]]["id"] == found["ruleId"] == "EXP01"
    assert found["level"] == "note"  # a lead, however grave
    assert found["partialFingerprints"] == {"unionAuditId/v1": "EXP01-0123456789ab"}
    (place,) = found["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "2025/02.beancount"
    assert place["physicalLocation"]["region"] == {"startLine": 88}
    assert {fault["level"] for fault in faults} == {"error", "note"}
    uris = [fault["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for fault in faults]
    assert all(uri.isascii() and " " not in uri for uri in uris)


def test_sarif_of_an_established_finding_is_an_error_when_grave() -> None:
    grave = dataclasses.replace(FINDING, certainty=Certainty.ESTABLISHED)
    log = json.loads(to_sarif(dataclasses.replace(RESULT, findings=(grave,)), "en"))
    (found,) = log["runs"][0]["results"]
    assert found["level"] == "error"
    assert found["message"]["text"] == "a member got 123.00 yuan too much recover"


def test_sarif_carries_the_pages_of_rules() -> None:
    from rules.rule import all_rules

    log = json.loads(to_sarif(dataclasses.replace(RESULT, findings=(), ids=()), rules=all_rules()))
    described = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert described["STM01"]["name"] == "AssetFundOutOfBalance"
    assert "检查内容" in described["STM01"]["fullDescription"]["text"]
