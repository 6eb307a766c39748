"""Papers as PDF: Arabic and tagged; what a person typed is printed, never obeyed."""

import shutil
from datetime import date

import pytest
import typst

from core import printing
from ops import frontend
from tests.paper import holds, is_tagged, letters, opened

PROBE = """#import "sheet.typ": *
#show: sheet.with(title: data.title)
#text(dir: if data.across { ltr } else { rtl }, data.text)
"""
HOSTILE = [
    '#panic("x")',
    '#import "@preview/x:0.1.0": *',
    "$ x^2 $",
    "\\u{202e}",
    "*bold* _it_ `raw` ~",
    "= heading",
    '") #read("/etc/passwd") ("',
    "// gone",
    "<script>alert(1)</script>",
    "@label <label> [content] {code}",
]


@pytest.fixture
def probe(tmp_path, monkeypatch):
    """A paper with one paragraph of text."""
    shutil.copy(printing.TEMPLATES / "sheet.typ", tmp_path)
    (tmp_path / "probe.typ").write_text(PROBE, encoding="utf-8")
    monkeypatch.setattr(printing, "TEMPLATES", tmp_path)

    def print_out(text: str, title: str = "ورقة", across: bool = False) -> bytes:
        association = {"name": "جمعية", "licence": "0000", "licence_label": "ترخيص"}
        frame = printing.frame(footer="")
        data = {"frame": frame, "association": association, "title": title, "text": text, "across": across}
        return printing.pdf("probe", data)

    return print_out


def test_the_paper_is_arabic_and_tagged(probe):
    paper = probe("نقف معك ونيسّر لك الطريق", title="سياسة العلاقة")
    assert is_tagged(paper)
    assert holds(paper, "الطريق", "سياسة", "0000")


def test_an_untagged_paper_would_be_seen():
    """The control: the same words without the standard."""
    source = b'#set text(lang: "en")\nword'
    assert not is_tagged(typst.compile(source, format="pdf", font_paths=[printing.FONTS], ignore_system_fonts=True))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_is_printed_and_not_obeyed(probe, text):
    assert holds(probe(text, across=True), text)


def test_markup_pasted_into_a_template_would_be_obeyed(probe, tmp_path):
    """The control: the same text as markup stops the printing."""
    (tmp_path / "probe.typ").write_text(PROBE + HOSTILE[0], encoding="utf-8")
    with pytest.raises(typst.TypstError):
        probe("text")


def test_a_mark_that_turns_the_direction_is_left_out(probe):
    found = letters(probe("ab\u202ecd\u2066ef\u0000gh"))
    assert "abcdefgh" in found


def test_a_title_of_hostile_text_is_only_a_title(probe):
    title = '#panic("x") $\\'
    paper = opened(probe("نص", title=title))
    assert str(paper.docinfo["/Title"]) == title


def test_only_the_portals_own_font_is_used(probe):
    fonts = {
        str(font.BaseFont) for page in opened(probe("نص Latin 123")).pages for font in page.Resources.Font.values()
    }
    assert all("IBMPlexSansArabic" in name for name in fonts)


def test_the_list_of_fetched_files_brings_the_font_where_printing_looks_for_it():
    """In a clone and in the image alike: both copy by `ops.frontend.FILES`."""
    folders = {folder for source, folder in frontend.FILES.items() if source.endswith(".ttf")}
    assert {frontend.VENDOR / folder for folder in folders} == {printing.FONTS}


def test_without_the_font_nothing_is_printed(probe, tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "FONTS", tmp_path / "none")
    with pytest.raises(printing.FontMissing):
        probe("نص")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 22), {"hijri": "12 جمادى الآخرة 1448هـ", "gregorian": "22 نوفمبر 2026م"}),
        (date(2090, 1, 1), {"hijri": "", "gregorian": "1 يناير 2090م"}),
    ],
)
def test_a_date_is_printed_in_both_calendars_where_the_tables_reach(day, expected):
    assert printing.printable({"day": day}) == {"day": expected}
