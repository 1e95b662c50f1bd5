"""What a year needs beside single vouchers: many drafts at once, the union itself, pasted tables, cards, banks."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from ledger.reader import read_book
from ledger.union import parse_profile
from tests.auditor.entry.conftest import Client
from tests.auditor.entry.test_keeping import CONTRIBUTION, draft, facts_of, posted

ASSETS = """asset_id,name,category,acquired,cost,life_years,keeper,source,last_counted,disposed
ZC-01,一体机,办公设备,2024-01-10,7200.00,6,出纳丙,bought,,
ZC-02,旧桌椅,家具,,900.00,,出纳丙,bought,,
"""


def tick(client: Client, person: str, act: str, *ids: str) -> str:
    """The page that follows one step for several drafts."""
    token = client.token(client.page("EntryDrafts", person), "steps")
    answer = client.send("steps", {"token": token, "act": act, "id": list(ids)}, person)
    return client.get(answer.headers["Location"], person).get_data(as_text=True)


def offered(client: Client, person: str) -> set[str]:
    """The drafts that a person may tick."""
    return set(re.findall(r'name="id" value="([^"]+)"', client.page("EntryDrafts", person)))


def test_many_drafts_are_reviewed_approved_and_posted_in_order_of_day(client: Client, book: Path) -> None:
    late, early = draft(client, **{"f.date": "2025-03-19"}), draft(client, **{"f.date": "2025-03-05"})
    assert offered(client, "会计乙") == set()
    assert offered(client, "出纳丙") == {late, early}
    assert "已审核 2" in tick(client, "出纳丙", "reviewed", late, early)
    assert "已审批 2" in tick(client, "主席甲", "approved", late, early)
    assert "已记账 2" in tick(client, "会计乙", "posted", late, early)
    vouchers = facts_of(book).vouchers
    assert [(str(v), str(d.date())) for v, d in zip(vouchers["voucher"], vouchers["date"], strict=True)] == [
        ("记-2025-03-0001", "2025-03-05"),
        ("记-2025-03-0002", "2025-03-19"),
    ]


def test_one_that_may_not_be_done_stops_nobody_elses(client: Client, book: Path) -> None:
    mine, others = draft(client, "会计乙"), draft(client, "出纳丙")
    page = tick(client, "会计乙", "reviewed", mine, others)
    assert "已审核 1" in page
    assert "“会计乙”已经制单，不能再审核" in page
    assert "没有勾选等着审批的草稿" in tick(client, "主席甲", "approved", mine)
    assert "没有勾选等着记账的草稿" in tick(client, "主席甲", "posted")
    assert len(facts_of(book).vouchers) == 0


def test_a_token_of_many_steps_is_good_once(client: Client) -> None:
    one = draft(client)
    token = client.token(client.page("EntryDrafts", "出纳丙"), "steps")
    sent = {"token": token, "act": "reviewed", "id": one}
    assert client.send("steps", sent, "出纳丙").status_code == 303
    assert client.send("steps", sent, "出纳丙").status_code == 409
    assert client.send("steps", {**sent, "token": "x"}, "出纳丙").status_code == 403


def test_what_is_optional_is_not_answered_by_itself(client: Client, book: Path) -> None:
    page = client.page("EntryDesk", "会计乙", event="contribution_received_direct")
    kind = re.search(r'<select id="f\.invoice_type".*?</select>', page, re.DOTALL)
    assert kind is not None
    assert re.search(r'<option value="" selected>', kind[0])
    sent = draft(client, **{"f.invoice_type": ""})
    posted(client, sent)
    assert facts_of(book).vouchers.iloc[0]["invoice_type"] == ""


def test_depreciation_is_drafted_out_of_the_cards(client: Client, book: Path) -> None:
    (book / "registers/assets.csv").write_text(ASSETS, encoding="utf-8")
    page = client.page("EntryVouchers", "会计乙", month="2025-03")
    assert "一体机 100.00" in page
    assert "旧桌椅" in page
    sent = {"token": client.token(page, "depreciate"), "month": "2025-03"}
    answer = client.send("depreciate", sent, "会计乙")
    made = parse_qs(urlsplit(answer.headers["Location"]).query)["id"][0]
    again = {**sent, "token": client.token(client.page("EntryVouchers", "会计乙", month="2025-03"), "depreciate")}
    told = client.get(client.send("depreciate", again, "会计乙").headers["Location"], "会计乙").get_data(as_text=True)
    assert "2025-03 的折旧已有草稿" in told
    assert "163 累计折旧" in client.page("EntryDesk", "会计乙", event="free", draft=made)
    posted(client, made)
    rows = facts_of(book).postings
    assert sorted(zip(rows["meaning"].astype(str), rows["amount_fen"], strict=True)) == [
        ("accumulated_depreciation", -10000),
        ("asset_fund_fixed_assets", 10000),
    ]
    assert "计提本月折旧" not in client.page("EntryVouchers", month="2025-03")


def test_who_the_union_is_is_changed_on_a_page(client: Client, book: Path) -> None:
    page = client.page("EntryLists", list="union")
    fields = dict(re.findall(r'<input id="([\w.-]+)"[^>]* value="([^"]*)"', page))
    fields |= {"level": "grassroots", "collection": "tax", "collection-until": "2025-06-30", "parent": "某市总工会"}
    fields |= {"number.0": "34050012345678901", "bank-new": "代管经费", "number-new": "34050012345678902"}
    answer = client.send("identity", {**fields, "token": client.token(page, "identity")})
    assert "said=saved" in answer.headers["Location"]
    union = parse_profile((book / "union.toml").read_text(encoding="utf-8"))
    assert (union.parent, union.collection) == ("某市总工会", "tax")
    assert [(e.collection, str(e.until)) for e in union.earlier_collections] == [("direct", "2025-06-30")]
    assert union.bank_accounts[1] == "Assets:102-银行存款:02-代管经费"
    assert dict(union.bank_numbers)["34050012345678902"] == "Assets:102-银行存款:02-代管经费"
    assert [s.key for s in union.standards] == ["contribution.retained_share"]
    assert facts_of(book).union == union


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("region", "3405", "不是六位行政区划代码"),
        ("established", "去年", "established"),
        ("name", "", "缺少"),
        ("number-new", "34050012345678903", "请填写账户名称"),
    ],
)
def test_who_the_union_is_with_a_fault_is_not_written(
    client: Client, book: Path, field: str, text: str, told: str
) -> None:
    before = (book / "union.toml").read_bytes()
    page = client.page("EntryLists", list="union")
    fields = dict(re.findall(r'<input id="([\w.-]+)"[^>]* value="([^"]*)"', page))
    fields |= {"level": "grassroots", "collection": "direct", field: text}
    answer = client.send("identity", {**fields, "token": client.token(page, "identity")})
    shown = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert 'role="alert"' in shown
    assert told in shown
    assert (book / "union.toml").read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "001\t张某某\t\t在职\n002\t李某某\t\t退休\n",  # in the order of the page
        "姓名\t状态\t会员编号\r\n张某某\t在职\t001\r\n李某某\t退休\t002\r\n",
        "会员编号,姓名,状态\n001,张某某,在职\n002,李某某,退休",
    ],
)
def test_rows_are_pasted_looked_at_and_confirmed(client: Client, book: Path, text: str) -> None:
    page = client.page("EntryLists", list="members")
    sent = {"token": client.token(page, "import"), "kind": "members", "pasted": text}
    page = client.get(client.send("import", sent).headers["Location"]).get_data(as_text=True)
    assert "新增 2 行" in page
    assert not (book / "registers/members.csv").exists()
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept is not None
    sent = {"token": client.token(page, "import"), "kept": kept[1], "confirm": "yes", "kind": "members"}
    assert "已导入" in client.get(client.send("import", sent).headers["Location"]).get_data(as_text=True)
    members = facts_of(book).registers["members"]
    assert sorted(zip(members["member_id"], members["name"], members["status"], strict=True)) == [
        ("001", "张某某", "active"),
        ("002", "李某某", "retired"),
    ]


def test_pasted_nonsense_is_told(client: Client, book: Path) -> None:
    page = client.page("EntryLists", list="payroll")
    sent = {"token": client.token(page, "import"), "kind": "payroll", "pasted": "三月\t在编\t十\t很多\n"}
    page = client.get(client.send("import", sent).headers["Location"]).get_data(as_text=True)
    assert 'role="alert"' in page
    assert "写入账套" not in page
    assert not (book / "registers/payroll.csv").exists()


def test_what_only_the_bank_has_is_shown_and_leads_into_a_form(client: Client, book: Path) -> None:
    posted(client, draft(client))
    text = (
        "交易日期,借方发生额,贷方发生额,余额,对方户名,摘要,流水号\n"
        "2025-03-20,,12345.67,12345.67,某市第一医院,拨缴工会经费,LS1\n"
        "2025-03-21,,3.21,12348.88,某银行,利息,LS2\n"
    )
    page = client.page("EntryImport")
    sent = {"token": client.token(page, "import"), "kind": "bank", "file": (io.BytesIO(text.encode()), "3月.csv")}
    page = client.get(client.send("import", sent).headers["Location"]).get_data(as_text=True)
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept is not None
    client.send("import", {"token": client.token(page, "import"), "kept": kept[1], "confirm": "yes", "kind": "bank"})
    shown = client.page("EntryVouchers", bank="2025-03")
    way = re.search(r'href="([^"]+amount=3\.21[^"]*)"', shown)
    assert way is not None
    chosen = client.get(way[1].replace("&amp;", "&")).get_data(as_text=True)
    form = re.search(r'href="([^"]+event=interest_received[^"]*)"', chosen)
    assert form is not None
    filled = client.get(form[1].replace("&amp;", "&")).get_data(as_text=True)
    for name, value in (("date", "2025-03-21"), ("amount", "3.21"), ("payee", "某银行")):
        assert re.search(rf'id="f\.{name}"[^>]*value="{re.escape(value)}"', filled), name
    account = "Assets%3A102-%E9%93%B6%E8%A1%8C%E5%AD%98%E6%AC%BE%3A01-%E5%9F%BA%E6%9C%AC%E6%88%B7"
    paper = client.get(f"/entry/paper?kind=reconciliation&period=2025-03&form=xlsx&account={account}")
    assert paper.data.startswith(b"PK")
    assert client.get("/entry/paper?kind=reconciliation&period=2025-03&form=xlsx&account=x").status_code == 400


def test_notes_and_the_table_for_members_can_be_had(client: Client) -> None:
    posted(client, draft(client))
    for kind, form, begins in (("notes", "docx", b"PK"), ("disclosure", "pdf", b"%PDF"), ("disclosure", "html", b"<")):
        answer = client.get(f"/entry/paper?kind={kind}&period=2025&form={form}")
        assert answer.status_code == 200
        assert answer.data.startswith(begins)
    assert client.get("/entry/paper?kind=notes&period=2025-03&form=docx").status_code == 400


def test_the_new_pages_speak_english_too(client: Client) -> None:
    for arguments in ({"list": "union"}, {"list": "members"}, {"list": "budget"}):
        page = client.page("EntryLists", lang="en", **arguments)
        assert "Full name of the union" in page or "Paste many rows" in page
    assert "Bank accounts and statements" in client.page("EntryVouchers", lang="en", bank="2025-03")
    client.page("EntryDesk", lang="zh")


def test_fava_shows_nobody_the_files_as_text(client: Client) -> None:
    page = client.get("/").headers["Location"]
    head = client.get(page).get_data(as_text=True).partition("</head>")[0]
    assert 'href*="/editor/"' in head


def test_a_preview_after_a_posting_knows_it_at_once(client: Client, book: Path) -> None:
    page = client.page("EntryLists", list="budget")
    sent = {"token": client.token(page, "budget"), "year": "2025", "account": "402", "amount": "20000"}
    client.send("budget", sent, "会计乙")
    posted(client, draft(client))
    fields = {**client.filled("contribution_received_direct", "会计乙"), **CONTRIBUTION}
    shown = client.send("preview", fields, "会计乙").get_data(as_text=True)
    assert "已执行 7,407.40" in shown
    reading = read_book(book)
    assert reading.facts is not None
    assert not reading.fatal
