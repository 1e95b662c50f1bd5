"""The guard before Fava: what it lets through, what it refuses, and what a hostile book cannot do behind it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from werkzeug.test import TestResponse

from auditor.guard import COOKIE
from auditor.serve import Server

SLUG = quote("某市第一医院工会委员会")


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> TestResponse:
    """The answer to a browser that was let in: it has the cookie and names this server as its host."""
    named = {
        "Host": f"127.0.0.1:{server.guard.port}",
        "Cookie": f"{COOKIE}={server.guard.session}",
        **{key.replace("_", "-"): value for key, value in headers.items()},
    }
    return server.app.test_client(use_cookies=False).open(path, method=method, headers=named)


def test_without_token_or_cookie_nothing_is_shown(server: Server) -> None:
    client = server.app.test_client()
    host = {"Host": f"127.0.0.1:{server.guard.port}"}
    assert client.get("/", headers=host).status_code == 403
    assert client.get("/?token=wrong", headers=host).status_code == 403


def test_the_token_works_once(server: Server) -> None:
    host = {"Host": f"127.0.0.1:{server.guard.port}"}
    first = server.app.test_client().get(f"/?token={server.guard.token}", headers=host)
    assert first.status_code == 302
    assert COOKIE in first.headers["Set-Cookie"]
    assert "HttpOnly" in first.headers["Set-Cookie"]
    assert "SameSite=Strict" in first.headers["Set-Cookie"]
    assert server.app.test_client().get(f"/?token={server.guard.token}", headers=host).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "169.254.0.1", ""])
def test_another_host_is_refused(server: Server, host: str) -> None:
    assert ask(server, "/", Host=host).status_code in {400, 421}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_request_from_another_site_is_refused(server: Server, site: str) -> None:
    assert ask(server, "/", Sec_Fetch_Site=site).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_only_reading_is_allowed(server: Server, method: str) -> None:
    assert ask(server, f"/{SLUG}/api/source", method).status_code == 405


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT account", 200),
        ("  balances", 200),
        (".output /tmp/union-audit-marker", 403),
        ("\n.output /tmp/union-audit-marker", 403),
        ('CREATE TABLE t USING "csv:/etc/passwd"', 403),
        ("run something", 403),
        ("", 403),
    ],
)
def test_the_query_box_takes_queries_only(server: Server, query: str, status: int) -> None:
    assert ask(server, f"/{SLUG}/api/query?{urlencode({'query_string': query})}").status_code == status
    assert not Path("/tmp/union-audit-marker").exists()


@pytest.mark.parametrize(
    "path",
    [
        "api/imports",
        "api/extract?filename=/etc/passwd&importer=x",
        "api/payee_accounts?payee=x",
        "import/",
        "extension_js_module/AuditOverview.js",
        "extension/AuditOverview/anything",
        "download-journal/",
    ],
)
def test_what_is_not_named_is_closed(server: Server, path: str) -> None:
    assert ask(server, f"/{SLUG}/{path}").status_code == 403


def test_files_outside_the_served_copy_are_not_given(server: Server) -> None:
    assert ask(server, f"/{SLUG}/document/?filename=/etc/passwd").status_code == 404


def test_every_answer_carries_a_policy_under_which_no_inline_script_runs(server: Server) -> None:
    for path in (f"/{SLUG}/journal/", f"/{SLUG}/api/changed", f"/{SLUG}/extension/AuditOverview/"):
        answer = ask(server, path)
        assert answer.status_code == 200, path
        policy = answer.headers["Content-Security-Policy"]
        script = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
        assert "unsafe-inline" not in script
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_statutory_words_replace_commercial_ones(server: Server) -> None:
    page = ask(server, f"/{SLUG}/journal/").get_data(as_text=True)
    assert "\\u6536\\u5165\\u652f\\u51fa\\u8868" in page or "收入支出表" in page
    assert "损益表" not in page
    assert "\\u635f\\u76ca\\u8868" not in page
