import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from core import identifiers, references


def code_of(text):
    with pytest.raises(references.ReferenceError) as caught:
        references.parse_reference(text)
    return caught.value.code


def test_a_new_reference_is_nine_digits_with_a_check_and_no_mobile_or_id():
    for _ in range(500):
        reference = references.new_reference()
        assert references.parse_reference(reference) == reference
        assert reference[0] in "2346789"
        with pytest.raises(identifiers.IdentifierError):
            identifiers.mobile(reference)
        with pytest.raises(identifiers.IdentifierError):
            identifiers.national_id(reference)


def test_new_references_differ():
    assert len({references.new_reference() for _ in range(500)}) == 500


@pytest.mark.parametrize("typed", ["{}", " {} ", "٤٨٢ ٩١٥ ٧٣{}", "482-915-73{}", "۴۸۲۹۱۵۷۳{}"])
def test_typed_in_any_script_with_spaces(typed):
    check = luhn.calc_check_digit("48291573")
    whole = "48291573" + check
    text = typed.format(whole if typed.strip() == "{}" else check)
    assert references.parse_reference(text) == whole


def test_shown_in_threes_and_read_back():
    reference = references.new_reference()
    shown = references.format_reference(reference)
    assert [len(part) for part in shown.split()] == [3, 3, 3]
    assert references.parse_reference(shown) == reference


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "characters"),
        ("رقم", "characters"),
        ("48291573x", "characters"),
        ("48291573", "length"),
        ("4829157330", "length"),
        ("9" * 1_000_000, "length"),
        ("482915\u200b733", "hidden"),
        ("482915733\x00", "hidden"),
        ("1" + "0" * 8, "checksum"),
    ],
)
def test_refused_for_its_own_reason(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize("first", "015")
def test_a_first_digit_that_is_never_given_out_is_refused(first):
    body = f"{first}8291573"
    assert code_of(body + luhn.calc_check_digit(body)) == "checksum"


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place, shift):
    reference = references.new_reference()
    wrong = str((int(reference[place]) + shift) % 10)
    assert code_of(reference[:place] + wrong + reference[place + 1 :]) == "checksum"
