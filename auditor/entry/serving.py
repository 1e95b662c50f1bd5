"""The server of `serve --edit`: Fava, read only on a copy as ever, with the application that takes entries beside it.

Fava never sees the real book. When the book has changed and somebody asks for one of Fava's own pages, a new
sanitised copy is made and a new Fava put in the place of the old one; pages of entry do not wait for that.
"""

from __future__ import annotations

import datetime
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask

from auditor.entry.actions import entry_application
from auditor.entry.desk import BookUnreadable, Clock, Desk
from auditor.entry.page import DESK
from auditor.guard import Guard, OneTimeToken, install
from auditor.serve import Server, add_pages, application, free_port
from auditor.served import SERVED, serve_audits
from ledger.posting import state_of
from ledger.reader.sanitise import StillHostile, sanitised_copy
from rules.law_loader import load_law

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

EXTENSIONS = ("auditor.entry", "auditor.fava_pages")
SCRIPTS = frozenset({"EntryDesk"})
# Requests that need no fresh Fava: our own pages of entry, and what a page is made of.
_OURS = ("/extension/Entry", "/extension_js_module/", "/static/", "/api/changed", "/api/errors")
_AUDIT = "/extension/Audit"


class Office:
    """Fava and the entry application behind one address; the former is made anew when the book has changed."""

    def __init__(self, desk: Desk, guard: Guard, scratch: Path) -> None:
        self.desk = desk
        self.guard = guard
        self.scratch = scratch
        self.token = OneTimeToken(guard.token)
        self.entry = entry_application(desk, guard, self.token, self.slug)
        self._own = self.entry.wsgi_app
        self._lock = threading.Lock()
        self._fava: tuple[str, Flask, Path] | None = None
        self._audited = ""
        self._count = 0

    def slug(self) -> str:
        """Return the name under which Fava shows the book."""
        app = self.fava(fresh=False)
        slug: str = app.config["LEDGERS"].first_slug()
        return slug

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request by the application that it is for."""
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith("/entry/") or not self.desk.exists:
            if not self.desk.exists and path in ("", "/"):
                environ["PATH_INFO"] = "/entry/setup"
            return self._own(environ, start_response)
        try:
            app = self.fava(fresh=not any(part in path for part in _OURS))
            if _AUDIT in path:
                self._audit(app)
        except (BookUnreadable, StillHostile) as error:
            return _plain(f"账套本身有错，改正之前不能显示：{error}", start_response)
        return app.wsgi_app(environ, start_response)

    def fava(self, *, fresh: bool) -> Flask:
        """Return Fava on the book, on its present state where `fresh` is asked for."""
        with self._lock:
            state = state_of(self.desk.book)
            if self._fava is None or (fresh and self._fava[0] != state):
                self._fava = self._made(state)
            return self._fava[1]

    def _made(self, state: str) -> tuple[str, Flask, Path]:
        facts = self.desk.facts()
        before = self._fava
        self._count += 1
        root = self.scratch / f"book-{self._count}"
        sanitised_copy(self.desk.book, root)
        add_pages(root, facts, self.desk.language, extensions=EXTENSIONS, first="EntryDesk")
        app = application(root, self.scratch / "words", None)
        app.config[DESK] = self.desk
        install(app, self.guard, self.token)
        if before is not None:
            shutil.rmtree(before[2], ignore_errors=True)
        return state, app, root

    def _audit(self, app: Flask) -> None:
        """Audit the book's last year when somebody looks at an audit page and the book has changed since."""
        facts = self.desk.facts()
        with self._lock:
            if SERVED in app.config and self._audited == facts.digest:
                return
            year = max(facts.years(), default=self.desk.today.year)
            since, until = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
            app.config[SERVED] = serve_audits(facts, self.desk.law, since, until, self.desk.language)
            self._audited = facts.digest


def _plain(text: str, start_response: StartResponse) -> Iterable[bytes]:
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("X-Content-Type-Options", "nosniff")]
    start_response("409 Conflict", headers)
    return [text.encode()]


@contextmanager
def editing_server(book: Path, *, port: int = 0, language: str = "zh", clock: Clock | None = None) -> Iterator[Server]:
    """Prepare the server that keeps a book; its private copies are removed when the context ends."""
    made: Mapping[str, Any] = {} if clock is None else {"clock": clock}
    desk = Desk(book.resolve(), load_law(), language, **made)
    with tempfile.TemporaryDirectory(prefix="union-audit-") as folder:
        scratch = Path(folder).resolve()
        guard = Guard(port or free_port(), scratch, scripts=SCRIPTS)
        office = Office(desk, guard, scratch)
        office.entry.wsgi_app = office  # type: ignore[method-assign]
        if desk.exists:
            office.fava(fresh=True)
        yield Server(office.entry, guard)
