"""`seal`, `verify`, `depreciate`, `change-over`, `disclose` and the final accounts, called as people call them."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pdfplumber
import pytest
from click.testing import CliRunner, Result

from auditor.cli import main
from ledger.accounts import charts
from ledger.facts import Facts
from ledger.importers.importing import import_file
from ledger.money import shown_yuan
from ledger.reader import read_book
from reports.statements import income_statement
from tests.rules.casefile import book_files

OLD = """
2021-01-01 * "期初" "期初余额" #opening
  Assets:102-银行存款:01-基本户      900.00 CNY
  Assets:131-应收上级经费            100.00 CNY
  Equity:331-结余                  -1000.00 CNY
"""


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def copied(hospital_book: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(hospital_book, tmp_path / "账套"))


def facts_of(book: Path) -> Facts:
    facts = read_book(book).facts
    assert facts is not None
    return facts


def test_seal_verify_and_reopen(copied: Path) -> None:
    assert call("verify", copied).output == "没有已封账的月份\n"
    sealed = call("seal", copied, "2025-01", "--by", "张某某")
    assert sealed.exit_code == 0, sealed.output
    assert "2025-01 已封账：凭证 49 张。回执 " in sealed.output
    assert call("verify", copied).exit_code == 0
    path = copied / "2025/01.beancount"
    path.write_text(path.read_text(encoding="utf-8").replace("会费", "会贵", 1), encoding="utf-8")
    broken = call("verify", copied)
    assert (broken.exit_code, "查出改动 1 处" in broken.output) == (1, True)
    english = call("--lang", "en", "verify", copied)
    assert "1 sealed months, 1 changes" in english.output
    assert call("seal", copied, "2025-01", "--reopen", "更正摘要").exit_code == 0
    assert call("verify", copied).output == "没有已封账的月份\n"
    refused = call("seal", copied, "2025-03")
    assert refused.exit_code == 2
    assert "以前月份均已封账：2025-01 至 2025-02 间的 2 个月 尚未封账" in refused.output
    assert call("seal", copied, "2025-03", "--despite", "a", "--reopen", "b").exit_code == 2
    assert call("verify", copied / "没有").exit_code == 2


def test_an_import_into_a_sealed_month_is_refused(copied: Path, tmp_path: Path) -> None:
    assert call("seal", copied, "2025-01").exit_code == 0
    before = {p: p.read_bytes() for p in copied.rglob("*") if p.is_file()}
    table = tmp_path / "补记.csv"
    table.write_text(
        "日期,凭证字号,摘要,科目编码,科目名称,借方金额,贷方金额,附件张数\n"
        "2025-01-31,记-49,补记会费,10201,基本户,100.00,,1\n,,补记会费,401,会费收入,,100.00,\n",
        encoding="utf-8",
    )
    result = import_file(table, copied, "vouchers")
    assert not result.written
    assert any("2025-01 已封账" in str(problem) for problem in result.problems)
    assert {p: p.read_bytes() for p in copied.rglob("*") if p.is_file()} == before


def test_depreciate_writes_once(copied: Path) -> None:
    done = call("depreciate", copied, "2025-03")
    assert (done.exit_code, "2025-03 已计提" in done.output) == (2, True)
    dry = call("depreciate", copied, "2026-01", "--dry-run")
    assert (dry.exit_code, "没有写入任何内容" in dry.output) == (0, True)
    wrote = call("depreciate", copied, "2026-01")
    assert "记-2026-01-0001  计提1月固定资产折旧  1,764.00" in wrote.output
    assert read_book(copied).fatal == ()
    assert call("depreciate", copied, "2026-01").exit_code == 2
    assert call("depreciate", copied, "2026-13").exit_code == 2


def test_change_over_asks_and_then_writes(tmp_path: Path) -> None:
    book = tmp_path / "旧账"
    for path, content in book_files(OLD, {}, union={}).items():
        (book / path).parent.mkdir(parents=True, exist_ok=True)
        (book / path).write_text(content, encoding="utf-8")
    asked = call("change-over", book)
    assert asked.exit_code == 2
    rows = [line for line in asked.output.splitlines() if line.count(",") == 3]
    assert rows[0] == "old,new,amount,reason"
    assert len(rows) == 3
    table = tmp_path / "决定.csv"
    table.write_text(
        "\n".join(rows).replace(",135,,", ",135,40.00,").replace(",321,,", ",321,250.00,"), encoding="utf-8"
    )
    made = call("change-over", book, "--decisions", table)
    assert made.exit_code == 0, made.output
    facts = facts_of(book)
    held = facts.balances_on(facts.vouchers["date"].max().date())
    found = {str(a): int(fen) for a, fen in zip(held["account"], held["amount_fen"], strict=True) if fen}
    assert found == {
        "Assets:102-银行存款:01-基本户": 90000,
        "Assets:131-应收上级经费": 6000,
        "Assets:135-其他应收款": 4000,
        "Equity:321-工会资金结转:32104-累计结转": -25000,
        "Equity:322-工会资金结余:32205-累计结余": -75000,
    }
    assert bool(facts.vouchers["change_over"].any())
    again = call("change-over", book)
    assert (again.exit_code, "已有新旧制度衔接凭证" in again.output) == (2, True)


def test_nobody_and_no_supplier_is_in_what_is_published(hospital_book: Path, tmp_path: Path) -> None:
    assert call("disclose", hospital_book, "--period", "2025", "-o", tmp_path).exit_code == 0
    page = next(tmp_path.glob("*.html")).read_text(encoding="utf-8")
    with pdfplumber.open(next(tmp_path.glob("*.pdf"))) as paper:
        printed = "".join(sheet.extract_text() for sheet in paper.pages)
    facts = facts_of(hospital_book)
    names = {str(payee) for payee in facts.vouchers["payee"].unique()}
    for column in (
        "prepared_by",
        "reviewed_by",
        "posted_by",
        "cashier",
        "handled_by",
        "approved_by",
        "project",
        "activity",
    ):
        names |= {str(name) for name in facts.vouchers[column].unique()}
    for register, columns in {
        "members": ("name", "member_id"),
        "officers": ("name",),
        "assets": ("keeper", "name"),
        "cash_counts": ("keeper", "witness"),
        "contracts": ("party",),
        "bank": ("payer_payee",),
        "invoices": ("seller",),
        "stock": ("receiver",),
    }.items():
        frame = facts.registers.get(register)
        assert frame is not None or register in ("stock", "invoices")
        for column in columns if frame is not None else ():
            assert frame is not None
            names |= {str(name) for name in frame[column].unique()}
    statutory = [facts.union.name, *(account.name for account in charts()[1].accounts)]
    names = {name for name in names if len(name) > 1 and not any(name in known for known in statutory)}
    assert len(names) > 1000
    assert [name for name in sorted(names) if name in page or name in printed] == []
    spent = shown_yuan(
        income_statement(facts, datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)).fen("total_expense")
    )
    assert spent in page
    assert spent in printed


def test_the_bundle_of_the_year_has_the_notes(copied: Path, tmp_path: Path) -> None:
    assert call("statements", copied, "--period", "2025", "-o", tmp_path / "年报").exit_code == 0
    names = sorted(p.name for p in (tmp_path / "年报").iterdir())
    assert "会计报表附注-2025.docx" in names
    assert not [name for name in names if "成本费用表" in name]
    assert call("statements", copied, "--period", "2025-03", "-o", tmp_path / "月报").exit_code == 0
    assert not list((tmp_path / "月报").glob("会计报表附注*"))
    (copied / "notes.toml").write_text("[2025]\npolicy = 1\n", encoding="utf-8")
    bad = call("statements", copied, "--period", "2025", "-o", tmp_path / "无")
    assert (bad.exit_code, "notes.toml [2025] policy" in bad.output) == (2, True)
    assert not (tmp_path / "无").exists()


def test_a_county_union_files_its_forms(copied: Path, tmp_path: Path) -> None:
    profile = copied / "union.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace('level = "grassroots"', 'level = "county"'), encoding="utf-8")
    assert call("statements", copied, "--period", "2025", "-o", tmp_path / "报表").exit_code == 0
    names = {p.name for p in (tmp_path / "报表").iterdir()}
    assert {"成本费用表-2025.xlsx", "国有资产情况表-2025.xlsx"} <= names
