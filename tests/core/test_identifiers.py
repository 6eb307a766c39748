import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from stdnum import luhn

from core import identifiers
from tests.vectors import load

VECTORS = load("identifiers")
READERS = {"national_id": identifiers.national_id, "mobile": identifiers.mobile, "iban": identifiers.iban}
VALID = [(kind, typed, stored) for kind in READERS for typed, stored in VECTORS[kind]["valid"].items()]
REFUSED = [(kind, typed, code) for kind in READERS for typed, code in VECTORS[kind]["refused"].items()]
sample_ids = st.from_regex(r"[12][0-9]{8}", fullmatch=True).map(lambda body: body + luhn.calc_check_digit(body))


@pytest.mark.parametrize(("kind", "typed", "stored"), VALID)
def test_many_typings_one_stored_form(kind, typed, stored):
    assert READERS[kind](typed) == stored


@pytest.mark.parametrize(("kind", "typed", "code"), REFUSED)
def test_refused_for_its_own_reason(kind, typed, code):
    with pytest.raises(identifiers.IdentifierError) as caught:
        READERS[kind](typed)
    assert caught.value.code == code


@pytest.mark.parametrize("read", READERS.values())
def test_a_stored_form_reads_as_itself(read):
    for typed in VECTORS[read.__name__]["valid"]:
        assert read(read(typed)) == read(typed)


@pytest.mark.parametrize("read", READERS.values())
@pytest.mark.parametrize("unit", ["1", "١", "🎉", "\u200b", " "])
def test_a_megabyte_is_refused_at_once(read, unit):
    with pytest.raises(identifiers.IdentifierError):
        read(unit * 1_000_000)


@pytest.mark.parametrize("read", READERS.values())
@given(text=st.text(max_size=40))
@hypothesis_settings(deadline=None)
def test_any_text_is_an_identifier_or_a_sentence(read, text):
    sentence, stored = "", ""
    try:
        stored = read(text)
    except identifiers.IdentifierError as error:
        sentence = str(error)
    assert sentence.endswith(".") or (stored and stored.isascii())


@given(sample_ids, st.integers(1, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number, place, shift):
    wrong = str((int(number[place]) + shift) % 10)
    with pytest.raises(identifiers.IdentifierError) as caught:
        identifiers.national_id(number[:place] + wrong + number[place + 1 :])
    assert caught.value.code == "checksum"


def test_whose_number_it_is():
    assert identifiers.id_kind("١٠٠٠٠٠٠٠٠٨") == "citizen"
    assert identifiers.id_kind("2000000006") == "resident"


def test_masks_show_the_end_and_never_what_opens_the_status_page():
    assert identifiers.mask_id("1098765439") == "1••••••439"
    assert identifiers.mask_mobile("+966550000067") == "05••••••67"
    assert identifiers.mask_iban("SA0380000000608010167519") == "SA••••••••••••••••••7519"
    assert identifiers.mask_id("") == ""
    assert identifiers.mask_id("12345") == "•••••"


def test_the_lookup_hash_depends_on_the_value_and_the_key(settings):
    settings.LOOKUP_KEY = "one"
    first = identifiers.lookup_hash("1000000008")
    assert first == identifiers.lookup_hash("1000000008")
    assert len(first) == 64
    assert first != identifiers.lookup_hash("1000000016")
    settings.LOOKUP_KEY = "another"
    assert first != identifiers.lookup_hash("1000000008")
