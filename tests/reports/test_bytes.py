"""Every form of the same document is the same bytes, in this process and in another."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable

import pytest

from reports import docx, html, json_model, pdf, xlsx
from tests.reports import sample

FORMS: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: pdf.render(sample.document()),
    "docx": lambda: docx.render(sample.document()),
    "xlsx": lambda: xlsx.render(sample.document()),
    "html": lambda: html.render(sample.document()).encode(),
    "json": lambda: json_model.to_json(sample.document()).encode(),
}
_AGAIN = """
import sys, hashlib, time
from tests.reports import sample, test_bytes
time.sleep(1.1)
sys.stdout.write(hashlib.sha256(test_bytes.FORMS[sys.argv[1]]()).hexdigest())
"""


@pytest.mark.parametrize("form", FORMS)
def test_the_same_document_is_the_same_bytes(form: str) -> None:
    made = FORMS[form]()
    assert len(made) > 10_000
    assert FORMS[form]() == made


@pytest.mark.parametrize("form", FORMS)
def test_another_process_with_other_hash_seed_and_clock_makes_the_same_bytes(form: str) -> None:
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "PATH": "/usr/bin"}
    done = subprocess.run(
        [sys.executable, "-c", _AGAIN, form], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout == hashlib.sha256(FORMS[form]()).hexdigest()


def test_another_stamp_is_another_file_but_the_same_text() -> None:
    import dataclasses
    import datetime

    later = dataclasses.replace(sample.document(), stamp=datetime.date(2027, 1, 1))
    assert pdf.render(later) != pdf.render(sample.document())
    assert b"2027" in html.render(later).encode()
