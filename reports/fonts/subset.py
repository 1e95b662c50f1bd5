"""Makes the shipped faces again from their sources: `python -m reports.fonts.subset SOURCES [UNIHAN]`.

SOURCES is a folder into which the two npm packages of SOURCES.txt were unpacked. UNIHAN is
`Unihan_OtherMappings.txt(.bz2)` of the Unicode Character Database; with it the list `characters.txt` is made
again as well, without it the list is read as it stands. The same sources give the same bytes.
"""

from __future__ import annotations

import bz2
import sys
from collections.abc import Iterator
from pathlib import Path

from reports.fonts import LIST, Face, folder, shipped_characters

SOURCE_FILES = {
    Face.SERIF: "NotoSerifSC_400Regular.ttf",
    Face.SERIF_BOLD: "NotoSerifSC_700Bold.ttf",
    Face.SANS: "NotoSansSC_500Medium.ttf",
}
_GB2312_ROWS = range(0xA1, 0xF8)
_CELLS = range(0xA1, 0xFF)
# Whole blocks that a report, a bank statement or a name in Latin letters may draw on, where the source has them.
_BLOCKS = (
    range(0x0020, 0x007F),
    range(0x00A0, 0x0180),
    range(0x0370, 0x0400),
    range(0x0400, 0x0460),
    range(0x1E00, 0x1F00),
    range(0x2010, 0x2060),
    range(0x20A0, 0x20C0),
    range(0x2100, 0x2200),
    range(0x2200, 0x2300),
    range(0x2460, 0x2500),
    range(0x2500, 0x2600),
    range(0x2600, 0x2700),
    range(0x2700, 0x27C0),
    range(0x3000, 0x3020),
    range(0x3200, 0x3300),
    range(0xFF01, 0xFF5F),
    range(0xFFE0, 0xFFE7),
)


def gb2312() -> Iterator[str]:
    """Yield every character of GB/T 2312-1980: 6763 hanzi and the symbols."""
    for row in _GB2312_ROWS:
        for cell in _CELLS:
            try:
                yield bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue


def general_hanzi(unihan: Path) -> Iterator[str]:
    """Yield the 8105 hanzi of 通用规范汉字表 (2013), from the field kTGH of the Unihan database."""
    text = bz2.decompress(unihan.read_bytes()) if unihan.suffix == ".bz2" else unihan.read_bytes()
    for line in text.decode("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) == 3 and fields[1] == "kTGH" and fields[2].startswith("2013:"):
            yield chr(int(fields[0].removeprefix("U+"), 16))


def wanted(unihan: Path) -> str:
    """Return every character that the faces shall hold where their sources do, in order of code."""
    characters = {*gb2312(), *general_hanzi(unihan)}
    characters.update(chr(code) for block in _BLOCKS for code in block)
    return "".join(sorted(c for c in characters if c.isprintable() or c == "\u3000"))


def cut(source: Path, target: Path, characters: str) -> frozenset[int]:
    """Write the subset of one face and return the codes of the characters that it holds."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.drop_tables += ["DSIG", "VORG", "vhea", "vmtx", "STAT", "BASE"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    held = frozenset(font.getBestCmap())
    font.save(target, reorderTables=True)
    return held


def main(arguments: list[str]) -> int:
    """Cut every shipped face; returns 2 and says why when a source is not there."""
    if len(arguments) not in (1, 2):
        sys.stderr.write("usage: python -m reports.fonts.subset SOURCES [UNIHAN]\n")
        return 2
    sources, target = Path(arguments[0]), folder()
    characters = wanted(Path(arguments[1])) if len(arguments) == 2 else shipped_characters()
    everywhere = frozenset(map(ord, characters))
    for face, name in SOURCE_FILES.items():
        found = sorted(sources.rglob(name))
        if not found:
            sys.stderr.write(f"{name} is not below {sources}\n")
            return 2
        held = cut(found[0], target / face.value, characters)
        everywhere &= held
        sys.stdout.write(f"{face.value}: {len(held)} characters, {(target / face.value).stat().st_size} bytes\n")
    (target / LIST).write_text("".join(map(chr, sorted(everywhere))), encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
