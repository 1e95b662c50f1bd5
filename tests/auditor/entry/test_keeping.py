"""Keeping a book through the forms: drafts, posting, corrections, registers, budget, sealing, closing, papers."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from auditor.entry.serving import editing_server
from ledger.facts import Facts
from ledger.reader import read_book
from tests.auditor.entry.conftest import SLUG, Client, clock

CONTRIBUTION = {
    "f.date": "2025-03-20",
    "f.amount": "12345.67",
    "f.payee": "某市第一医院",
    "f.month_of": "2025-02",
}


def facts_of(book: Path) -> Facts:
    """The facts of the book on the disk, which must be without fault."""
    reading = read_book(book)
    assert not reading.fatal, reading.fatal
    assert reading.facts is not None
    return reading.facts


def draft(client: Client, person: str = "会计乙", **more: object) -> str:
    """The id of a new draft of a contribution."""
    fields = {**client.filled("contribution_received_direct", person), **CONTRIBUTION, **more}
    answer = client.send("draft", fields, person)
    found = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert "id" in found, client.get(answer.headers["Location"]).get_data(as_text=True)[-3000:]
    return found["id"][0]


def step(client: Client, draft_id: str, act: str, person: str, **more: str) -> str:
    """The page that follows a step."""
    token = client.token(client.page("EntryDrafts", person, id=draft_id), "step")
    answer = client.send("step", {"token": token, "id": draft_id, "act": act, **more}, person)
    assert answer.status_code == 303
    return client.get(answer.headers["Location"], person).get_data(as_text=True)


def posted(client: Client, draft_id: str) -> None:
    """Take a draft through all its steps by three persons."""
    step(client, draft_id, "reviewed", "出纳丙")
    step(client, draft_id, "approved", "主席甲")
    assert "已记账" in step(client, draft_id, "posted", "主席甲")


def test_draft_goes_through_three_hands_into_the_book(client: Client, book: Path) -> None:
    scan = (io.BytesIO(b"%PDF-1.4"), "回单.pdf")
    draft_id = draft(client, files=scan)
    assert len(facts_of(book).vouchers) == 0
    posted(client, draft_id)
    facts = facts_of(book)
    row = facts.vouchers.iloc[0]
    assert row["voucher"] == "记-2025-03-0001"
    assert [row[k] for k in ("prepared_by", "reviewed_by", "approved_by", "posted_by")] == [
        "会计乙",
        "出纳丙",
        "主席甲",
        "主席甲",
    ]
    assert (book / row["documents"]).read_bytes() == b"%PDF-1.4"
    amounts = {str(a): int(f) for a, f in facts.postings[["account", "amount_fen"]].itertuples(index=False)}
    assert amounts["Income:402-拨缴经费收入"] == -7407_40
    assert sum(amounts.values()) == 0


def test_same_person_is_stopped_and_nothing_changes(client: Client, book: Path) -> None:
    draft_id = draft(client)
    before = (book / f"drafts/{draft_id}.json").read_bytes()
    assert "不能再审核" in step(client, draft_id, "reviewed", "会计乙")
    assert (book / f"drafts/{draft_id}.json").read_bytes() == before
    step(client, draft_id, "reviewed", "出纳丙")
    assert "不能再审批" in step(client, draft_id, "approved", "出纳丙")
    assert "不能记账" in step(client, draft_id, "posted", "主席甲")


def test_union_with_one_person_may_do_all_at_once_and_the_history_says_so(client: Client, book: Path) -> None:
    (book / "registers/officers.csv").write_text("post,name,from,to\nchair,主席甲,2024-01-01,\n", encoding="utf-8")
    draft_id = draft(client, "主席甲")
    page = step(client, draft_id, "all", "主席甲")
    assert "当日在任财务人员不足两人" in page
    assert facts_of(book).vouchers.iloc[0]["reviewed_by"] == "主席甲"


def test_doing_all_at_once_is_refused_where_there_are_people(client: Client, book: Path) -> None:
    draft_id = draft(client)
    assert "须分别审核" in step(client, draft_id, "all", "主席甲")
    assert len(facts_of(book).vouchers) == 0


def test_posting_a_posted_draft_again_is_refused(client: Client, book: Path) -> None:
    draft_id = draft(client)
    posted(client, draft_id)
    other = draft(client)  # the page of a posted draft has no form: the token comes from another one
    token = client.token(client.page("EntryDrafts", "主席甲", id=other), "step")
    client.send("step", {"token": token, "id": draft_id, "act": "posted"}, "主席甲")
    assert len(facts_of(book).vouchers) == 1


def test_draft_changed_by_hand_after_the_approval_is_not_posted(client: Client, book: Path) -> None:
    draft_id = draft(client)
    step(client, draft_id, "reviewed", "出纳丙")
    step(client, draft_id, "approved", "主席甲")
    file = book / f"drafts/{draft_id}.json"
    file.write_text(file.read_text(encoding="utf-8").replace("1234567", "9934567"), encoding="utf-8")
    other = draft(client)
    token = client.token(client.page("EntryDrafts", "主席甲", id=other), "step")
    answer = client.send("step", {"token": token, "id": draft_id, "act": "posted"}, "主席甲")
    assert "本页无法显示" in client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "被改动过" in client.page("EntryDrafts")
    assert len(facts_of(book).vouchers) == 0


def test_faults_come_back_with_what_was_typed(client: Client) -> None:
    fields = client.filled("contribution_received_direct", "会计乙", **{**CONTRIBUTION, "f.amount": "十二<b>元"})
    answer = client.send("draft", {**fields, "files": (io.BytesIO(b"%PDF-1"), "a.pdf")}, "会计乙")
    page = client.get(answer.headers["Location"], "会计乙").get_data(as_text=True)
    assert 'value="十二&lt;b&gt;元"' in page
    assert 'value="某市第一医院"' in page
    assert re.search(r'id="f\.amount"[^>]*aria-invalid="true"', page)
    assert "已收到 a.pdf" in page


def test_whoever_is_not_in_post_prepares_nothing(client: Client, book: Path) -> None:
    fields = {**client.filled("contribution_received_direct", "外人"), **CONTRIBUTION}
    answer = client.send("draft", fields, "外人")
    assert "不在任职登记簿" in client.get(answer.headers["Location"]).get_data(as_text=True)
    assert not (book / "drafts").exists()


def test_preview_shows_number_entry_and_law_and_writes_nothing(client: Client, book: Path) -> None:
    fields = {**client.filled("contribution_received_direct", "会计乙"), **CONTRIBUTION}
    shown = client.send("preview", fields, "会计乙").get_data(as_text=True)
    for text in ("记-2025-03-0001", "7,407.40", "4,938.27", "0.60", "某市总工会〔2020〕3号"):
        assert text in shown
    assert not (book / "drafts").exists()


def test_days_are_taken_as_people_write_them(client: Client) -> None:
    fields = {**client.filled("contribution_received_direct", "会计乙"), **CONTRIBUTION}
    for text in ("20250312", "2025/3/12", "3-12", "3月12日"):
        shown = client.send("preview", {**fields, "f.date": text}, "会计乙").get_data(as_text=True)
        assert "2025-03-12" in shown, text


def test_budget_left_is_shown_before_saving(client: Client) -> None:
    page = client.page("EntryLists", list="budget")
    fields = {"token": client.token(page, "budget"), "year": "2025", "account": "50105", "amount": "1000"}
    assert "said=saved" in client.send("budget", fields, "会计乙").headers["Location"]
    free = client.filled("free", "会计乙", **{"f.date": "2025-03-20", "f.narration": "用品"})
    free |= {
        "line.0.account": "50105",
        "line.0.debit": "1000.01",
        "line.1.account": "基本户",
        "line.1.credit": "1000.01",
    }
    shown = client.send("preview", free, "会计乙").get_data(as_text=True)
    assert "超出 <b>0.01" in shown
    free |= {"line.0.debit": "1000.00", "line.1.credit": "1000.00"}
    shown = client.send("preview", free, "会计乙").get_data(as_text=True)
    assert "还剩 <b>0.00" in shown


def test_free_voucher_that_does_not_balance_is_told(client: Client) -> None:
    free = client.filled("free", "会计乙", **{"f.date": "2025-03-20", "f.narration": "用品"})
    free |= {"line.0.account": "50105", "line.0.debit": "5", "line.1.account": "基本户", "line.1.credit": "4.99"}
    assert "借方多 0.01 元" in client.send("preview", free, "会计乙").get_data(as_text=True)


def test_posted_voucher_is_put_right_by_its_reversal(client: Client, book: Path) -> None:
    posted(client, draft(client))
    page = client.page("EntryVouchers", "会计乙", number="记-2025-03-0001")
    way = re.search(r'href="([^"]+)"[^>]*>红字冲销', page)
    assert way is not None
    asked = {k: v[0] for k, v in parse_qs(urlsplit(way[1].replace("&amp;", "&")).query).items()}
    event = asked.pop("event")
    token = client.token(client.get(way[1].replace("&amp;", "&"), "会计乙").get_data(as_text=True), "draft")
    fields = {"token": token, "event": event, "f.date": "2025-03-20", "f.reason": "金额有误"}
    fields |= {f"f.{key}": text for key, text in asked.items()}
    answer = client.send("draft", fields, "会计乙")
    assert "id=" in answer.headers["Location"], client.get(answer.headers["Location"]).get_data(as_text=True)[:9000]
    posted(client, parse_qs(urlsplit(answer.headers["Location"]).query)["id"][0])
    facts = facts_of(book)
    assert facts.vouchers.iloc[1]["reverses"] == "记-2025-03-0001"
    assert (facts.journal.groupby("account", observed=True)["amount_fen"].sum() == 0).all()
    assert "已被冲销" in client.page("EntryVouchers", number="记-2025-03-0001")


def test_saved_voucher_is_in_favas_journal(client: Client) -> None:
    assert "某市第一医院" not in client.get(f"/{SLUG}/api/journal_page?page=1&order=desc").get_data(as_text=True)
    posted(client, draft(client))
    shown = client.get(f"/{SLUG}/api/journal_page?page=1&order=desc")
    assert shown.status_code == 200
    assert "记-2025-03-0001" in shown.get_data(as_text=True).encode().decode("unicode_escape", "ignore") or (
        "7407.40" in shown.get_data(as_text=True)
    )


def test_book_changed_by_another_program_is_noticed(client: Client, book: Path) -> None:
    assert "记-2025-03-0001" in client.page("EntryDesk")
    (book / "2025").mkdir(exist_ok=True)
    (book / "2025/03.beancount").write_text(
        '2025-03-01 * "会员" "会费"\n  voucher: "记-2025-03-0001"\n'
        "  Assets:102-银行存款:01-基本户  1.00 CNY\n  Income:401-会费收入  -1.00 CNY\n",
        encoding="utf-8",
    )
    with (book / "main.beancount").open("a", encoding="utf-8") as file:
        file.write('include "2025/03.beancount"\n')
    assert "记-2025-03-0002" in client.page("EntryDesk")


def test_register_row_is_added_changed_and_deleted(client: Client, book: Path) -> None:
    def write(row: str, **fields: str) -> str:
        page = client.page("EntryLists", list="payroll", row=row)
        version = re.search(r'name="version" value="(\w+)"', page)
        assert version is not None
        sent = {"token": client.token(page, "row"), "list": "payroll", "row": row, "version": version[1], **fields}
        return client.send("row", sent).headers["Location"]

    assert "said=saved" in write("new", month="2025年3月", category="在编", headcount="10人", total_wages="￥100,000")
    text = (book / "registers/payroll.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1] == "2025-03,在编,10,100000.00,"
    assert "said=saved" in write("0", month="2025-03", category="在编", headcount="11", total_wages="100000")
    assert "2025-03,在编,11," in (book / "registers/payroll.csv").read_text(encoding="utf-8")
    assert "form=" in write("0", month="三月", total_wages="")
    assert "said=saved" in write("0", delete="yes")
    assert (book / "registers/payroll.csv").read_text(encoding="utf-8").count("\n") == 1


def test_approvals_go_into_every_line_and_nothing_else_changes(client: Client, book: Path) -> None:
    for account, amount in (("50105", "1000"), ("402", "2000")):
        fields = {"token": client.token(client.page("EntryLists", list="budget"), "budget"), "year": "2025"}
        client.send("budget", {**fields, "account": account, "amount": amount, "reason": "年初"})
    page = client.page("EntryLists", list="budget")
    fields = {"token": client.token(page, "approval"), "year": "2025", "version": "0", "committee": "2025-01-08"}
    client.send("approval", {**fields, "audit-review": "20250112", "approved": "2025-1-18"})
    budgets = facts_of(book).budgets
    assert [str(d.date()) for d in budgets["approved"]] == ["2025-01-18", "2025-01-18"]
    assert [str(d.date()) for d in budgets["audit_review"]] == ["2025-01-12", "2025-01-12"]
    assert sorted(budgets["amount_fen"]) == [1000_00, 2000_00]
    assert list(budgets["reason"]) == ["年初", "年初"]


def test_import_is_looked_at_then_confirmed(client: Client, book: Path) -> None:
    content = "会员编号,姓名,状态\n001,张某某,在职\n".encode()
    page = client.page("EntryImport")
    sent = {"token": client.token(page, "import"), "kind": "members", "file": (io.BytesIO(content), "会员名册.csv")}
    looked = client.send("import", sent).headers["Location"]
    assert not (book / "registers/members.csv").exists()
    page = client.get(looked).get_data(as_text=True)
    assert "新增 1 行" in page
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept is not None
    sent = {"token": client.token(page, "import"), "kept": kept[1], "confirm": "yes", "kind": "members"}
    assert "已导入" in client.get(client.send("import", sent).headers["Location"]).get_data(as_text=True)
    assert "张某某" in (book / "registers/members.csv").read_text(encoding="utf-8")


def test_import_with_a_problem_cannot_be_confirmed(client: Client, book: Path) -> None:
    content = "月份,工资总额\n2025-13,abc\n".encode()
    sent = {"token": client.token(client.page("EntryImport"), "import"), "kind": "payroll"}
    looked = client.send("import", {**sent, "file": (io.BytesIO(content), "工资.csv")}).headers["Location"]
    page = client.get(looked).get_data(as_text=True)
    assert 'role="alert"' in page
    assert "写入账套" not in page
    assert not (book / "registers/payroll.csv").exists()


def test_sealed_month_takes_no_draft_into_the_book(client: Client, book: Path) -> None:
    posted(client, draft(client))
    late = draft(client)
    step(client, late, "reviewed", "出纳丙")
    step(client, late, "approved", "主席甲")
    page = client.page("EntryVouchers", "会计乙", month="2025-03")
    assert "没有未记账的草稿" in page
    token = client.token(page, "seal")
    answer = client.send("seal", {"token": token, "month": "2025-03", "despite": "试封"}, "会计乙")
    assert "said=sealed" in answer.headers["Location"]
    assert "已封账" in client.page("EntryVouchers", month="2025-03")
    assert "2025-03 已封账" in step(client, late, "posted", "主席甲")
    assert len(facts_of(book).vouchers) == 1


def test_year_is_closed_and_its_papers_are_made(client: Client, book: Path) -> None:
    posted(client, draft(client))
    token = client.token(client.page("EntryYear", year="2025"), "close")
    assert "said=closed" in client.send("close", {"token": token, "year": "2025"}).headers["Location"]
    assert facts_of(book).vouchers["carry_forward"].any()
    for kind in ("balance", "income", "trial", "budget"):
        answer = client.get(f"/entry/paper?kind={kind}&period=2025&form=xlsx")
        assert answer.status_code == 200
        assert answer.data.startswith(b"PK")
    assert client.get("/entry/paper?kind=balance&period=2025&form=exe").status_code == 400
    assert client.get("/entry/paper?kind=balance&period=x&form=xlsx").status_code == 400


def test_audit_pages_follow_the_book(client: Client) -> None:
    posted(client, draft(client))
    answer = client.get(f"/{SLUG}/extension/AuditOverview/")
    assert answer.status_code == 200
    assert "本页无法显示" not in answer.get_data(as_text=True)


def test_every_page_speaks_english_too(client: Client) -> None:
    for name in ("EntryDesk", "EntryDrafts", "EntryVouchers", "EntryLists", "EntryImport", "EntryYear"):
        page = client.page(name, lang="en")
        assert "I am" in page
        assert 'lang="en"' in page
    assert "我是" in client.page("EntryDesk", lang="zh")


def test_empty_folder_offers_the_first_form(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    with editing_server(folder, clock=clock) as server:
        client = Client(server, folder)
        page = client.get("/").get_data(as_text=True)
        token = client.token(page, "init")
        answer = client.send("init", {"token": token, "name": "", "region": "340500", "year": "2025"})
        assert "工会名称是空的" in client.get(answer.headers["Location"]).get_data(as_text=True)
        assert not any(folder.iterdir())
        answer = client.send("init", {"token": token, "name": "某厂工会", "region": "340500", "year": "2025"})
        assert answer.headers["Location"] == "/"
        assert "extension/EntryDesk/" in client.get("/").headers["Location"]
        again = client.send("init", {"token": token, "name": "另一个", "region": "340500", "year": "2025"})
        assert again.status_code == 409


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "=1+1"])
def test_hostile_text_is_only_text(client: Client, book: Path, text: str) -> None:
    draft_id = draft(client, **{"f.payee": text, "f.narration": text})
    posted(client, draft_id)
    shown = client.page("EntryDrafts", id=draft_id) + client.page("EntryVouchers", month="2025-03")
    shown += client.page("EntryVouchers", number="记-2025-03-0001")
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert facts_of(book).vouchers.iloc[0]["narration"] == text
