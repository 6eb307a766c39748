"""A signature as the pad sends it, for the sample's receipts, objections and minutes: a line that is nobody's hand."""

import io
from functools import cache

from PIL import Image, ImageDraw

STROKE = [(60, 150), (140, 70), (220, 170), (320, 80), (430, 160), (520, 110)]


@cache
def png() -> bytes:
    picture, out = Image.new("RGB", (600, 240), "white"), io.BytesIO()
    ImageDraw.Draw(picture).line(STROKE, fill=(30, 43, 40), width=5, joint="curve")
    picture.save(out, "PNG")
    return out.getvalue()


def signature() -> io.BytesIO:
    return io.BytesIO(png())
