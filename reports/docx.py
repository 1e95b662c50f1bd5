"""Word: a document in the committee's own shell, which is edited in Word and holds `{{ title }}` and `{{ body }}`.

The shell is filled by a template engine that sees the title alone; the body is built element by element, so
that no text of a book ever passes through the engine. Equal documents in equal shells give equal bytes.
"""

from __future__ import annotations

import datetime
import io
from importlib import resources
from pathlib import Path
from typing import Any

from reports.docx_body import body_elements
from reports.layout import title_lines
from reports.model import Document
from reports.visible import visible_document
from reports.zips import without_clock

_BODY = "\u2063union-audit-body\u2063"
_TAGS = frozenset({"title", "body"})


class ShellError(ValueError):
    """A Word shell that cannot be filled; the message says what is wrong with it and the way out, in Chinese."""


def render(document: Document, shell: Path | None = None) -> bytes:
    """Return a document as .docx in the shipped shell, or in a shell of the committee's own.

    Raises ShellError where the shell has an unknown tag or no place for the body.
    """
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    shown = visible_document(document)
    source = shell.read_bytes() if shell else _shipped()
    try:
        template = DocxTemplate(io.BytesIO(source))
        tags = template.get_undeclared_template_variables()
    except Exception as error:  # whatever a damaged file or a broken tag makes the library raise
        raise ShellError(f"报告模板不能使用：{error}。请用 Word 打开模板检查标签，或改用随软件提供的模板") from error
    if tags != _TAGS:
        odd = "、".join(sorted(tags ^ _TAGS))
        raise ShellError(f"报告模板的标签应当正好是 title 与 body，多出或缺少：{odd}")
    engine = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        template.render({"title": "\n".join(title_lines(shown.title)), "body": _BODY}, engine, autoescape=True)
    except TemplateError as error:
        raise ShellError(f"报告模板的标签不能使用：{error}。标签只能写作 {{{{ title }}}} 与 {{{{ body }}}}") from error
    made = template.docx
    _put_body(made, shown)
    moment = datetime.datetime.combine(shown.stamp, datetime.time(), datetime.UTC)
    properties = made.core_properties
    properties.title, properties.created, properties.modified = shown.title, moment, moment
    properties.author, properties.last_modified_by, properties.revision = "", "", 1
    target = io.BytesIO()
    made.save(target)
    return without_clock(target.getvalue())


def _shipped() -> bytes:
    return resources.files("reports.templates").joinpath("annual.docx").read_bytes()


def _put_body(made: Any, document: Document) -> None:
    places = [p._p for p in made.paragraphs if _BODY in p.text]
    if not places:
        raise ShellError("报告模板中 {{ body }} 应当独占一段，且不在表格或文本框内")
    place = places[0]
    for element in body_elements(made, document):
        place.addprevious(element)
    place.getparent().remove(place)
