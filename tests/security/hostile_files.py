"""Files made to harm, drawn here in code: each one small, and each one asking for more than a document needs."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

CANARY = b"canary-7f3a"
SCRIPT = b"<script>alert('canary-7f3a')</script>"
Name, Dictionary, Array = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array


# --- Pictures ---


def noise(size: tuple[int, int] = (60, 40)) -> Image.Image:
    return Image.effect_noise(size, 50).convert("RGB")


def jpeg(size: tuple[int, int] = (60, 40), **extra) -> bytes:
    out = io.BytesIO()
    noise(size).save(out, "JPEG", **extra)
    return out.getvalue()


def png(**extra) -> bytes:
    out = io.BytesIO()
    noise().save(out, "PNG", **extra)
    return out.getvalue()


def saved(kind: str, **extra) -> bytes:
    out = io.BytesIO()
    noise().save(out, kind, **extra)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.html", SCRIPT)
    return out.getvalue()


def position() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (24.0, 42.0, 0.0)
    return exif


def with_thumbnail() -> bytes:
    """A JPEG inside the EXIF of a JPEG, that shows what was cut away from the picture."""
    small = jpeg((16, 16), comment=CANARY)
    entries = [(0x0201, 4, 1, 38), (0x0202, 4, 1, len(small))]
    ifd1 = struct.pack("<H", 2) + b"".join(struct.pack("<HHII", *each) for each in entries) + struct.pack("<I", 0)
    block = b"II*\0" + struct.pack("<I", 8) + struct.pack("<HI", 0, 14) + ifd1
    return segment(0xE1, b"Exif\0\0" + block.ljust(38, b"\0") + small)


def segment(marker: int, data: bytes) -> bytes:
    """A good JPEG with one more segment at its head."""
    body = jpeg()
    return body[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data + body[2:]


def text_chunk() -> PngInfo:
    info = PngInfo()
    info.add_text("Author", SCRIPT.decode())
    info.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{CANARY.decode()}</x:xmpmeta>")
    return info


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def raw_png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2, body: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(body or bytes(100), 9))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + data + chunk(b"IEND", b"")


def bomb(megabytes: int) -> bytes:
    """So many megabytes of nothing, packed a thousand times smaller: one packed megabyte, said over and over."""
    packer = zlib.compressobj(9)
    first = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    total = struct.pack(">HH", megabytes * 1_000_000 % 65521, 1)  # Adler's sum of nothing but zeroes
    return first + again * (megabytes - 1) + b"\x03\x00" + total


def drawn_over(scans: int) -> bytes:
    """A progressive JPEG of many pixels whose last scan is repeated, each time over the whole picture."""
    body = saved_progressive()
    last = body.rfind(b"\xff\xda")
    return body[:-2] + body[last:-2] * scans + b"\xff\xd9"


def saved_progressive() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (6000, 6000), "white").save(out, "JPEG", progressive=True)
    return out.getvalue()


def frames(kind: str, count: int) -> bytes:
    out = io.BytesIO()
    pictures = [noise((40, 40)) for _each in range(count)]
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:])
    return out.getvalue()


# --- PDF ---


def pdf(plant: Callable[[pikepdf.Pdf], None] = lambda made: None, *, pages: int = 1, **how) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    for _each in range(pages):
        made.add_blank_page(page_size=(200, 100))
    made.pages[0].Contents = made.make_stream(b"0 0 m 10 10 l S")
    plant(made)
    made.save(out, **{"compress_streams": False} | how)
    return out.getvalue()


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=CANARY.decode())


def root(key: str, value: Callable[[pikepdf.Pdf], object]) -> bytes:
    return pdf(lambda made: made.Root.__setitem__(key, value(made)))


def page(key: str, value: Callable[[pikepdf.Pdf], object]) -> bytes:
    return pdf(lambda made: made.pages[0].__setitem__(key, value(made)))


def resource(key: str, value: Callable[[pikepdf.Pdf], object]) -> bytes:
    return page("/Resources", lambda made: Dictionary({key: Dictionary(X=value(made))}))


def link(**action) -> bytes:
    act = Dictionary(**action)
    return page("/Annots", lambda made: Array([made.make_indirect(Dictionary(Subtype=Name.Link, A=act))]))


def embedded(made: pikepdf.Pdf) -> None:
    made.attachments["a.zip"] = archive() + CANARY


def form(made: pikepdf.Pdf, **extra) -> pikepdf.Stream:
    drawn = made.make_stream(b"0 0 m 5 5 l S", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for key, value in extra.items():
        drawn[f"/{key}"] = value
    return drawn


def followed_by_another() -> bytes:
    """A telephone's picture: behind its end a second one, which knows the position too."""
    return jpeg() + jpeg(exif=position(), comment=CANARY)


