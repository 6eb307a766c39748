"""The queue: oldest first, filtered by its address, paged by key, with a constant number of queries."""

from datetime import timedelta

import pytest
from django.urls import reverse

from requests import listing
from requests.models import SupportRequest
from tests.cast import client_of, new_case, new_person, walk

URL = "requests:queue"


def page(user, **query):
    return client_of(user).get(reverse(URL), query)


def references(response) -> list[str]:
    return [row["case"].reference for row in response.context["rows"]]


def test_whatever_waits_longest_stands_first(cast, day_one):
    first = new_case(by=cast.noura)
    day_one.shift(timedelta(days=2))
    second = new_case(by=cast.noura)
    assert references(page(cast.noura)) == [first.reference, second.reference]


def test_a_tab_shows_one_stage_and_its_count(cast, day_one):
    new_case(by=cast.noura)
    verified = walk(new_case(by=cast.noura), cast, to="verified")
    response = page(cast.noura, state="verified")
    assert references(response) == [verified.reference]
    counts = {tab["url"]: tab["count"] for tab in response.context["tabs"]}
    assert counts["/requests/"] == 2
    assert counts["/requests/?state=received"] == 1


def test_the_archive_is_not_among_the_open(cast, day_one):
    walk(new_case(by=cast.noura), cast, to="withdrawn")
    assert references(page(cast.noura)) == []
    assert len(references(page(cast.noura, state="withdrawn"))) == 1


def test_mine_are_those_i_received_or_study(cast, day_one):
    mine = new_case(by=cast.noura)
    new_case(by=cast.saad)
    assert references(page(cast.noura, mine="1")) == [mine.reference]


def test_pages_follow_each_other_by_key(cast, day_one, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    cases = [new_case(by=cast.noura).reference for _number in range(5)]
    seen, address = [], reverse(URL)
    while address:
        response = client_of(cast.noura).get(address)
        seen.append(references(response))
        address = response.context["next"]
    assert seen == [cases[:2], cases[2:4], cases[4:]]


@pytest.mark.parametrize("after", ["x", "9" * 30 + "-1", "-", "1-x", "١-٢", "1-1"])
def test_a_key_that_cannot_be_read_gives_the_first_page(case, cast, after):
    assert references(page(cast.noura, after=after)) == [case.reference]


def test_the_number_of_queries_does_not_grow(cast, day_one, django_assert_max_num_queries):
    new_case(by=cast.noura)
    client = client_of(cast.noura)
    with django_assert_max_num_queries(10) as few:
        client.get(reverse(URL))
    for _number in range(12):
        new_case(by=cast.noura, person=new_person(by=cast.noura))
    with django_assert_max_num_queries(len(few)):
        client.get(reverse(URL))
    assert SupportRequest.objects.count() == 13
