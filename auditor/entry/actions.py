"""The application beside Fava that takes what the forms of entry send; every writing has a form's own token.

A form that is at fault is kept and shown again with its faults; one that was written leads to the page that shows
what came of it. Nothing here trusts a name, a path or a number from outside.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import quote, unquote

from flask import Flask, Response, abort, redirect, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from auditor.entry import chores
from auditor.entry.budgeting import reason_problems
from auditor.entry.desk import BookUnreadable, Desk
from auditor.entry.form import composed
from auditor.entry.page import PERSON, View, page_address, rendered
from auditor.entry.shown import preview
from auditor.entry.steps import depreciate, post, steps
from auditor.entry.tokens import Typed
from auditor.entry.uploads import MOST_FILES, MOST_TOGETHER, UploadRefused, check_upload, placed
from auditor.guard import Guard, OneTimeToken, install_entry
from ledger.atomic import BookBusy
from ledger.drafts import Act, Draft, DraftFault, begun, new_id, read_draft, stepped
from ledger.events import EventProblem, Words
from ledger.names import as_seen
from ledger.posting import PostingRefused

_MOST_FIELDS = 2000
_ATTEMPT = (BookBusy, DraftFault, PostingRefused, BookUnreadable)


class Actions:
    """The routes of the entry application, on one desk."""

    def __init__(self, desk: Desk, slug: Callable[[], str]) -> None:
        self.desk = desk
        self.slug = slug

    def page(self, name: str, **arguments: object) -> AnyResponse:
        """Return the way to a page."""
        return redirect(page_address(self.slug(), name, **arguments), 303)

    def fields(self) -> dict[str, str]:
        """Return the fields of the form that was sent, without its token."""
        return {key: as_seen(text) for key, text in request.form.items() if key != "token"}

    def spend(self, action: str) -> str:
        """Spend the form's token; ends the request for one that is missing, forged, of another form, or spent."""
        token = request.form.get("token", "")
        if not self.desk.tokens.holds(action, token):
            abort(403)
        if not self.desk.tokens.spend(action, token):
            abort(409)
        return token

    def person(self) -> str:
        """Return who works, as chosen in the page."""
        return unquote(request.cookies.get(PERSON, "")).strip()

    def back(self, page: str, problems: list[EventProblem], files: dict[str, bytes], **where: object) -> AnyResponse:
        """Return the way back to a form, with what was typed and what is wrong with it."""
        key = self.desk.kept.keep(Typed(MappingProxyType(self.fields()), MappingProxyType(files), tuple(problems)))
        return self.page(page, form=key, **where)

    # --- who works, and what a form would make

    def who(self) -> AnyResponse:
        """Remember who works."""
        self.spend("who")
        name = " ".join(request.form.get("person", "").split())[:40]
        here = request.form.get("here", "")
        going = redirect(here if here.startswith("/") and not here.startswith(("//", "/\\")) else "/", 303)
        going.set_cookie(PERSON, quote(name), httponly=True, samesite="Strict", path="/")
        return going

    def preview(self) -> AnyResponse:
        """Return the panel beside a form for the fields as they are now; nothing is written."""
        if not self.desk.tokens.holds("draft", request.form.get("token", "")):
            abort(403)
        view = View(self.desk, self.slug(), {}, self.person())
        try:
            shown = preview(self.desk, self.fields())
            return Response(rendered("preview.html", view, **shown), mimetype="text/html")
        except BookUnreadable as error:
            return Response(rendered("fault.html", view, fault=str(error)), mimetype="text/html")

    # --- drafts

    def draft(self) -> AnyResponse:
        """Save a draft, new or revised, with its attachments."""
        token = self.spend("draft")
        fields, who = self.fields(), self.person()
        where = {"event": fields.get("event", ""), "draft": fields.pop("draft", "")}
        kept = self.desk.kept.get(fields.pop("kept", ""))
        files = dict(kept.files) if kept else {}
        problems = _take(request.files.getlist("files"), files)
        try:
            made = composed(self.desk, fields)
            problems += (*made.problems, *reason_problems(self.desk, made.voucher))
            if not who:
                problems.append(EventProblem("person", Words("请先在上方选择“我是谁”", "say who you are")))
            if made.voucher is not None and not problems:
                before = read_draft(self.desk.book, where["draft"]) if where["draft"] else None
                draft_id = before.id if before else new_id(made.voucher.date)
                attached = placed(self.desk.book, made.voucher.date, draft_id, files)
                documents = (*(before.documents if before else ()), *attached)
                whole = begun(
                    draft_id,
                    made.voucher,
                    event=fields.get("event", ""),
                    answers={k: v for k, v in fields.items() if k.split(".")[0] in ("f", "m", "line") and v.strip()},
                    documents=documents,
                    who=who,
                    at=self.desk.clock(),
                )
                if before is not None:
                    whole = stepped(before, Act.REVISED, who, self.desk.clock(), to=whole)
                self.desk.allow(whole, Act.PREPARED, who)
                self.desk.save(whole, attached, before)
                return self.page("EntryDrafts", id=draft_id, said="saved")
        except _ATTEMPT as error:
            problems.append(EventProblem("", Words(str(error), str(error))))
        self.desk.tokens.restore(token)
        return self.back("EntryDesk", problems, files, **where)

    def step(self) -> AnyResponse:
        """Review, approve, return, discard or post a draft."""
        self.spend("step")
        who, wanted = self.person(), request.form.get("id", "")
        asked = request.form.get("act", "")
        try:
            draft = read_draft(self.desk.book, wanted)
            if not who:
                raise DraftFault("请先在上方选择“我是谁”")
            if asked == "all":
                return self._post(self._alone(draft, who), who, draft)
            act = Act(asked)
            if act in (Act.PREPARED, Act.REVISED):
                raise DraftFault("请在记账页修改草稿")
            if act is Act.POSTED:
                return self._post(draft, who, draft)
            self.desk.step(draft, act, who, request.form.get("note", "")[:500])
        except (ValueError, BookBusy) as error:
            return self.back("EntryDrafts", [EventProblem("", Words(str(error), str(error)))], {}, id=wanted)
        return self.page("EntryDrafts", id=wanted, said=str(act))

    def _alone(self, draft: Draft, who: str) -> Draft:
        if len(self.desk.duties(draft.voucher.date).staff) > 1:
            raise DraftFault("本单位有两名以上财务人员，须分别审核、审批")
        for act in (Act.REVIEWED, Act.APPROVED):
            if not (act is Act.REVIEWED and draft.who(Act.REVIEWED)):
                self.desk.allow(draft, act, who)
                draft = stepped(draft, act, who, self.desk.clock(), note="当日在任财务人员不足两人，由同一人办理")
        return draft

    def _post(self, draft: Draft, who: str, before: Draft) -> AnyResponse:
        number = post(self.desk, draft, who, before)
        return self.page("EntryDrafts", id=draft.id, said="posted", number=number)

    def scan(self) -> AnyResponse:
        """Return one attachment of the book, to look at."""
        name = request.args.get("path", "")
        path = PurePosixPath(name)
        if path.parts[:1] != ("documents",) or ".." in path.parts or "\\" in name or "\0" in name:
            abort(404)
        root = (self.desk.book / "documents").resolve()
        try:
            found = (self.desk.book / path).resolve(strict=True)
        except OSError:
            abort(404)
        if not found.is_relative_to(root) or not found.is_file():
            abort(404)
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        answer = Response(found.read_bytes(), mimetype=kind)
        answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(found.name)}"
        return answer

    def setup(self) -> AnyResponse:
        """Return the first page of an empty folder: the form that makes the book."""
        if self.desk.exists:
            return redirect("/", 303)
        view = View(self.desk, "", request.args, "")
        return Response(
            rendered("setup.html", view, book=self.desk.book.name, today=self.desk.today), mimetype="text/html"
        )


