"""What touches a PDF that a stranger sent runs here, alone in a process of its own (`core.apart` starts it).

It has a ceiling of time and memory, an empty environment and no database. `clean` writes the number of pages, a line
end and the cleaned file; `draw N LONGEST` writes page N as a PNG. It ends with REASON where it refuses.
"""

import io
import re
import sys
import zlib
from contextlib import suppress

SECONDS = 10
MEMORY = 1_000_000_000
MAX_PAGES = 60
MAX_UNPACKED = 60_000_000  # bytes of drawing instructions, fonts and tables, once unpacked
MAX_PIXELS = 40_000_000
LONGEST_PAGE = 14_400  # PDF units: five metres, the format's own limit
UNREADABLE, MANY_PAGES, HEAVY = 3, 4, 5

KEPT_OF_A_PAGE = {"/Type", "/Parent", "/Resources", "/Contents", "/MediaBox", "/CropBox", "/Rotate", "/Group"}
KEPT_OF_RESOURCES = {"/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/ProcSet", "/Shading", "/XObject"}
NAMED_BY_THE_FILE = {"/CharProcs", "/Colorants", *KEPT_OF_RESOURCES}
"""Dictionaries whose keys are names the file invented: /A there may be a font."""
DROPPED = set(
    "/A /AA /AF /AcroForm /Alternates /Annots /EF /F /FDecodeParms /FFilter /JS /LastModified /Launch /Measure "
    "/Metadata /Names /OC /OCGs /OCProperties /OPI /OpenAction /PieceInfo /Properties /PtData /Ref /StructParent "
    "/StructParents /Thumb /URI /XFA".split()
)
"""What acts, what reaches outside the file, what hides or shows by a switch, and what is about its maker."""


NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class Refusal(Exception):
    """Ends the process with its reason."""

    def __init__(self, reason: int):
        super().__init__(reason)
        self.reason = reason


