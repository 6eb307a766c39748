"""Uploads are cleaned, never trusted: out comes a picture or plain pages, whatever went in."""

import base64
import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from core import uploads
from requests.intake.forms import drawing

CANARY = b"canary-7f3a"
SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=CANARY.decode())


def jpeg(**extra) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((60, 40), 50).convert("RGB").save(out, "JPEG", **extra)
    return out.getvalue()


def png(**extra) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((60, 40), 50).save(out, "PNG", **extra)
    return out.getvalue()


def exif() -> Image.Exif:
    data = Image.Exif()
    data[0x010E] = CANARY.decode()  # a description
    data.get_ifd(0x8825)[1] = "N"  # a position
    return data


def text_chunk() -> PngInfo:
    info = PngInfo()
    info.add_text("Author", CANARY.decode())
    return info


CARRIERS = {
    "a comment in a jpeg": jpeg(comment=CANARY),
    "exif in a jpeg": jpeg(exif=exif()),
    "a profile in a jpeg": jpeg(icc_profile=CANARY),
    "text in a png": png(pnginfo=text_chunk()),
    "exif in a png": png(exif=exif()),
    "a profile in a png": png(icc_profile=CANARY),
    "an archive behind a png": png() + b"PK\x03\x04" + CANARY,
    "a page behind a jpeg": jpeg() + b"<script>" + CANARY + b"</script>",
}


@pytest.mark.parametrize("name", CARRIERS)
def test_nothing_stays_behind_the_pixels(name):
    content = CARRIERS[name]
    clean = uploads.clean_picture(content, uploads.kind_of(content))
    picture = Image.open(io.BytesIO(clean))
    assert CANARY not in clean
    assert picture.size == (60, 40)
    assert not picture.getexif()


def test_a_comment_would_be_written_down_again():
    """The control: without the clearing, Pillow keeps a JPEG's comment through a re-encoding."""
    out = io.BytesIO()
    Image.open(io.BytesIO(CARRIERS["a comment in a jpeg"])).convert("RGB").save(out, "JPEG")
    assert CANARY in out.getvalue()


def pages(**kinds) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 100))
    pdf.pages[0].Contents = pdf.make_stream(b"0 0 m 10 10 l S")
    return pdf


def in_root(key, value):
    def plant(pdf):
        pdf.Root[key] = value(pdf)

    return plant


def on_page(key, value):
    def plant(pdf):
        pdf.pages[0][key] = value(pdf)

    return plant


def outline(pdf):
    item = pdf.make_indirect(pikepdf.Dictionary(Title="1", A=SCRIPT))
    return pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines, First=item, Last=item, Count=1))


def attached(pdf):
    spec = pikepdf.AttachedFileSpec(pdf, CANARY, filename="a.exe")
    return pikepdf.Array([spec.obj])


def note(pdf):
    return pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=SCRIPT))])


PLANTED = {
    "run on opening": in_root("/OpenAction", lambda pdf: SCRIPT),
    "run on closing": in_root("/AA", lambda pdf: pikepdf.Dictionary(WC=SCRIPT)),
    "by name": in_root(
        "/Names", lambda pdf: pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", SCRIPT])))
    ),
    "in a bookmark": in_root("/Outlines", outline),
    "attached to the file": in_root("/AF", attached),
    "in a form": in_root("/AcroForm", lambda pdf: pikepdf.Dictionary(XFA=pdf.make_stream(CANARY))),
    "about its author": lambda pdf: pdf.docinfo.__setitem__("/Author", CANARY.decode()),
    "on a page": on_page("/AA", lambda pdf: pikepdf.Dictionary(O=SCRIPT)),
    "in a note": on_page("/Annots", note),
    "attached to a page": on_page("/AF", attached),
    "private to a program": on_page("/PieceInfo", lambda pdf: pikepdf.Dictionary(X=CANARY.decode())),
}


