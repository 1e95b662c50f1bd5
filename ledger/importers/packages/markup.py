"""Reads an XML or JSON file of an accounting package into tables; what could do harm is refused, not repaired.

Runs in the child process of `ledger.importers.sheets`, whose limits of memory and time hold here too.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any, NoReturn
from xml.sax import ContentHandler, SAXParseException
from xml.sax.xmlreader import AttributesImpl, InputSource

from ledger.importers.packages.trees import Node, tables
from ledger.importers.zip_check import Refused

MAX_DEPTH = 40
MAX_NODES = 1_500_000
MAX_TEXT = 20_000
MAX_DIGITS = 40

_DECLARED = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"'][^>]*\?>", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_UTF8 = ("utf-8", "utf8")
_GB = ("gb18030", "gbk", "gb2312", "cp936")
_JSON_START = re.compile(r"\s*(\{|\[\s*[{\[\]])")

Tables = list[tuple[str, list[list[str]]]]


def looks_like_json(text: str) -> bool:
    """Say whether a text begins as a JSON object or list of objects does."""
    return _JSON_START.match(text) is not None


def read_xml(text: str, encoding: str) -> Tables:
    """Return the tables of an XML text that was decoded by `encoding`, or raise Refused."""
    declared = _DECLARED.match(text.lstrip())
    name = declared[1].lower() if declared else "utf-8"
    if name in _UTF8 and encoding == "GB18030":
        raise Refused("声明的编码是 UTF-8，内容却不是；请重新导出，或把声明改成 GB18030")
    if name not in (*_UTF8, *_GB, "utf-16"):
        raise Refused(f"声明的编码是 {name}，不在 UTF-8、GB18030、GBK、GB2312 之内；请重新导出")
    lines = text.count("\n") + 1
    # The text is decoded already: what it declares would only mislead the parser.
    plain = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text.removeprefix("\ufeff"), count=1)
    root = _parsed(plain)
    if root.name == "Workbook":
        raise Refused("是 XML 格式的表格；请在表格软件中另存为 .xlsx 后再导入")
    return tables(root, lines)


def _parsed(text: str) -> Node:
    from defusedxml import DefusedXmlException
    from defusedxml.expatreader import DefusedExpatParser

    builder = _Builder()
    parser: Any = DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setContentHandler(builder)
    source: Any = InputSource()
    source.setCharacterStream(io.StringIO(text))
    try:
        parser.parse(source)
    except DefusedXmlException:
        raise Refused("含有文档类型或实体定义（DTD、ENTITY），可能读取本机文件或耗尽内存，不予读取") from None
    except SAXParseException as error:
        message = f"第 {error.getLineNumber()} 行不合 XML 语法（{error.getMessage()}）；文件可能不完整，请重新导出"
        raise Refused(message) from None
    if builder.root is None:
        raise Refused("没有任何元素；请重新导出")
    return builder.root


class _Builder(ContentHandler):
    """Builds the tree, with limits of depth, number and text."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0
        self.texts: list[str] = []
        self.length = 0
        self.line: Callable[[], int] = lambda: 0

    def setDocumentLocator(self, locator: Any) -> None:
        self.line = locator.getLineNumber

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            raise Refused(f"有超过 {MAX_NODES} 个元素；请按年度或月份分开导出")
        if len(self.open) >= MAX_DEPTH:
            raise Refused(f"第 {self.line()} 行的元素嵌套超过 {MAX_DEPTH} 层，不予读取")
        attributes = {str(key).rpartition(":")[2]: str(attrs[key]) for key in list(attrs.keys())}
        node = Node(name.rpartition(":")[2], self.line(), "", attributes)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.texts, self.length = [], 0

    def characters(self, content: str) -> None:
        self.length += len(content)
        if self.length > MAX_TEXT:
            raise Refused(f"第 {self.line()} 行的文字超过 {MAX_TEXT} 字，不予读取")
        self.texts.append(content)

    def endElement(self, name: str) -> None:
        node = self.open.pop()
        if not node.children:
            node.text = "".join(self.texts).strip()
        self.texts, self.length = [], 0


def read_json(text: str) -> Tables:
    """Return the tables of a JSON text, or raise Refused; numbers are kept digit for digit."""
    try:
        value = json.loads(
            text.removeprefix("\ufeff"),
            parse_float=_number,
            parse_int=_number,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        message = f"第 {error.lineno} 行第 {error.colno} 列不合 JSON 语法；文件可能不完整，请重新导出"
        raise Refused(message) from None
    except RecursionError:
        raise Refused(f"嵌套超过 {MAX_DEPTH} 层，不予读取") from None
    root = Node("JSON")
    _grow(root, value, 0, [0])
    return tables(root, 0)


def _number(text: str) -> str:
    if len(text) > MAX_DIGITS:
        raise Refused(f"的数“{text[:20]}…”超过 {MAX_DIGITS} 位，不予读取")
    return text


def _no_number(text: str) -> NoReturn:
    raise Refused(f"的值 {text} 不是数；请重新导出")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"的同一对象里“{twice[:50]}”出现两次，不知取哪一个；请重新导出")
    return found


def _grow(parent: Node, value: Any, depth: int, count: list[int]) -> None:
    """Hang a JSON value below a node; the items of a list are elements of the list's name."""
    if depth > MAX_DEPTH:
        raise Refused(f"嵌套超过 {MAX_DEPTH} 层，不予读取")
    members = value.items() if isinstance(value, dict) else [("", value)] if isinstance(value, list) else []
    for name, item in members:
        for one in item if isinstance(item, list) else [item]:
            count[0] += 1
            if count[0] > MAX_NODES:
                raise Refused(f"有超过 {MAX_NODES} 个值；请按年度或月份分开导出")
            node = Node(str(name).strip())
            parent.children.append(node)
            if isinstance(one, dict | list):
                _grow(node, one, depth + 1, count)
            elif one is not None:
                node.text = {True: "1", False: "0"}[one] if isinstance(one, bool) else str(one).strip()
                if len(node.text) > MAX_TEXT:
                    raise Refused(f"的“{node.name[:50]}”超过 {MAX_TEXT} 字，不予读取")
