"""A sign the font lacks, an emoji or a rare script, never keeps a paper from being printed."""

import pytest
from django.core.exceptions import ValidationError

from core import glyphs, printing
from core.printing import NOT_DRAWN, printable, refuse_undrawn

LACKING = ["🙂", "漢", "\U00012000", "\ua800", "\ue000", "✔"]
DRAWN = "نصٌّ عربيّ، ۱۲۳ گ ڤ ﷺ «Latin é» 50٪ × ✓ – …\n\u200e\u200f\u200d"


@pytest.fixture
def plain(tmp_path, monkeypatch):
    """The sheet with one line of words on it."""
    (tmp_path / "plain.typ").write_text('#import "sheet.typ": *\n#show: sheet.with(title: data.title)\n#data.words\n')
    (tmp_path / "sheet.typ").write_text((printing.TEMPLATES / "sheet.typ").read_text())
    monkeypatch.setattr(printing, "TEMPLATES", tmp_path)
    association = {"name": "جمعية", "licence": "", "licence_label": ""}
    return lambda words: printing.pdf(
        "plain", {"title": "ورقة", "words": words, "association": association, "frame": printing.frame(footer="١")}
    )


@pytest.mark.parametrize("sign", LACKING)
def test_a_sign_the_font_lacks_stands_as_a_mark_and_the_paper_is_made(plain, sign):
    assert printable({"words": f"شكرًا {sign}"}) == {"words": f"شكرًا {NOT_DRAWN}"}
    assert plain(f"شكرًا {sign}").startswith(b"%PDF")


def test_control_without_it_the_paper_is_refused(plain, monkeypatch):
    monkeypatch.setattr(printing, "drawn", lambda text: text)
    with pytest.raises(Exception, match="could not be displayed"):
        plain(f"شكرًا {LACKING[0]}")


def test_what_the_font_draws_stays_as_it_was_written(plain):
    assert printing.undrawn(DRAWN) == []
    assert plain(DRAWN).startswith(b"%PDF")


def test_the_colour_of_a_sign_is_no_sign(plain):
    assert printable("✓\ufe0f") == "✓"


def test_words_that_are_signed_say_which_sign_is_not_printed():
    refuse_undrawn(DRAWN)
    with pytest.raises(ValidationError, match="🙂"):
        refuse_undrawn("شكرًا 🙂 🙂")


def test_both_weights_of_the_font_are_read():
    fonts = sorted(printing.FONTS.glob("*.ttf"))
    for font in fonts:
        found = set(glyphs.characters(font.read_bytes()))
        assert {ord(letter) for letter in "ابجد123abc«»،"} <= found
        assert ord("🙂") not in found
