"""The pages in a real browser: every page opens without a console error, and a finding leads to its voucher."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.serve import Server, run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAGES = {
    "extension/AuditOverview/": "审计总览",
    "extension/AuditFindings/": "问题",
    "extension/AuditBudget/": "预算执行",
    "extension/AuditRemittance/": "计拨上解",
    "extension/AuditDeparture/": "离任审计",
    "extension/AuditStatements/": "法定报表",
    "income_statement/": "收入支出表",
    "balance_sheet/": "资产负债表",
    "trial_balance/": "科目余额表",
    "journal/": "序时账",
    "errors/": "账套错误",
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and "browser" not in os.environ.get("UNION_AUDIT_REQUIRE", ""),
        reason="NO CHROMIUM ON THIS MACHINE: the pages were not tested in a browser",
    ),
]


@pytest.fixture(scope="module")
def running(server: Server) -> Server:
    """The server, answering on its port."""
    thread = threading.Thread(target=run, args=(server,), daemon=True)
    thread.start()
    time.sleep(0.5)
    return server


class Browser:
    """One page of a browser, with everything that its console complained of."""

    def __init__(self, page: object, base: str) -> None:
        self.page = page
        self.base = base
        self.complaints: list[str] = []


@pytest.fixture(scope="module")
def browser(running: Server) -> Iterator[Browser]:
    """A browser that went through the one-time address."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1400, "height": 1000})
        # The token is spent by another test's client, so the session is handed over as the server would.
        page.context.add_cookies(
            [
                {
                    "name": "union-audit",
                    "value": running.guard.session,
                    "url": f"http://127.0.0.1:{running.guard.port}/",
                }
            ]
        )
        page.goto(f"http://127.0.0.1:{running.guard.port}/")
        page.wait_for_selector(".ua")
        made = Browser(page, page.url.split("/extension/")[0])
        page.on("console", lambda m: made.complaints.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        yield made
        chromium.close()


@pytest.mark.parametrize("path", PAGES)
def test_page_opens_without_complaint(browser: Browser, path: str) -> None:
    browser.complaints.clear()
    browser.page.goto(f"{browser.base}/{path}")
    browser.page.wait_for_function("title => document.title.startsWith(title)", arg=PAGES[path])
    browser.page.wait_for_timeout(300)
    assert browser.complaints == []
    assert "本页无法显示" not in browser.page.content()


def test_finding_leads_to_its_voucher(browser: Browser, hospital_book: Path) -> None:
    browser.page.goto(f"{browser.base}/extension/AuditFindings/?code=CTL01")
    browser.page.locator(".ua-table a", has_text="CTL01").first.click()
    browser.page.wait_for_selector(".ua-finding")
    assert "第二十五条" in browser.page.locator(".ua-finding").inner_text()
    voucher = browser.page.locator(".ua-finding table a").first
    number = voucher.inner_text()
    voucher.click()
    browser.page.wait_for_selector(".overlay, [class*=overlay], .cm-content")
    assert number in browser.page.content()


def test_filter_leaves_rows_out(browser: Browser) -> None:
    browser.page.goto(f"{browser.base}/extension/AuditFindings/")
    everything = browser.page.locator(".ua-table tbody tr").count()
    browser.page.goto(f"{browser.base}/extension/AuditFindings/?family=BUD")
    some = browser.page.locator(".ua-table tbody tr").all_inner_texts()
    assert 0 < len(some) < everything
    assert all(text.startswith("BUD") for text in some)


def test_editing_is_not_offered(browser: Browser) -> None:
    browser.page.goto(f"{browser.base}/journal/")
    browser.page.wait_for_selector("aside")
    ways = browser.page.locator('a[href="#add-transaction"], a[href*="/import/"]').all()
    assert ways
    assert not any(way.is_visible() for way in ways)
