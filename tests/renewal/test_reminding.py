"""Reminded unasked at sixty, thirty and seven days, once each; left in peace whoever should be (rule 7)."""

from datetime import timedelta

import pytest

from beneficiaries.models import Outreach, Person, PersonDocument, Suspension
from beneficiaries.renewal.actions import confirm
from core import clock
from core.models import OutboxRow, Reminder
from policies.models import Association, RequiredPaper
from requests import workflow
from requests.intake.actions import register
from requests.models import SupportRequest
from tests.beneficiaries.workbooks import SARA, brought_in
from tests.cast import new_case, new_person
from tests.renewal.desk import night_and_day, stands, told, yearly

RENEWAL = "renewal_reminder"


@pytest.mark.parametrize(
    ("days", "messages"), [(61, 0), (60, 1), (31, 1), (30, 1), (8, 1), (7, 1), (1, 1), (0, 0), (-5, 0)]
)
def test_each_distance_at_its_edge(cast, day_one, days, messages):
    person = yearly(cast)
    stands(day_one, person, days=days)
    night_and_day()
    assert told(person) == [RENEWAL] * messages


def test_three_messages_over_the_sixty_days_and_no_more(cast, day_one):
    person = yearly(cast)
    for days in (64, 61, 60, 59, 45, 31, 30, 29, 15, 8, 7, 6, 1, 0, -1, -3):
        stands(day_one, person, days=days)
        night_and_day()
        night_and_day()
    assert told(person) == [RENEWAL] * 3


def test_the_message_says_the_day_in_both_calendars(cast, day_one):
    person = yearly(cast)
    stands(day_one, person, days=60)
    night_and_day()
    assert OutboxRow.objects.get(event=RENEWAL).facts["due"] == "12 جمادى الآخرة 1449هـ الموافق 11 نوفمبر 2027م"


def test_days_on_which_nothing_ran_are_made_good_by_one_message(cast, day_one):
    person = yearly(cast)
    stands(day_one, person, days=5)
    night_and_day()
    assert told(person) == [RENEWAL]


def test_what_was_planned_and_swept_much_later_is_not_said_late(cast, day_one):
    """The worker was down from the sixtieth day to the twentieth: the message of thirty goes, not that of sixty too."""
    from requests.outreach import reminding

    person = yearly(cast)
    stands(day_one, person, days=60)
    reminding.plan()
    stands(day_one, person, days=20)
    night_and_day()
    assert told(person) == [RENEWAL]
    assert Reminder.objects.get(kind="renewal_60").outcome == "passed"


def test_whoever_confirmed_meanwhile_is_not_written_to(cast, day_one):
    from requests.outreach import reminding

    person = yearly(cast)
    stands(day_one, person, days=60)
    reminding.plan()
    confirm(person, by=cast.noura, how="counter")
    reminding.sweep()
    assert told(person) == []
    assert Reminder.objects.get(kind="renewal_60").outcome == "moved"


def test_next_year_they_are_reminded_again(cast, day_one):
    person = yearly(cast)
    stands(day_one, person, days=60)
    night_and_day()
    person = confirm(person, by=cast.noura, how="counter")
    stands(day_one, person, days=60)
    night_and_day()
    assert told(person) == [RENEWAL] * 2


def test_a_longer_period_set_meanwhile_moves_the_day(cast, day_one):
    from requests.outreach import reminding

    person = yearly(cast)
    stands(day_one, person, days=60)
    reminding.plan()
    Association.objects.update(renewal_months=24)
    reminding.sweep()
    assert told(person) == []
    stands(day_one, person, days=60)
    night_and_day()
    assert told(person) == [RENEWAL]


def test_a_setting_changed_to_and_fro_writes_once_a_week_at_most(cast, day_one):
    person = yearly(cast)
    stands(day_one, person, days=59)
    night_and_day()
    Association.objects.update(renewal_months=11)
    night_and_day()
    assert told(person) == [RENEWAL]


def test_an_association_that_renews_nothing_writes_to_nobody(cast, day_one):
    person = yearly(cast)
    stands(day_one, person, days=60)
    Association.objects.update(renewal_months=0)
    night_and_day()
    assert told(person) == []


