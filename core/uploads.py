"""Uploads are cleaned, never trusted: type by content, sizes capped, pictures re-encoded (trust.md, Input)."""

import hashlib
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

import puremagic
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from core import pdf_child, pdfs
from core.models import StoredFile

MAX_BYTES = 8_000_000
MAX_PIXELS = 40_000_000
MAX_SCANS = 100
"""How often a JPEG may draw over itself; an honest one does ten times, a hostile one takes minutes."""
LONGEST_SIDE = 2400
LONGEST_NAME = 60
BEGINNINGS = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}
KINDS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")

Store = Callable[..., StoredFile]


class UploadError(ValueError):
    """A file that is not taken; its text says what to do instead."""


class SeveralRefused(UploadError):
    """Of several files sent at once, those that are not taken, by name and with the sentence of each."""

    def __init__(self, refused: list[tuple[str, str]]):
        super().__init__("\n".join(f"{name}: {sentence}" for name, sentence in refused))
        self.refused = refused


@contextmanager
def together() -> Iterator[Store]:
    """One transaction and the files stored in it: where the block fails, neither rows nor files stay.

    Gives `store`, to be called inside the block.
    """
    stored: list[StoredFile] = []

    def keep(upload: BinaryIO, *, by_id: int | None, only_picture: bool = False) -> StoredFile:
        stored.append(store(upload, by_id=by_id, only_picture=only_picture))
        return stored[-1]

    try:
        with transaction.atomic():
            yield keep
    except BaseException:
        for row in stored:  # the rows went with the transaction, the files would stay
            row.file.delete(save=False)
        raise


def store(upload: BinaryIO, *, by_id: int | None, only_picture: bool = False) -> StoredFile:
    """Clean one upload and keep it. Raises UploadError with a sentence; nothing is stored then.

    `only_picture`: what will be drawn into a paper, so a PDF is not taken.
    """
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UploadError(_("The file is larger than 8 MB. Take the picture again at a lower quality."))
    kind = kind_of(content)
    if only_picture and kind == "pdf":
        raise UploadError(_("Attach a picture here (JPG or PNG), not a PDF file."))
    cleaned = clean_pdf(content) if kind == "pdf" else pdfs.Cleaned(clean_picture(content, kind), pages=1)
    row = StoredFile(
        kind=kind,
        size=len(cleaned.content),
        pages=cleaned.pages,
        sha256=hashlib.sha256(cleaned.content).hexdigest(),
        added_by_id=by_id,
    )
    row.file.save(f"{row.key}.{kind}", ContentFile(cleaned.content), save=False)
    row.save()
    return row


def store_each(sent: Sequence[Any], *, store: Store, by_id: int | None) -> list[StoredFile]:
    """Store several files in their order. Raises SeveralRefused that names every bad one; call it in `together`."""
    stored, refused = [], []
    for upload in sent:
        try:
            stored.append(store(upload, by_id=by_id))
        except UploadError as error:
            refused.append((shown_name(upload.name), str(error)))
    if refused:
        raise SeveralRefused(refused)
    return stored


def shown_name(name: str) -> str:
    """The name a browser sent, fit to be read in a sentence: short, without marks that turn the text around it."""
    plain = "".join(letter for letter in name if unicodedata.category(letter)[0] not in "CZ" or letter == " ").strip()
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 1]}…"


def discard(stored: StoredFile) -> None:
    """Take a file off the disk when nothing refers to it any more; else it stays. Call inside a transaction."""
    try:
        with transaction.atomic():
            stored.delete()
    except models.ProtectedError:
        return
    storage, name = stored.file.storage, str(stored.file.name)
    transaction.on_commit(lambda: storage.delete(name))


def kind_of(content: bytes) -> str:
    """ "jpg", "png" or "pdf", by the content alone; the name a browser sends says nothing."""
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        raise UploadError(
            _("This is a HEIC picture, which few devices open. Set the camera to JPG, or send a screenshot of it.")
        )
    try:
        kind = KINDS.get(puremagic.from_string(content, mime=True))
    except (puremagic.PureError, ValueError):
        kind = None
    if kind is None or not content.startswith(BEGINNINGS[kind]):
        raise UploadError(_("Choose a picture (JPG or PNG) or a PDF file; this file is neither."))
    return kind


def clean_picture(content: bytes, kind: str) -> bytes:
    """The same picture drawn anew: no position, no camera, nothing behind the pixels."""
    if kind == "jpg" and content.count(b"\xff\xda") > MAX_SCANS:
        raise unopened()
    try:
        opened = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
        if opened.width * opened.height > MAX_PIXELS:
            raise UploadError(_("The picture has too many pixels. Take it again at a lower quality."))
        picture = drawn_anew(opened, kind)
    except UploadError:
        raise
    except Exception as error:
        raise unopened() from error
    out = io.BytesIO()
    picture.save(out, "JPEG" if kind == "jpg" else "PNG", quality=85)
    return out.getvalue()


def drawn_anew(opened: Image.Image, kind: str) -> Image.Image:
    """The pixels upright and no larger than is read; a JPEG is made smaller while it is unpacked, to spare memory."""
    if kind == "png":
        opened = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture = ImageOps.exif_transpose(opened)
    picture = picture.convert("RGB") if kind == "jpg" else picture
    picture.info.clear()  # comments and profiles, which the encoder would write down again
    return picture


def unopened() -> UploadError:
    return UploadError(_("The picture cannot be opened. Take it again."))


def clean_pdf(content: bytes) -> pdfs.Cleaned:
    """The same pages laid into a new file: without scripts, actions, attachments, forms, layers or an author."""
    sentences = {
        pdf_child.MANY_PAGES: _("The file has more than 60 pages. Send only the pages that are needed."),
        pdf_child.HEAVY: _("The PDF file is too heavy to open. Print it to a new PDF, or send pictures of its pages."),
    }
    unread = _("The PDF file cannot be opened. Save it again without a password.")
    try:
        return pdfs.clean(content)
    except pdfs.PdfError as error:
        raise UploadError(sentences.get(error.reason, unread)) from error
