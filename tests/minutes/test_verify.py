"""Anybody may check a paper: its number, its kind, its date and its hash, and nothing else of it."""

import re

import pytest
from django.test import Client

from committee.minutes.actions import add, sign
from core.models import RateBucket
from requests.decision.letter.actions import public_number
from requests.models import Letter
from tests.minutes.desk import drawn


def ask(page: str, **query):
    return Client().get(page, query)


def outline(reply) -> list[str]:
    """The page's elements without what is told in them."""
    return re.findall(r"<(?:section|form|input|button|h1|label)\b", reply.content.decode())


def test_signed_minutes_are_confirmed_and_nothing_else_is_told(signed, cast, met):
    reply = ask("/verify/1448-1/")
    page = reply.content.decode()
    assert reply.status_code == 200
    assert "محضر اجتماع لجنة" in page
    assert signed.sha256[:4] in page
    assert "2026م" in page
    for hidden in (cast.chair.name, met.cases[0].reference, "قاعة الاجتماعات", "3,000"):
        assert hidden not in page


@pytest.mark.parametrize("number", ["1448-2", "1448-1-1", "9999-99999", "1448-1-1234567890", "x", "1448"])
def test_an_unknown_number_has_the_same_shape(signed, number):
    reply = ask(f"/verify/{number}/")
    assert reply.status_code == 404
    assert "لا توجد وثيقة بهذا الرقم" in reply.content.decode()
    assert outline(reply) == outline(ask("/verify/1448-1/"))


def test_a_draft_is_no_paper_yet(minutes):
    assert ask("/verify/1448-1/").status_code == 404


@pytest.mark.parametrize("typed", ["1448-1", "1/1448", "١٤٤٨-١", " 1448 – 1 "])
def test_the_number_is_read_as_it_is_typed(signed, typed):
    assert ask("/verify/", number=typed).status_code == 200


@pytest.mark.parametrize(
    ("cut", "sentence"), [(8, "رمز المطابقة صحيح"), (64, "رمز المطابقة صحيح"), (7, "أول مجموعتين"), (0, "رمز المطابقة")]
)
def test_the_hash_is_compared_as_far_as_it_was_typed(signed, cut, sentence):
    page = ask("/verify/1448-1/", hash=" ".join(re.findall("..?", signed.sha256[:cut].upper()))).content.decode()
    assert sentence in page


def test_another_hash_is_not_the_same(signed):
    wrong = ("0" if signed.sha256[0] != "0" else "1") + signed.sha256[1:]
    page = Client().post("/verify/1448-1/", {"hash": wrong}).content.decode()
    assert "رمز المطابقة مختلف" in page


def test_an_addendum_has_a_number_of_its_own(signed, cast):
    made = add(signed, by=cast.secretary, text="تصحيح لا يراه أحد هنا")
    assert ask("/verify/1448-1-1/").status_code == 404, "nobody signed it yet"
    sign(signed, by=cast.chair, picture=drawn(), seen=made.sha256, addendum=made)
    page = ask("/verify/1448-1-1/").content.decode()
    assert "ملحق محضر" in page
    assert made.sha256[:4] in page
    assert "تصحيح" not in page
    assert "وقّعه 1 من 5" in page


def test_it_says_how_many_of_those_who_sign_did(signed, cast):
    assert "وقّعه 1 من 5" in ask("/verify/1448-1/").content.decode()
    sign(signed, by=cast.chair, picture=drawn(), seen=signed.sha256)
    assert "وقّعه 2 من 5" in ask("/verify/1448-1/").content.decode()


def test_a_letter_is_found_by_its_random_digits_alone(case_at):
    case = case_at("approved")
    letter = Letter.objects.get(decision__case=case)
    page = ask(f"/verify/{public_number(letter)}/").content.decode()
    assert "خطاب القرار" in page
    for hidden in (case.person.full_name, case.reference, "3,000", "قبول"):
        assert hidden not in page
    assert ask(f"/verify/{letter.year}-{letter.number}/").status_code == 404
    wrong = str(int(letter.token) % 10**9 + 10**9)
    assert wrong == letter.token or ask(f"/verify/{letter.year}-{letter.number}-{wrong}/").status_code == 404


def test_numbers_are_not_tried_without_end(signed):
    for _ in range(30):
        ask("/verify/1448-7/")
    assert ask("/verify/1448-1/").status_code == 429
    RateBucket.objects.all().delete()
    assert ask("/verify/1448-1/").status_code == 200


def test_the_form_alone_counts_nothing_and_finds_nothing(db, pack):
    reply = ask("/verify/")
    assert reply.status_code == 200
    assert RateBucket.objects.count() == 0
