"""The year kept in a browser alone: a treasurer's hands before the pages of `serve --edit`, in a real Chromium.

Forms are filled at once instead of key by key; everything that follows is what the page does itself. The keyboard
alone is tried elsewhere.
"""

from __future__ import annotations

import datetime
import os
import shutil
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from auditor.entry.serving import editing_server
from auditor.serve import run
from tests.year import year
from tests.year.made import BASIC, CUSTODY, Kept
from tests.year.papers import REGISTERS, statement

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PICTURES = os.environ.get("UNION_AUDIT_PICTURES", "")  # a folder that keeps what the pages looked like
# The working day on which each month is kept, in the month that follows.
WORKDAYS = (
    *("2025-02-06", "2025-03-05", "2025-04-07", "2025-05-07", "2025-06-05", "2025-07-04"),
    *("2025-08-05", "2025-09-04", "2025-10-10", "2025-11-05", "2025-12-04", "2026-01-06"),
)
SCAN = b"%PDF-1.4\n%%EOF\n"
_DAY = len("2025-01-01")

# Fills the fields of the form that has a field of the first name; a list is chosen from by the words in it.
_FILL = """
(fields) => {
  const form = document.querySelector(`form [name="${CSS.escape(Object.keys(fields)[0])}"]`)?.form;
  if (!form) throw new Error(`no form asks for ${Object.keys(fields)[0]}`);
  for (const [name, text] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (!field) throw new Error(`the form has no field ${name}`);
    if (field.matches("select")) {
      const options = [...field.options];
      const found = options.find((o) => o.value === text) ?? options.find((o) => o.text.trim() === text)
        ?? options.find((o) => o.text.includes(text));
      if (!found) throw new Error(`${name} does not offer ${text}: ${options.map((o) => o.text).join()}`);
      field.value = found.value;
    } else {
      field.value = text;
    }
  }
  form.setAttribute("data-filled", "yes");
}
"""


class Clock:
    """The time of the server: as it is set, a second more at every look."""

    def __init__(self) -> None:
        self.now = datetime.datetime(2025, 1, 6, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))

    def __call__(self) -> datetime.datetime:
        self.now += datetime.timedelta(seconds=1)
        return self.now

    def set(self, day: str) -> None:
        """Go to the morning of a day."""
        self.now = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(9), self.now.tzinfo)


