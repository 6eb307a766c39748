"""What is no policy of this kind is refused in a plain sentence, quickly, and nothing is stored."""

import io
import random
import time
import zipfile

import pytest
from django.core.management import CommandError, call_command

from core.errors import Refused
from policies import importing
from policies.models import PolicyVersion
from tests.policies.importing.documents import HOUSING
from tests.policies.importing.printing import printed

SECONDS = 5
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org"
TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    f'<?xml version="1.0"?><Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def archive(**parts: str | bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return held.getvalue()


def word(document: str, doctype: str = "", **more: str | bytes) -> bytes:
    """A Word file whose body is `document`."""
    xml = f'<?xml version="1.0"?>{doctype}<w:document {W}><w:body>{document}</w:body></w:document>'
    return archive(**{"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": xml}, **more)


def paragraphs(text: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))


ENTITIES = '<!DOCTYPE d [<!ENTITY a "الجمعية ">{}]>'.format(
    "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
)
ENGLISH = """Policy on relations with beneficiaries
Preamble:
The association sets out here what it owes the people it serves.
Channels:
1- Interview
2- Telephone
Procedure:
1- Receive the beneficiary.
2- Answer within no less than two weeks.
"""
PRIVACY = """سياسة خصوصية البيانات
النطاق
تطبق هذه السياسة على جميع من يعمل لصالح الجمعية من موظفين ومتطوعين.
البيان
1- لا تبيع الجمعية بيانات المتعاملين معها ولا تشاركها مع غيرها.
2- لا ترسل الجمعية رسائل إلا بإذن من أصحابها.
المسؤوليات
على جميع العاملين الاطلاع على هذه السياسة والتوقيع عليها.
"""
CAREER = """السيرة الذاتية
الاسم: إلياس المثالي
الهدف: العمل في جهة تقدر الاجتهاد.
الخبرات:
1- موظف استقبال
2- مشرف مكتب
المهارات:
• الحاسب
• اللغات
"""
RECIPE = """طريقة إعداد الخبز
المقادير:
1- دقيق
2- ماء
3- ملح
الأدوات:
1- وعاء
2- فرن
الخطوات:
1- اعجن الدقيق بالماء.
2- اتركه حتى يختمر.
3- اخبزه.
"""
CONTENTS = """المحتويات
تمهيد ........ 2
الهدف العام ........ 3
الأهداف التفصيلية ........ 4
القنوات المستخدمة للتواصل مع المستفيدين ........ 5
"""
NOVEL = "خرج المسافر من القرية قبل الفجر ولم يلتفت إلى البيوت التي تركها خلفه. " * 25

BAD = {
    "empty.txt": lambda: b"",
    "empty.docx": lambda: b"",
    "blank.txt": lambda: b" \n\n\t\n" * 20,
    "nothing-but-zeros.txt": lambda: b"\0" * 4000,
    "random.txt": lambda: random.Random(5).randbytes(20_000),  # noqa: S311 - the same bytes each time
    "picture.docx": lambda: b"\x89PNG\r\n\x1a\n" + random.Random(6).randbytes(4000),  # noqa: S311
    "printed.txt": lambda: b"%PDF-1.7\n" + random.Random(7).randbytes(4000),  # noqa: S311
    "printed.pdf": lambda: b"%PDF-1.7\n%%EOF",
    "old.doc": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000,
    "page.docx": lambda: b"<html><body></body></html>",
    "other-archive.docx": lambda: archive(**{"letter.txt": "مرحبا"}),
    "half.docx": lambda: word(paragraphs(printed(HOUSING)))[:600],
    "broken-xml.docx": lambda: word("<w:p><w:r>"),
    "english.txt": lambda: ENGLISH.encode(),
    "privacy.txt": lambda: PRIVACY.encode(),
    "privacy.docx": lambda: word(paragraphs(PRIVACY)),
    "career.txt": lambda: CAREER.encode(),
    "recipe.txt": lambda: RECIPE.encode(),
    "contents-only.txt": lambda: CONTENTS.encode(),
    "title-only.txt": lambda: HOUSING.title.encode(),
    "two-hundred-pages.txt": lambda: "\f".join([NOVEL] * 200).encode(),
    "two-hundred-policies.txt": lambda: (printed(HOUSING) * 200).encode(),
    "one-long-line.txt": lambda: ("سياسة " * 400_000).encode(),
    "bomb.docx": lambda: word(paragraphs("ا" * 80_000_000)),
    "bomb-beside.docx": lambda: word(paragraphs(printed(HOUSING)), **{"word/media/a.bin": b"\0" * 200_000_000}),
    "entities.docx": lambda: word("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", ENTITIES),
    "outside-entity.docx": lambda: word(
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>" + paragraphs(printed(HOUSING)),
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    ),
    "deep.docx": lambda: word(
        "<w:sdt><w:sdtContent>" * 20_000 + paragraphs("تمهيد") + "</w:sdtContent></w:sdt>" * 20_000
    ),
    "many-parts.docx": lambda: archive(**{f"word/part{n}.xml": "<a/>" for n in range(20_000)}),
}


@pytest.fixture(params=BAD, ids=lambda name: name)
def bad(request) -> tuple[str, bytes]:
    return request.param, BAD[request.param]()


def test_a_bad_file_is_refused_in_a_sentence(bad):
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        importing.read(*bad)
    assert time.monotonic() - started < SECONDS
    sentence = str(refused.value)
    assert 20 < len(sentence) < 300
    assert "\n" not in sentence
    assert sentence.endswith((".", "؟", "!"))
    assert not any(word in sentence for word in ("Error", "Traceback", "xml", "codec", "None"))


@pytest.mark.parametrize("name", ["empty.txt", "picture.docx", "privacy.txt", "two-hundred-pages.txt", "entities.docx"])
def test_the_command_refuses_and_stores_nothing(pack, tmp_path, name):
    before = list(PolicyVersion.objects.values())
    path = tmp_path / name
    path.write_bytes(BAD[name]())
    with pytest.raises(Refused) as sentence:
        importing.read(name, path.read_bytes())
    with pytest.raises(CommandError) as refused:
        call_command("import_policy", str(path), stdout=io.StringIO())
    assert str(refused.value).strip() == str(sentence.value)
    assert list(PolicyVersion.objects.values()) == before


def test_a_dry_run_of_a_sound_file_stores_nothing(pack, tmp_path):
    before = list(PolicyVersion.objects.values())
    path = tmp_path / "policy.txt"
    path.write_text(printed(HOUSING))
    call_command("import_policy", str(path), "--dry-run", stdout=io.StringIO())
    assert list(PolicyVersion.objects.values()) == before


def test_a_file_that_is_not_there_is_said_not_to_be_there(pack, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("import_policy", str(tmp_path / "missing.txt"), stdout=io.StringIO())
    assert "missing.txt" in str(refused.value)


def test_the_same_text_in_word_is_read():
    kinds = [
        section["kind"]
        for section in importing.read("policy.docx", word(paragraphs(printed(HOUSING)))).as_json()["sections"]
    ]
    assert kinds == [section.kind for section in HOUSING.sections]
