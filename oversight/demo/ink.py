"""A signature as the pad sends it, for the sample's receipts, objections and minutes: a line that is nobody's hand."""

import hashlib
import io
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw

STROKE = [(60, 150), (140, 70), (220, 170), (320, 80), (430, 160), (520, 110)]


@cache
def png(of: str = "") -> bytes:
    picture, out = Image.new("RGB", (600, 240), "white"), io.BytesIO()
    ImageDraw.Draw(picture).line([*STROKE, *flourish(of)], fill=(30, 43, 40), width=5, joint="curve")
    picture.save(out, "PNG")
    return out.getvalue()


def flourish(of: str) -> list[tuple[int, int]]:
    """How the line ends: of what is signed, so that no two papers are the same."""
    marks = hashlib.sha256(of.encode()).digest()
    return [(530 + 10 * n + across % 10, 60 + down % 120) for n, (across, down) in enumerate(pairs(marks[:12]))]


def pairs(marks: bytes) -> Iterator[tuple[int, int]]:
    return zip(marks[::2], marks[1::2], strict=True)


def signature(of: str = "") -> io.BytesIO:
    """`of`: what is signed, where its paper must differ from every other."""
    return io.BytesIO(png(of))
