"""The list of people to reach: who stands on it, in which order; filters, paper, and what each screen says."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from beneficiaries.models import Calling, Outreach, Person, PersonCategory, PersonDocument
from beneficiaries.renewal.actions import begin_call, record_call
from core import clock
from core.models import ReadRow
from policies.models import Association, Category, RequiredPaper
from requests.models import Exclusion
from requests.outreach import listing
from requests.outreach.listing import Wanted, page_of
from tests.cast import client_of, new_case
from tests.renewal.desk import stands, yearly

URL = reverse("requests:outreach")
STALE, SOON = "حان تجديد البيانات", "اقترب تجديد البيانات"


@pytest.fixture
def due(cast, day_one):
    person = yearly(cast, first_name="راشد")
    stands(day_one, person, days=-3)
    return person


def listed(user, **wanted) -> list[int]:
    return [row["person"].pk for row in page_of(user, Wanted(**wanted))[0]]


def read(user, url=URL) -> str:
    return client_of(user).get(url).content.decode()


# Who stands on it


@pytest.mark.parametrize(("days", "why"), [(61, None), (60, "due"), (1, "due"), (0, "stale"), (-400, "stale")])
def test_from_sixty_days_before_and_from_the_day_itself(cast, day_one, days, why):
    person = yearly(cast)
    stands(day_one, person, days=days)
    found = {each for each in ("stale", "due") if person.pk in listed(cast.noura, why=each)}
    assert found == ({why} if why else set())


@pytest.mark.parametrize(
    ("result", "days", "stands_there"),
    [
        ("no_answer", 0, False),
        ("no_answer", 1, True),
        ("reached", 13, False),
        ("reached", 14, True),
        ("declined", 30, False),
        ("wrong_number", 30, False),
        ("confirmed", 30, False),
    ],
)
def test_what_came_of_the_call_says_when_they_are_called_again(cast, due, day_one, result, days, stands_there):
    record_call(due, by=cast.noura, result=result)
    stands(day_one, due, days=-3 - days)
    assert (due.pk in listed(cast.noura)) is stands_there


def test_a_number_that_is_not_theirs_is_a_list_of_its_own_until_it_is_mended(cast, due, day_one):
    record_call(due, by=cast.noura, result="wrong_number")
    stands(day_one, due, days=-4)
    assert (listed(cast.noura), listed(cast.noura, why="number")) == ([], [due.pk])
    Person.objects.filter(pk=due.pk).update(mobile="+966550009999")
    assert (listed(cast.noura), listed(cast.noura, why="number")) == ([due.pk], [])


@pytest.mark.parametrize(
    ("days", "words"), [(61, None), (60, "تنتهي الصلاحية في"), (-60, "انتهت الصلاحية في"), (-61, None)]
)
def test_a_paper_that_ends_or_has_just_ended(cast, day_one, days, words):
    person, asked = yearly(cast), RequiredPaper.objects.first()
    until = clock.today() + timedelta(days=100)
    PersonDocument.objects.create(person=person, code=asked.code, label=asked.label, valid_until=until)
    day_one.move_to(f"{until - timedelta(days=days)}T10:00:00+03:00", tick=False)
    page = read(cast.noura, f"{URL}?why=papers")
    assert (person.full_name in page) is (words is not None)
    assert words is None or words in page


def test_the_oldest_stands_first_and_the_pages_leave_nobody_out(cast, day_one):
    people = [yearly(cast, str(2000 + n)) for n in range(5)]
    for n, person in enumerate(people):
        Person.objects.filter(pk=person.pk).update(confirmed_on=f"2024-0{5 - n // 2}-01")
    found, after = [], None
    for _page in range(3):
        rows, key = page_of(cast.noura, Wanted(after=after), size=2)
        found += [row["person"].pk for row in rows]
        after = listing.read_key(key)
    order = list(Person.objects.filter(pk__in=[p.pk for p in people]).order_by("confirmed_on", "pk"))
    assert (found, after) == ([each.pk for each in order], None)


def test_a_person_stands_once_by_the_first_paper_that_ends(cast, day_one):
    asked, found = RequiredPaper.objects.values_list("code", "label").distinct()[:2], []
    for number, days in enumerate(((40, 10), (20, 20), (5, 50))):
        found.append(yearly(cast, str(4000 + number)))
        for (code, label), ahead in zip(asked, days, strict=True):
            until = clock.today() + timedelta(days=ahead)
            PersonDocument.objects.create(person=found[-1], code=code, label=label, valid_until=until)
    second, third, first = (person.pk for person in found)
    assert listed(cast.noura, why="papers") == [first, second, third]
    _rows, key = page_of(cast.noura, Wanted(why="papers"), size=1)
    assert listed(cast.noura, why="papers", after=listing.read_key(key)) == [second, third]


def test_a_count_stops_where_nobody_counts_on(cast, due, day_one, monkeypatch):
    yearly(cast, "1002", confirmed_on="2024-01-01")
    monkeypatch.setattr(listing, "COUNTED", 1)
    assert listing.tabs(cast.noura, Wanted())[0]["count"] == "1+"
    monkeypatch.setattr(listing, "COUNTED", 2)
    assert listing.tabs(cast.noura, Wanted())[0]["count"] == 2


def test_each_sees_their_branch_and_nobody_of_a_case_they_are_recused_from(cast, due, day_one):
    north = yearly(cast, "1002", by=cast.huda, confirmed_on="2020-01-01")
    assert (listed(cast.huda), listed(cast.noura)) == ([north.pk], [north.pk, due.pk])
    Exclusion.objects.create(case=new_case(by=cast.noura, person=due), user=cast.noura, why="conflict_declared")
    assert listed(cast.noura) == [north.pk]
    assert client_of(cast.noura).post(reverse("requests:person_call", args=[due.pk])).status_code == 404
    assert client_of(cast.huda).post(reverse("requests:person_call", args=[due.pk])).status_code == 404


# Filters


def test_each_filter_narrows_the_list(cast, due, day_one):
    other = yearly(cast, "1002", by=cast.huda, confirmed_on="2020-01-01", language="ur", preferred_channel="phone")
    category = Category.objects.filter(is_sensitive=False).first()
    PersonCategory.objects.create(person=other, category=category, is_primary=True)
    for only in ({"branch": "north"}, {"category": category.code}, {"channel": "phone"}, {"language": "ur"}):
        assert listed(cast.noura, **only) == [other.pk]
    assert listed(cast.noura, branch="nowhere") == []


def test_a_sensitive_category_is_no_filter(cast, due):
    category = Category.objects.create(code="secret", label="سرية", is_sensitive=True)
    PersonCategory.objects.create(person=due, category=category, is_primary=True)
    assert "سرية" not in read(cast.noura)
    assert listed(cast.noura, category="secret") == []


@pytest.mark.parametrize("query", ["why=x", "after=2026-99-99-1", "after=٢٠٢٦", "branch=%27--", "why=" + "x" * 5000])
def test_an_address_that_makes_no_sense_is_the_plain_list_or_an_empty_one(cast, due, query):
    assert client_of(cast.noura).get(f"{URL}?{query}").status_code == 200


def test_a_hostile_list_in_the_form_is_the_plain_list(cast, due):
    url = reverse("requests:person_called", args=[due.pk])
    assert client_of(cast.noura).post(url, {"result": "x", "list": "branch=%00&category=%00"}).status_code == 422


# The screens


def test_the_list_is_in_the_menu_of_those_who_call(cast, day_one):
    link = f'href="{URL}"'
    shown = {name: link in read(getattr(cast, name), "/waiting/") for name in ("noura", "huda", "reem", "manager")}
    assert shown == {"noura": True, "huda": True, "reem": False, "manager": False}


def test_a_person_is_taken_called_and_confirmed(cast, due, day_one):
    officer = client_of(cast.noura)
    assert due.mobile not in read(cast.noura)
    officer.post(reverse("requests:person_call", args=[due.pk]))
    page = read(cast.noura)
    assert f'href="tel:{due.mobile}"' in page
    assert due.national_id[-4:] in page
    assert ReadRow.objects.filter(subject_id=str(due.pk), actor_id=cast.noura.pk).exists()
    assert "الاتصال به جارٍ الآن (نورة العتيبي)" in read(cast.saad)
    url = reverse("requests:person_called", args=[due.pk])
    assert officer.post(url, {"result": ""}).status_code == 422
    assert officer.post(url, {"result": "confirmed"}).status_code == 302
    assert f"{due.full_name}: أكّد بالهاتف" in officer.get(URL).content.decode()
    assert listed(cast.noura) == []
    due.refresh_from_db()
    assert due.confirmed_on == clock.today()


def test_the_first_button_of_the_form_records_nothing(cast, due):
    """Enter in the note presses it: no call is ever kept that nobody chose an outcome for."""
    begin_call(due, by=cast.noura)
    form = read(cast.noura).partition('class="card read calling"')[2].partition("<form")[2]
    assert re.search(r"<button[^>]*>", form)[0] == '<button class="sr" tabindex="-1" aria-hidden="true">'
    url = reverse("requests:person_called", args=[due.pk])
    reply = client_of(cast.noura).post(url, {"note": "بعد العصر"})
    assert (reply.status_code, Outreach.objects.count()) == (422, 0)
    assert 'value="بعد العصر"' in reply.content.decode()


def test_a_colleague_who_presses_too_late_reads_who_was_before_them(cast, due):
    begin_call(due, by=cast.noura)
    url = reverse("requests:person_call", args=[due.pk])
    reply = client_of(cast.saad).post(url, {"list": "why=stale"}, follow=True)
    assert "الاتصال به جارٍ الآن (نورة العتيبي)" in reply.content.decode()
    assert Calling.objects.get().by == cast.noura


def test_after_the_call_the_filters_are_kept_and_lead_nowhere_else(cast, due):
    begin_call(due, by=cast.noura)
    url = reverse("requests:person_called", args=[due.pk])
    reply = client_of(cast.noura).post(url, {"leave": "1", "list": "why=due&branch=main&next=https://example.org"})
    assert reply.url == f"{URL}?why=due&branch=main"


def test_the_paper_holds_the_numbers_and_every_name_on_it_was_looked_at(cast, due):
    page = read(cast.noura, reverse("requests:outreach_paper"))
    assert due.full_name in page
    assert "055 000" in re.sub(r"<[^>]+>", "", page)
    assert ReadRow.objects.filter(subject_id=str(due.pk), actor_id=cast.noura.pk).count() == 1


@pytest.mark.parametrize(("days", "words"), [(61, ""), (60, SOON), (1, SOON), (0, STALE)])
def test_the_counter_sees_it_in_the_results_and_on_the_file(cast, day_one, days, words):
    person = yearly(cast, "1009", first_name="راشد")
    stands(day_one, person, days=days)
    pages = [
        client_of(cast.noura).post(reverse("requests:counter_search"), {"q": "راشد العنزي"}).content.decode(),
        read(cast.noura, reverse("requests:person", args=[person.pk])),
    ]
    for page in pages:
        assert person.full_name in page
        assert {each for each in (STALE, SOON) if each in page} == ({words} if words else set())


@pytest.mark.parametrize(
    ("days", "words"), [(61, ""), (60, "موعد تجديد بيانات هذا الملف"), (0, "حان تجديد بيانات هذا الملف")]
)
def test_registering_says_that_it_confirms(cast, day_one, days, words):
    person = yearly(cast)
    stands(day_one, person, days=days)
    page = read(cast.noura, reverse("requests:register_for", args=[person.pk]))
    assert ("فتسجيل هذا الطلب بحضوره يؤكدها" in page) is bool(words)
    assert words in page


def test_where_nothing_is_renewed_nothing_is_flagged(cast, day_one):
    person = yearly(cast, first_name="راشد")
    stands(day_one, person, days=-900)
    Association.objects.update(renewal_months=0)
    page = read(cast.noura, reverse("requests:person", args=[person.pk]))
    assert not [each for each in (STALE, SOON) if each in page]
    assert listed(cast.noura) == listed(cast.noura, why="due") == []


def test_confirming_on_the_page_of_the_file_is_for_whoever_may_change_it(cast, due):
    url = reverse("requests:person_confirm", args=[due.pk])
    assert client_of(cast.manager).post(url).status_code == 404
    assert client_of(cast.huda).post(url).status_code == 404
    page = client_of(cast.noura).post(url, follow=True).content.decode()
    assert "أُكدت البيانات اليوم." in page
    assert STALE not in page


def test_the_list_asks_a_constant_number_of_queries(cast, day_one, django_assert_max_num_queries):
    person = yearly(cast)
    stands(day_one, person, days=-3)
    officer = client_of(cast.noura)
    officer.get(URL)
    with django_assert_max_num_queries(60) as few:
        officer.get(URL)
    for n in range(6):
        other = yearly(cast, str(3000 + n), confirmed_on="2024-01-01")
        Outreach.objects.create(
            person=other,
            channel="phone",
            mobile=other.mobile,
            result="no_answer",
            made_by=cast.saad,
            made_at="2025-01-01T09:00+03:00",
        )
    with django_assert_max_num_queries(len(few)):
        assert officer.get(URL).content.decode().count("reach-row") == 7