def clean(content: bytes) -> bytes:
    """The same pages laid into a new file: without scripts, actions, attachments, forms, layers or an author."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf, pikepdf.new() as new:
        if len(pdf.pages) > MAX_PAGES:
            raise Refusal(MANY_PAGES)
        if not len(pdf.pages):
            raise Refusal(UNREADABLE)
        new.pages.extend(pdf.pages)
        for page in new.pages:
            for key in page.obj.keys() - KEPT_OF_A_PAGE:
                del page[key]
            check_size(page)
        strip([page.obj for page in new.pages])
        out = io.BytesIO()
        new.save(out, deterministic_id=True)  # the same paper is the same bytes, whenever it is sent
        return b"%d\n" % len(new.pages) + out.getvalue()


def check_size(page) -> None:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    if not (0 < abs(right - left) <= LONGEST_PAGE and 0 < abs(top - bottom) <= LONGEST_PAGE):
        raise Refusal(HEAVY)


def strip(roots: list) -> None:
    """Walk all that the pages draw with, and take out of it what is not drawing."""
    import pikepdf

    seen, unpacked = set(), 0
    waiting = [(root, "/Page") for root in roots]
    while waiting:
        thing, name = waiting.pop()
        if isinstance(thing, pikepdf.Array):
            waiting += [(each, "") for each in thing]
            continue
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        narrow(thing, name)
        if isinstance(thing, pikepdf.Stream):
            unpacked += weigh(thing)
            if unpacked > MAX_UNPACKED:
                raise Refusal(HEAVY)
        waiting += [(value, key) for key, value in thing.items() if key != "/Parent"]


def narrow(thing, name: str) -> None:
    """Take out of one dictionary what does not belong to drawing."""
    if name == "/Resources":
        unwanted = set(thing.keys()) - KEPT_OF_RESOURCES
    elif name in NAMED_BY_THE_FILE and thing.get("/Type") is None and thing.get("/Subtype") is None:
        unwanted = {key for key, value in thing.items() if is_program(value)}
    else:
        unwanted = set(thing.keys()) & DROPPED
    for key in unwanted:
        del thing[key]


def is_program(value) -> bool:
    """A PostScript XObject: a program, where drawing is expected."""
    import pikepdf

    return isinstance(value, pikepdf.Stream) and value.get("/Subtype") == pikepdf.Name.PS


def weigh(stream) -> int:
    """Bytes of a stream once unpacked; for a picture its pixels are judged instead, and its notes taken out."""
    import pikepdf

    if stream.get("/Subtype") != pikepdf.Name.Image:
        return unpacked(stream)
    if int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > MAX_PIXELS:
        raise Refusal(HEAVY)
    filters, parms = several(stream, "/Filter"), several(stream, "/DecodeParms")
    if filters and filters[-1] == pikepdf.Name.DCTDecode:
        raw = jpeg_inside(stream, [str(name) for name in filters[:-1]])
        bare = without_notes(raw)
        if bare != raw:
            last = parms[-1] if len(parms) == len(filters) else None
            stream.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=last)
    return 0


def several(stream, key: str) -> list:
    """What a stream says once or in a list, as a list."""
    import pikepdf

    said = stream.get(key, pikepdf.Array())
    return list(said) if isinstance(said, pikepdf.Array) else [said]


def jpeg_inside(stream, packed: list[str]) -> bytes:
    """The JPEG of a picture, out of what it may be packed in once more: there its notes would be read by nobody."""
    import pikepdf

    raw = stream.read_raw_bytes()
    if not packed:
        return raw
    with pikepdf.new() as desk:
        outer = pikepdf.Stream(desk, b"")
        outer.write(raw, filter=pikepdf.Array([pikepdf.Name(name) for name in packed]))
        return outer.read_bytes()


def unpacked(stream) -> int:
    """How long a stream is once unpacked, or how far it was unpacked before it was too long."""

    names = [str(each) for each in several(stream, "/Filter")]
    if set(names) != {"/FlateDecode"}:
        return len(stream.read_bytes())  # what floods here ends at the ceiling of memory
    content = stream.read_raw_bytes()
    for _each in names:
        content = zlib.decompressobj().decompress(content, MAX_UNPACKED + 1)
    return len(content)


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without its position, camera, comment and whatever follows its end; the same pixels, bit for bit."""
    kept, at, has_pixels = [jpeg[:2]], 2, False
    while jpeg[at : at + 1] == b"\xff" and len(jpeg) >= at + 4:
        marker = jpeg[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == 0xD9:
            break
        after = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == 0xDA:
            after, has_pixels = end_of_scan(jpeg, after), True
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):  # all but JFIF and Adobe's colours
            kept.append(jpeg[at:after])
        at = after
    if not has_pixels:
        raise Refusal(UNREADABLE)
    return b"".join([*kept, b"\xff\xd9"])


def end_of_scan(jpeg: bytes, at: int) -> int:
    """Where the pixels that begin here end: at the next marker that is neither a stuffed byte nor a restart."""
    found = NEXT_MARKER.search(jpeg, at)
    return found.start() if found else len(jpeg)


def draw(content: bytes, number: int, longest: int) -> bytes:
    """Page `number`, counted from 1, as a PNG whose longer side has `longest` pixels."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(content)
    page = pdf[number - 1]
    scale = longest / max(*page.get_size(), 1)
    out = io.BytesIO()
    page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB").save(out, "PNG", compress_level=3)
    return out.getvalue()


def confine() -> None:
    """From here on: so many seconds, so much memory, and no file written."""
    import resource

    for limit, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # a system that knows no such limit keeps the parent's clock
            resource.setrlimit(limit, (most, most))


def main(job: str, *numbers: str) -> int:
    confine()
    content = sys.stdin.buffer.read()
    try:
        made = clean(content) if job == "clean" else draw(content, int(numbers[0]), int(numbers[1]))
    except Refusal as refusal:
        return refusal.reason
    except MemoryError:
        return HEAVY
    except Exception:
        return UNREADABLE
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
