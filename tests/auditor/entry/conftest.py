"""What the tests of entry share: a small union's book, its people, and the server that keeps it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from auditor.entry.serving import editing_server
from auditor.guard import COOKIE
from auditor.serve import Server
from ledger.book import init_book

UNION = "某市第一医院工会委员会"
SLUG = quote(UNION)
NOW = datetime.datetime(2025, 3, 20, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
OFFICERS = """post,name,from,to
chair,主席甲,2024-01-01,
accountant,会计乙,2024-01-01,
cashier,出纳丙,2024-01-01,
"""


def clock() -> datetime.datetime:
    """The moment at which every test of entry happens."""
    return NOW


@dataclass(frozen=True)
class Client:
    """Somebody at the browser: sends forms as a page of the server would."""

    server: Server
    book: Path

    @property
    def origin(self) -> str:
        """The address of the server as browsers name it."""
        return f"http://127.0.0.1:{self.server.guard.port}"

    def headers(self, person: str = "") -> dict[str, str]:
        """What a browser that was let in sends."""
        cookies = f"{COOKIE}={self.server.guard.session}; union-audit-person={quote(person)}"
        return {"Host": f"127.0.0.1:{self.server.guard.port}", "Cookie": cookies}

    def get(self, path: str, person: str = "", **headers: str) -> TestResponse:
        """The answer to one request."""
        client = self.server.app.test_client(use_cookies=False)
        return client.get(path, headers={**self.headers(person), **headers})

    def page(self, name: str, person: str = "", **arguments: str) -> str:
        """A page of entry."""
        query = "&".join(f"{key}={quote(value)}" for key, value in arguments.items())
        answer = self.get(f"/{SLUG}/extension/{name}/?{query}", person)
        assert answer.status_code == 200, answer.status_code
        text = answer.get_data(as_text=True)
        assert "本页无法显示" not in text
        return text

    def send(self, action: str, fields: Mapping[str, object], person: str = "", **headers: str) -> TestResponse:
        """The answer to a form."""
        client = self.server.app.test_client(use_cookies=False)
        named = {**self.headers(person), "Origin": self.origin, "Sec-Fetch-Site": "same-origin", **headers}
        return client.post(f"/entry/{action}", data=dict(fields), headers=named)

    def token(self, page: str, action: str) -> str:
        """The token of the form in a page that leads to an action."""
        form = re.search(rf'<form[^>]*action="/entry/{action}".*?name="token" value="([^"]+)"', page, re.DOTALL)
        assert form is not None, action
        return form[1]

    def filled(self, event: str, person: str, **fields: str) -> dict[str, str]:
        """The fields of an event's form, with the token of its page."""
        page = self.page("EntryDesk", person, event=event)
        return {"token": self.token(page, "draft"), "event": event, **fields}


def made_book(parent: Path) -> Path:
    """Make an empty book with three people in post and the union's own share."""
    folder = init_book(parent / "book", UNION, "340500", 2025)
    (folder / "registers").mkdir(exist_ok=True)
    (folder / "registers" / "officers.csv").write_text(OFFICERS, encoding="utf-8")
    with (folder / "union.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[standards]]\nkey = "contribution.retained_share"\nvalue = "0.60"\n'
            'from = 2020-01-01\ninstrument = "某市总工会〔2020〕3号"\n'
        )
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of the test's own."""
    return made_book(tmp_path)


@pytest.fixture
def client(book: Path) -> Iterator[Client]:
    """Somebody at the browser who keeps the book."""
    with editing_server(book, clock=clock) as server:
        yield Client(server, book)
