"""The rest of a treasurer's year: making the book, importing, sealing, closing, lists, and papers to print."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Flask, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from auditor.entry.identity import save_identity
from auditor.entry.lists import ListRefused, approve_budget, save_budget, save_row, save_standard
from auditor.entry.pasting import table_of
from auditor.entry.tokens import Typed
from auditor.entry.uploads import MOST_BYTES, safe_name
from ledger.atomic import BookBusy
from ledger.book import BookError, ImportRefused, ImportResult, import_file, init_book
from ledger.closing import UnclosableYear, close_year
from ledger.contracts import REGISTERS
from ledger.events import EventProblem, Words
from ledger.money import shown_yuan
from ledger.months import MonthNotSealed, reopen_month, seal_month
from ledger.union import ProfileError

if TYPE_CHECKING:
    from auditor.entry.actions import Actions


def add_routes(app: Flask, actions: Actions) -> None:
    """Add the routes of the chores to the entry application."""
    routes: Mapping[str, Callable[[Actions], AnyResponse]] = MappingProxyType(
        {
            "init": _init,
            "import": _import,
            "seal": _seal,
            "reopen": _reopen,
            "close": _close,
            "row": _row,
            "budget": _budget,
            "approval": _approval,
            "standard": _standard,
            "identity": _identity,
        }
    )
    for name, answer in routes.items():
        app.add_url_rule(f"/entry/{name}", name, partial(answer, actions), methods=["POST"])
    app.add_url_rule("/entry/paper", "paper", partial(_paper, actions), methods=["GET"])


def _fault(message: str, field: str = "") -> EventProblem:
    return EventProblem(field, Words(message, message))


def _init(actions: Actions) -> AnyResponse:
    token = actions.spend("init")
    desk, fields = actions.desk, actions.fields()
    problems: list[EventProblem] = []
    try:
        year = int(fields.get("year", ""))
    except ValueError:
        year = 0
    try:
        init_book(
            desk.book,
            fields.get("name", ""),
            fields.get("region", "").strip(),
            year,
            code=fields.get("code", "").strip(),
            level=fields.get("level", "grassroots"),
            parent=fields.get("parent", "").strip(),
            collection=fields.get("collection", "direct"),
            bank=fields.get("bank", "").strip() or "基本户",
        )
    except BookError as error:
        problems.append(_fault(str(error)))
    except ProfileError as error:
        problems += [_fault(f.message, f.key.removeprefix("union.")) for f in error.faults]
    if problems:
        desk.tokens.restore(token)
        key = desk.kept.keep(Typed(MappingProxyType(fields), problems=tuple(problems)))
        return redirect(f"/entry/setup?form={key}", 303)
    return redirect("/", 303)


def _import(actions: Actions) -> AnyResponse:
    token = actions.spend("import")
    fields = actions.fields()
    kept = actions.desk.kept.get(fields.get("kept", ""))
    confirmed = kept is not None and fields.get("confirm") == "yes"
    name, content = next(iter(kept.files.items())) if kept and kept.files else ("", b"")
    sent = request.files.get("file")
    if not confirmed and sent is not None and sent.filename:
        name, content = sent.filename, sent.stream.read(MOST_BYTES + 1)
    elif not confirmed and fields.get("pasted", "").strip():
        name, content = f"{fields.get('kind', '')}.csv", table_of(fields.get("kind", ""), fields["pasted"])
    problems: list[EventProblem] = []
    if not name:
        problems.append(_fault("请选择要导入的文件", "file"))
    elif len(content) > MOST_BYTES:
        problems.append(_fault(f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请分开导入", "file"))
    shown: dict[str, str] = {}
    if not problems:
        try:
            result = _run(actions, name, content, fields, dry_run=not confirmed)
            shown = _told(result)
            problems += [_fault(str(problem)) for problem in result.problems]
        except (ImportRefused, BookBusy) as error:
            problems.append(_fault(str(error)))
    actions.desk.tokens.restore(token)
    files = {} if confirmed or not name else {name: content}
    if confirmed:
        actions.desk.kept.drop(fields.get("kept", ""))
        actions.desk.warm()
    fields.pop("pasted", "")
    typed = Typed(MappingProxyType(fields | shown), MappingProxyType(files), tuple(problems))
    return actions.page("EntryImport", form=actions.desk.kept.keep(typed))


def _run(actions: Actions, name: str, content: bytes, asked: Mapping[str, str], *, dry_run: bool) -> ImportResult:
    with tempfile.TemporaryDirectory(prefix="union-audit-import-") as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(content)
        kind, account = asked.get("kind") or None, asked.get("account", "")
        result = import_file(path, actions.desk.book, kind, dry_run=dry_run, account=account)
    return replace(result, file=name)


def _told(result: ImportResult) -> dict[str, str]:
    registers = "；".join(
        f"{name} 新增 {new} 行、替换 {old} 行、已有 {same} 行" for name, (new, old, same) in result.registers.items()
    )
    return {
        "rows": str(result.rows),
        "vouchers": f"{result.vouchers_added} 张（已有 {result.vouchers_skipped} 张）",
        "debits": shown_yuan(result.debit_total_fen),
        "budgets": str(result.budgets_added),
        "registers": registers,
        "opening": "有" if result.opening_added else "",
        "notes": "\n".join(map(str, result.notes)),
        "written": "yes" if result.written else "",
        "sha256": result.sha256,
    }


def _seal(actions: Actions) -> AnyResponse:
    actions.spend("seal")
    month, who = request.form.get("month", ""), actions.person()
    if not who:
        return actions.back("EntryVouchers", [_fault("请先在上方选择“我是谁”")], {}, month=month)
    try:
        seal_month(
            actions.desk.book,
            month,
            by=who,
            despite=request.form.get("despite", "")[:500],
            now=actions.desk.clock(),
        )
    except MonthNotSealed as error:
        return actions.back("EntryVouchers", [_fault(p) for p in error.problems], {}, month=month)
    except BookBusy as error:
        return actions.back("EntryVouchers", [_fault(str(error))], {}, month=month)
    return actions.page("EntryVouchers", month=month, said="sealed")


def _reopen(actions: Actions) -> AnyResponse:
    actions.spend("reopen")
    month = request.form.get("month", "")
    try:
        if not actions.person():
            raise MonthNotSealed(("请先在上方选择“我是谁”",))
        reason = request.form.get("reason", "")[:500]
        reopen_month(actions.desk.book, month, reason=reason, by=actions.person(), now=actions.desk.clock())
    except (MonthNotSealed, BookBusy) as error:
        return actions.back("EntryVouchers", [_fault(str(error))], {}, month=month)
    return actions.page("EntryVouchers", month=month, said="reopened")


def _close(actions: Actions) -> AnyResponse:
    actions.spend("close")
    text = request.form.get("year", "")
    if not text.isdecimal():
        abort(400)
    try:
        close_year(actions.desk.book, int(text))
    except (UnclosableYear, BookBusy) as error:
        return actions.back("EntryYear", [_fault(str(error))], {}, year=text)
    actions.desk.warm()
    return actions.page("EntryYear", year=text, said="closed")


def _row(actions: Actions) -> AnyResponse:
    token = actions.spend("row")
    fields = actions.fields()
    name, row, version = (fields.pop(key, "") for key in ("list", "row", "version"))
    delete = fields.pop("delete", "") == "yes"
    if name not in REGISTERS:
        abort(404)
    return _written(
        actions, token, lambda: save_row(actions.desk, name, row, version, fields, delete=delete), list=name, row=row
    )


def _budget(actions: Actions) -> AnyResponse:
    token = actions.spend("budget")
    year = request.form.get("year", "")
    return _written(actions, token, lambda: save_budget(actions.desk, actions.fields()), list="budget", year=year)


def _approval(actions: Actions) -> AnyResponse:
    token = actions.spend("approval")
    fields = actions.fields()
    year, version = fields.get("year", ""), fields.get("version", "")
    if not year.isdecimal() or not version.isdecimal():
        abort(400)
    days = {key: fields.get(key, "") for key in ("committee", "audit-review", "approved")}
    return _written(
        actions, token, lambda: approve_budget(actions.desk, int(year), int(version), days), list="budget", year=year
    )


def _standard(actions: Actions) -> AnyResponse:
    token = actions.spend("standard")
    return _written(actions, token, lambda: save_standard(actions.desk, actions.fields()), list="standards")


def _identity(actions: Actions) -> AnyResponse:
    token = actions.spend("identity")
    return _written(actions, token, lambda: save_identity(actions.desk, actions.fields()), list="union")


def _written(actions: Actions, token: str, write: Callable[[], object], **where: str) -> AnyResponse:
    try:
        write()
    except ListRefused as refused:
        actions.desk.tokens.restore(token)
        return actions.back("EntryLists", list(refused.problems), {}, **where)
    except (BookBusy, ProfileError) as error:
        actions.desk.tokens.restore(token)
        return actions.back("EntryLists", [_fault(str(error))], {}, **where)
    actions.desk.warm()
    where.pop("row", "")
    return actions.page("EntryLists", said="saved", **where)


def _paper(actions: Actions) -> AnyResponse:
    from auditor.entry.papers import PaperRefused, paper_of

    asked = {key: request.args.get(key, "") for key in ("kind", "period", "form", "account")}
    try:
        name, content, kind = paper_of(actions.desk, **asked)
    except PaperRefused as error:
        return Response(str(error), 400, mimetype="text/plain")
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(PurePosixPath(name).name)}"
    return answer
