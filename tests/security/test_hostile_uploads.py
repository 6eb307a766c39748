"""Sixty files made to harm: each is refused with a whole sentence or comes out clean, soon and in little memory.

Nothing of a refused file is kept; of a clean one the canary is gone, which every test first finds in what was sent.
"""

import base64
import io
import re
import resource as system
import time
from types import SimpleNamespace

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core import apart, pdfs, uploads
from core.models import StoredFile
from policies.actions import new_version
from policies.models import PolicyVersion
from requests.models import SupportRequest
from tests import recorded
from tests.cast import client_of
from tests.intake.desk import NEW, whole_form
from tests.policies.editor import editor, fields_of, page
from tests.security import hostile_files as make
from tests.security.hostile_files import CANARY, SCRIPT, Array, Dictionary, Name

SECONDS = apart.SECONDS + 3
"""The longest any of them may take, on a busy machine: the ceiling of the child and a little."""

REFUSED = {
    # what is none of the three, under whatever name
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "web page": lambda: b"<!doctype html>" + SCRIPT,
    "gif": lambda: make.saved("GIF"),
    "gif that is a script": lambda: b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)",
    "webp": lambda: make.saved("WEBP"),
    "tiff": lambda: make.saved("TIFF"),
    "bmp": lambda: make.saved("BMP"),
    "archive": make.archive,
    "word document": lambda: b"PK\x03\x04" + b"[Content_Types].xml word/document.xml" + bytes(80),
    "program": lambda: b"MZ" + bytes(200),
    "shell script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "php": lambda: b"<?php system($_GET[0]); ?>",
    "postscript": lambda: b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n",
    "iphone picture": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100),
    "avif": lambda: b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + bytes(100),
    "nothing": lambda: b"",
    "one byte": lambda: b"\xff",
    "zeroes": lambda: bytes(5000),
    # a head without its body
    "head of a jpeg on a page": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + SCRIPT,
    "head of a pdf on a page": lambda: b"%PDF-1.7\n" + SCRIPT,
    "half a jpeg": lambda: make.jpeg((400, 300))[:900],
    "half a png": lambda: make.png()[:100],
    "half a pdf": lambda: make.pdf()[:120],
    "page before a jpeg": lambda: SCRIPT + make.jpeg(),
    "page before a pdf": lambda: SCRIPT + make.pdf(),
    "png with a wrong sum": lambda: make.png().replace(b"IHDR\x00", b"IHDR\x01", 1),
    # floods
    "pixels without end": lambda: make.raw_png(60_000, 60_000),
    "pixels of the largest number": lambda: make.raw_png(2**31 - 1, 2**31 - 1),
    "no pixels": lambda: make.raw_png(0, 0),
    "text that unpacks to a gigabyte": lambda: make.raw_png(
        8, 8, make.chunk(b"zTXt", b"a\0\0" + make.bomb(1000)), body=bytes(8 * 25)
    ),
    "jpeg drawn over a thousand times": lambda: make.drawn_over(1000),
    "eight megabytes and a byte": lambda: make.jpeg().ljust(uploads.MAX_BYTES + 1, b"\0"),
    "ten thousand pages": lambda: make.pdf(pages=10_000),
    "page instructions of a gigabyte": lambda: make.flood(1000),
    "instructions packed twice": lambda: make.flood(4000, times=2),
    "objects of a gigabyte": lambda: make.object_stream_flood(1500),
    "picture of four gigapixels in a pdf": make.huge_picture_inside,
    "page as wide as a country": lambda: make.page("/MediaBox", lambda made: Array([0, 0, 10**9, 10**9])),
    "page without a size": lambda: make.page("/MediaBox", lambda made: Array([0, 0, 0, 0])),
    # trees that bite their tail, and locks
    "pages that hold themselves": make.page_loop,
    "arrays ten thousand deep": lambda: make.deep_array(10_000),
    "pages ten thousand deep": lambda: make.deep_tree(10_000),
    "pdf without pages": lambda: make.by_hand(make.CATALOG, make.tree(b"")),
    "pdf with a password": lambda: make.locked(user="x", owner="y"),
}

