"""Who opens a status page, and that a guess learns nothing (trust.md, «the public side»)."""

import pytest
from django.test import Client

from core.references import format_reference, new_reference
from requests.public import access
from tests.cast import new_case
from tests.public.desk import asked, last_four, look_up, page_of, plain

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 10000:04d}"


def test_the_number_and_the_four_digits_open_the_page(client, case):
    response = look_up(client, case.reference, last_four(case))
    assert response.status_code == 302
    assert response.url == "/status/view/"
    assert format_reference(case.reference) in client.get(response.url).content.decode()


def test_arabic_digits_and_spaces_open_it_too(client, case):
    typed = format_reference(case.reference).translate(ARABIC)
    assert look_up(client, typed, last_four(case).translate(ARABIC)).status_code == 302


def test_a_malformed_number_is_said_to_be_so(client, case):
    response = look_up(client, "12345", last_four(case))
    assert response.status_code == 422
    assert "رقم الطلب تسعة أرقام" in response.content.decode()


def test_three_digits_are_asked_for_again(client, case):
    assert "اكتب آخر أربعة أرقام" in look_up(client, case.reference, "123").content.decode()


def guesses(case) -> list:
    """A wrong end of a real number, and any end of a number nobody has; by fresh visitors, not the day's first."""
    look_up(Client(REMOTE_ADDR="10.0.0.3"), new_reference(), "0000")
    real = asked(lambda: look_up(Client(REMOTE_ADDR="10.0.0.1"), case.reference, wrong(last_four(case))))
    unknown = asked(lambda: look_up(Client(REMOTE_ADDR="10.0.0.2"), unused(case), wrong(last_four(case))))
    return [real, unknown]


def unused(case) -> str:
    return next(number for number in iter(new_reference, "") if number != case.reference)


def test_a_wrong_number_and_wrong_digits_get_the_same_page(case):
    (real, _queries), (unknown, _more) = guesses(case)
    assert real.status_code == unknown.status_code == 422
    shown = [plain(response) for response in (real, unknown)]
    numbers = [response.context["form"]["reference"].value().encode() for response in (real, unknown)]
    assert shown[0].replace(numbers[0], b"") == shown[1].replace(numbers[1], b"")
    assert len(real.content) == len(unknown.content)


def test_a_wrong_number_and_wrong_digits_ask_the_same_queries(case):
    (_real, queries), (_unknown, more) = guesses(case)
    assert queries == more


def test_a_shortcut_for_unknown_numbers_would_be_seen(case, monkeypatch):
    """The control: were unknown numbers answered without looking, the count of queries would tell."""
    honest = access.find

    def short(reference, last_four):
        return honest(reference, last_four) if reference == case.reference else None

    monkeypatch.setattr(access, "find", short)
    (_real, queries), (_unknown, more) = guesses(case)
    assert queries != more


def test_failing_leaves_no_session(client, case):
    look_up(client, case.reference, wrong(last_four(case)))
    assert access.OPENED not in client.session


def test_what_was_opened_closes_after_half_an_hour(client, case, day_one):
    look_up(client, case.reference, last_four(case))
    day_one.shift(29 * 60)
    assert client.get("/status/view/").status_code == 200
    day_one.shift(60)
    assert client.get("/status/view/").url == "/status/"


def test_the_page_without_a_look_up_leads_to_the_form(client, pack):
    assert client.get("/status/view/").url == "/status/"


def test_a_merged_persons_present_mobile_opens_it(client, cast, day_one):
    from tests.cast import new_person

    old, kept = new_person(by=cast.noura), new_person(by=cast.noura)
    case = new_case(by=cast.noura, person=old)
    old.merged_into = kept
    old.save()
    assert look_up(client, case.reference, kept.mobile[-4:]).status_code == 302
    assert look_up(client, case.reference, old.mobile[-4:]).status_code == 422


def test_the_eleventh_try_of_one_address_is_told_to_wait(client, case):
    answers = [look_up(client, new_reference(), "0000").status_code for _try in range(11)]
    assert answers == [422] * 10 + [429]


def test_another_address_is_not_held_up(client, case):
    for _try in range(11):
        look_up(client, new_reference(), "0000")
    assert look_up(Client(REMOTE_ADDR="10.9.9.9"), case.reference, last_four(case)).status_code == 302


def test_an_address_tries_again_after_a_while(client, case, day_one):
    for _try in range(11):
        look_up(client, new_reference(), "0000")
    day_one.shift(15 * 60)
    assert look_up(client, case.reference, last_four(case)).status_code == 302


