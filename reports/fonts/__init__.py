"""The typefaces that every report embeds, so that a machine without any Chinese font prints the same page."""

from __future__ import annotations

from enum import StrEnum
from importlib import resources
from pathlib import Path

LIST = "characters.txt"  # every character that all shipped faces hold, in order of code


class Face(StrEnum):
    """A shipped face, by the name of its file."""

    SERIF = "NotoSerifSC-Regular.ttf"  # running text and tables
    SERIF_BOLD = "NotoSerifSC-Bold.ttf"  # titles, totals and what is strong
    SANS = "NotoSansSC-Medium.ttf"  # headings of level 1, table heads and figures


def folder() -> Path:
    """Return the folder that holds the shipped faces."""
    return Path(str(resources.files(__package__)))


def face_path(face: Face) -> Path:
    """Return the file of a shipped face."""
    return folder() / face.value


def shipped_characters() -> str:
    """Return every character that all shipped faces hold."""
    return (folder() / LIST).read_bytes().decode("utf-8")
