"""What a book may set: options of beancount and Fava that change nothing that an audit rests on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ALLOWED_OPTIONS = frozenset(
    {
        "title",
        "operating_currency",
        "render_commas",
        "long_string_maxlines",
        "account_previous_balances",
        "account_previous_earnings",
        "account_previous_conversions",
        "account_current_earnings",
        "account_current_conversions",
        "account_unrealized_gains",
        "account_rounding",
        "conversion_currency",
        "booking_method",
    }
)

TOLERANCE_OPTIONS = frozenset(
    {
        "tolerance_multiplier",
        "inferred_tolerance_multiplier",
        "inferred_tolerance_default",
        "default_tolerance",
        "tolerance",
        "infer_tolerance_from_cost",
        "experiment_explicit_tolerances",
    }
)

ROOT_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "name_assets": "Assets",
        "name_liabilities": "Liabilities",
        "name_equity": "Equity",
        "name_income": "Income",
        "name_expenses": "Expenses",
    }
)

# Option → code and sentence.
REFUSED_OPTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "insert_pythonpath": (
            "OPTION_PYTHONPATH",
            "账套要求从自己的文件夹装入程序；不予执行，请删除这一选项",
        ),
        "include": ("OPTION_INCLUDE", "用选项引入文件，未读入；请改用 include 行"),
        "documents": ("OPTION_DOCUMENTS", "选项 documents 会搜索文件夹，未采用；附件请用元数据 document 写明"),
        "plugin_processing_mode": (
            "OPTION_RAW_MODE",
            "选项 plugin_processing_mode 会关闭余额核对，未采用，已照常核对；请删除",
        ),
    }
)

KEPT_CUSTOMS = frozenset({"union-budget"})

HARMLESS_FAVA_OPTIONS = frozenset(
    {
        "language",
        "locale",
        "indent",
        "fiscal-year-end",
        "currency-column",
        "account-journal-include-children",
        "invert-income-liabilities-equity",
        "invert-gains-losses-colors",
        "show-accounts-with-zero-balance",
        "show-accounts-with-zero-transactions",
        "show-closed-accounts",
        "upcoming-events",
        "uptodate-indicator-grey-lookback-days",
        "auto-reload",
    }
)

RUNNING_FAVA_OPTIONS = frozenset(
    {"import-config", "import-dirs", "default-file", "insert-entry", "use-external-editor"}
)
