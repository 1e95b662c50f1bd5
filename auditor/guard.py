"""The guard before Fava: who may ask, what may be asked, and what a browser may do with the answer.

Fava itself has no login, trusts every Host header, answers cross-site GETs, renders payees as HTML and lets its
query box write files. The guard stands before every request: loopback Host, same site, read only, a one-time
token turned into a cookie, an allowlist of pages and query words, attachments jailed in the served folder, and a
Content-Security-Policy under which no script of a book can run.

With `--edit` a second application stands beside Fava, which keeps being read only: every writing request goes to
that one, and there only with the cookie, from a page of this very server (Origin), and with a form's own token.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from fava.context import g
from flask import Flask, abort, redirect, request
from werkzeug.wrappers import Response

COOKIE = "union-audit"

# Pages and data of Fava that only read the sanitised copy. What is not named here is closed.
PAGES = frozenset(
    {
        "index",
        "static",
        "report",
        "account",
        "help_page",
        "document",
        "statement",
        "extension_report",
        "download_query",
    }
)
DATA = frozenset(
    {
        "get_account_report",
        "get_balance_sheet",
        "get_changed",
        "get_commodities",
        "get_context",
        "get_documents",
        "get_errors",
        "get_events",
        "get_help",
        "get_income_statement",
        "get_journal",
        "get_journal_page",
        "get_ledger_data",
        "get_options",
        "get_query",
        "get_source",
        "get_source_slice",
        "get_statistics",
        "get_trial_balance",
    }
)
CLOSED_REPORTS = frozenset({"import"})

_QUERY = re.compile(r"\s*(select|balances|journal|print)\b", re.IGNORECASE)
_SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain", "text/csv"})
_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
)
# Fava's front end is not told that it is read only; the guard refuses what these would do.
_READ_ONLY_STYLE = 'a[href="#add-transaction"], a[href*="/import/"], form button[type=submit] { display: none; }'
# Where a book is being kept, what shows its files as text is left out, and the pages of entry stand first.
_TEXTUAL = ", ".join(
    f'[href*="/{page}/"]'
    for page in (
        *("editor", "options", "query", "holdings", "commodities", "events", "documents", "statistics", "help"),
        "download-journal",
    )
)
_ENTRY_STYLE = (
    "aside:not(.panel) { display: flex; flex-direction: column; } "
    "aside:not(.panel) > ul:last-of-type { order: -1; border: 0; } "
    f"aside li > a:is({_TEXTUAL}), aside .secondary, aside:not(.panel) ul:not(:has(> li > a:not({_TEXTUAL}))) "
    "{ display: none; } .journal > li:is(.document, .custom), "
    'form.flex-row button[data-key]:not([data-key="m"], [data-key="p"]) { display: none !important; }'
)
_ATTACHMENT_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True)
class Guard:
    """What one server is guarded with: its port, the served folder, and the secrets of this start.

    `token` opens the server once; the cookie that it is exchanged for lasts until the server stops. `scripts` are
    the extensions, all our own, whose script a page may load: none unless the book is being edited.
    """

    port: int
    root: Path
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    scripts: frozenset[str] = frozenset()

    @property
    def hosts(self) -> frozenset[str]:
        """The only Host headers that are answered."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}", f"[::1]:{self.port}"})

    @property
    def address(self) -> str:
        """The address that opens the server, once."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"


class OneTimeToken:
    """The one-time token of a server: spent on first use."""

    def __init__(self, value: str) -> None:
        self._value: str | None = value

    def spend(self, offered: str) -> bool:
        """Return whether the offered token is the unspent one, and spend it."""
        if self._value is None or not hmac.compare_digest(offered.encode(), self._value.encode()):
            return False
        self._value = None
        return True


def install(app: Flask, guard: Guard, token: OneTimeToken | None = None) -> None:
    """Put the guard before every request of a Fava application; call before the first request.

    `token` is given where several applications share one server, so that it opens the server once altogether.
    """
    one_time = token or OneTimeToken(guard.token)
    # First in the list: nothing of Fava runs before the guard has let the request through.
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: _check(guard, one_time))
    app.after_request(_seal)
    style = _READ_ONLY_STYLE + (_ENTRY_STYLE if guard.scripts else "")
    app.jinja_loader = _EscapingLoader(app.jinja_loader, style)  # type: ignore[arg-type]


def install_entry(app: Flask, guard: Guard, token: OneTimeToken) -> None:
    """Put the guard before every request of the application that takes entries.

    Its own routes say which methods each address answers. A writing request must name this server as its origin;
    the token of its form is checked where the form is known.
    """
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: _check_entry(guard, token))
    app.after_request(_seal)


def _check_entry(guard: Guard, token: OneTimeToken) -> Response | None:
    _check_place(guard)
    if request.method not in {"GET", "HEAD"}:
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            abort(403)
        if request.headers.get("Origin", "") != f"http://{request.host}":
            abort(403)
    opened = _check_session(guard, token)
    if opened is None and not request.endpoint:
        abort(404)
    return opened


def _check(guard: Guard, token: OneTimeToken) -> Response | None:
    _check_place(guard)
    if request.method not in {"GET", "HEAD"}:
        abort(405)
    opened = _check_session(guard, token)
    if opened is None:
        _check_page(guard)
        _check_file(guard)
    return opened


def _check_place(guard: Guard) -> None:
    if request.host not in guard.hosts:
        abort(421)
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        abort(403)


def _check_session(guard: Guard, token: OneTimeToken) -> Response | None:
    offered = request.args.get("token", "")
    if offered and token.spend(offered):
        opened = redirect(request.path)
        opened.set_cookie(COOKIE, guard.session, httponly=True, samesite="Strict", path="/")
        return opened
    if not hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), guard.session.encode()):
        abort(403)
    return None


def _check_page(guard: Guard) -> None:
    endpoint = request.endpoint or ""
    if endpoint.startswith("json_api."):
        if endpoint.removeprefix("json_api.") not in DATA:
            abort(403)
    elif endpoint == "extension_js_module":
        if (request.view_args or {}).get("extension_name") not in guard.scripts:
            abort(403)
    elif endpoint not in PAGES:
        abort(404 if not endpoint else 403)
    values = request.view_args or {}
    if values.get("report_name") in CLOSED_REPORTS:
        abort(403)
    if endpoint in {"json_api.get_query", "download_query"} and not _QUERY.match(request.args.get("query_string", "")):
        abort(403)


def _check_file(guard: Guard) -> None:
    if request.endpoint == "document":
        path = request.args.get("filename", "")
    elif request.endpoint == "statement":
        # Fava finds the file by metadata of an entry, and refuses keys and entries that it does not know.
        path = g.ledger.statement_path(request.args.get("entry_hash", ""), request.args.get("key", ""))
    else:
        return
    try:
        resolved = Path(path).resolve(strict=True)
    except (OSError, ValueError):
        abort(404)
    if not resolved.is_relative_to(guard.root.resolve()):
        abort(404)


def _seal(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = _POLICY
    if request.endpoint in {"document", "statement"}:
        shown = response.mimetype in _SHOWN
        # A sandboxed PDF is not shown by browsers' own viewers, and a PDF cannot script the page.
        if response.mimetype != "application/pdf":
            headers["Content-Security-Policy"] = _ATTACHMENT_POLICY
        if not shown:
            headers["Content-Disposition"] = headers.get("Content-Disposition", "").replace("inline", "attachment", 1)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
    return response


class _EscapingLoader(jinja2.BaseLoader):
    """Loads Fava's templates with escaping switched on where Fava switches it off (its journal)."""

    def __init__(self, inner: jinja2.BaseLoader, style: str) -> None:
        self._inner = inner
        self._style = style

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template's source with every `autoescape false` turned round, and without what would edit."""
        source, filename, uptodate = self._inner.get_source(environment, template)
        source = source.replace("{% autoescape false %}", "{% autoescape true %}")
        return source.replace("</head>", f"<style>{self._style}</style></head>"), filename, uptodate

    def list_templates(self) -> list[str]:
        """Return the names of Fava's templates."""
        return list(self._inner.list_templates())
