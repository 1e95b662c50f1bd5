"""The lines of a statement, row by row: day, party, texts, amounts; and the rows that are no lines."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from ledger.importers.bank import values, wallet
from ledger.importers.bank.columns import Head, plain
from ledger.importers.cells import CellError
from ledger.importers.sheets import Sheet
from ledger.importers.tables import ImportProblem
from ledger.importers.zip_check import column_letters

T = TypeVar("T")

_AROUND = re.compile(
    r"(本[日月年页期]|当[日月]|累计|借方|贷方|收入|支出|总|合计|期初|期末|上[期月年页]|年初|月初|承前|过次|昨日)"
    r"[^\d]{0,12}(合计|累计|总计|小计|共计|总额|笔数|余额|结转|页|发生额)?.*"
)
_CARRIED = ("期初余额", "承前页", "上期余额", "上年结转", "上月结转", "上期结转", "期末余额", "余额结转")


@dataclass(frozen=True)
class StatementLine:
    """One line: row as the user sees it, day, serial, the other party, texts, and amounts in fen as printed.

    `debit_fen` is money out and `credit_fen` money in; a red line (冲正) is below zero on the side it corrects.
    """

    row: int
    date: datetime.date
    serial: str
    party: str
    summary: str
    debit_fen: int | None
    credit_fen: int | None
    balance_fen: int | None
    means: str = ""

    @property
    def amount_fen(self) -> int:
        """What the line adds to the balance."""
        return (self.credit_fen or 0) - (self.debit_fen or 0)


class Lines:
    """Collects the lines of one sheet, with every problem; rows outside the table go to `outside`.

    `counted` are money out, money in and the count of each over all lines, before any is left out.
    """

    def __init__(self, sheet: Sheet, head: Head) -> None:
        self.sheet = sheet
        self.head = head
        self.problems: list[ImportProblem] = []
        self.notes: list[ImportProblem] = []
        self.outside: list[tuple[int, Sequence[str]]] = [(n + 1, r) for n, r in enumerate(sheet.rows[: head.row])]
        self.numbers: list[str] = []
        self.lines: list[StatementLine] = []
        self.counted = (0, 0, 0, 0)
        self._faults = {(fault.row, fault.column): fault.message for fault in sheet.faults}
        self._typed = self._type_is_direction()

    def read(self) -> None:
        """Read every row below the head."""
        for at in range(self.head.row + 1, len(self.sheet.rows)):
            self._row(at, self.sheet.rows[at])

    def finished(self, is_wallet: bool) -> tuple[StatementLine, ...]:
        """Return the lines, without those of a wallet's bill that its own balance did not pay."""
        if self._is_out_below_zero():
            self.lines = [replace(x, debit_fen=abs(x.debit_fen)) if x.debit_fen else x for x in self.lines]
        out = [line for line in self.lines if line.debit_fen]
        into = [line for line in self.lines if line.credit_fen]
        self.counted = (
            sum(line.debit_fen or 0 for line in out),
            sum(line.credit_fen or 0 for line in into),
            len(out),
            len(into),
        )
        if not is_wallet:
            return tuple(self.lines)
        passing = [line for line in self.lines if not wallet.is_own_money(line.means)]
        if passing:
            rows = "、".join(str(line.row) for line in passing[:10]) + (" 等" if len(passing) > 10 else "")
            message = f"{len(passing)} 笔由银行卡等支付，不经过钱包余额，未导入（第 {rows} 行）；它们在银行对账单里"
            self.notes.append(ImportProblem(self.sheet.name, 0, "", message))
        return tuple(line for line in self.lines if wallet.is_own_money(line.means))

    def _is_out_below_zero(self) -> bool:
        """Say whether the bank prints payments below zero: by its header, or because it prints all of them so."""
        place = self.head.positions.get("out")
        header = self.sheet.rows[self.head.row][place] if place is not None else ""
        if re.search(r"[（(][-－−]", header):
            return all((line.debit_fen or 0) <= 0 for line in self.lines)
        paid = [line for line in self.lines if line.debit_fen]
        unproved = all(line.balance_fen is None for line in self.lines)
        return unproved and len(paid) > 1 and all((line.debit_fen or 0) < 0 for line in paid)

    def turn_counted(self) -> None:
        """Count money out above zero, where the bank prints it below."""
        self.counted = (-self.counted[0], *self.counted[1:])

    def _cell(self, texts: Sequence[str], key: str) -> str:
        place = self.head.positions.get(key)
        return texts[place] if place is not None and place < len(texts) else ""

    def _parsed(self, at: int, texts: Sequence[str], key: str, parse: Callable[[str], T]) -> T | None:
        place = self.head.positions.get(key)
        if place is None:
            return None
        if (at, place) in self._faults:
            self._problem(at, key, self._faults[at, place])
            return None
        text = self._cell(texts, key)
        try:
            return parse(text) if text.strip() else None
        except CellError as error:
            self._problem(at, key, str(error))
            return None

    def _problem(self, at: int, key: str, message: str) -> None:
        place = self.head.positions.get(key)
        column = f"{column_letters(place + 1)}（{self.head.titles[place]}）" if place is not None else ""
        self.problems.append(ImportProblem(self.sheet.name, at + 1, column, message))

    def _row(self, at: int, texts: Sequence[str]) -> None:
        if not any(text.strip() for text in texts) or self._is_head(texts):
            return
        keys = [k for k in ("date", "out", "in", "amount", "balance") if values.words(self._cell(texts, k))]
        if self._is_around(texts, keys):
            self.outside.append((at + 1, texts))
            return
        if not keys and not any((at, place) in self._faults for place in self.head.positions.values()):
            self.outside.append((at + 1, texts))  # a remark of the bank below the lines
            return
        before = len(self.problems)
        day = self._parsed(at, texts, "date", values.moment)
        if "date" not in keys:
            self._problem(at, "date", "没有交易日期；这一行可能被截断，请重新下载")
        out, into = self._amounts(at, texts)
        balance = self._parsed(at, texts, "balance", values.amount)
        if len(self.problems) > before or day is None:
            return
        if not values.is_yuan(self._cell(texts, "currency")):
            currency = values.bare(self._cell(texts, "currency"))
            self._problem(at, "currency", f"币种是“{currency}”；账套只记人民币，外币账户请折算后另行登记")
            return
        if wallet.is_void(self._cell(texts, "status")):
            self.notes.append(ImportProblem(self.sheet.name, at + 1, "", f"{self._cell(texts, 'status')}，未导入"))
            return
        if not out and not into:
            if self._is_carried(texts):
                self.outside.append((at + 1, texts))
            else:
                self._problem(at, "", "没有金额；这一行可能被截断，请重新下载")
            return
        number = re.sub(r"[\s-]", "", values.bare(self._cell(texts, "own")))
        if re.fullmatch(r"[\d*＊xX]{8,}", number):
            self.numbers.append(number)
        self.lines.append(
            StatementLine(
                row=at + 1,
                date=day,
                serial=values.words(self._cell(texts, "serial")),
                party=self._party(texts, (into or 0) - (out or 0)),
                summary=self._summary(texts),
                debit_fen=out or None,
                credit_fen=into or None,
                balance_fen=balance,
                means=values.bare(self._cell(texts, "means")),
            )
        )

    def _is_head(self, texts: Sequence[str]) -> bool:
        """Say whether a row is the head again, as at the top of each page."""
        titles = [(self.head.titles[n], plain(texts[n])) for n in self.head.positions.values() if n < len(texts)]
        return len(titles) > 1 and all(a == b for a, b in titles)

    def _is_around(self, texts: Sequence[str], keys: Sequence[str]) -> bool:
        """Say whether a row prints totals or balances of the whole, or a title, in the place of a line."""
        if "date" in keys:
            try:
                values.moment(self._cell(texts, "date"))
            except CellError:
                alone = sum(bool(text.strip()) for text in texts) == 1  # a remark of the bank below the lines
                return alone or self._says_around(texts)
            return False
        return self._says_around(texts)

    @staticmethod
    def _says_around(texts: Sequence[str]) -> bool:
        first = [plain(text) for text in texts if text.strip()][:2]
        return any(_AROUND.fullmatch(text) or text.startswith(("合计", "总计", "小计", "共计")) for text in first)

    def _is_carried(self, texts: Sequence[str]) -> bool:
        return any(plain(text) in _CARRIED for text in texts)

    def _amounts(self, at: int, texts: Sequence[str]) -> tuple[int | None, int | None]:
        """Return money out and money in of a row."""
        if "amount" not in self.head.positions:
            out = self._parsed(at, texts, "out", values.amount)
            into = self._parsed(at, texts, "in", values.amount)
            if out and into:
                self._problem(at, "out", "支出和收入两列都有金额；一行只能有一边，请核对原件")
            return out, into
        amount = self._parsed(at, texts, "amount", values.amount)
        if not amount:
            return None, None
        side = self._side(at, texts)
        if side is None:
            return (-amount, None) if amount < 0 else (None, amount)
        if side == 0:
            return None, None
        if amount < 0 and self._is_signed:
            amount = abs(amount)  # the sign repeats what the mark beside it says
        return (amount, None) if side < 0 else (None, amount)

    def _side(self, at: int, texts: Sequence[str]) -> int | None:
        """Return -1 for money out, 1 for money in, None where only the sign of the amount tells, 0 after a problem."""
        key = "sign" if "sign" in self.head.positions else "type" if self._typed else ""
        if not key:
            return None
        text = values.bare(self._cell(texts, key))
        side = values.direction(text)
        if not side and (not text or text in wallet.NEUTRAL):
            kind = " ".join([self._cell(texts, "type"), self._summary(texts)])
            side = wallet.neutral_direction(kind, self._cell(texts, "status"))
            if not side and wallet.is_void(self._cell(texts, "status")):
                return -1  # left out with a note
        if not side:
            self._problem(at, key, f"“{text}”看不出是收入还是支出；应为借或贷、收入或支出，请写明后再导入")
        return side

    @cached_property
    def _is_signed(self) -> bool:
        """Whether every payment of the sheet is printed below zero beside its mark."""
        key = "sign" if "sign" in self.head.positions else "type"
        for texts in self.sheet.rows[self.head.row + 1 :]:
            text = self._cell(texts, "amount").strip()
            if values.direction(self._cell(texts, key)) < 0 and text and not text.startswith(("-", "－", "−", "(")):
                return False
        return True

    def _type_is_direction(self) -> bool:
        """Say whether the column 交易类型 says in or out (来账, 往账) rather than a kind of business."""
        if "type" not in self.head.positions or "sign" in self.head.positions:
            return False
        rows = self.sheet.rows[self.head.row + 1 :]
        words = [self._cell(r, "type") for r in rows if values.words(self._cell(r, "amount"))]
        return bool(words) and any(map(values.direction, words))

    def _party(self, texts: Sequence[str], amount_fen: int) -> str:
        own = values.words(self._cell(texts, "party"))
        return own or values.words(self._cell(texts, "payee" if amount_fen < 0 else "payer"))

    def _summary(self, texts: Sequence[str]) -> str:
        found = [values.words(texts[n]) for n in self.head.summaries if n < len(texts)]
        unique = [text for n, text in enumerate(found) if text and text not in found[:n]]
        return "；".join(unique) or ("" if self._typed else values.words(self._cell(texts, "type")))
