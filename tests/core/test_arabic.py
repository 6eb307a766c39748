import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import arabic
from tests.vectors import load

VECTORS = load("names")
letters = st.text(st.characters(codec="utf-8"), max_size=40)
names = st.lists(
    st.sampled_from(
        [
            "عبد",
            "الله",
            "آل",
            "أبو",
            "بكر",
            "بن",
            "محمد",
            "الدين",
            "نور",
            "ال",
            "رب",
            "النبي",
            "أم",
            "هدى",
            "ذو",
            "با",
            "الرحمن",
        ]
    ),
    max_size=7,
).map(" ".join)


@pytest.mark.parametrize(("one", "other"), [(group[0], other) for group in VECTORS["same_key"] for other in group[1:]])
def test_writings_of_one_name_meet(one, other):
    assert arabic.name_key(one) == arabic.name_key(other)


@pytest.mark.parametrize(("one", "other"), VECTORS["different"])
def test_two_people_never_merge(one, other):
    assert arabic.name_key(one) != arabic.name_key(other)


def test_no_two_groups_of_the_vectors_share_a_key():
    keys = [arabic.name_key(group[0]) for group in VECTORS["same_key"]]
    assert all(one != other for one, other in itertools.combinations(keys, 2))


@given(letters)
def test_folding_twice_changes_nothing(text):
    assert arabic.fold(arabic.fold(text)) == arabic.fold(text)


@given(names)
def test_a_key_is_its_own_key(name):
    assert arabic.name_key(arabic.name_key(name)) == arabic.name_key(name)


@given(letters)
def test_a_key_has_single_spaces_and_no_marks(text):
    key = arabic.name_key(text)
    assert key == " ".join(key.split())
    assert all(part.isalnum() for part in key.split())


def test_the_padded_key_lets_a_search_find_the_beginning_of_any_word():
    assert arabic.padded_key("محمد العنزي") == " محمد العنزي "


def test_a_name_of_lineage_words_alone_keeps_them():
    assert arabic.name_key("بن") == "بن"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("٠١٢٣٤٥٦٧٨٩", "0123456789"), ("۴۵۶", "456"), ("१२３𝟒", "1234"), ("①½²", "①½²"), ("أ ة ١", "أ ة 1")],
)
def test_digits_of_every_script_and_nothing_else(text, folded):
    assert arabic.fold_digits(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [("أإآٱؤئ", "ااااوي"), ("فاطمة", "فاطمه"), ("على", "علي"), ("  A  B\u00a0C ", "a b c"), ("ماء", "ما")],
)
def test_folded_letters(text, folded):
    assert arabic.fold(text) == folded


@pytest.mark.parametrize(
    "character",
    "\u0000\u0007\u007f\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\u2800\u3164\ufeff\ufe0f\n\t",
)
def test_hidden_characters_are_refused(character):
    with pytest.raises(arabic.HiddenCharacterError):
        arabic.refuse_hidden(f"محمد{character}علي")


@pytest.mark.parametrize("text", ["", "محمد علي", "مُحَمَّد", "محـــمد", "O'Neil", "1000000008", "عبدالرحمٰن 😀"])
def test_what_can_be_seen_passes(text):
    assert arabic.refuse_hidden(text) == text