CLEANED = {
    # behind, beside and between the pixels
    "position in a jpeg": lambda: make.jpeg(exif=make.position()),
    "thumbnail in a jpeg": make.with_thumbnail,
    "comment that is php": lambda: make.jpeg(comment=b"<?php /*" + CANARY + b"*/ ?>"),
    "comment that is a script": lambda: make.segment(0xFE, b"*/=1;alert(1);/*" + CANARY),
    "profile of a printer": lambda: make.jpeg(icc_profile=CANARY * 20),
    "xmp in a jpeg": lambda: make.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>" + CANARY + b"</x>"),
    "archive behind a jpeg": lambda: make.jpeg() + make.archive() + CANARY,
    "page behind a jpeg": lambda: make.jpeg() + SCRIPT,
    "pdf behind a jpeg": lambda: make.jpeg() + make.pdf() + CANARY,
    "archive behind a png": lambda: make.png() + make.archive() + CANARY,
    "text in a png": lambda: make.png(pnginfo=make.text_chunk()),
    "private chunk in a png": lambda: make.raw_png(8, 8, make.chunk(b"caNv", CANARY), body=bytes(8 * 25)),
    "picture of several pictures": lambda: make.frames("MPO", 12) + CANARY,
    "png that moves": lambda: make.frames("PNG", 12) + CANARY,
    "sixteen bits of each colour": lambda: make.raw_png(
        40, 40, make.chunk(b"tEXt", b"a\0" + CANARY), depth=16, body=bytes(40 * 241)
    ),
    # what acts in a pdf
    "script on opening": lambda: make.root("/OpenAction", lambda made: make.script()),
    "script by name": lambda: make.root(
        "/Names", lambda made: Dictionary(JavaScript=Dictionary(Names=Array(["a", make.script()])))
    ),
    "script on a page": lambda: make.page("/AA", lambda made: Dictionary(O=make.script())),
    "link that starts a program": lambda: make.link(S=Name.Launch, F=CANARY.decode()),
    "link that leads away": lambda: make.link(S=Name.URI, URI=f"http://{CANARY.decode()}.example/"),
    "form sent away": lambda: make.link(S=Name.SubmitForm, F=CANARY.decode()),
    "form of another language": lambda: make.root(
        "/AcroForm", lambda made: Dictionary(Fields=Array([]), XFA=made.make_stream(CANARY))
    ),
    # what rides along
    "archive inside a pdf": lambda: make.pdf(make.embedded),
    "archive behind a pdf": lambda: make.pdf() + make.archive() + CANARY,
    "file of a page": lambda: make.page("/AF", lambda made: Array([made.make_stream(CANARY)])),
    "page of another file": lambda: make.resource(
        "/XObject", lambda made: make.form(made, Ref=Dictionary(F=CANARY.decode()))
    ),
    "drawing kept outside": lambda: make.resource("/XObject", lambda made: make.form(made, F=CANARY.decode())),
    "notes of a program in a drawing": lambda: make.resource(
        "/XObject", lambda made: make.form(made, PieceInfo=Dictionary(X=CANARY.decode()))
    ),
    "author in a drawing": lambda: make.resource(
        "/XObject", lambda made: make.form(made, Metadata=made.make_stream(CANARY))
    ),
    "photograph with its position in a pdf": make.with_photograph,
    "layer that hides": lambda: make.resource(
        "/Properties", lambda made: Dictionary(Type=Name.OCG, Name=CANARY.decode())
    ),
    "revision under the last one": make.updated,
    "author": lambda: make.pdf(lambda made: made.docinfo.__setitem__("/Author", CANARY.decode())),
}  # fmt: skip


class Watch:
    """Seconds passed, and megabytes this process and its children grew to."""

    def __enter__(self):
        self.began = time.monotonic()
        self.before = system.getrusage(system.RUSAGE_SELF).ru_maxrss
        return self

    def __exit__(self, *_error):
        self.seconds = time.monotonic() - self.began
        self.grown = (system.getrusage(system.RUSAGE_SELF).ru_maxrss - self.before) / 1000
        self.children = system.getrusage(system.RUSAGE_CHILDREN).ru_maxrss / 1000


def files(settings) -> list:
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def nothing_is_kept(settings) -> bool:
    return not StoredFile.objects.exists() and files(settings) == []


def test_there_are_sixty():
    assert len(REFUSED) + len(CLEANED) >= 60


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_sentence_and_nothing_is_kept(db, settings, name):
    content = REFUSED[name]()
    with Watch() as watch, pytest.raises(uploads.UploadError) as refused:
        uploads.store(io.BytesIO(content), by_id=None)
    assert str(refused.value).endswith((".", "؟"))
    assert nothing_is_kept(settings)
    assert (watch.seconds < SECONDS, watch.grown < 400, watch.children < 1100) == (True, True, True)


@pytest.mark.parametrize("name", CLEANED)
def test_it_comes_out_clean(db, name):
    content = CLEANED[name]()
    assert CANARY in content or CANARY.hex().encode() in content.lower() or name in PACKED, "the control: it was there"
    with Watch() as watch:
        stored = uploads.store(io.BytesIO(content), by_id=None)
    kept = stored.file.open("rb").read()
    assert CANARY not in flat(kept, stored.kind)
    assert ends_where_it_should(kept, stored.kind)
    assert (watch.seconds < SECONDS, watch.grown < 400) == (True, True)