def test_the_seventh_try_on_one_number_is_told_to_wait_from_wherever(case):
    answers = [
        look_up(Client(REMOTE_ADDR=f"10.0.1.{number}"), case.reference, wrong(last_four(case))).status_code
        for number in range(7)
    ]
    assert answers == [422] * 6 + [429]


def test_an_unknown_number_is_limited_just_the_same(case):
    number = unused(case)
    answers = [look_up(Client(REMOTE_ADDR=f"10.0.1.{n}"), number, "0000").status_code for n in range(7)]
    assert answers == [422] * 6 + [429]


def test_without_the_limit_guessing_would_go_on(client, case, monkeypatch):
    """The control: with the limit switched off, the eleventh guess is answered like the first."""
    monkeypatch.setattr(access, "within", lambda limit, whose="": True)
    assert [look_up(client, new_reference(), "0000").status_code for _try in range(11)] == [422] * 11


@pytest.fixture
def day_used_up(monkeypatch):
    monkeypatch.setattr(access, "BY_DAY", access.Limit("status-day", 0, access.BY_DAY.per))


def by_whole_mobile(client, case, mobile: str, **extra):
    return client.post("/status/", {"reference": case.reference, "whole_mobile": mobile}, **extra)


def test_on_a_day_used_up_the_four_digits_do_no_more_and_the_whole_mobile_is_asked_for(client, case, day_used_up):
    response = look_up(client, case.reference, last_four(case))
    page = response.content.decode()
    assert response.status_code == 429
    assert 'name="whole_mobile"' in page
    assert f'value="{case.reference}"' in page
    assert "اتصل بنا" in page


def test_whoever_knows_their_mobile_still_sees_their_page(client, case, day_used_up):
    assert by_whole_mobile(client, case, case.person.mobile.replace("+966", "0")).url == "/status/view/"
    assert format_reference(case.reference) in client.get("/status/view/").content.decode()


def test_the_links_still_open(client, case, day_used_up):
    assert client.get("/status/").status_code == 200
    assert format_reference(case.reference) in page_of(client, case)


def test_a_wrong_whole_mobile_opens_nothing(client, case):
    assert by_whole_mobile(client, case, "0559999999").status_code == 422
    assert by_whole_mobile(client, case, last_four(case)).status_code == 422


def test_the_whole_mobile_is_limited_by_address_and_by_number(case):
    answers = [by_whole_mobile(Client(REMOTE_ADDR=f"10.0.1.{n}"), case, "0559999999").status_code for n in range(7)]
    assert answers == [422] * 6 + [429]


def test_the_limited_page_is_polite_and_gives_the_telephone(client, case):
    for _try in range(11):
        response = look_up(client, new_reference(), "0000")
    page = response.content.decode()
    assert "كثرت المحاولات" in page
    assert 'href="tel:0110000004"' in page


def test_a_link_opens_the_page_without_asking(client, case):
    assert format_reference(case.reference) in page_of(client, case)


def test_an_unknown_link_is_not_found_and_many_are_told_to_wait(client, case):
    answers = [client.get(f"/t/{'x' * 21}{n % 10}/").status_code for n in range(11)]
    assert answers == [404] * 10 + [429]


def test_a_good_link_opens_even_where_others_guessed(client, case):
    for number in range(12):
        client.get(f"/t/{'x' * 20}{number:02d}/")
    assert format_reference(case.reference) in page_of(client, case)


def test_addresses_behind_our_proxy_are_told_apart(case, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client = Client(headers={"X-Forwarded-For": "1.1.1.1, 10.0.0.5"})
    for _try in range(11):
        look_up(client, new_reference(), "0000")
    other = Client(headers={"X-Forwarded-For": "1.1.1.1, 10.0.0.6"})
    assert look_up(other, case.reference, last_four(case)).status_code == 302


def test_an_invented_forwarded_address_does_not_help(client, case):
    for number in range(11):
        response = look_up(client, new_reference(), "0000", headers={"X-Forwarded-For": f"1.1.1.{number}"})
    assert response.status_code == 429


@pytest.mark.parametrize("address", ["2001:db8::1", "2001:db8::ffff", "not an address"])
def test_any_address_is_counted(case, address):
    assert look_up(Client(REMOTE_ADDR=address), case.reference, last_four(case)).status_code == 302


def test_one_ipv6_home_is_one_visitor(case):
    answers = [look_up(Client(REMOTE_ADDR=f"2001:db8::{n:x}"), new_reference(), "0000").status_code for n in range(11)]
    assert answers[-1] == 429


def test_a_status_page_is_kept_by_no_cache(client, case):
    assert "no-store" in client.get(f"/t/{case.status_token}/")["Cache-Control"]
