"""The server: stock Fava on a sanitised copy of a book, read only, on loopback, behind the guard.

The received folder is never opened by Fava. What is served is a private copy with the same files and line
numbers in which nothing runs, plus one generated file that names our pages and links the attachments.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pandas as pd
from flask import Flask

from auditor.fava_pages.page import ENTRIES, entries_of
from auditor.guard import Guard, install
from auditor.served import SERVED, Served
from ledger.facts import Facts
from ledger.reader.sanitise import sanitised_copy

GENERATED = "union-audit-pages.beancount"
_EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True)
class Server:
    """A Fava application that is ready to run, with the guard that stands before it."""

    app: Flask
    guard: Guard


@contextmanager
def server_for(book: Path, served: Served, *, port: int = 0) -> Iterator[Server]:
    """Prepare the server of one book; its private copy is removed when the context ends."""
    with tempfile.TemporaryDirectory(prefix="union-audit-") as scratch:
        root = Path(scratch).resolve() / "book"
        sanitised_copy(book, root)
        add_pages(root, served.facts, served.language)
        guard = Guard(port or free_port(), root)
        app = application(root, Path(scratch) / "words", served)
        install(app, guard)
        yield Server(app, guard)


def free_port() -> int:
    """Return a loopback port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


AUDIT_PAGES = ("auditor.fava_pages",)


def add_pages(
    root: Path,
    facts: Facts,
    language: str,
    *,
    extensions: Sequence[str] = AUDIT_PAGES,
    first: str = "AuditOverview",
) -> None:
    """Add to a sanitised copy what Fava is to show of ours: the extensions, the page to begin with, attachments."""
    lines = [
        *(f'{_EPOCH} custom "fava-extension" "{name}"' for name in extensions),
        f'{_EPOCH} custom "fava-option" "language" "{language}"',
        f'{_EPOCH} custom "fava-option" "default-page" "extension/{first}/"',
        f'{_EPOCH} custom "fava-option" "auto-reload" "false"',
        f'{_EPOCH} custom "fava-option" "invert-income-liabilities-equity" "true"',
        *([] if extensions == AUDIT_PAGES else [f'{_EPOCH} custom "fava-option" "show-metadata-indicators" "false"']),
        *_attachments(root, facts),
    ]
    (root / GENERATED).write_text("\n".join(lines) + "\n", encoding="utf-8")
    main = root / "main.beancount"
    main.chmod(0o600)
    text = main.read_text(encoding="utf-8")
    main.write_text(f'{text.rstrip()}\ninclude "{GENERATED}"\n', encoding="utf-8")


def _attachments(root: Path, facts: Facts) -> Iterator[str]:
    # Fava opens an attachment named in metadata only where a document directive of the same account knows it.
    linked = facts.vouchers.loc[facts.vouchers["documents"] != "", ["entry", "date", "documents"]]
    first = facts.postings.drop_duplicates("entry")[["entry", "account"]]
    for row in linked.merge(first, on="entry").to_dict("records"):
        for name in dict.fromkeys(str(row["documents"]).splitlines()):
            if (root / name).is_file() and not set(name) & {'"', "\\"}:
                yield f'{pd.Timestamp(row["date"]).date()} document {row["account"]} "{name}"'


def application(root: Path, words: Path, served: Served | None) -> Flask:
    """Return Fava on a sanitised copy; `served` is None where the audits are made when somebody asks for them."""
    from fava.application import create_app

    # The copy never changes: a watcher of its own thread would only be left behind when the copy is replaced.
    app = create_app([root / "main.beancount"], load=True, read_only=True, poll_watcher=True)
    app.config[SERVED] = served
    app.config[ENTRIES] = entries_of(app.config["LEDGERS"].ledgers[0])
    _add_words(app, words)
    return app


def _add_words(app: Flask, words: Path) -> None:
    """Replace Fava's commercial words by the statutory ones: a catalogue after Fava's own wins."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source = files("auditor.fava_pages").joinpath("translations", "zh", "LC_MESSAGES", "messages.po")
    catalogue = read_po(io.StringIO(source.read_text(encoding="utf-8")), locale="zh")
    for locale in ("zh", "zh_CN", "zh_Hans", "zh_Hans_CN"):
        folder = words / locale / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "messages.mo").open("wb") as file:
            write_mo(file, catalogue)
    app.extensions["babel"].translation_directories.append(str(words))


def run(server: Server) -> None:
    """Answer requests on loopback until interrupted."""
    from cheroot.wsgi import Server as WSGIServer

    wsgi = WSGIServer(("127.0.0.1", server.guard.port), server.app)
    try:
        with contextlib.suppress(KeyboardInterrupt):  # how a person ends the server
            wsgi.start()
    finally:
        wsgi.stop()