def _take(sent: list[FileStorage], files: dict[str, bytes]) -> list[EventProblem]:
    """Add the files that were sent to those kept, and return what is wrong with them."""
    problems: list[EventProblem] = []
    for storage in sent:
        if not storage.filename:
            continue
        content = storage.stream.read()
        try:
            check_upload(storage.filename, content)
        except UploadRefused as refused:
            problems.append(EventProblem("files", Words(refused.text.zh, refused.text.en)))
            continue
        files[storage.filename] = content
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_TOGETHER:
        limit = MOST_TOGETHER // 1024 // 1024
        words = Words(f"附件最多 {MOST_FILES} 个、合计 {limit} MB；请分到几张凭证", "too many or too large files")
        problems.append(EventProblem("files", words))
        files.clear()
    return problems


def entry_application(desk: Desk, guard: Guard, token: OneTimeToken, slug: Callable[[], str]) -> Flask:
    """Return the application that takes entries, behind the guard."""
    app = Flask("auditor.entry", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_TOGETHER + 4 * 1024 * 1024
    app.config["MAX_FORM_MEMORY_SIZE"] = 4 * 1024 * 1024
    app.config["MAX_FORM_PARTS"] = _MOST_FIELDS
    actions = Actions(desk, slug)
    for name in ("who", "preview", "draft", "step"):
        app.add_url_rule(f"/entry/{name}", name, getattr(actions, name), methods=["POST"])
    app.add_url_rule("/entry/steps", "steps", partial(steps, actions), methods=["POST"])
    app.add_url_rule("/entry/depreciate", "depreciate", partial(depreciate, actions), methods=["POST"])
    app.add_url_rule("/entry/scan", "document", actions.scan, methods=["GET"])
    app.add_url_rule("/entry/setup", "setup", actions.setup, methods=["GET"])
    chores.add_routes(app, actions)

    @app.errorhandler(409)
    def twice(_: Exception) -> AnyResponse:
        return Response("这个表单已经提交过一次，没有再办；请返回上一页刷新。", 409, mimetype="text/plain")

    install_entry(app, guard, token)
    return app
