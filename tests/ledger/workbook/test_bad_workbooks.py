"""Workbooks gone wrong, each in its way: every fault with sheet and row, and not a byte of the book changed."""

from __future__ import annotations

import datetime
import hashlib
import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ledger.book import ImportRefused, import_file, init_book
from ledger.workbook.export import export_template

DAY = datetime.date(2025, 3, 5)
BANK, DUES = "10201 银行存款-基本户", "401 会费收入"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A book with one voucher, and its empty workbook."""
    folder = tmp_path_factory.mktemp("账")
    book = init_book(folder / "账套", "某市第一医院工会委员会", "340500", 2025)
    template = export_template(book)
    path = saved(
        template, folder / "一月.xlsx", lambda sheet: typed(sheet, "记-2025-01-0001", datetime.date(2025, 1, 2))
    )
    assert import_file(path, book).vouchers_added == 1
    return book, template


@pytest.fixture
def book(made: tuple[Path, bytes], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "账套"))


def typed(
    sheet: Worksheet,
    number: object = "记-2025-03-0001",
    day: object = DAY,
    debit: object = 100,
    credit: object = 100,
    *,
    account: str = BANK,
    rows: tuple[int, ...] = (0, 1),
) -> None:
    """Type a voucher below what is there; `rows` are those of its two rows that get typed."""
    head = {cell.value: n for n, cell in enumerate(sheet[1])}
    for side, (name, text, amount) in enumerate((("借方金额", account, debit), ("贷方金额", DUES, credit))):
        if side in rows:
            cells: list[object] = [None] * len(head)
            for key, value in (("日期", day), ("凭证字号", number), ("摘要", "收会费"), ("科目", text), (name, amount)):
                cells[head[key]] = value
            sheet.append(cells)


def saved(template: bytes, path: Path, fill: Callable[[Worksheet], None]) -> Path:
    workbook: Workbook = load_workbook(io.BytesIO(template))
    fill(workbook["凭证"])
    workbook.save(path)
    return path


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def half(sheet: Worksheet) -> None:
    typed(sheet, rows=(0,))


def heads_moved(sheet: Worksheet) -> None:
    typed(sheet)
    sheet.delete_cols([cell.value for cell in sheet[1]].index("贷方金额") + 1)


def head_renamed_twice(sheet: Worksheet) -> None:
    typed(sheet)
    sheet["G1"].value = "借方金额"


def both_sides(sheet: Worksheet) -> None:
    typed(sheet)
    sheet["F2"].value = 100


def twice(sheet: Worksheet) -> None:
    typed(sheet)
    typed(sheet, "记-2025-03-0002")
    typed(sheet)


def other_content(sheet: Worksheet) -> None:
    typed(sheet, "记-2025-01-0001", datetime.date(2025, 1, 2), 7, 7)


def metadata_without_key(sheet: Worksheet) -> None:
    typed(sheet)
    head = [cell.value for cell in sheet[1]]
    sheet.cell(2, head.index("附加信息") + 1).value = "随手写的一句话"


def word_not_listed(sheet: Worksheet) -> None:
    typed(sheet)
    head = [cell.value for cell in sheet[1]]
    sheet.cell(3, head.index("资金来源") + 1).value = "小金库"


BAD: tuple[tuple[str, Callable[[Worksheet], None], tuple[str, ...]], ...] = (
    ("half a voucher", half, ("工作表“凭证”第 2 行", "借方比贷方多 100.00 元")),
    ("one fen off", lambda s: typed(s, credit=99.99), ("第 2 行", "借方比贷方多 0.01 元")),
    ("a needed head gone", heads_moved, ("工作表“凭证”第 1 行", "表头缺少列：贷方金额")),
    ("a head twice", head_renamed_twice, ("第 1 行", "列名“借方金额”出现两次")),
    ("debit and credit in one row", both_sides, ("第 2 行 E（借方金额） 列", "既有借方又有贷方")),
    ("a day that is none", lambda s: typed(s, day="2025年2月30日"), ("第 2 行 A（日期） 列", "不是存在的日期")),
    ("a day in words", lambda s: typed(s, day="三月五日"), ("第 2 行 A（日期） 列", "不是日期，应写作 2025-03-01")),
    ("an amount in words", lambda s: typed(s, debit="壹佰元"), ("第 2 行 E（借方金额） 列", "不是金额")),
    ("three decimals", lambda s: typed(s, 1, DAY, 1.005, 1.005), ("第 2 行", "第 3 行", "超过两位小数")),
    ("a voucher number twice", twice, ("第 6 行", "与第 2 行的凭证重复")),
    ("a gap", lambda s: typed(s, "记-2025-03-0003"), ("2025-03 “记”字凭证缺号：1—2",)),
    ("an account of no chart", lambda s: typed(s, account="599 小金库"), ("第 2 行 D", "会计制度科目表内")),
    ("other content under a number of the book", other_content, ("第 2 行", "已在账套中，内容不同")),
    ("further information without a key", metadata_without_key, ("第 2 行", "应写作 键=值")),
    ("a word of no list", word_not_listed, ("第 3 行", "“小金库”不是可用的词")),
)  # fmt: skip


@pytest.mark.parametrize(("fill", "expected"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_every_fault_has_its_place_and_nothing_is_written(
    made: tuple[Path, bytes], book: Path, tmp_path: Path, fill: Callable[[Worksheet], None], expected: tuple[str, ...]
) -> None:
    before = hashes(book)
    result = import_file(saved(made[1], tmp_path / "三月.xlsx", fill), book)
    told = "\n".join(map(str, result.problems))
    assert told
    assert not result.written
    for text in expected:
        assert text in told
    assert hashes(book) == before


DAYS = ("2025-03-05", "2025/3/5", "2025.3.5", "20250305", "2025年3月5日", DAY)
AMOUNTS = ("1,234.50", "￥1234.5", "１２３４．５０", 1234.5, " 1234.50 ")


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_days_as_text_in_many_shapes(made: tuple[Path, bytes], book: Path, tmp_path: Path, day: object) -> None:
    result = import_file(saved(made[1], tmp_path / "三月.xlsx", lambda s: typed(s, day=day)), book, dry_run=True)
    assert (result.problems, result.vouchers_added) == ((), 1)


@pytest.mark.parametrize("amount", AMOUNTS, ids=str)
def test_amounts_as_people_write_them(made: tuple[Path, bytes], book: Path, tmp_path: Path, amount: object) -> None:
    path = saved(made[1], tmp_path / "三月.xlsx", lambda s: typed(s, debit=amount, credit=amount))
    result = import_file(path, book, dry_run=True)
    assert (result.problems, result.debit_total_fen) == ((), 123450)


@pytest.mark.parametrize(
    ("debit", "credit", "text"),
    [(-100, -100, "-100.00 CNY"), ("(100.00)", "-100", "-100.00 CNY"), (100, 100, "100.00 CNY")],
)
def test_red_letters_keep_their_side(
    made: tuple[Path, bytes], book: Path, tmp_path: Path, debit: object, credit: object, text: str
) -> None:
    import_file(saved(made[1], tmp_path / "三月.xlsx", lambda s: typed(s, debit=debit, credit=credit)), book)
    lines = (book / "2025/03.beancount").read_text(encoding="utf-8").splitlines()
    (bank,) = [line for line in lines if "Assets:102" in line]
    assert bank.split(maxsplit=1)[1] == text


def test_a_negative_credit_is_not_a_debit_in_disguise(made: tuple[Path, bytes], book: Path, tmp_path: Path) -> None:
    before = hashes(book)
    result = import_file(saved(made[1], tmp_path / "三月.xlsx", lambda s: typed(s, credit=-100)), book)
    assert "借方比贷方多 200.00 元" in str(result.problems[0])
    assert hashes(book) == before


def test_balances_that_do_not_add_up(made: tuple[Path, bytes], book: Path, tmp_path: Path) -> None:
    before = hashes(book)

    def fill(sheet: Worksheet) -> None:
        balances = sheet.parent["期初余额"]
        balances.append([2025, BANK, 100, None])
        balances.append([2025, "32205 累计结余", None, 99])

    result = import_file(saved(made[1], tmp_path / "期初.xlsx", fill), book)
    assert "工作表“期初余额”第 1 行：期初余额借贷不平，借方比贷方多 1.00 元" in str(result.problems[0])
    assert hashes(book) == before


def test_files_that_are_not_opened(made: tuple[Path, bytes], book: Path, tmp_path: Path) -> None:
    before = hashes(book)
    good = saved(made[1], tmp_path / "好.xlsx", typed)
    macro = tmp_path / "宏.xlsm"
    shutil.copy(good, macro)
    bomb = tmp_path / "炸弹.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/worksheets/sheet99.xml", b" " * 50_000_000)
    hidden = tmp_path / "藏宏.xlsx"
    shutil.copy(good, hidden)
    with zipfile.ZipFile(hidden, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    odd = tmp_path / "乱码.csv"
    odd.write_bytes(b"\xff\xff\x81")
    for path, why in ((macro, "宏"), (bomb, "压缩炸弹"), (hidden, "带有宏"), (odd, "既不是 UTF-8 也不是 GB18030")):
        with pytest.raises(ImportRefused, match=why) as caught:
            import_file(path, book)
        assert path.name in str(caught.value)
    assert hashes(book) == before


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_vouchers_as_csv_in_every_usual_encoding(book: Path, tmp_path: Path, codec: str) -> None:
    text = f"日期,凭证字号,摘要,科目,借方金额,贷方金额\n2025-03-05,记-1,收会费,{BANK},1,\n,,,{DUES},,1\n"
    path = tmp_path / "凭证.csv"
    path.write_bytes(text.encode(codec))
    assert import_file(path, book, "vouchers", dry_run=True).vouchers_added == 1


def test_the_same_file_and_the_same_vouchers_in_another(made: tuple[Path, bytes], book: Path, tmp_path: Path) -> None:
    path = saved(made[1], tmp_path / "三月.xlsx", typed)
    assert import_file(path, book).vouchers_added == 1
    before = hashes(book)
    assert import_file(path, book).already_imported
    assert hashes(book) == before

    def coloured(sheet: Worksheet) -> None:
        typed(sheet)
        sheet.sheet_properties.tabColor = "FF0000"

    other = import_file(saved(made[1], tmp_path / "又一份.xlsx", coloured), book)
    assert (other.vouchers_added, other.vouchers_skipped) == (0, 1)
    ledgers = {name: digest for name, digest in hashes(book).items() if not name.startswith("imports/")}
    assert ledgers == {name: digest for name, digest in before.items() if not name.startswith("imports/")}


def test_a_workbook_of_another_union(made: tuple[Path, bytes], book: Path, tmp_path: Path) -> None:
    before = hashes(book)

    def fill(sheet: Worksheet) -> None:
        typed(sheet)
        sheet.parent["单位信息"]["B2"].value = "某县第二中学工会委员会"

    result = import_file(saved(made[1], tmp_path / "三月.xlsx", fill), book)
    assert "本工作簿是“某县第二中学工会委员会”" in str(result.problems[0])
    assert hashes(book) == before