class Keeper:
    """Somebody who keeps the book before one page of the browser."""

    def __init__(self, page: Any, base: str, clock: Clock) -> None:
        self.page = page
        self.base = base
        self.clock = clock
        self.person = ""
        self.complaints: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, name: str, **arguments: str) -> None:
        """Open a page of entry."""
        query = f"?{urlencode(arguments)}" if arguments else ""
        address = f"{self.base}/{quote(year.UNION)}/extension/{name}/{query}"
        self.page.goto(address, wait_until="domcontentloaded")
        self.ready()

    def ready(self) -> None:
        """Wait until the page's script is at work, and see that the page could be shown."""
        self.page.wait_for_selector("[data-ue][data-ready]")

    def fill(self, fields: Mapping[str, str]) -> None:
        """Fill in the form that asks for the first of the fields."""
        self.page.evaluate(_FILL, dict(fields))

    def press(self, selector: str, *, said: str = "") -> None:
        """Press a button that sends a form; the page that follows must say so."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.evaluate("(wanted) => document.querySelector(wanted).click()", selector)
        self.ready()
        wrong = self.page.evaluate("() => document.querySelector('[role=alert]')?.innerText ?? ''")
        assert not wrong, wrong
        if said:
            assert said in self.text(), self.text()[:2000]

    def send(self, *, said: str = "") -> None:
        """Press the first button of the form that was filled."""
        self.press("[data-filled] button[type=submit]", said=said)

    def text(self) -> str:
        """What can be read on the page."""
        return str(self.page.locator("article").inner_text())

    def be(self, person: str) -> None:
        """Choose who works."""
        if person != self.person:
            self.fill({"person": person})
            self.send()
            self.person = person

    def picture(self, name: str) -> None:
        """Keep what the page looks like, where a folder for that is named."""
        if PICTURES:
            self.page.screenshot(path=str(Path(PICTURES) / f"year-{name}.png"), full_page=True)


@contextmanager
def keeper(folder: Path) -> Iterator[Keeper]:
    """A browser that opened the one-time address of a server on a folder."""
    from playwright.sync_api import sync_playwright

    clock = Clock()
    with editing_server(folder, clock=clock) as server:
        threading.Thread(target=run, args=(server,), daemon=True).start()
        time.sleep(0.5)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = chromium.new_page(viewport={"width": 1400, "height": 950}, locale="zh-CN", accept_downloads=True)
            page.goto(server.guard.address)
            yield Keeper(page, f"http://127.0.0.1:{server.guard.port}", clock)
            chromium.close()


def begin(hands: Keeper) -> None:
    """Make the book, say who the union is, who is in post, and what share it keeps."""
    hands.picture("setup")
    hands.fill({"name": year.UNION, "region": year.REGION, "year": "2025", "code": year.CODE, "parent": year.PARENT})
    hands.send()
    rows(hands, "officers")
    hands.go("EntryLists", list="union")
    bank, number = CUSTODY.split("-")[1], year.NUMBERS[CUSTODY]
    own = {"established": year.FOUNDED, "number.0": year.NUMBERS[BASIC], "bank-new": bank, "number-new": number}
    hands.fill(own)
    hands.send(said="已保存")
    hands.picture("union")
    key, value, since, instrument = year.STANDARD
    hands.go("EntryLists", list="standards")
    hands.fill({"value": value, "key": key, "from": since, "instrument": instrument})
    hands.send(said=instrument)


def rows(hands: Keeper, name: str, since: str = "", until: str = "9999") -> None:
    """Key the rows of a register one by one, those whose first day lies in a span."""
    for row in within(name, since, until):
        hands.go("EntryLists", list=name)
        labels = hands.page.evaluate(
            "() => Object.fromEntries([...document.querySelectorAll('form[action=\"/entry/row\"] label')]"
            ".map((l) => [l.childNodes[0].textContent.trim(), l.htmlFor]))"
        )
        hands.fill({labels[head]: cell for head, cell in zip(REGISTERS[name][0], row, strict=True)})
        hands.send(said="已保存")


def within(name: str, since: str, until: str) -> list[tuple[str, ...]]:
    """The rows of a register whose last day lies in a span; all rows of one without days."""
    found = []
    for row in REGISTERS[name][1]:
        days = [cell for cell in row if len(cell) == _DAY and cell[4:5] == cell[7:8] == "-"]
        if not days or since <= max(days) < until:
            found.append(row)
    return found


def paste(hands: Keeper, name: str, heads: Sequence[str], table: Sequence[Sequence[str]]) -> None:
    """Paste many rows of a register or of the budget, look, and confirm."""
    if not table:
        return
    hands.go("EntryLists", list=name)
    hands.fill({"pasted": "\n".join("\t".join(row) for row in (heads, *table))})
    hands.send()
    hands.press("form:has([name=confirm]) button", said="已导入账套")


def plan(hands: Keeper) -> None:
    """Enter the budget, its revision in July, and when each was approved."""
    heads = ("年度", "科目名称", "项目", "预算金额", "生效日期")
    table = [("2025", account, project, yuan, "2025-01-10") for account, project, yuan in year.BUDGET]
    paste(hands, "budget", heads, table)
    approve(hands, "0", year.BUDGET_DAYS)


def revise(hands: Keeper) -> None:
    """Enter what the revision changes, line by line."""
    for account, project, yuan, reason in year.REVISION:
        hands.go("EntryLists", list="budget", year="2025")
        fields = {"account": account, "project": project, "amount": yuan, "version": "1", "date": "2025-07-02"}
        hands.fill({**fields, "reason": reason})
        hands.send(said="已保存")
    approve(hands, "1", year.REVISION_DAYS)


def approve(hands: Keeper, version: str, days: Sequence[str]) -> None:
    """Enter the days on which a version was passed, examined and approved."""
    hands.go("EntryLists", list="budget", year="2025")
    form = f'form[action="/entry/approval"]:has([name=version][value="{version}"])'
    for name, day in zip(("committee", "audit-review", "approved"), days, strict=True):
        hands.page.locator(f"{form} [name={name}]").fill(day)
    hands.press(f"{form} button", said="已保存")
    hands.picture(f"budget-{version}")


def opening(hands: Keeper) -> None:
    """Enter the balances of the first day."""
    hands.go("EntryDesk", event="opening")
    hands.be(year.ACCOUNTANT)
    hands.fill({"f.date": "2025-01-01", **lines(year.OPENING)})
    hands.send(said="待审核")


def lines(posted: Sequence[Any]) -> dict[str, str]:
    """The fields of lines of 借 and 贷."""
    fields: dict[str, str] = {}
    for number, line in enumerate(posted):
        side, yuan = ("debit", line.debit) if line.debit else ("credit", line.credit)
        fields |= {f"line.{number}.account": line.account, f"line.{number}.{side}": yuan}
    return fields


def key(hands: Keeper, kept: Kept, scan: Path) -> None:
    """Key one voucher into its form, and save it as a draft."""
    if kept.event == "depreciation":
        hands.go("EntryVouchers", month=kept.day[:7])
        hands.press('form[action="/entry/depreciate"] button', said="待审核")
        return
    if kept.event == "reversal":
        post_all(hands)
        hands.be(year.ACCOUNTANT)
        hands.go("EntryVouchers", number=kept.answers["reversed"])
        with hands.page.expect_navigation():
            hands.page.get_by_text("红字冲销", exact=True).click()
        hands.ready()
    else:
        hands.go("EntryDesk", event=kept.event)
    if kept.event == "free":
        own = {"f.date": kept.day, "f.payee": kept.payee, "f.narration": kept.narration}
        hands.fill({**own, **{f"m.{name}": text for name, text in kept.answers.items()}, **lines(kept.lines)})
    else:
        hands.fill({"f.date": kept.day, **{named(name): text for name, text in kept.answers.items()}})
    if kept.scans:
        files = [str(scan.with_name(f"{n}-{scan.name}")) for n in range(1, kept.scans + 1)]
        hands.page.set_input_files("#files", files)
    hands.send(said="待审核")
    if kept.event == "reversal":  # so that the right voucher is keyed on what the turned one left
        post_all(hands)
        hands.be(year.ACCOUNTANT)


def named(answer: str) -> str:
    """The name of a field by what it answers; those that every form has are named already."""
    return answer if answer.startswith("m.") else f"f.{answer}"


def post_all(hands: Keeper) -> None:
    """Review, approve and post everything that waits, by three persons, many at once."""
    hands.go("EntryDrafts")
    for person, act in ((year.FINANCE, "审核"), (year.CHAIR, "审批"), (year.ACCOUNTANT, "记账")):
        hands.be(person)
        hands.page.evaluate("() => document.querySelector('[data-all]').click()")
        if act == "审核":
            hands.picture("drafts")
        hands.press("[data-many] button[type=submit]", said=f"已{act}")
    assert "没有待办的草稿" in hands.text()


def statements(hands: Keeper, month: str, folder: Path) -> None:
    """Import the bank's statements of a month: look, then confirm."""
    for account in (BASIC, CUSTODY):
        text = statement(account, month)
        if text.count("\n") <= 2:
            continue
        file = folder / f"{account.split()[0]}-{month}.csv"
        file.write_text(text, encoding="utf-8")
        hands.go("EntryImport")
        hands.page.set_input_files("#file", str(file))
        hands.fill({"kind": "bank", "account": account})
        hands.send()
        hands.press("form:has([name=confirm]) button", said="已导入账套")