# Whom


def test_without_a_relation_nobody_is_reminded(cast, day_one):
    person = new_person(by=cast.noura)
    stands(day_one, person, days=30)
    night_and_day()
    assert told(person) == []


def test_a_request_of_the_last_two_years_is_a_relation(cast, day_one):
    person = new_case(by=cast.noura).person
    stands(day_one, person, days=30)
    night_and_day()
    assert told(person) == [RENEWAL]
    Person.objects.filter(pk=person.pk).update(confirmed_on=clock.today() + timedelta(days=400))
    person.refresh_from_db()
    stands(day_one, person, days=30)
    night_and_day()
    assert told(person) == [RENEWAL]  # by then the request is older than two years


def test_a_request_under_a_merged_file_is_a_relation_of_the_current_one(cast, day_one):
    case, current = new_case(by=cast.noura), new_person(by=cast.noura)
    Person.objects.filter(pk=case.person.pk).update(merged_into=current)
    stands(day_one, current, days=30)
    night_and_day()
    assert (told(case.person), told(current)) == ([], [RENEWAL])


def test_whoever_was_brought_in_from_the_own_lists_is_reminded_until_the_import_is_undone(cast, day_one):
    brought = brought_in(cast, SARA)
    person = Person.objects.get()
    stands(day_one, person, days=60)
    night_and_day()
    assert told(person) == [RENEWAL]
    brought.rows.update(outcome="undone")  # the file stays where somebody used it since
    stands(day_one, person, days=30)
    night_and_day()
    assert told(person) == [RENEWAL]


def test_the_dead_are_left_in_peace(cast, day_one):
    case = new_case(by=cast.noura)
    Person.objects.filter(pk=case.person.pk).update(file_number="1001")
    workflow.perform(case, "close", by=cast.manager, close_reason="death")
    stands(day_one, case.person, days=30)
    night_and_day()
    assert RENEWAL not in told(case.person)


@pytest.mark.parametrize(("state", "messages"), [("in_force", 0), ("proposed", 1), ("lifted", 1)])
def test_the_suspended_are_not_reminded(cast, day_one, state, messages):
    person = yearly(cast)
    stands(day_one, person, days=30)
    facts = {"person": person, "what": "…", "told_text": "…", "proposed_by": cast.noura, "state": state}
    if state != "proposed":
        facts |= {"settled_by": cast.manager, "settled_at": clock.now()}
    if state == "lifted":
        facts |= {"lifted_by": cast.manager, "lifted_at": clock.now(), "lifted_why": "صحّت البيانات"}
    Suspension.objects.create(**facts)
    night_and_day()
    assert told(person) == [RENEWAL] * messages


@pytest.mark.parametrize(("channel", "messages"), [("phone", 0), ("letters", 0), ("interview", 1), ("", 1)])
def test_who_wants_to_be_called_or_written_to_is_not_texted(cast, day_one, channel, messages):
    person = yearly(cast, preferred_channel=channel)
    stands(day_one, person, days=30)
    night_and_day()
    assert told(person) == [RENEWAL] * messages


def test_without_a_mobile_nothing_is_promised(cast, day_one):
    person = yearly(cast)
    Person.objects.filter(pk=person.pk).update(mobile="")
    stands(day_one, person, days=30)
    night_and_day()
    assert not Reminder.objects.filter(kind__startswith="renewal").exists()


def test_a_number_that_is_not_theirs_is_not_texted_until_it_is_another(cast, day_one):
    person = yearly(cast)
    stands(day_one, person, days=30)
    row = {"person": person, "channel": "phone", "mobile": person.mobile, "made_by": cast.noura}
    Outreach.objects.create(result="wrong_number", **row)
    night_and_day()
    assert told(person) == []
    Person.objects.filter(pk=person.pk).update(mobile="+966550009999")
    night_and_day()
    assert told(person) == [RENEWAL]