PACKED = {"text in a png", "position in a jpeg", "archive inside a pdf"}
"""Where the canary lies packed, or in two bytes a letter; `test_the_control` finds it there."""


def flat(content: bytes, kind: str) -> bytes:
    """Everything in a file with nothing packed."""
    if kind != "pdf":
        assert not Image.open(io.BytesIO(content)).getexif()
        return content
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert set(opened.Root.keys()) <= {"/Type", "/Pages"}
        assert set(opened.trailer.keys()) <= {
            "/Root",
            "/Size",
            "/ID",
            "/Type",
            "/W",
            "/Index",
            "/Filter",
            "/Length",
            "/DecodeParms",
        }
        out = io.BytesIO()
        opened.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def ends_where_it_should(content: bytes, kind: str) -> bool:
    """No byte behind the end of the file's own format."""
    ends = {"jpg": b"\xff\xd9", "png": b"IEND\xaeB`\x82", "pdf": b"%%EOF\n"}
    return content.endswith(ends[kind])


def test_without_the_cleaning_it_stays(db, monkeypatch):
    """The control of them all: the cleaning is switched off, and what was hidden is in the file that is kept."""
    monkeypatch.setattr(uploads, "clean_picture", lambda content, kind: content)
    monkeypatch.setattr(uploads, "clean_pdf", lambda content: pdfs.Cleaned(content, 1))
    for name in ("page behind a jpeg", "position in a jpeg", "script on opening", "link that leads away"):
        stored = uploads.store(io.BytesIO(CLEANED[name]()), by_id=None)
        assert CANARY in stored.file.open("rb").read()


def test_without_the_ceiling_a_flood_would_be_swallowed(monkeypatch):
    """The control of the ceiling: with room for it, the flood is unpacked and weighed, so the child grows with it."""
    with pytest.raises(pdfs.PdfError):
        pdfs.clean(make.flood(1000))
    assert pdfs.clean(make.flood(20)).pages == 1  # as much as an honest page may hold


def test_a_photograph_inside_a_pdf_loses_its_position_and_keeps_its_pixels():
    sent = make.with_photograph()
    with pikepdf.open(io.BytesIO(sent)) as before, pikepdf.open(io.BytesIO(pdfs.clean(sent).content)) as after:
        pictures = [
            Image.open(io.BytesIO(each.pages[0].Resources.XObject.P.read_raw_bytes())) for each in (before, after)
        ]
    assert [bool(picture.getexif()) for picture in pictures] == [True, False]
    assert pictures[0].tobytes() == pictures[1].tobytes()


@pytest.mark.parametrize("way", [{"listed": True}, {"packed": True}])
def test_a_photograph_loses_its_position_however_its_coding_is_written(way):
    with pikepdf.open(io.BytesIO(pdfs.clean(make.with_photograph(**way)).content)) as cleaned:
        raw = cleaned.pages[0].Resources.XObject.P.read_raw_bytes()
    assert make.CANARY not in raw
    assert not Image.open(io.BytesIO(raw)).getexif()


@pytest.mark.parametrize("photograph", [make.followed_by_another, make.noted_between_scans])
def test_what_stands_behind_its_end_or_between_its_scans_goes_too(photograph):
    sent = photograph()
    with pikepdf.open(io.BytesIO(pdfs.clean(make.with_photograph(sent)).content)) as cleaned:
        raw = cleaned.pages[0].Resources.XObject.P.read_raw_bytes()
    assert (make.CANARY in sent, make.CANARY in raw) == (True, False)
    before, after = (Image.open(io.BytesIO(each)).tobytes() for each in (sent, raw))
    assert before == after


def test_names_that_a_file_invented_are_left_to_it():
    """A font called /A and a drawing called /F are no action and no foreign file."""

    def plant(made):
        made.pages[0].Resources = Dictionary(XObject=Dictionary(F=make.form(made), A=make.form(made)))

    with pikepdf.open(io.BytesIO(pdfs.clean(make.pdf(plant)).content)) as after:
        assert set(after.pages[0].Resources.XObject.keys()) == {"/A", "/F"}


def test_a_statement_locked_against_printing_only_is_taken_and_unlocked():
    with pikepdf.open(io.BytesIO(pdfs.clean(make.locked(user="", owner="y")).content)) as after:
        assert not after.is_encrypted


def test_a_drawing_that_never_ends_is_stopped(db):
    """A clean file whose one page takes minutes to draw: the viewer gives up, and so does the child."""
    dots = b"0 0 200 100 re f " * 200_000
    heavy = make.pdf(lambda made: made.pages[0].__setitem__("/Contents", made.make_stream(dots * 14)))
    with Watch() as watch:
        try:
            drawn = pdfs.draw(heavy, 1)
        except pdfs.PdfError:
            drawn = b""
    assert watch.seconds < SECONDS
    assert drawn == b"" or drawn.startswith(b"\x89PNG")