def noted_between_scans() -> bytes:
    """A picture drawn in several scans, with a comment between two of them."""
    body = jpeg(progressive=True)
    second = body.index(b"\xff\xda", body.index(b"\xff\xda") + 2)
    return body[:second] + b"\xff\xfe" + struct.pack(">H", len(CANARY) + 2) + CANARY + body[second:]


def with_photograph(raw: bytes = b"", *, listed: bool = False, packed: bool = False) -> bytes:
    """`listed`: its coding stands in a list of one; `packed`: the JPEG is packed once more, as any data is."""
    raw = raw or jpeg(exif=position(), comment=CANARY) + CANARY

    def plant(made: pikepdf.Pdf) -> None:
        picture = pikepdf.Stream(made, b"")
        picture.write(raw, filter=Array([Name.DCTDecode]) if listed else Name.DCTDecode)
        if packed:
            picture.write(zlib.compress(raw), filter=Array([Name.FlateDecode, Name.DCTDecode]))
        facts = {"Subtype": Name.Image, "Width": 60, "Height": 40, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB}
        for key, value in facts.items():
            picture[f"/{key}"] = value
        made.pages[0].Resources = Dictionary(XObject=Dictionary(P=picture))
        made.pages[0].Contents = made.make_stream(b"q 60 0 0 40 0 0 cm /P Do Q")

    return pdf(plant)


def by_hand(*objects: bytes, root: int = 1) -> bytes:
    """A PDF written object by object, for what no honest writer makes."""
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, len(body))
    return body + table + end


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R>>"


def tree(kids: bytes) -> bytes:
    return b"<</Type/Pages/Count 1/Kids[%s]>>" % kids


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d %s>>stream\n%s\nendstream" % (len(data), extra, data)


def page_loop() -> bytes:
    return by_hand(CATALOG, tree(b"3 0 R"), b"<</Type/Pages/Count 1/Parent 2 0 R/Kids[2 0 R]>>", stream(b""))


def flood(megabytes: int, *, times: int = 1) -> bytes:
    """A page's drawing that unpacks to so much."""
    data, filters = bomb(megabytes), b"/FlateDecode"
    for _each in range(times - 1):
        data, filters = zlib.compress(data, 9), filters + b" /FlateDecode"
    return by_hand(CATALOG, tree(b"3 0 R"), ONE_PAGE, stream(data, b"/Filter[%s]" % filters))


def object_stream_flood(megabytes: int) -> bytes:
    """A table of objects that unpacks to so much, read before any page is."""
    packed = bomb(megabytes)
    table = b"".join(
        struct.pack(">BIB", *row) for row in ((0, 0, 255), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, 9, 0), (1, 0, 0))
    )
    body = (
        b"%PDF-1.7\n" + b"4 0 obj\n" + stream(packed, b"/Type/ObjStm/N 3/First 20/Filter/FlateDecode") + b"\nendobj\n"
    )
    table = table.replace(struct.pack(">BIB", 1, 0, 0), struct.pack(">BIB", 1, len(body), 0))
    extra = b"/Type/XRef/Size 6/W[1 4 1]/Root 1 0 R"
    return body + b"5 0 obj\n" + stream(table, extra) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def huge_picture_inside() -> bytes:
    picture = stream(bomb(1), b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8"
                              b"/ColorSpace/DeviceGray/Filter/FlateDecode")  # fmt: skip
    page = ONE_PAGE[:-2] + b"/Resources<</XObject<</P 5 0 R>>>>>>"
    return by_hand(CATALOG, tree(b"3 0 R"), page, stream(b"/P Do"), picture)


def deep_tree(depth: int) -> bytes:
    middle = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 1) for number in range(2, depth + 2)]
    leaf = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 200 100]>>" % (depth + 1)
    return by_hand(CATALOG, *middle, leaf)


def deep_array(depth: int) -> bytes:
    nested = b"[" * depth + b"]" * depth
    return by_hand(CATALOG, tree(b"3 0 R"), ONE_PAGE[:-2] + b"/Group " + nested + b">>", stream(b""))


def updated() -> bytes:
    """A second revision that covers the first: whoever takes it off finds what was there."""
    first = pdf(lambda made: made.pages[0].__setitem__("/Contents", made.make_stream(b"(" + CANARY + b") Tj")))
    with pikepdf.open(io.BytesIO(first)) as opened:
        number = opened.pages[0].Contents.objgen[0]
        place = first.rindex(b"startxref")
        last = int(first[place:].split()[1])
        size = int(opened.trailer.Size)
        root_number = opened.Root.objgen[0]
    new = b"%d 0 obj\n%s\nendobj\n" % (number, stream(b"0 0 m 10 10 l S"))
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(first))
    end = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return first + new + table + end % (size, root_number, last, len(first) + len(new))


def locked(**passwords: str) -> bytes:
    return pdf(encryption=pikepdf.Encryption(**passwords))
