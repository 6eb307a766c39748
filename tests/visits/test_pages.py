"""The researcher's list of visits and its small pages: what they show, to whom, and in how many questions."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beneficiaries.home.actions import settle_home
from requests.actions import take_for_research
from requests.models import Appointment, Exclusion
from tests.cast import client_of
from tests.visits.desk import at, living_in, planned, referred, tomorrow


def page(person, path: str = "/visits/") -> str:
    return client_of(person).get(path).content.decode()


@pytest.fixture
def visit(cast, day_one):
    person = living_in(cast, "النخيل", "الرياض", home={"short_code": "RAHA3124", "way_there": "خلف المسجد"})
    case = take_for_research(referred(cast, person), by=cast.reem)
    return planned(case, cast.reem, at("2026-11-22", 11), note="أحضر الاستمارة")


def test_a_visit_shows_what_is_needed_on_the_way(cast, visit):
    html = page(cast.reem)
    person = visit.case.person
    wanted = ["11:00 صباحًا", person.full_name, "النخيل، الرياض", "خلف المسجد", "أحضر الاستمارة", "لم تبدأ الدراسة"]
    assert [words for words in wanted if words not in html] == []
    assert f'href="tel:{person.mobile}"' in html
    [place] = re.findall(r'href="(https://www\.google\.com/[^"]*)"', html)
    assert place.endswith("query=RAHA3124")


def test_the_map_is_the_associations_choice_and_is_never_told_a_name(cast, visit, settings):
    settings.MAP_LINK = "geo:0,0?q={place}"
    settle_home(visit.case.person, by=cast.noura, short_code="", building_number="")
    [place] = re.findall(r'href="(geo:[^"]*)"', page(cast.reem))
    assert place == "geo:0,0?q=%D8%A7%D9%84%D9%86%D8%AE%D9%8A%D9%84%20%D8%A7%D9%84%D8%B1%D9%8A%D8%A7%D8%B6"


def test_the_days_stand_in_order_and_the_overdue_first(cast, visit, day_one):
    case = visit.case
    for start in (at("2026-11-22", 9, 30), at("2026-11-23", 10), at("2026-11-29", 10), at("2026-11-30", 10)):
        planned(case, cast.reem, start)
    day_one.move_to(at("2026-11-22", 23))
    html = page(cast.reem)
    places = [html.index(words) for words in ("اليوم</h2>", "9:30", "11:00", "غدًا</h2>", "10:00")]
    assert places == sorted(places)
    assert html.count('class="at">10:00') == 2  # the thirtieth lies beyond the week
    day_one.move_to(at("2026-11-23", 8))
    assert page(cast.reem).index("ما نتيجة هذه المواعيد؟") < page(cast.reem).index("اليوم</h2>")


def test_one_tap_records_what_came_of_it_and_one_takes_it_back(cast, visit, day_one):
    day_one.move_to(at("2026-11-22", 12))
    client, address = client_of(cast.reem), f"/requests/{visit.case.reference}/appointments/{visit.pk}/settle/"
    for state, stands in (("missed", "missed"), ("back", "planned"), ("held", "held"), ("nonsense", "held")):
        assert client.post(address, {"state": state}).status_code == 302
        visit.refresh_from_db()
        assert visit.state == stands


def test_a_case_without_an_appointment_is_shown_so(cast, visit):
    other = take_for_research(referred(cast), by=cast.reem)
    assert f"/requests/{other.reference}/appointments/new/?from=visits" in page(cast.reem)
    assert f"/requests/{visit.case.reference}/appointments/new/" not in page(cast.reem)


def test_each_sees_their_own_and_nothing_of_a_case_they_are_recused_from(cast, salem, visit):
    assert visit.case.person.full_name not in page(salem)
    Exclusion.objects.create(case=visit.case, user=cast.reem, why=Exclusion.Why.CONFLICT_DECLARED)
    assert visit.case.person.full_name not in page(cast.reem)


def test_any_number_of_visits_is_as_many_questions(cast, visit, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as one:
        page(cast.reem)
    for hour in (12, 13, 14):
        case = take_for_research(referred(cast, living_in(cast, "الربوة")), by=cast.reem)
        planned(case, cast.reem, at("2026-11-23", hour))
    with django_assert_max_num_queries(len(one.captured_queries) + 1):
        page(cast.reem)


def test_an_appointment_is_made_moved_and_cancelled_by_forms(cast, visit):
    client, start = client_of(cast.reem), f"/requests/{visit.case.reference}/appointments/"
    sent = {"how": "office", "day": "15/6/1448", "at": "10:00", "minutes": "30", "from": "visits"}
    assert client.post(f"{start}new/", sent).headers["Location"] == "/visits/"
    made = Appointment.objects.latest("pk")
    assert (made.starts_at, made.minutes) == (at("2026-11-25", 10), 30)
    assert "10:00" in client.get(f"{start}{made.pk}/move/").content.decode()
    reply = client.post(f"{start}{made.pk}/move/", sent | {"at": "11:00", "from": ""})
    assert reply.headers["Location"] == f"/requests/{visit.case.reference}/"
    assert client.post(f"{start}{made.pk}/cancel/", {"why": ""}).status_code == 422
    assert client.post(f"{start}{made.pk}/cancel/", {"why": "سفر"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.why) == ("cancelled", "سفر")


def test_a_taken_hour_is_refused_in_the_form_that_keeps_what_was_typed(cast, visit):
    sent = {"how": "home", "day": "22/11/2026", "at": "11:15", "minutes": "45", "note": "ورقة العقد"}
    reply = client_of(cast.reem).post(f"/requests/{visit.case.reference}/appointments/new/", sent)
    html = reply.content.decode()
    assert (reply.status_code, "موعد آخر في هذا الوقت" in html, "ورقة العقد" in html) == (422, True, True)


def test_a_friday_is_asked_about_once(cast, visit):
    sent = {"how": "home", "day": "27/11/2026", "at": "10:00", "minutes": "45"}
    client, address = client_of(cast.reem), f"/requests/{visit.case.reference}/appointments/new/"
    html = client.post(address, sent).content.decode()
    assert "ليس من أيام عمل الجمعية" in html
    assert 'name="anyway"' in html
    assert client.post(address, sent | {"anyway": "on"}).status_code == 302


def test_the_manager_reads_when_but_not_where_nor_why(cast, visit):
    Appointment.objects.update(place="بيت أخته")
    html = page(cast.manager, f"/requests/{visit.case.reference}/")
    assert "زيارة في المنزل" in html
    address = f"/requests/{visit.case.reference}/appointments/{visit.pk}/move/"
    html += page(cast.manager, address)
    assert [words for words in ("بيت أخته", "أحضر الاستمارة", visit.case.person.first_name) if words in html] == []
    sent = {"how": "home", "day": "24/11/2026", "at": "10:00", "minutes": "45", "note": "…"}
    assert client_of(cast.manager).post(address, sent).status_code == 302
    visit.refresh_from_db()
    assert (visit.place, visit.note, visit.day.day) == ("بيت أخته", "أحضر الاستمارة", 24)


def test_the_case_is_handed_over_by_a_form_that_says_who_is_busy(cast, salem, visit):
    client, address = client_of(cast.reem), f"/requests/{visit.case.reference}/hand-over/"
    assert "سالم الحازمي · لا دراسات مفتوحة" in client.get(address).content.decode()
    assert client.post(address, {"to": str(salem.pk), "why": ""}).status_code == 422
    assert client.post(address, {"to": str(cast.noura.pk), "why": "…"}).status_code == 422
    assert client.post(address, {"to": str(salem.pk), "why": "إجازة"}).status_code == 302
    assert client.get(address).status_code == 404


def test_an_appointment_of_another_case_is_not_there(cast, visit):
    other = take_for_research(referred(cast), by=cast.reem)
    for page_name in ("move", "cancel"):
        address = f"/requests/{other.reference}/appointments/{visit.pk}/{page_name}/"
        assert client_of(cast.reem).get(address).status_code == 404


def test_the_landing_page_leads_there(cast, visit):
    html = page(cast.reem, "/waiting/")
    assert "مواعيدي: موعد واحد اليوم" in html
    assert "مواعيدي" not in page(cast.noura, "/waiting/")


def test_each_look_at_the_list_leaves_its_row(cast, visit):
    from core.models import ReadRow

    planned(visit.case, cast.reem, tomorrow())
    page(cast.reem)
    assert ReadRow.objects.filter(what="visit", subject_id=str(visit.case.pk)).count() == 1
