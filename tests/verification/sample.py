"""Files as phones and scanners make them, drawn here: pictures with a position in them, PDFs of some pages."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from core import uploads
from core.models import StoredFile
from requests.models import DocumentCheck
from tests.cast import client_of


def photograph(text: str = "", *, size: tuple[int, int] = (900, 600), kind: str = "JPEG") -> bytes:
    """A picture of a card, with the position of the phone in it."""
    picture = Image.new("RGB", size, "#e9e4d8")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((40, 40, size[0] - 40, size[1] - 40), 30, fill="white", outline="#5a6b60", width=5)
    pen.rectangle((90, 120, 270, 340), fill="#c9d6cc")
    for line in range(5):
        pen.rectangle((320, 130 + 55 * line, size[0] - 110 - 60 * (line % 3), 152 + 55 * line), fill="#b9b4a6")
    pen.text((90, size[1] - 130), text, fill="#1e2b28", font_size=44)
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def scan(pages: int = 1) -> bytes:
    """A PDF with so many pages, each of another look."""
    pdf, out = pikepdf.new(), io.BytesIO()
    for number in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
        bars = " ".join(
            f"80 {740 - 40 * line} {120 + 55 * ((line + number) % 6)} 16 re f" for line in range(6 + number)
        )
        pdf.pages[number].Contents = pdf.make_stream(f"0.75 g 40 60 515 722 re S 0.3 g {bars}".encode())
    pdf.save(out)
    return out.getvalue()


def file(content: bytes, name: str = "صورة.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def stored(content: bytes | None = None) -> StoredFile:
    return uploads.store(io.BytesIO(content or photograph()), by_id=None)


def send(person, check: DocumentCheck, *, files: list | None = None, client: Client | None = None, **facts):
    """Save one paper's row as its form sends it."""
    fields = {f"p{check.pk}-{name}": value for name, value in facts.items()}
    if files:
        fields[f"p{check.pk}-pages"] = files
    address = reverse("requests:judge", args=[check.case.reference, check.pk])
    return (client or client_of(person)).post(address, fields)


def four_papers(case) -> list[DocumentCheck]:
    """The papers of a case, four of them: the rest of its list is taken off, or it is filled up."""
    checks = list(case.checks.all())
    for extra in checks[4:]:
        extra.delete()
    for number in range(len(checks), 4):
        checks.append(case.checks.create(code=f"other-{number}", label=f"ورقة {number}"))
    return checks[:4]
