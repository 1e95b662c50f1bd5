"""How much a book may ask of the reader before it is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MEBI = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one reading: sizes in bytes, times in seconds.

    Memory, processor time, open files and the size of written files bind the child process where the system knows
    such limits (POSIX), the wall clock everywhere. Memory and times stand for a small book; `for_book` adds what
    an honest book of that size may need on a slow computer, up to a million vouchers.
    """

    files: int = 100_000
    file_bytes: int = 128 * _MEBI
    book_bytes: int = 512 * _MEBI
    document_bytes: int = 512 * _MEBI
    line_characters: int = 16_384
    string_characters: int = 65_536
    digits: int = 30
    memory_bytes: int = 2 * 1024 * _MEBI
    cpu_seconds: int = 60
    wall_seconds: float = 120.0
    memory_per_byte: int = 16
    cpu_seconds_per_mebibyte: float = 2.0
    written_bytes: int = 2 * 1024 * _MEBI
    open_files: int = 256

    def for_book(self, size: int) -> Limits:
        """Return the limits for a book of that many bytes."""
        seconds = size / _MEBI * self.cpu_seconds_per_mebibyte
        return replace(
            self,
            memory_bytes=self.memory_bytes + size * self.memory_per_byte,
            cpu_seconds=self.cpu_seconds + int(seconds),
            wall_seconds=self.wall_seconds + 2 * seconds,
        )
