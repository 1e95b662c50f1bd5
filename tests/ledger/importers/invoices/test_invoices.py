"""E-invoices into the register: XML, OFD and PDF of one made-up invoice, folders of them, and files that lie."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from ledger.book import ImportRefused, import_file
from ledger.importers.invoices.capitals import fen_from_capitals
from ledger.reader import read_book
from reports import pdf
from reports.model import Document, Paragraph

NUMBER = "25342000000000000017"
XML = """<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>{number}</EIid><InherentLabel><GeneralOrSpecialVAT><LabelName>{kind}</LabelName>
</GeneralOrSpecialVAT></InherentLabel></Header><EInvoiceData>
<SellerInformation><SellerIdNum>91340500MA00000000</SellerIdNum><SellerName>某市惠民超市</SellerName></SellerInformation>
<BuyerInformation><BuyerName>某市第一医院工会委员会</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>{net}</TotalAmWithoutTax><TotalTaxAm>{tax}</TotalTaxAm>
<TotalTax-includedAmount>{gross}</TotalTax-includedAmount></BasicInformation>
<IssuItemInformation><ItemName>*粮食*大米</ItemName></IssuItemInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>{number}</InvoiceNumber><IssueTime>2025-03-12</IssueTime></TaxSupervisionInfo>
</EInvoice>"""


def _xml(
    number: str = NUMBER, net: str = "1101.01", tax: str = "98.99", gross: str = "1200.00", kind: str = ""
) -> bytes:
    return XML.format(number=number, net=net, tax=tax, gross=gross, kind=kind or "普通发票").encode()


def _ofd(**changed: str) -> bytes:
    data = {"发票号码": NUMBER, "合计税额": "98.99", "合计金额": "1101.01", "开票日期": "2025年03月12日", **changed}
    custom = "".join(f'<ofd:CustomData Name="{k}">{v}</ofd:CustomData>' for k, v in data.items())
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    texts = {"11": "某市第一医院工会委员会", "12": "某市惠民超市", "13": "*粮食*大米"}
    objects = "".join(
        f'<ofd:TextObject ID="{n}"><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject>' for n, text in texts.items()
    )
    names = zip(("BuyerName", "SellerName", "Item"), texts, strict=True)
    tags = "".join(f"<ofd:{tag}><ofd:ObjectRef>{n}</ofd:ObjectRef></ofd:{tag}>" for tag, n in names)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = f"<ofd:DocInfo><ofd:CustomDatas>{custom}</ofd:CustomDatas></ofd:DocInfo>"
        archive.writestr("OFD.xml", f"<ofd:OFD {space}><ofd:DocBody>{info}</ofd:DocBody></ofd:OFD>")
        archive.writestr("Doc_0/Pages/Page_0/Content.xml", f"<ofd:Page {space}>{objects}</ofd:Page>")
        archive.writestr("Doc_0/Tags/CustomTag.xml", f"<ofd:eInvoice {space}>{tags}</ofd:eInvoice>")
    return made.getvalue()


def _pdf(gross: str = "1200.00", words: str = "壹仟贰佰圆整") -> bytes:
    lines = (
        f"电子发票（普通发票） 发票号码：{NUMBER}",
        "开票日期：2025年03月12日",
        "名称：某市第一医院工会委员会 名称：某市惠民超市",
        f"价税合计（大写） {words} （小写）¥{gross}",
    )
    return pdf.render(Document("发票", (), tuple(Paragraph(line) for line in lines), date(2025, 3, 12)))


def _register(book: Path) -> list[tuple[str, str, str, str, int, str]]:
    facts = read_book(book).facts
    assert facts is not None
    rows = facts.registers["invoices"].itertuples()
    return [(r.invoice, f"{r.date:%Y-%m-%d}", r.seller, r.buyer, int(r.amount_fen), r.type) for r in rows]


ROW = (NUMBER, "2025-03-12", "某市惠民超市", "某市第一医院工会委员会", 120000, "数电普票")


@pytest.mark.parametrize(("name", "content"), [("a.xml", _xml()), ("a.ofd", _ofd()), ("a.pdf", _pdf())])
def test_one_invoice_in_three_forms(tmp_path: Path, book: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = import_file(path, book)
    assert result.problems == ()
    assert _register(book) == [ROW]


def test_a_folder_counts_an_invoice_in_two_forms_once(tmp_path: Path, book: Path) -> None:
    folder = tmp_path / "三月发票"
    (folder / "上旬").mkdir(parents=True)
    (folder / "a.xml").write_bytes(_xml())
    (folder / "b.ofd").write_bytes(_ofd())
    (folder / "上旬" / "c.xml").write_bytes(_xml(NUMBER[:-1] + "8", "-1101.01", "-98.99", "-1200.00", "增值税专用发票"))
    result = import_file(folder, book)
    assert result.problems == ()
    assert any("同一张发票" in note.message for note in result.notes)
    assert [(row[0][-2:], row[4], row[5]) for row in _register(book)] == [
        ("17", 120000, "数电普票"),
        ("18", -120000, "数电专票"),
    ]
    (folder / "d.xml").write_bytes(_xml(NUMBER[:-2] + "21"))
    assert import_file(folder, book).registers["invoices"] == (1, 0, 2)


def _said(path: Path, book: Path) -> str:
    try:
        said = "；".join(map(str, import_file(path, book).problems))
    except ImportRefused as error:
        said = str(error)
    assert not (book / "registers" / "invoices.csv").exists()
    return said


def test_all_faults_of_a_folder_are_told(tmp_path: Path, book: Path) -> None:
    folder = tmp_path / "发票"
    folder.mkdir()
    (folder / "a.xml").write_bytes(_xml())
    (folder / "b.xml").write_bytes(_xml(net="1101.00"))
    (folder / "c.xml").write_bytes(_xml(gross="1300.00", net="1201.01"))
    said = _said(folder, book)
    assert "b.xml" in said
    assert "不等于价税合计" in said
    assert "发票号码都是" in said


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xml", _xml(tax="98.98"), "不等于价税合计"),
        ("a.xml", _xml(number="123"), "不是 20 位"),
        ("a.xml", _xml()[:-60], "截断"),
        ("a.xml", _xml().replace(b"<EInvoice>", b'<!DOCTYPE x [<!ENTITY a "b">]><EInvoice>', 1), "实体声明"),
        (
            "a.xml",
            _xml().replace(b"<IssueTime>", b"<InvoiceNumber>99999999999999999999</InvoiceNumber><IssueTime>"),
            "内容不同",
        ),
        ("a.xml", _xml().replace("<SellerName>某市惠民超市</SellerName>".encode(), b""), "没有销售方名称"),
        ("a.ofd", _ofd(合计金额="1101.00", 价税合计="1200.00"), "不等于价税合计"),
        ("a.ofd", _ofd()[:300], "已损坏"),
        ("a.ofd", _ofd(开票日期="2025年02月30日"), "不是存在的日期"),
        ("a.pdf", _pdf(gross="1300.00"), "不一致"),
    ],
)
def test_a_wrong_invoice_is_refused(tmp_path: Path, book: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in _said(path, book)


def test_an_ofd_that_swells_is_refused(tmp_path: Path, book: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", b" " * (20 * 1024 * 1024))
    path = tmp_path / "弹.ofd"
    path.write_bytes(made.getvalue())
    assert "压缩炸弹" in _said(path, book)


def test_another_invoice_of_a_number_in_the_register_is_a_problem(tmp_path: Path, book: Path) -> None:
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_bytes(_xml())
    second.write_bytes(_xml(net="1201.01", gross="1300.00"))
    import_file(first, book)
    result = import_file(second, book)
    assert [NUMBER in problem.message for problem in result.problems] == [True]
    assert _register(book) == [ROW]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("壹仟贰佰圆整", 120000),
        ("壹万零叁拾圆伍角", 1003050),
        ("贰佰圆零陆分", 20006),
        ("拾圆整", 1000),
        ("壹亿贰仟叁佰万圆整", 12300000000),
        ("（负数）伍角", -50),
        ("壹仟元", 100000),
        ("一千元", None),
        ("", None),
    ],
)
def test_amounts_in_capitals(text: str, fen: int | None) -> None:
    assert fen_from_capitals(text) == fen
