"""A first afternoon in a real browser, by keyboard alone: from an empty folder to vouchers in the journal."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.entry.serving import editing_server
from auditor.serve import run
from ledger.reader import read_book
from tests.auditor.entry.conftest import SLUG, UNION, clock

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PICTURES = os.environ.get("UNION_AUDIT_PICTURES", "")  # a folder that keeps what the pages looked like

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and "browser" not in os.environ.get("UNION_AUDIT_REQUIRE", ""),
        reason="NO CHROMIUM ON THIS MACHINE: entry was not tested in a browser",
    ),
]


class Hands:
    """Two hands on a keyboard before one page; the mouse is not there."""

    def __init__(self, page: Any, base: str) -> None:
        self.page = page
        self.base = base
        self.complaints: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, name: str, query: str = "") -> None:
        """Open a page by its address."""
        self.page.goto(f"{self.base}/{SLUG}/extension/{name}/{query}")
        self.ready()

    def ready(self) -> None:
        """Wait until the page's script is at work."""
        self.page.wait_for_selector("[data-ue][data-ready]")

    def write(self, text: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, name: str) -> None:
        """Press Tab until the field of that name has the focus."""
        for _ in range(60):
            if self.focus() == name:
                return
            self.press("Tab")
        raise AssertionError(f"Tab never reached {name}; it stands on {self.focus()}")

    def fill(self, **fields: str) -> None:
        """Tab to each field in turn and type its answer; dots in names are written `__`."""
        for name, text in fields.items():
            self.tab_to(name.replace("__", "."))
            self.press("Control+a")
            self.write(text)

    def choose(self, name: str, value: str) -> None:
        """Tab to a list and go down it to a value."""
        self.tab_to(name)
        self.press("Home")
        for _ in range(200):
            if self.page.evaluate("() => document.activeElement.value") == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} does not offer {value}")

    def focus(self) -> str:
        """The name of what has the focus."""
        return str(self.page.evaluate("document.activeElement.name || document.activeElement.tagName"))

    def sent(self, *keys: str) -> None:
        """Press keys that send a form, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.press(*keys)
        self.ready()

    def text(self) -> str:
        """What can be read on the page."""
        return str(self.page.locator("article").inner_text())

    def picture(self, name: str) -> None:
        """Keep what the page looks like, where a folder for that is named."""
        if PICTURES:
            self.page.screenshot(path=str(Path(PICTURES) / f"ENTRY-{name}.png"), full_page=True)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """The folder in which the book is to be."""
    folder = tmp_path / "book"
    folder.mkdir()
    return folder


@pytest.fixture
def hands(empty: Path) -> Iterator[Hands]:
    """A browser that opened the one-time address of a server on an empty folder."""
    from playwright.sync_api import sync_playwright

    with editing_server(empty, clock=clock) as server:
        threading.Thread(target=run, args=(server,), daemon=True).start()
        time.sleep(0.5)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = chromium.new_page(viewport={"width": 1400, "height": 950}, locale="zh-CN")
            page.goto(server.guard.address)
            yield Hands(page, f"http://127.0.0.1:{server.guard.port}")
            chromium.close()


def as_person(hands: Hands, name: str) -> None:
    """Choose who works, in the list above every page."""
    hands.press("Alt+w")
    hands.page.wait_for_function("() => document.activeElement.id === 'ue-person'")
    hands.choose("person", name)
    hands.press("Tab")
    hands.sent("Enter")


def test_from_an_empty_folder_to_the_journal(hands: Hands, empty: Path, tmp_path: Path) -> None:
    # The book is made.
    hands.picture("setup")
    hands.write(UNION)
    hands.press("Tab")
    hands.write("340500")
    hands.tab_to("year")
    hands.press("Control+a")
    hands.write("2025")
    hands.sent("Enter")
    assert (empty / "main.beancount").is_file()
    hands.picture("events")

    # Three people are registered, and the share that the union keeps.
    for post, name in (("chair", "主席甲"), ("accountant", "会计乙"), ("cashier", "出纳丙")):
        hands.go("EntryLists", "?list=officers")
        hands.choose("post", post)
        hands.fill(name=name)
        hands.fill(**{"from": "20240101"})
        hands.sent("Enter")
    hands.picture("officers")
    hands.go("EntryLists", "?list=standards")
    hands.choose("key", "contribution.retained_share")
    hands.fill(**{"value": "0.60", "from": "2020-1-1", "instrument": "某市总工会〔2020〕3号"})
    hands.sent("Enter")
    assert "0.60" in hands.text()

    # A budget line.
    hands.go("EntryLists", "?list=budget")
    hands.fill(account="50105", amount="1000.00")
    hands.sent("Enter")
    hands.picture("budget")

    # A voucher: found by a few letters, its entry seen before it is saved, a scan attached.
    scan = tmp_path / "回单 3月.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    hands.go("EntryDesk")
    as_person(hands, "会计乙")
    hands.page.wait_for_function("() => document.activeElement.id === 'ue-find'")
    hands.write("自主拨缴")
    hands.picture("found")
    hands.press("Enter")
    hands.page.wait_for_selector("[data-entry]")
    hands.ready()
    hands.sent("Control+Enter")  # too early: the first fault gets the focus
    assert hands.focus() == "f.amount"
    hands.picture("faults")
    hands.fill(f__amount="12345.67", f__payee="某市第一医院", f__month_of="2025-02")
    hands.page.wait_for_selector("[data-preview] .big")
    hands.page.wait_for_function("() => document.querySelector('[data-preview]').innerText.includes('7,407.40')")
    assert "记-2025-03-0001" in hands.page.locator("[data-preview]").inner_text()
    assert "4,938.27" in hands.page.locator("[data-preview]").inner_text()
    hands.page.set_input_files("#files", str(scan))
    hands.tab_to("files")
    hands.picture("form")
    hands.sent("Control+Enter")
    assert "待审核" in hands.text()
    assert "不能再审核" in hands.text()
    hands.picture("draft")

    # Another person reviews, a third approves, and it is posted.
    as_person(hands, "出纳丙")
    hands.sent("Enter")
    assert "待审批" in hands.text()
    as_person(hands, "主席甲")
    hands.sent("Enter")
    hands.sent("Enter")
    assert "记-2025-03-0001" in hands.text()
    hands.picture("posted")

    # A free voucher that leaves too little of the budget says so before it is saved, and is saved only with a reason.
    as_person(hands, "会计乙")
    hands.go("EntryDesk", "?event=free")
    hands.fill(f__payee="某超市", f__narration="购买文体用品")
    hands.fill(**{"line.0.account": "50105", "line.0.debit": "1200.00"})
    hands.fill(**{"line.1.account": "基本户", "line.1.credit": "1200.00"})
    hands.page.wait_for_function("() => document.querySelector('[data-preview]').innerText.includes('超出 200.00')")
    hands.picture("free")
    hands.sent("Control+Enter")  # spending beyond the budget asks for a reason, which gets the focus
    assert hands.focus() == "m.budget-override"
    assert "确须支出的请写明理由" in hands.text()
    hands.fill(**{"m.budget-override": "年初少列，已报请调整"})
    hands.picture("reason")
    hands.sent("Control+Enter")
    as_person(hands, "出纳丙")
    hands.sent("Enter")
    as_person(hands, "主席甲")
    hands.sent("Enter")
    hands.sent("Enter")
    hands.go("EntryVouchers")
    hands.picture("month")
    hands.go("EntryVouchers", "?number=记-2025-03-0001")
    hands.picture("voucher")
    hands.go("EntryYear")
    hands.picture("year")

    # Fava shows them at once, and the book on the disk is right.
    hands.page.goto(f"{hands.base}/{SLUG}/journal/")
    hands.page.wait_for_selector("text=购买文体用品")
    hands.picture("journal")
    facts = read_book(empty).facts
    assert facts is not None
    first = facts.vouchers[facts.vouchers["voucher"] == "记-2025-03-0001"].iloc[0]
    people = (first["prepared_by"], first["reviewed_by"], first["approved_by"], first["posted_by"])
    assert people == ("会计乙", "出纳丙", "主席甲", "主席甲")
    assert (empty / first["documents"]).read_bytes() == scan.read_bytes()
    assert facts.journal["amount_fen"].sum() == 0
    assert hands.complaints == []
