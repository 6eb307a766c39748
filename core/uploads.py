"""Uploads are cleaned, never trusted: type by content, sizes capped, pictures re-encoded (trust.md, Input)."""

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pikepdf
import puremagic
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from core.models import StoredFile

MAX_BYTES = 8_000_000
MAX_PIXELS = 40_000_000
MAX_PAGES = 60
LONGEST_SIDE = 2400
KEPT_OF_A_PAGE = {
    "/Type",
    "/Parent",
    "/Resources",
    "/Contents",
    "/MediaBox",
    "/CropBox",
    "/Rotate",
    "/UserUnit",
    "/Group",
}
KINDS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


class UploadError(ValueError):
    """A file that is not taken; its text says what to do instead."""


@contextmanager
def together() -> Iterator[Callable[..., StoredFile]]:
    """One transaction and the files stored in it: where the block fails, neither rows nor files stay.

    Gives `store`, to be called inside the block.
    """
    stored: list[StoredFile] = []

    def keep(upload: BinaryIO, *, by_id: int | None) -> StoredFile:
        stored.append(store(upload, by_id=by_id))
        return stored[-1]

    try:
        with transaction.atomic():
            yield keep
    except BaseException:
        for row in stored:  # the rows went with the transaction, the files would stay
            row.file.delete(save=False)
        raise


def store(upload: BinaryIO, *, by_id: int | None) -> StoredFile:
    """Clean one upload and keep it. Raises UploadError with a sentence; nothing is stored then."""
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UploadError(_("The file is larger than 8 MB. Take the picture again at a lower quality."))
    kind = kind_of(content)
    clean = clean_pdf(content) if kind == "pdf" else clean_picture(content, kind)
    row = StoredFile(kind=kind, size=len(clean), sha256=hashlib.sha256(clean).hexdigest(), added_by_id=by_id)
    row.file.save(f"{row.key}.{kind}", ContentFile(clean), save=False)
    row.save()
    return row


def kind_of(content: bytes) -> str:
    """ "jpg", "png" or "pdf", by the content alone; the name a browser sends says nothing."""
    try:
        kind = KINDS.get(puremagic.from_string(content, mime=True))
    except (puremagic.PureError, ValueError):
        kind = None
    if kind is None:
        raise UploadError(_("Choose a picture (JPG or PNG) or a PDF file; this file is neither."))
    return kind


def clean_picture(content: bytes, kind: str) -> bytes:
    """The same picture drawn anew: no position, no camera, nothing behind the pixels."""
    try:
        opened = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
        if opened.width * opened.height > MAX_PIXELS:
            raise UploadError(_("The picture has too many pixels. Take it again at a lower quality."))
        picture = ImageOps.exif_transpose(opened).convert("RGB" if kind == "jpg" else "RGBA")
    except UploadError:
        raise
    except Exception as error:
        raise UploadError(_("The picture cannot be opened. Take it again.")) from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture.info.clear()  # comments and profiles, which the encoder would write down again
    out = io.BytesIO()
    picture.save(out, "JPEG" if kind == "jpg" else "PNG", quality=85)
    return out.getvalue()


def clean_pdf(content: bytes) -> bytes:
    """The same pages laid into a new file: without scripts, actions, attachments, forms, layers or an author."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf, pikepdf.new() as clean:
            if len(pdf.pages) > MAX_PAGES:
                raise UploadError(_("The file has more than 60 pages. Send only the pages that are needed."))
            clean.pages.extend(pdf.pages)
            for page in clean.pages:
                for key in page.keys() - KEPT_OF_A_PAGE:  # type: ignore[operator]  # the wheel types it wrongly
                    del page[key]
            out = io.BytesIO()
            clean.save(out)
            return out.getvalue()
    except UploadError:
        raise
    except Exception as error:
        raise UploadError(_("The PDF file cannot be opened. Save it again without a password.")) from error
