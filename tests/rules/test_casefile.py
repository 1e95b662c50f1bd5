"""Case files that cannot be used are refused with the place and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.finding import Status
from tests.rules.casefile import CaseFileError, parse_case_file

TOML = '```toml\nstatus = "clean"\n```\n'
WHOLE = f"# INC01 少拨\n## 足额 {{clean}}\n足额拨缴。\n{TOML}"


def _parsed(folder: Path, text: str):
    path = folder / "INC01.md"
    path.write_text(text, encoding="utf-8")
    return parse_case_file(path)


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    text = (
        "# INC01 少拨\n\n## 少拨一分 {hit} {boundary}\n三月少拨。\n"
        '```toml\nstatus = "findings"\ncount = 1\nperiod = "2025-03"\n[union]\nregion = "310000"\n'
        '[[standards]]\nkey = "a.b"\nvalue = "0.6"\nfrom = 2020-01-01\ninstrument = "某文"\n```\n'
        '```beancount\n2005-03-20 * "甲" "乙 Assets:9-不是科目"\n  Assets:102-银行存款  1.00 CNY\n'
        "  Income:402-拨缴经费收入  -1.00 CNY\n```\n```csv payroll\nmonth,category\n```\n"
    )
    (case,) = _parsed(tmp_path, text)
    assert (case.name, case.tags) == ("少拨一分", {"hit", "boundary"})
    assert case.expected.status is Status.FINDINGS
    assert 'region = "310000"' in case.files["union.toml"]
    assert 'value = "0.6"' in case.files["union.toml"]
    assert "2005-03-19 open Income:402-拨缴经费收入 CNY" in case.files["accounts.beancount"]
    assert case.files["registers/payroll.csv"] == "month,category\n"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, "first line"),
        ("# EXP01 错\n", 1, "first line"),
        ("# INC01 少拨\n", 1, "no case"),
        ("# INC01 少拨\n## 无标签\n", 2, "no tag"),
        ("# INC01 少拨\n## 错标签 {hti}\n", 2, "unknown tag"),
        ("# INC01 少拨\n### 太深 {hit}\n", 2, "only"),
        (f"# INC01 少拨\n{TOML}", 2, "before the first case"),
        ("# INC01 少拨\n## 足额 {clean}\n足额。\n", 2, "no toml"),
        (f"# INC01 少拨\n## 足额 {{clean}}\n{TOML}", 2, "no sentence"),
        (WHOLE + "```csv payrol\n```\n", 7, "payroll"),
        (WHOLE + "```python\n```\n", 7, "want one toml"),
        (WHOLE + "```beancount\n", 7, "never closed"),
        (WHOLE + f"## 足额 {{clean}}\n再来。\n{TOML}", 2, "name them apart"),
        (WHOLE.replace("status", "statsu"), 4, "is status meant"),
        (WHOLE.replace('clean"', 'fine"'), 4, "must be one of"),
        (WHOLE.replace("```toml\n", "```toml\ncount = 2\n"), 4, "does not go with"),
        (WHOLE.replace("```toml\n", '```toml\nperiod = "去年"\n'), 4, "no period"),
        (WHOLE.replace("```toml\n", "```toml\nmessages = [1]\n"), 4, "list of texts"),
        (WHOLE.replace("```toml\n", '```toml\namount_fen = "1"\n'), 4, "must be int"),
        (WHOLE.replace('"clean"\n', '"clean"\n[union]\nregoin = "340500"\n'), 4, "union.region"),
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, text: str, line: int, why: str) -> None:
    with pytest.raises(CaseFileError, match=why) as refused:
        _parsed(tmp_path, text)
    assert str(refused.value).startswith(f"INC01.md:{line}: ")
