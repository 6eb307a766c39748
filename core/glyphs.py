"""Which letters a font can draw, by its own table (`cmap` of a TrueType file, formats 4 and 12)."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SHOWN_BY_NOTHING = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Control and format characters and spaces: nothing is drawn for them, so no font lacks them."""


@cache
def drawable(*fonts: Path) -> frozenset[int]:
    """The characters that every one of these fonts draws."""
    return frozenset.intersection(*[frozenset(characters(font.read_bytes())) for font in fonts])


def lacks(letter: str, letters: frozenset[int]) -> bool:
    return ord(letter) not in letters and unicodedata.category(letter) not in SHOWN_BY_NOTHING


def characters(font: bytes) -> Iterator[int]:
    """Every code point that the font's Unicode tables give a glyph."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = [struct.unpack_from(">4sIII", font, 12 + 16 * each) for each in range(tables)]
    start = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    for each in range(struct.unpack_from(">H", font, start + 2)[0]):
        table = start + struct.unpack_from(">HHI", font, start + 4 + 8 * each)[2]
        form = struct.unpack_from(">H", font, table)[0]
        if form == 4:
            yield from segments(font, table)
        if form == 12:
            yield from groups(font, table)


def groups(font: bytes, table: int) -> Iterator[int]:
    for each in range(struct.unpack_from(">I", font, table + 12)[0]):
        first, last, _glyph = struct.unpack_from(">III", font, table + 16 + 12 * each)
        yield from range(first, last + 1)


def segments(font: bytes, table: int) -> Iterator[int]:
    """Format 4: ranges of code points, each with a shift to its glyphs or with a list of them; glyph 0 is none."""
    count = struct.unpack_from(">H", font, table + 6)[0] // 2

    def column(at: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}H", font, table + at)

    lasts, firsts = column(14), column(16 + 2 * count)
    shifts, lists = column(16 + 4 * count), column(16 + 6 * count)
    for each, (first, last, shift, skip) in enumerate(zip(firsts, lasts, shifts, lists, strict=True)):
        at = table + 16 + 6 * count + 2 * each + skip
        for code in range(first, last + 1):
            glyph = struct.unpack_from(">H", font, at + 2 * (code - first))[0] if skip else (code + shift) & 0xFFFF
            if glyph and code != 0xFFFF:
                yield code
