"""What a person waits for while keeping a book of 3,000 vouchers: seconds of wall time, on the server's side.

`python -m tests.bench_entry` prints medians and the longest: opening a form, a preview, saving a draft, posting it
(the promise is 0.3 s), and the first look at Fava's journal afterwards, which makes a fresh copy.
"""

from __future__ import annotations

import datetime
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from werkzeug.test import TestResponse

from auditor.entry.serving import editing_server
from auditor.guard import COOKIE
from tests.bench_book import write_bench_book

VOUCHERS = 3_000
SAVES = 20
PERSON = "记账人"
ONE_PERSON = f"post,name,from,to\nchair,{PERSON},2024-01-01,\n"
NOW = datetime.datetime(2025, 12, 20, 9, 0, tzinfo=datetime.UTC)


class Watch:
    """Measures what is done under a name."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def time(self, name: str, answer: Callable[[], TestResponse]) -> TestResponse:
        """Return the answer, with its time noted under the name."""
        started = time.perf_counter()
        given = answer()
        self.seconds.setdefault(name, []).append(time.perf_counter() - started)
        assert given.status_code < 400, given.status_code
        return given

    def show(self) -> None:
        """Print what was measured."""
        for name, seconds in self.seconds.items():
            print(f"  {name:28} median {statistics.median(seconds):6.3f} s   longest {max(seconds):6.3f} s")


def bench(book: Path, pause: float) -> Watch:
    """Key some vouchers one after the other, with a pause before each, and return what was waited for."""
    watch = Watch()
    with editing_server(book, clock=lambda: NOW) as server:
        web = server.app.test_client(use_cookies=False)
        host = f"127.0.0.1:{server.guard.port}"
        cookies = f"{COOKIE}={server.guard.session}; union-audit-person={quote(PERSON)}"
        headers = {"Host": host, "Cookie": cookies, "Origin": f"http://{host}"}
        first = web.get("/", headers=headers).headers["Location"].rsplit("/", 2)[0]

        def token(page: TestResponse, action: str) -> str:
            found = re.search(rf'action="/entry/{action}".*?name="token" value="([^"]+)"', page.text, re.DOTALL)
            assert found is not None
            return found[1]

        for number in range(SAVES):
            time.sleep(pause)
            form = watch.time("form", lambda: web.get(f"{first}/EntryDesk/?event=free", headers=headers))
            fields = {
                "token": token(form, "draft"),
                "event": "free",
                "f.date": "2025-12-20",
                "f.payee": "某某体育用品店",
                "f.narration": f"职工运动会用品 {number}",
                "line.0.account": "50102",
                "line.0.debit": "12.34",
                "line.1.account": "10201 银行存款-基本户",
                "line.1.credit": "12.34",
            }
            watch.time("preview", lambda sent=fields: web.post("/entry/preview", data=sent, headers=headers))
            saved = watch.time("save a draft", lambda sent=fields: web.post("/entry/draft", data=sent, headers=headers))
            draft = parse_qs(urlsplit(saved.headers["Location"]).query)["id"][0]
            page = web.get(f"{first}/EntryDrafts/?id={draft}", headers=headers)
            step = {"token": token(page, "step"), "id": draft, "act": "all"}
            posted = watch.time("post", lambda sent=step: web.post("/entry/step", data=sent, headers=headers))
            assert "said=posted" in posted.headers["Location"], posted.headers["Location"]
        slug = first.rsplit("/", 1)[0]
        watch.time("first look at the journal", lambda: web.get(f"{slug}/journal/", headers=headers))
    return watch


def main() -> None:
    """Print the figures, keyed fast and keyed as people do."""
    for pause in (0.0, 3.0):
        with tempfile.TemporaryDirectory(prefix="union-audit-bench-") as scratch:
            book = Path(scratch) / "book"
            write_bench_book(book, VOUCHERS)
            (book / "registers/officers.csv").write_text(ONE_PERSON, encoding="utf-8")
            print(f"\n{VOUCHERS:,} vouchers, {SAVES} more keyed with {pause:.0f} s between them")
            bench(book, pause).show()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