# --- Names ---

NAMES = {
    "way out": "../../../../etc/passwd",
    "other way out": "..\\..\\windows\\system32\\a.exe",
    "turned round": "photo\u202egpj.exe",
    "nul": "a.png\x00.exe",
    "empty": "",
    "very long": "ا" * 300 + ".jpg",
    "markup": "<img src=x onerror=alert(1)>.jpg",
    "lines": "a\r\nSet-Cookie: x=1\r\n.jpg",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_name_a_file_came_under_is_kept_nowhere_and_shown_tamed(case, cast, settings, name):
    """A good picture is kept under a name of our own; a bad one is named in its refusal without its tricks."""
    check = case.checks.first()
    address = reverse("requests:judge", args=[case.reference, check.pk])

    def send(content: bytes):
        upload = SimpleUploadedFile("x.jpg", content)
        upload._name = NAMES[name]  # past Django's own taming
        return client_of(cast.noura).post(address, {f"p{check.pk}-state": "given", f"p{check.pk}-pages": [upload]})

    assert send(make.jpeg()).status_code in (302, 422)
    for path in files(settings):
        assert re.fullmatch(r"[0-9a-f-]{36}\.jpg", path.name)
    page = send(b"no picture").content.decode()
    assert not set(page) & {"\u202e", "\x00"}
    assert not [trick for trick in ("<img src=x", "ا" * 61) if trick in page]


# --- Every door ---


def paper(world, content: bytes):
    check = world.case.checks.first()
    fields = {f"p{check.pk}-state": "given", f"p{check.pk}-pages": [SimpleUploadedFile("a.jpg", content)]}
    return client_of(world.cast.noura).post(reverse("requests:judge", args=[check.case.reference, check.pk]), fields)


def signature(world, content: bytes):
    return client_of(world.cast.noura).post(NEW, whole_form(signature_scan=SimpleUploadedFile("a.jpg", content)))


def signed_later(world, content: bytes):
    address = reverse("requests:signed_paper", args=[world.case.reference])
    return client_of(world.cast.noura).post(address, {"scan": SimpleUploadedFile("a.jpg", content)})


def slip(world, content: bytes):
    fields = {"instalment": "1", "recipient": "person", "how": "paper"}
    address = reverse("requests:delivery", args=[world.registered.reference])
    return client_of(world.cast.store).post(address, {**fields, "scan": SimpleUploadedFile("a.jpg", content)})


def approval(world, content: bytes):
    form = fields_of(client_of(world.first).get(page("approval", world.draft)))
    fields = {"body": "مجلس الإدارة", "date_typed": "24 أغسطس 2023", "scan": SimpleUploadedFile("a.jpg", content)}
    return client_of(world.first).post(page("approval", world.draft), form | fields)


def desk(world, content: bytes):
    tool = PolicyVersion.in_force().tools.first()
    fields = {"name": "اللائحة", "file": SimpleUploadedFile("a.pdf", content)}
    return client_of(world.cast.manager).post(reverse("policies:tool_add", args=[tool.pk]), fields)


DOORS = (paper, signature, signed_later, slip, approval, desk)
SENT = (
    "svg",
    "iphone picture",
    "half a jpeg",
    "pixels without end",
    "page instructions of a gigabyte",
    "page before a pdf",
)


@pytest.fixture
@recorded.kept_rows
def world(cast, case_at, case, day_one):
    first = editor("first")
    draft = new_version(PolicyVersion.in_force(), by=first)
    return SimpleNamespace(cast=cast, case=case, registered=case_at("registered"), first=first, draft=draft)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_at_every_door_a_hostile_file_is_refused_and_a_dirty_one_cleaned(world, settings, door):
    cases = SupportRequest.objects.count()
    for name in SENT:
        assert door(world, REFUSED[name]()).status_code == 422, name
        assert nothing_is_kept(settings)
        assert SupportRequest.objects.count() == cases
    assert door(world, CLEANED["page behind a jpeg"]()).status_code == 302
    stored = StoredFile.objects.get()
    assert CANARY not in stored.file.open("rb").read()


def test_a_drawn_signature_is_a_door_too(world, settings):
    for name in ("svg", "pixels without end", "text that unpacks to a gigabyte", "half a png"):
        drawn = "data:image/png;base64," + base64.b64encode(REFUSED[name]()).decode()
        reply = client_of(world.cast.noura).post(NEW, whole_form(signed="drawn", signature_drawn=drawn))
        assert reply.status_code == 422, name
    assert nothing_is_kept(settings)
