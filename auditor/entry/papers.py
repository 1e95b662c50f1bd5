"""Papers to download while keeping a book: the statutory statements, the budget's execution, the audit's report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType, ModuleType

from auditor.engine import run_audit
from auditor.entry.desk import BookUnreadable, Desk
from auditor.period import Period, PeriodError, parse_period
from ledger.book_files import text_of
from reports.model import Document
from rules.finding import Kind, Text

_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf": "application/pdf",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "html": "text/html",
    }
)
PAPERS = ("balance", "income", "trial", "budget", "notes", "reconciliation", "disclosure", "audit")


class PaperRefused(ValueError):
    """A paper that cannot be made; the message says why, in Chinese."""


def paper_of(desk: Desk, kind: str, period: str, form: str, account: str = "") -> tuple[str, bytes, str]:
    """Return a paper of a period: its file name, its bytes, its media type; raise PaperRefused with the reason.

    `account` is the bank account of a reconciliation.
    """
    from reports.statements import StatementError
    from reports.visible import file_stem

    if kind not in PAPERS or form not in _FORMS:
        raise PaperRefused("没有这种报表或格式")
    try:
        document = _document(desk, kind, period, account)
    except StatementError as error:
        raise PaperRefused(error.zh if desk.language != "en" else error.en) from None
    except PeriodError as error:
        raise PaperRefused(error.zh if desk.language != "en" else error.en) from None
    except BookUnreadable as error:
        raise PaperRefused(str(error)) from None
    return f"{file_stem(document.title)}-{period}.{form}", _bytes(_renderer(form)(document)), _FORMS[form]


def _document(desk: Desk, kind: str, period: str, account: str) -> Document:
    from reports.annual import annual_report
    from reports.budget import budget_blocks
    from reports.disclosure import disclosure
    from reports.redaction import Profile, redacted
    from reports.statements import balance_sheet, income_statement, trial_balance

    facts = desk.facts()
    since, until = within = parse_period(period)
    match kind:
        case "balance":
            return balance_sheet(facts, until).document()
        case "income":
            return income_statement(facts, since, until).document()
        case "trial":
            return trial_balance(facts, since, until).document()
        case "budget":
            heads = (("编制单位", facts.union.name), ("期间", period))
            blocks = budget_blocks(facts, until.year, until, desk.language, desk.law)
            return Document("工会经费预算执行情况表", heads, blocks, until, desk.language)
        case "notes":
            return _notes(desk, within)
        case "reconciliation":
            return _reconciliation(desk, within, period, account)
        case "disclosure":
            return disclosure(facts, since, until, desk.language)
        case _:
            audit = run_audit(facts, desk.law, since=since, until=until, kind=Kind.ANNUAL)
            report = annual_report(audit, facts, desk.law, stamp=until, language=desk.language)
            return redacted(report, facts, Profile.PUBLIC)


def _notes(desk: Desk, within: Period) -> Document:
    from auditor.commands.final_accounts import notes_document
    from ledger.encoding import UnknownEncoding
    from reports.notes_written import FILE, MOST_BYTES, NOTHING, NotesFault, parse_notes

    path = desk.book / FILE
    written = NOTHING
    if path.is_file() and not path.is_symlink():
        try:
            if path.stat().st_size > MOST_BYTES:
                raise PaperRefused(f"{FILE}：超过 {MOST_BYTES} 字节")
            written = parse_notes(text_of(desk.book, FILE)).get(within.until.year, NOTHING)
        except UnknownEncoding as error:
            raise PaperRefused(f"{FILE}：{error}") from None
        except NotesFault as error:
            raise PaperRefused("；".join(map(str, error.faults))) from None
    made = notes_document(desk.facts(), within.since, within.until, written)
    if not made:
        raise PaperRefused("财务报表附注只编制 2022 年以后的整个年度")
    return made[0]


def _reconciliation(desk: Desk, within: Period, period: str, account: str) -> Document:
    from auditor.reconciled import bank_accounts, reconciliations
    from reports.reconciliation import reconciliation_document

    facts = desk.facts()
    if account not in bank_accounts(facts):
        raise PaperRefused("没有这个银行账户")
    gaps: list[Text] = []
    found = list(reconciliations(facts, account, within, gaps))
    if not found:
        raise PaperRefused("；".join(gap.zh for gap in gaps) or f"{period} 没有可核对的银行存款收付")
    return reconciliation_document(
        found, facts.union.name, desk.law, period=period, stamp=found[-1].until, language=desk.language
    )


def _renderer(form: str) -> Callable[[Document], bytes | str]:
    import importlib

    module: ModuleType = importlib.import_module(f"reports.{form}")
    render: Callable[[Document], bytes | str] = module.render
    return render


def _bytes(content: bytes | str) -> bytes:
    return content.encode() if isinstance(content, str) else content
