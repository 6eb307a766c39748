"""The door of what is private: six digits to the number on file, and nothing behind it without them (trust.md)."""

import pytest
from django.test import Client

from channels.codes import rules as codes
from channels.models import OneTimeCode
from core.limits import Limit
from core.models import OutboxRow
from requests.public import code_door
from tests.appeal.desk import ask_for_code, digits_of, let_in, shown
from tests.public.desk import last_four, look_up

BEHIND = ("/status/decision/", "/status/objection/", "/status/objection/check/")


def enter(client, typed):
    return client.post("/status/code/", {"code": typed})


def other(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06d}"


def is_outside(client) -> bool:
    return all(client.get(path).status_code == 302 for path in BEHIND)


def test_the_code_opens_the_decision_with_its_reason(client, rejected):
    assert let_in(client, rejected).url == "/status/decision/"
    page = shown(client.get("/status/decision/"))
    assert rejected.decisions.get().reasons.rstrip(".") in page
    assert rejected.checks.first().label in page


def test_it_goes_to_the_number_on_file_whatever_the_browser_sends(client, rejected):
    client.post("/status/code/send/", {"token": rejected.status_token, "mobile": "0559999999"})
    assert OutboxRow.objects.get(event="code_to_open").address == rejected.person.mobile


def test_the_lookup_by_number_and_digits_leads_to_the_same_door(client, rejected):
    look_up(client, rejected.reference, last_four(rejected))
    assert client.post("/status/code/send/").url == "/status/code/"
    assert enter(client, digits_of()).url == "/status/decision/"


def test_neither_the_link_nor_the_lookup_opens_what_is_private(client, rejected):
    look_up(client, rejected.reference, last_four(rejected))
    client.get(f"/t/{rejected.status_token}/")
    assert is_outside(client)
    assert rejected.decisions.get().reasons not in client.get("/status/view/").content.decode()


def test_wrong_digits_open_nothing_and_after_five_the_right_ones_do_not_either(client, rejected):
    ask_for_code(client, rejected)
    right = digits_of()
    answers = [enter(client, other(right)) for _try in range(codes.MOST_TRIES)]
    assert {answer.status_code for answer in answers} == {422}
    assert enter(client, right).status_code == 422
    assert is_outside(client)


def test_without_the_count_of_tries_guessing_would_go_on(client, rejected, monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr(codes, "MOST_TRIES", 10**6)
    ask_for_code(client, rejected)
    right = digits_of()
    for _try in range(5):
        enter(client, other(right))
    assert enter(client, right).status_code == 302


def test_after_ten_minutes_the_digits_open_nothing(client, rejected, day_one):
    ask_for_code(client, rejected)
    day_one.shift(10 * 60)
    assert enter(client, digits_of()).status_code == 422


def test_digits_are_used_once(client, rejected):
    let_in(client, rejected)
    client.post("/status/leave/")
    look_up(client, rejected.reference, last_four(rejected))
    assert enter(client, digits_of()).status_code == 422


def test_the_code_of_one_request_opens_no_other(client, rejected, case_at):
    another = case_at("rejected")
    ask_for_code(Client(), another)
    foreign = digits_of()
    ask_for_code(client, rejected)
    if digits_of() != foreign:
        assert enter(client, foreign).status_code == 422
    assert is_outside(client)


def test_opening_another_request_closes_the_first(client, rejected, case_at):
    another = case_at("rejected")
    let_in(client, rejected)
    look_up(client, another.reference, last_four(another))
    assert is_outside(client)


def test_a_session_put_there_by_somebody_else_opens_nothing_for_them(client, rejected):
    look_up(client, rejected.reference, last_four(rejected))
    fixed = client.cookies["sessionid"].value
    let_in(client, rejected)
    assert client.cookies["sessionid"].value != fixed
    thief = Client()
    thief.cookies["sessionid"] = fixed
    assert is_outside(thief)


def test_a_staff_session_is_not_the_persons(cast, rejected):
    from tests.cast import client_of

    client = client_of(cast.noura)
    assert all(client.get(path).url in ("/status/code/", "/status/") for path in BEHIND)


def test_the_door_closes_after_half_an_hour_and_when_left(client, rejected, day_one):
    let_in(client, rejected)
    day_one.shift(29 * 60)
    assert client.get("/status/decision/").status_code == 200
    day_one.shift(60)
    assert is_outside(client)
    let_in(client, rejected)
    client.post("/status/leave/")
    assert is_outside(client)
    assert client.get("/status/view/").url == "/status/"


def test_a_changed_mobile_ends_the_code_that_went_to_the_old_one(client, rejected):
    ask_for_code(client, rejected)
    rejected.person.mobile = "+966550000999"
    rejected.person.save()
    assert enter(client, digits_of()).status_code == 422


def test_a_link_that_opens_nothing_sends_nothing_and_is_counted(client, rejected):
    answers = [client.post("/status/code/send/", {"token": "x" * 22}) for _try in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert not OneTimeCode.objects.exists()


def test_a_wrong_code_and_one_never_sent_get_the_same_page_and_queries(rejected, case_at):
    from tests.public.desk import asked, plain

    sent, unsent = Client(), Client()
    another = case_at("rejected")
    ask_for_code(sent, rejected)
    for client, case in ((sent, rejected), (unsent, another)):
        look_up(client, case.reference, last_four(case))
    wrong = other(digits_of())
    enter(sent, wrong), enter(unsent, wrong)
    (one, queries), (two, more) = (asked(lambda client=client: enter(client, wrong)) for client in (sent, unsent))
    assert (one.status_code, queries) == (two.status_code, more)
    assert str(code_door.NOT_ACCEPTED) in plain(one).decode()
    assert str(code_door.NOT_ACCEPTED) in plain(two).decode()


@pytest.mark.parametrize("which", ["TO_ONE_NUMBER", "FROM_ONE_ADDRESS", "IN_A_DAY"])
def test_with_a_budget_used_up_the_page_goes_on_and_says_how_to_reach_us(client, rejected, monkeypatch, which):
    monkeypatch.setattr(codes, which, Limit("none-left", 0, codes.LIFETIME))
    answer = ask_for_code(client, rejected)
    assert answer.status_code == 422
    assert 'href="tel:0110000004"' in answer.content.decode()
    assert not OneTimeCode.objects.exists()
    assert client.get(f"/t/{rejected.status_token}/").status_code == 200


def test_without_a_mobile_on_file_they_are_told_to_call_or_come(client, rejected):
    type(rejected.person).objects.filter(pk=rejected.person_id).update(mobile="")
    answer = ask_for_code(client, rejected)
    assert answer.status_code == 422
    assert "لا يوجد في ملفك رقم جوال" in answer.content.decode()


def test_what_is_private_is_kept_by_no_cache_and_found_by_no_search_engine(client, rejected):
    let_in(client, rejected)
    answer = client.get("/status/decision/")
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()


def test_behind_it_an_accepted_request_says_what_was_approved_and_offers_no_objection(client, case_at):
    case = case_at("approved")
    let_in(client, case)
    page = client.get("/status/decision/").content.decode()
    assert case.decisions.get().what in page
    assert "/status/objection/" not in page
    assert client.get("/status/objection/").url == "/status/decision/"


def test_the_session_keeps_no_digits(client, rejected):
    let_in(client, rejected)
    assert digits_of() not in str(dict(client.session))
    assert code_door.BEHIND in client.session
