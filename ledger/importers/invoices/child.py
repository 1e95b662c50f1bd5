"""A child process that reads one e-invoice: its bytes on standard input, the texts of its fields on standard output.

XML without a document type, full paths only, nothing fetched; an OFD is a zip whose parts are counted while they are
inflated. A field that stands twice with different texts is refused, because nobody can say which one was signed.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.importers.sheet_child import limit_process
from ledger.importers.zip_check import Refused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_XML = 5 * 1024 * 1024
MAX_PARTS = 500
MAX_INFLATED = 50 * 1024 * 1024
MAX_TEXT = 500

_ROOT = "EInvoice"
# Field → path below the root of a 数电票 XML.
_PATHS: Mapping[str, str] = MappingProxyType(
    {
        "number": "TaxSupervisionInfo/InvoiceNumber",
        "date": "TaxSupervisionInfo/IssueTime",
        "id": "Header/EIid",
        "kind": "Header/InherentLabel/GeneralOrSpecialVAT/LabelName",
        "seller": "EInvoiceData/SellerInformation/SellerName",
        "seller_code": "EInvoiceData/SellerInformation/SellerIdNum",
        "buyer": "EInvoiceData/BuyerInformation/BuyerName",
        "net": "EInvoiceData/BasicInformation/TotalAmWithoutTax",
        "tax": "EInvoiceData/BasicInformation/TotalTaxAm",
        "gross": "EInvoiceData/BasicInformation/TotalTax-includedAmount",
    }
)
_ITEMS = "EInvoiceData/IssuItemInformation"
_CUSTOM: Mapping[str, str] = MappingProxyType(
    {
        "发票代码": "code",
        "发票号码": "number",
        "开票日期": "date",
        "合计金额": "net",
        "合计税额": "tax",
        "价税合计": "gross",
        "购买方名称": "buyer",
        "销售方名称": "seller",
        "销售方纳税人识别号": "seller_code",
    }
)
_TAGS: Mapping[str, str] = MappingProxyType(
    {"BuyerName": "buyer", "SellerName": "seller", "SellerTaxID": "seller_code"}
)


def main() -> int:
    """Read one e-invoice, an XML or an OFD."""
    limit_process()
    content = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        answer = {"invoice": _ofd(content) if content.startswith(b"PK") else _xml(content)}
    except Refused as error:
        answer = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", errors="replace"))
    return 0


def _root(content: bytes, what: str) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if len(content) > MAX_XML:
        raise Refused(f"{what}超过 {MAX_XML // 1024 // 1024} MB，不像电子发票，不予打开")
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Refused(f"{what}带有文档类型或实体声明，电子发票不会有，不予打开；请从税务平台重新下载") from None
    except (ParseError, ValueError, LookupError):
        raise Refused(f"{what}不是完整的 XML，可能被截断；请从税务平台重新下载") from None
    return root


def _text(element: Element, what: str) -> str:
    text = "".join(element.itertext()).strip()
    if len(text) > MAX_TEXT:
        raise Refused(f"“{what}”的文字过长，不像电子发票；请从税务平台重新下载")
    return text


def _only(elements: list[Element], what: str) -> str:
    texts = {_text(element, what) for element in elements} - {""}
    if len(texts) > 1:
        raise Refused(f"“{what}”出现多次而内容不同，不予采用；请从税务平台重新下载")
    return texts.pop() if texts else ""


def _xml(content: bytes) -> dict[str, str]:
    root = _root(content, "")
    if root.tag != _ROOT:
        raise Refused(f"不是数电票 XML（根元素是“{root.tag[:40]}”，应为“{_ROOT}”）；请下载数电票的 XML、OFD 或 PDF")
    found = {key: _only(root.findall(path), path) for key, path in _PATHS.items()}
    identity = found.pop("id")
    if identity and found["number"] and identity != found["number"]:
        raise Refused("票头的号码与税务监管信息的发票号码不同，不予采用；请从税务平台重新下载")
    found["number"] = found["number"] or identity
    names = [_text(e, "ItemName") for item in root.findall(_ITEMS) for e in item.findall("ItemName")]
    found["item"] = "；".join(dict.fromkeys(filter(None, names)))[:MAX_TEXT]
    kind = found.pop("kind")
    found["type"] = "数电专票" if "专用" in kind else "数电普票"
    return found


def _ofd(content: bytes) -> dict[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise Refused("已损坏，不能作为 OFD 打开；请重新下载") from None
    if "OFD.xml" not in parts:
        raise Refused("不是 OFD 文件（没有 OFD.xml）；请重新下载")
    root = _root(parts["OFD.xml"], "OFD.xml ")
    if len([e for e in root if _local(e) == "DocBody"]) != 1:
        raise Refused("里不是恰好一张发票；请按张下载后分别导入")
    found: dict[str, str] = {}
    for element in root.iter():
        key = _CUSTOM.get(element.get("Name", "")) if _local(element) == "CustomData" else None
        if key:
            _put(found, key, _text(element, element.get("Name", "")))
    if "number" not in found:
        raise Refused("的 OFD.xml 里没有发票号码，不是电子发票，或开票软件没有写入发票数据；请改用 XML")
    _put_tagged(parts, found)
    found["type"] = _type(parts, found)
    return found


def _put(found: dict[str, str], key: str, text: str) -> None:
    if text and found.setdefault(key, text) != text:
        raise Refused(f"“{key}”出现多次而内容不同，不予采用；请从税务平台重新下载")


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = archive.infolist()
    if len(infos) > MAX_PARTS:
        raise Refused(f"内部有 {len(infos)} 个部件，疑似压缩炸弹，不予打开")
    if len({info.filename for info in infos}) != len(infos):
        raise Refused("内部有重名部件，疑似被改造，不予打开；请重新下载")
    total = 0
    parts: dict[str, bytes] = {}
    for info in infos:
        if not info.filename.lower().endswith(".xml"):
            continue  # pictures, fonts and signatures are not looked at
        with archive.open(info) as stream:
            content = stream.read(MAX_XML + 1)
        total += len(content)
        if len(content) > MAX_XML or total > MAX_INFLATED:
            raise Refused("解压后过大，疑似压缩炸弹，不予打开")
        parts[info.filename.lstrip("/")] = content
    return parts


def _local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _put_tagged(parts: Mapping[str, bytes], found: dict[str, str]) -> None:
    """Add the names of buyer and seller, which an OFD tags by the ids of its text objects."""
    tags = [content for name, content in parts.items() if name.rsplit("/", 1)[-1] == "CustomTag.xml"]
    pages = [content for name, content in parts.items() if name.rsplit("/", 1)[-1] == "Content.xml"]
    objects: dict[str, str] = {}
    for content in pages:
        for element in _root(content, "页面 ").iter():
            if _local(element) == "TextObject":
                objects[element.get("ID", "")] = "".join(
                    _text(code, "TextCode") for code in element if _local(code) == "TextCode"
                )
    items: list[str] = []
    for content in tags:
        for element in _root(content, "标签 ").iter():
            name = _local(element)
            texts = [objects.get((ref.text or "").strip(), "") for ref in element if _local(ref) == "ObjectRef"]
            if name in _TAGS and _TAGS[name] not in found:
                _put(found, _TAGS[name], "".join(texts))
            elif name == "Item":
                items += [text for text in texts if text]
    if items:
        found.setdefault("item", "；".join(dict.fromkeys(items))[:MAX_TEXT])


def _type(parts: Mapping[str, bytes], found: Mapping[str, str]) -> str:
    special = any("专用发票".encode() in content for content in parts.values())
    # An invoice with a code of its own is older than the 数电票 of one number of twenty digits.
    return ("电子" if found.get("code") else "数电") + ("专票" if special else "普票")