def seal(hands: Keeper, month: str) -> None:
    """See that every check of a month passes, and seal it."""
    hands.go("EntryVouchers", month=month)
    shown = hands.text()
    assert "✗" not in shown, shown
    assert "未能检查" not in shown, shown
    hands.picture("month")
    hands.press('form[action="/entry/seal"] button', said="已封账")


def papers_of_months(hands: Keeper, since: str, until: str) -> None:
    """Enter what happened beside the vouchers within a span of months."""
    if until[5:7] in ("06", "12"):
        half = "2025-01" if until < "2025-07" else "2025-07"
        for name in ("grants", "invoices"):
            paste(hands, name, REGISTERS[name][0], within(name, half, until))
    for name in ("resolutions", "publications", "audits"):
        rows(hands, name, since, until)


def kept_in_browser(hands: Keeper, folder: Path, scan: Path) -> None:
    """Keep the year, from the empty folder to the final accounts approved and published."""
    begin(hands)
    for name in ("members", "hardship", "payroll", "dues", "assets"):
        paste(hands, name, *REGISTERS[name])
    plan(hands)
    opening(hands)
    for number in range(1, 13):
        month = f"2025-{number:02d}"
        hands.clock.set(WORKDAYS[number - 1])
        if number == 7:
            revise(hands)
        for kept in year.VOUCHERS:
            if kept.day[:7] == month:
                key(hands, kept, scan)
        post_all(hands)
        statements(hands, month, folder)
        if number % 3 == 0:
            papers_of_months(hands, f"2025-{number - 2:02d}", f"{month}-32")
        elif number in (4, 5):
            rows(hands, "cash_counts", month, f"{month}-32")
        if number == 12:
            hands.go("EntryYear", year="2025")
            hands.press('form[action="/entry/close"] button', said="结转凭证已生成")
        seal(hands, month)
    hands.clock.set("2026-03-06")
    for name in ("resolutions", "audits", "publications"):
        rows(hands, name, "2026")
