"""The registration page and its receipt, in what they say and where they lead."""

from django.urls import reverse

from core.hijri import parse
from tests.cast import client_of, new_person


def test_a_birth_date_kept_in_arabic_digits_is_shown_in_ours(cast):
    person = new_person(by=cast.noura, birth=parse("١٤/٨/١٤١٢"))
    page = client_of(cast.noura).get(reverse("requests:register_for", args=[person.pk])).content.decode()
    assert person.birth_date_typed == "١٤/٨/١٤١٢"
    assert 'value="14/8/1412"' in page


def test_the_need_says_how_a_new_line_is_begun(cast):
    page = client_of(cast.noura).post(reverse("requests:register_new"), {"typed": ""}).content.decode()
    assert "data-enter-submits" in page
    assert 'id="id_need_helptext"' in page


def test_the_receipt_leads_to_the_request(cast, case):
    page = client_of(cast.noura).get(reverse("requests:receipt", args=[case.reference])).content.decode()
    assert f'href="{reverse("requests:case", args=[case.reference])}"' in page


def test_a_search_that_is_not_understood_keeps_the_focus_in_its_box(cast):
    page = client_of(cast.noura).post(reverse("requests:counter_search"), {"q": "12345"}).content.decode()
    assert page.split('id="q"')[1].split(">")[0].count("data-focus") == 1


def test_a_search_that_found_nobody_offers_the_new_person(cast):
    page = client_of(cast.noura).post(reverse("requests:counter_search"), {"q": "شخص لا ملف له"}).content.decode()
    assert "data-focus" not in page.split('id="q"')[1].split(">")[0]
    assert page.split("<main")[1].count("data-focus") == 1


def test_a_refused_public_form_takes_the_focus_to_its_errors_without_a_script(client, pack):
    page = client.post("/status/", {"reference": "", "last_four": ""}).content.decode()
    summary = page.split('id="errors"')[1].split(">")[0]
    assert "autofocus" in summary
    assert "<script" not in page
