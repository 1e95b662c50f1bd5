"""Registers of a book: strict columns, every bad cell reported with its line."""

from __future__ import annotations

import datetime

import pytest

from ledger.contracts import REGISTERS
from ledger.registers import read_register

PAYROLL = "month,category,headcount,total_wages,dues_base\n"


def test_a_register_as_columns() -> None:
    register = read_register("payroll", (PAYROLL + '2025-03,在编,10,"100,000.05",\n\n2025-04,合同,,1.00,2\n').encode())
    assert register.faults == ()
    assert register.columns == {
        "month": ["2025-03", "2025-04"],
        "category": ["在编", "合同"],
        "headcount": [10, None],
        "total_wages_fen": [10_000_005, 100],
        "dues_base_fen": [None, 200],
        "line": [2, 4],
    }


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_encodings_of_spreadsheets(encoding: str) -> None:
    register = read_register("officers", "post,name,from,to\r\nchair,甲,2025-01-01,\r\n".encode(encoding))
    assert register.columns is not None
    assert register.columns["name"] == ["甲"]
    assert register.columns["from"] == [datetime.date(2025, 1, 1)]
    assert register.columns["to"] == [None]
    assert [f.code for f in register.faults] == (["ENCODING_GB18030"] if encoding == "gb18030" else [])


@pytest.mark.parametrize(
    ("row", "kept", "value"),
    [
        ("2025-03,在编,10,many,", 0, "many"),
        ("2025-03,在编,10,,", 0, "total_wages"),
        ("2025-03,在编,10,1.001,", 0, "1.001"),
        ("2025-03,在编,ten,1.00,", 1, "ten"),
        ("2025-13,在编,10,1.00,", 0, "2025-13"),
        ("2025-03,在编,10,1,000.00,", 0, "标题行只有 5 格"),
    ],
)
def test_a_bad_cell_is_reported_with_its_line(row: str, kept: int, value: str) -> None:
    register = read_register("payroll", (PAYROLL + "2025-01,在编,1,1.00,\n" + row + "\n").encode())
    assert register.columns is not None
    assert len(register.columns["line"]) == 1 + kept
    (fault,) = register.faults
    assert (fault.code, fault.line) == ("REGISTER_VALUE", 3)
    assert value in fault.message


def test_a_day_that_does_not_exist_is_blank() -> None:
    register = read_register("officers", b"post,name,from,to\nchair,x,2025-02-30,2025-2-1\n")
    assert register.columns is not None
    assert register.columns["from"] == [None]
    assert register.columns["to"] == [None]
    assert len(register.faults) == 2


def test_a_register_without_a_required_column_is_absent() -> None:
    register = read_register("payroll", b"month,category,headcount\n2025-03,x,1\n")
    assert register.columns is None
    (fault,) = register.faults
    assert fault.code == "REGISTER_COLUMN_MISSING"
    assert "total_wages" in fault.message


def test_a_register_without_an_optional_column_is_present() -> None:
    register = read_register("payroll", b"month,category,total_wages,note\n2025-03,x,1.00,y\n")
    assert register.columns is not None
    assert register.columns["headcount"] == [None]
    assert {f.code for f in register.faults} == {"REGISTER_COLUMN_MISSING", "REGISTER_COLUMN_UNKNOWN"}


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"month,month,total_wages\n", b"\xff\xfe\x00", b"x" * 200_000 + b"\n"]
)
def test_files_that_are_no_register_are_absent(content: bytes) -> None:
    register = read_register("payroll", content)
    assert register.columns is None
    assert register.faults


def test_an_open_quote_is_reported_where_it_begins() -> None:
    register = read_register("payroll", (PAYROLL + '2025-01,x,1,1.00,\n2025-02,"x,1,1.00,\n').encode())
    assert register.columns is not None
    assert register.columns["line"] == [2]
    assert [(f.code, f.line) for f in register.faults] == [("REGISTER_UNREADABLE", 3)]


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_may_be_empty(name: str) -> None:
    register = read_register(name, (",".join(REGISTERS[name]) + "\n").encode())
    assert register.faults == ()
    assert register.columns is not None
    assert all(values == [] for values in register.columns.values())


@pytest.mark.parametrize(
    ("second", "kept", "code", "told"),
    [
        ("2025-03,在编,10,1.00,", 1, "REGISTER_REPEATED", "内容相同，只计一次"),
        ("2025-03,在编,10,1.01,", 0, "REGISTER_DUPLICATE", "内容不同，都未计入"),
        ("2025-03,合同,10,1.01,", 2, "", ""),
    ],
)
def test_a_month_twice_in_the_payroll_is_counted_once_or_not_at_all(
    second: str, kept: int, code: str, told: str
) -> None:
    register = read_register("payroll", (PAYROLL + "2025-03,在编,10,1.00,\n" + second + "\n").encode())
    assert register.columns is not None
    assert len(register.columns["line"]) == kept
    assert [(f.code, f.line, told in f.message) for f in register.faults] == ([(code, 3, True)] if code else [])


def test_a_member_may_join_again_but_is_listed_once() -> None:
    heads = "member_id,name,department,status,joined,left,birth_month,dues_base\n"
    again = "M1,甲,内科,left,2010-01-01,2020-01-01,3,\nM1,甲,内科,active,2021-01-01,,3,\n"
    assert read_register("members", (heads + again).encode()).faults == ()
    (fault,) = read_register("members", (heads + again + "M1,甲,内科,active,2021-01-01,,3,\n").encode()).faults
    assert (fault.code, fault.line) == ("REGISTER_REPEATED", 4)


@pytest.mark.parametrize(
    ("row", "lacks"), [("Q1,2025-01-20,,春节,1.00,goods,yes,", "member_id"), ("Q1,,M1,春节,1.00,goods,yes,", "date")]
)
def test_a_grant_to_nobody_or_of_no_day_is_left_out(row: str, lacks: str) -> None:
    heads = "list,date,member_id,occasion,amount,form,signed,event_key\n"
    register = read_register("grants", (heads + row + "\n").encode())
    assert register.columns is not None
    assert register.columns["line"] == []
    (fault,) = register.faults
    assert (fault.code, fault.line) == ("REGISTER_VALUE", 2)
    assert lacks in fault.message


def test_a_register_that_cannot_say_whom_it_is_about_is_not_present() -> None:
    register = read_register("grants", b"list,date,member,occasion,amount,form,signed,event_key\n")
    assert register.columns is None
    assert {fault.code for fault in register.faults} == {"REGISTER_COLUMN_MISSING", "REGISTER_COLUMN_UNKNOWN"}
