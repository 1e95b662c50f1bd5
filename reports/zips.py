"""Office files are ZIP archives that carry the clock: written again without it, equal content is equal bytes."""

from __future__ import annotations

import io
import zipfile

_NO_TIME = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o644 << 16
_DOS = 0


def without_clock(archive: bytes) -> bytes:
    """Return the same archive with every time and system mark set to one value, in the same order."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _NO_TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = _DOS
            fixed.external_attr = _FILE_MODE
            new.writestr(fixed, old.read(entry), compresslevel=6)
    return made.getvalue()
