"""The typesetter: typst with the shipped faces alone, offline, given its words as data and never as markup."""

from __future__ import annotations

import datetime
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from reports.fonts import folder

TEMPLATES = "reports.templates"
_PICTURE = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.at("data")), format: "svg", width: 156mm)
"""


class TypesettingError(RuntimeError):
    """The typesetter refused a document: a fault of the program, not of the book."""


def page_file(template: str, data: Mapping[str, Any], stamp: datetime.date, fallback: Sequence[Path] = ()) -> bytes:
    """Return the PDF that a template of this package makes of plain data; equal data and stamp give equal bytes.

    `fallback` names fonts of the system to be used for characters that the shipped faces lack.
    """
    source = resources.files(TEMPLATES).joinpath(template).read_bytes()
    moment = datetime.datetime(stamp.year, stamp.month, stamp.day, tzinfo=datetime.UTC)
    text = json.dumps(data, ensure_ascii=False)
    return _compile(source, text, fallback, {"format": "pdf", "timestamp": moment})


def picture(svg: str, ppi: int) -> bytes:
    """Return an SVG as PNG at a number of points per inch, 156 mm wide."""
    return _compile(_PICTURE.encode(), svg, (), {"format": "png", "ppi": ppi})


def _compile(source: bytes, data: str, fallback: Sequence[Path], options: Mapping[str, Any]) -> bytes:
    import typst

    # An empty root: a template can read no file of this machine, whatever its data say.
    with tempfile.TemporaryDirectory(prefix="union-audit-") as room:
        root = Path(room)
        extra = root / "fonts"
        extra.mkdir()
        for number, path in enumerate(fallback):
            shutil.copyfile(path, extra / f"{number:02d}{path.suffix}")
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder()), str(extra)],
        )
        try:
            made = typst.compile(source, root=str(root), font_paths=fonts, sys_inputs={"data": data}, **options)
        except typst.TypstError as error:
            raise TypesettingError(str(error)) from error
    if not isinstance(made, bytes):
        raise TypesettingError("the typesetter gave several files where one was due")
    return made