def with_plant(plant) -> bytes:
    pdf, out = pages(), io.BytesIO()
    plant(pdf)
    pdf.save(out, compress_streams=False)
    return out.getvalue()


@pytest.mark.parametrize("name", PLANTED)
def test_a_pdf_keeps_its_pages_and_nothing_that_acts(name):
    content = with_plant(PLANTED[name])
    assert CANARY in content, "the control: it was there"
    clean = pikepdf.open(io.BytesIO(uploads.clean_pdf(content).content))
    flat = io.BytesIO()
    clean.save(flat, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert CANARY not in flat.getvalue()
    assert set(clean.Root.keys()) <= {"/Type", "/Pages"}
    assert clean.pages[0].Contents.read_bytes() == b"0 0 m 10 10 l S"


def test_a_size_given_for_all_pages_at_once_is_kept():
    pdf, out = pages(), io.BytesIO()
    pdf.Root.Pages.MediaBox = pdf.pages[0].MediaBox
    del pdf.pages[0]["/MediaBox"]
    pdf.save(out)
    clean = pikepdf.open(io.BytesIO(uploads.clean_pdf(out.getvalue()).content))
    assert [float(side) for side in clean.pages[0].mediabox] == [0, 0, 200, 100]


def test_a_page_before_the_pdf_does_not_come_through():
    content = b"<html>" + CANARY + b"</html>\n" + with_plant(lambda pdf: None)
    try:
        uploads.kind_of(content)
    except uploads.UploadError:
        return
    assert uploads.clean_pdf(content).content.startswith(b"%PDF")


def flood(width: int, height: int) -> bytes:
    """A few hundred bytes that ask for width × height pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


REFUSED = {
    "pixels without end": flood(60_000, 60_000),
    "a little too many pixels": flood(6_400, 6_400),
    "a drawing that is a program": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a web page": b"<!doctype html><script>alert(1)</script>",
    "an archive": b"PK\x03\x04" + bytes(60),
    "a moving picture": b"GIF89a" + bytes(60),
    "a program": b"\x7fELF" + bytes(200),
    "half a jpeg": jpeg()[:400],
    "half a png": png()[:100],
    "a jpeg's head on a page": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"<script>alert(1)</script>",
    "a pdf's head on a page": b"%PDF-1.7\n<script>alert(1)</script>",
    "a locked pdf": b"",
    "nothing": b"",
}


def locked() -> bytes:
    pdf, out = pages(), io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    return out.getvalue()


REFUSED["a locked pdf"] = locked()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_none_of_the_three_is_refused_with_a_sentence(db, name):
    with pytest.raises(uploads.UploadError) as refusal:
        uploads.store(io.BytesIO(REFUSED[name]), by_id=None)
    assert str(refusal.value)


def test_a_byte_more_than_eight_million_is_refused_and_nothing_kept(db, tmp_path):
    with pytest.raises(uploads.UploadError):
        uploads.store(io.BytesIO(bytes(uploads.MAX_BYTES + 1)), by_id=None)
    assert not list(tmp_path.rglob("*.pdf"))


def data_url(content: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "data:image/png;base64,",
        "data:image/png;base64,%%%",
        "data:image/png;base64,\u0661\u0662",
        "javascript:alert(1)",
        data_url(png(), "text/html"),
        data_url(REFUSED["a drawing that is a program"], "image/svg+xml"),
        data_url(REFUSED["a drawing that is a program"]),
        data_url(jpeg()),
        data_url(flood(60_000, 60_000)),
        data_url(flood(1_000, 1_000)),
        data_url(png()[:90]),
        data_url(png()[:40] + b"\xff" * 40),
    ],
    ids=range(13),
)
def test_a_signature_that_is_no_drawing_is_no_signature(url):
    with pytest.raises(ValueError):
        drawing(url)


def test_a_drawing_is_a_signature():
    assert drawing(data_url(png())).getvalue().startswith(b"\x89PNG")