@pytest.mark.parametrize(("later", "messages"), [(0, 0), (1, 1)])
def test_a_number_confirmed_on_a_later_day_is_theirs_again(cast, day_one, later, messages):
    person = yearly(cast)
    row = {"person": person, "channel": "phone", "mobile": person.mobile, "made_by": cast.noura}
    Outreach.objects.create(result="wrong_number", **row)
    day_one.shift(timedelta(days=later))
    person = confirm(person, by=cast.noura, how="counter")
    stands(day_one, person, days=30)
    night_and_day()
    assert told(person) == [RENEWAL] * messages


def test_who_declined_is_asked_again_only_after_the_next_confirmation(cast, day_one):
    person = yearly(cast)
    stands(day_one, person, days=60)
    Outreach.objects.create(person=person, channel="phone", mobile=person.mobile, result="declined", made_by=cast.noura)
    night_and_day()
    assert told(person) == []
    day_one.shift(timedelta(days=2))
    person = confirm(person, by=cast.noura, how="counter")
    stands(day_one, person, days=60)
    night_and_day()
    assert told(person) == [RENEWAL]


# Papers


@pytest.fixture
def paper(cast, day_one):
    """A paper that a service asks for, of a person with a yearly file, good for a hundred days."""
    person, asked = yearly(cast, preferred_channel=""), RequiredPaper.objects.first()
    until = clock.today() + timedelta(days=100)
    return PersonDocument.objects.create(person=person, code=asked.code, label=asked.label, valid_until=until)


def papers_in(day_one, paper, days: int) -> list[str]:
    day_one.move_to(f"{paper.valid_until - timedelta(days=days)}T10:00:00+03:00", tick=False)
    night_and_day()
    return told(paper.person)


@pytest.mark.parametrize(("days", "messages"), [(61, 0), (60, 1), (31, 1), (30, 1), (7, 1), (1, 1), (0, 0)])
def test_papers_are_reminded_of_at_the_same_distances(day_one, paper, days, messages):
    assert papers_in(day_one, paper, days) == ["documents_expiring"] * messages


def test_two_papers_of_one_day_are_one_message(day_one, paper):
    other = RequiredPaper.objects.exclude(code=paper.code).first()
    PersonDocument.objects.create(
        person=paper.person, code=other.code, label=other.label, valid_until=paper.valid_until
    )
    assert papers_in(day_one, paper, 30) == ["documents_expiring"]
    assert OutboxRow.objects.get(event="documents_expiring").facts["papers"] == f"{paper.label}، {other.label}"


def test_a_paper_renewed_meanwhile_is_not_spoken_of(day_one, paper):
    from requests.outreach import reminding

    day_one.move_to(f"{paper.valid_until - timedelta(days=30)}T10:00:00+03:00", tick=False)
    reminding.plan()
    PersonDocument.objects.update(valid_until=paper.valid_until + timedelta(days=300))
    reminding.sweep()
    assert told(paper.person) == []


def test_a_paper_that_no_service_asks_for_is_nobodys_business(day_one, paper):
    PersonDocument.objects.update(code="old-paper")
    assert papers_in(day_one, paper, 30) == []


def test_without_open_request_or_yearly_file_papers_are_left_alone(day_one, paper):
    Person.objects.filter(pk=paper.person.pk).update(file_number=None)
    assert papers_in(day_one, paper, 30) == []


# What confirms a file


def test_a_request_taken_with_the_person_confirms_their_data(cast, day_one):
    first = new_case(by=cast.noura)
    day_one.move_to("2027-06-01T09:00:00+03:00", tick=False)
    registered(first, cast, informed=True)
    first.person.refresh_from_db()
    assert str(first.person.confirmed_on) == "2027-06-01"


def test_a_request_by_letter_confirms_nothing(cast, day_one):
    first = new_case(by=cast.noura)
    day_one.move_to("2027-06-01T09:00:00+03:00", tick=False)
    registered(first, cast, informed=False)
    first.person.refresh_from_db()
    assert str(first.person.confirmed_on) == "2026-11-22"


def registered(case: SupportRequest, cast, *, informed: bool) -> SupportRequest:
    from requests.intake.actions import Submission

    channel = "interview" if informed else "letters"
    submission = Submission(service=case.service, channel=channel, need="…", informed=informed, signed="paper")
    return register(by=cast.noura, person=case.person, facts={}, submission=submission)
