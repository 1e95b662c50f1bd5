"""What every page of entry shares: who asks, the language, links and tokens, and how a template is rendered.

The pages stand in Fava, which stays read only; their forms go to the application beside it (`auditor.entry.actions`).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, unquote, urlencode

import jinja2
from fava.context import g
from fava.ext import FavaExtensionBase
from flask import current_app, request
from markupsafe import Markup, escape

from auditor.entry.desk import BookUnreadable, Desk
from auditor.entry.picking import label_of
from auditor.entry.tokens import Typed
from ledger.drafts import open_drafts
from ledger.drafts.duties import POST_NAMES
from ledger.money import shown_yuan

log = logging.getLogger(__name__)

DESK = "UNION_AUDIT_DESK"
PERSON = "union-audit-person"
TABS = (
    ("EntryDesk", "记账", "Enter"),
    ("EntryDrafts", "草稿与审批", "Drafts"),
    ("EntryVouchers", "凭证与月结", "Vouchers, months"),
    ("EntryLists", "登记簿与预算", "Registers, budget"),
    ("EntryImport", "导入文件", "Import"),
    ("EntryYear", "年度与报表", "Year, reports"),
)


class View:
    """One request for a page: the desk, who asks, and what the address says."""

    def __init__(self, desk: Desk, slug: str, arguments: Mapping[str, str], person: str) -> None:
        self.desk = desk
        self.slug = slug
        self.arguments = arguments
        self.person = person
        typed = desk.kept.get(arguments.get("form", ""))
        self.typed: Typed = typed or Typed({})

    def say(self, zh: str, en: str) -> str:
        """Return a text in the reader's language."""
        return en if self.desk.language == "en" else zh

    def href(self, page: str, **arguments: object) -> str:
        """Return the address of a page of entry, or of Fava's own."""
        return page_address(self.slug, page, **arguments)

    def token(self, action: str) -> Markup:
        """Return the hidden field that lets a form write."""
        return Markup('<input type="hidden" name="token" value="{}">').format(self.desk.tokens.issue(action))

    def name_of(self, key: str) -> str:
        """Return what a value of law is called."""
        parameter = self.desk.law.parameters.get(key)
        return self.say(parameter.label, parameter.label_en) if parameter else key

    def problem(self, field: str) -> str:
        """Return what is wrong with a field of the form that came back, empty for nothing."""
        found = [p.message for p in self.typed.problems if p.field == field]
        return "；".join(self.say(m.zh, m.en) for m in found)


def page_address(slug: str, page: str, **arguments: object) -> str:
    """Return the address of a page of entry."""
    query = urlencode({key: str(value) for key, value in arguments.items() if str(value)})
    return f"/{quote(slug)}/extension/{page}/" + (f"?{query}" if query else "")


class EntryPage(FavaExtensionBase):
    """One page of entry in Fava's sidebar; a subclass names its template and gathers what it shows."""

    template = ""

    def gather(self, view: View) -> dict[str, Any]:
        """Return what the template needs."""
        raise ValueError(f"{type(self).__name__} shows nothing")

    def content(self) -> Markup:
        """Return the page's HTML, or the reason why it cannot be shown."""
        desk: Desk = current_app.config[DESK]
        if request.args.get("lang") in ("zh", "en"):
            desk.language = request.args["lang"]
        person = unquote(request.cookies.get(PERSON, ""))
        view = View(desk, str(g.beancount_file_slug), request.args, person)
        try:
            shared = {"page": self.name, **shell(view)}
            return rendered(self.template, view, **shared, **self.gather(view))
        except BookUnreadable as error:
            text = view.say("账套本身有错，改正之前不能记账：", "The book itself is at fault: ")
            return Markup('<p class="ue-error" role="alert">{}{}</p>').format(text, str(error))
        except Exception as error:
            # An exception in an extension takes all of Fava down; here it costs one page and is reported on it.
            log.exception("entry page %s", self.name)
            return Markup('<p class="ue-error" role="alert">本页无法显示：{}</p>').format(escape(str(error)))


def shell(view: View) -> dict[str, Any]:
    """Return what the frame of every page shows: who is working, the tabs, how many drafts wait."""
    duties = view.desk.duties(view.desk.today)
    people = [
        (name, "、".join(POST_NAMES.get(post, post) for post in posts)) for name, posts in sorted(duties.posts.items())
    ]
    known = not duties.posts or view.person in duties.posts
    return {
        "tabs": [(name, view.say(zh, en), view.href(name)) for name, zh, en in TABS],
        "people": people,
        "person": view.person if known else "",
        "waiting": len(open_drafts(view.desk.book)),
        "union": view.desk.lists().union,
        "said": view.arguments.get("said", ""),
    }


def rendered(template: str, view: View, **context: Any) -> Markup:
    """Return a template of entry as HTML; everything it is given is escaped."""
    shared: dict[str, Any] = {
        "view": view,
        "t": view.say,
        "typed": view.typed.fields,
        "problems": view.typed.problems,
        "token": view.token,
        "href": view.href,
        "money": lambda fen: shown_yuan(fen) if fen else "",
        "yuan": shown_yuan,
        "label_of": label_of,
        "name_of": view.name_of,
    }
    return Markup(engine().get_template(template).render(shared | context))


@cache
def engine() -> jinja2.Environment:
    """Return the engine of the templates: everything is escaped, and a name that is missing is an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("auditor.entry", "templates/entry"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
