"""What the server of `serve --edit` refuses: strangers, other sites, forged and spent forms, and Fava's own editing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.entry.serving import editing_server
from auditor.entry.uploads import MOST_BYTES, UploadRefused, check_upload, placed, safe_name
from tests.auditor.entry.conftest import NOW, SLUG, Client, clock, made_book

ENTRIES = (
    "who",
    "preview",
    "draft",
    "step",
    "import",
    "seal",
    "reopen",
    "close",
    "row",
    "budget",
    "approval",
    "standard",
)


def files(book: Path) -> dict[str, bytes]:
    """Every file of the book with its content."""
    return {str(p.relative_to(book)): p.read_bytes() for p in sorted(book.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One book for all refusals: none of them changes it."""
    return made_book(tmp_path_factory.mktemp("refusals"))


@pytest.fixture(scope="module")
def client(book: Path) -> Iterator[Client]:
    """Somebody at the browser who keeps the book."""
    with editing_server(book, clock=clock) as server:
        yield Client(server, book)


@pytest.fixture(autouse=True)
def untouched(book: Path) -> object:
    """No refusal writes anything."""
    before = files(book)
    yield
    assert files(book) == before


@pytest.mark.parametrize("action", ENTRIES)
def test_without_the_cookie_nothing_is_taken(client: Client, action: str) -> None:
    assert client.send(action, {}, Cookie="").status_code == 403
    assert client.send(action, {}, Cookie="union-audit=guessed").status_code == 403


@pytest.mark.parametrize("action", ENTRIES)
@pytest.mark.parametrize("token", ["", "x", "x.y", "a" * 5000])
def test_without_a_token_of_its_form_nothing_is_taken(client: Client, action: str, token: str) -> None:
    assert client.send(action, {"token": token}, "会计乙").status_code == 403


def test_token_of_another_form_is_refused(client: Client) -> None:
    token = client.token(client.page("EntryDrafts", "会计乙"), "who")
    assert client.send("draft", {"token": token}, "会计乙").status_code == 403


def test_token_is_good_once(client: Client) -> None:
    token = client.token(client.page("EntryDrafts"), "who")
    assert client.send("who", {"token": token, "person": "会计乙"}).status_code == 303
    assert client.send("who", {"token": token, "person": "会计乙"}).status_code == 409


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example", "https://127.0.0.1", "http://localhost:1"])
def test_another_origin_is_refused(client: Client, origin: str) -> None:
    token = client.token(client.page("EntryDrafts"), "who")
    assert client.send("who", {"token": token}, Origin=origin).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_form_from_another_site_is_refused(client: Client, site: str) -> None:
    token = client.token(client.page("EntryDrafts"), "who")
    assert client.send("who", {"token": token}, **{"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "169.254.0.1"])
def test_another_host_is_refused(client: Client, host: str) -> None:
    assert client.send("who", {}, Host=host, Origin=f"http://{host}").status_code == 421


@pytest.mark.parametrize("action", ENTRIES)
def test_entries_are_not_made_by_looking(client: Client, action: str) -> None:
    assert client.get(f"/entry/{action}").status_code in {404, 405}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    "path",
    [
        "api/source",
        "api/source_slice",
        "api/format_source",
        "api/add_entries",
        "api/add_document",
        "api/upload_import_file",
        "api/move",
        "api/document",
        "extension/EntryDesk/",
        "extension/EntryDesk/save",
        "journal/",
    ],
)
def test_fava_itself_stays_read_only(client: Client, method: str, path: str) -> None:
    answer = client.server.app.test_client(use_cookies=False).open(
        f"/{SLUG}/{path}", method=method, headers={**client.headers(), "Origin": client.origin}, data={"source": "x"}
    )
    assert answer.status_code == 405


@pytest.mark.parametrize(
    "path", ["import/", "api/imports", "extension_js_module/AuditOverview.js", "extension_js_module/EntryDrafts.js"]
)
def test_what_entry_does_not_need_is_closed(client: Client, path: str) -> None:
    assert client.get(f"/{SLUG}/{path}").status_code == 403


def test_our_script_is_given_and_no_inline_script_runs(client: Client) -> None:
    answer = client.get(f"/{SLUG}/extension_js_module/EntryDesk.js")
    assert answer.status_code == 200
    answer.close()
    for path in (f"/{SLUG}/extension/EntryDesk/", "/entry/setup"):
        policy = client.get(path).headers["Content-Security-Policy"]
        script = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
        assert "unsafe-inline" not in script
        assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "path",
    ["", "union.toml", "../union.toml", "documents/../union.toml", "/etc/passwd", "documents/link.pdf", "documents"],
)
def test_only_scans_of_the_book_are_shown(client: Client, path: str, book: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (book / "documents").mkdir(exist_ok=True)
    link = book / "documents/link.pdf"
    link.symlink_to(tmp_path / "secret")
    try:
        assert client.get(f"/entry/scan?path={path}").status_code == 404
    finally:
        link.unlink()


def test_who_leads_back_to_this_server_only(client: Client) -> None:
    for here in ("//evil.example/x", "/\\evil.example", "https://evil.example", "javascript:alert(1)"):
        token = client.token(client.page("EntryDrafts"), "who")
        answer = client.send("who", {"token": token, "person": "会计乙", "here": here})
        assert answer.headers["Location"] in {"/", f"{client.origin}/"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ"),
        ("page.html", b"<script>"),
        ("page.svg", b"<svg/>"),
        ("invoice.pdf", b"<script>alert(1)</script>"),
        ("picture.png", b"GIF89a"),
        ("nothing.pdf", b""),
        ("noending", b"%PDF-1"),
    ],
)
def test_file_that_is_no_scan_is_refused(client: Client, name: str, content: bytes) -> None:
    with pytest.raises(UploadRefused):
        check_upload(name, content)
    fields = client.filled("dues_received", "会计乙", **{"f.date": "2025-03-20", "f.amount": "5"})
    fields["f.payee"], fields["f.month_of"] = "会员", "2025-02"
    answer = client.send("draft", {**fields, "files": (io.BytesIO(content), name)}, "会计乙")
    assert answer.status_code == 303
    assert "form=" in answer.headers["Location"]
    page = client.get(answer.headers["Location"], "会计乙").get_data(as_text=True)
    assert "附件“" in page
    assert "<script>alert" not in page


def test_file_that_is_too_large_is_refused() -> None:
    check_upload("scan.pdf", b"%PDF-" + bytes(MOST_BYTES - 5))
    with pytest.raises(UploadRefused, match="超过 20 MB"):
        check_upload("scan.pdf", b"%PDF-" + bytes(MOST_BYTES - 4))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("回单 3月.PDF", "回单-3月.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\scans\\a.pdf", "a.pdf"),
        ('x".pdf', "x.pdf"),
        ("a\u202egpj.exe.pdf", "a-gpj-exe.pdf"),
        (".pdf", "pdf"),
        ("...pdf", "pdf"),
        ("长" * 300 + ".pdf", "长" * 60 + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_two_scans_of_one_name_get_two_paths(book: Path) -> None:
    one = placed(book, NOW.date(), "m", {"a/x.pdf": b"1", "b/x.pdf": b"2"})
    assert list(one) == ["documents/2025/03/m-x.pdf", "documents/2025/03/m-x-2.pdf"]
