"""What stands on the one page of a case, and in which order: enough to decide without a second window."""

from datetime import timedelta

from django.urls import reverse

from committee import actions
from committee.meetings import actions as meetings
from committee.minutes.actions import draft
from committee.models import AgendaItem
from policies.models import NeedBand
from requests import workflow
from requests.models import StudyResult
from requests.visits.rules import valid_until
from tests.appeal.desk import objected
from tests.cast import client_of, new_case, walk

EXAMPLE = "مثال، تعدّله الجمعية"


def page_of(person, case) -> str:
    return client_of(person).get(reverse("committee:case", args=[case.reference])).content.decode()


def letter(case) -> str:
    return reverse("requests:decision_letter", args=[case.reference])


def summary_of(page: str) -> str:
    return page.split('id="summary"')[1].split("</section>")[0]


def test_the_band_stands_in_the_summary_with_its_mark(item, cast):
    found = summary_of(page_of(cast.member1, item.case))
    assert item.case.study.band in found
    assert EXAMPLE in found


def test_a_band_of_the_associations_own_table_bears_no_mark(cast, day_one):
    NeedBand.objects.update(is_example=False)
    case = walk(new_case(by=cast.noura), cast, to="committee_review")
    assert not StudyResult.objects.get(study__case=case).by_example
    found = summary_of(page_of(cast.member1, case))
    assert case.study.band in found
    assert EXAMPLE not in found


def test_the_recommendation_says_of_which_kind_and_for_how_long(item, cast):
    study = item.case.study
    study.kind, study.months = "transfer", 3
    study.save()
    found = page_of(cast.member1, item.case).split('id="recommendation"')[1].split("</section>")[0]
    assert "مبلغ بتحويل بنكي" in found
    assert "على 3 أشهر" in found


def test_until_when_the_study_is_valid_is_said_while_it_is(item, cast, day_one):
    last = valid_until(item.case.study)
    day_one.move_to(f"{last}T23:00:00+03:00", tick=False)
    assert "الدراسة صالحة حتى" in page_of(cast.member1, item.case)
    day_one.move_to(f"{last + timedelta(days=1)}T00:30:00+03:00", tick=False)
    page = page_of(cast.member1, item.case)
    assert "الدراسة صالحة حتى" not in page
    assert "انتهت صلاحية الدراسة" in page


def test_a_conflict_is_declared_before_the_vote(item, cast):
    page = page_of(cast.member1, item.case)
    assert page.index(reverse("committee:conflict", args=[item.case.reference])) < page.index('name="choice"')


def test_whoever_issues_and_the_secretary_read_the_letter_and_members_do_not(carried, cast):
    assert all(letter(carried) in page_of(person, carried) for person in (cast.chair, cast.secretary))
    assert letter(carried) not in page_of(cast.member1, carried)
    assert client_of(cast.secretary).get(letter(carried)).status_code == 200
    queue = reverse("committee:queue")
    assert letter(carried) in client_of(cast.secretary).get(queue).content.decode()
    assert letter(carried) not in client_of(cast.member1).get(queue).content.decode()


def test_the_letter_of_an_issued_decision_is_read_from_the_case(carried, cast, day_one):
    day_one.move_to(f"{carried.earliest_decision_on}T10:00:00+03:00", tick=False)
    actions.issue(carried, by=cast.chair)
    assert "خطاب هذا القرار" in page_of(cast.secretary, carried)
    assert client_of(cast.secretary).get(letter(carried)).status_code == 200


def test_the_second_hearing_leads_to_the_minutes_of_the_first(case_at, cast):
    case = case_at("rejected")
    minutes = draft(AgendaItem.objects.get(case=case).meeting, by=cast.secretary)
    objected(case, cast)
    workflow.perform(case, "reopen_on_appeal", by=cast.secretary)
    there = reverse("committee:minutes", args=[minutes.year, minutes.number])
    page = page_of(cast.secretary, case)
    assert there in page
    assert "محضر القرار الأول" in page


def test_the_decision_objected_to_is_called_the_first_and_not_final(case_at, cast):
    case = case_at("rejected")
    objected(case, cast)
    workflow.perform(case, "reopen_on_appeal", by=cast.secretary)
    found = page_of(cast.secretary, case).split('id="issuing"')[1]
    assert "القرار الأول" in found
    assert "نهائي" not in found


def test_a_first_hearing_leads_to_no_earlier_minutes(item, cast):
    assert "محضر القرار الأول" not in page_of(cast.secretary, item.case)


def test_a_case_left_over_says_so_and_counts_nobody_in_a_room_that_is_empty(item, cast):
    meetings.close_meeting(item.meeting, by=cast.secretary)
    page = page_of(cast.secretary, item.case)
    assert "لم يُصوَّت على الطلب في الاجتماع 1، فينتقل إلى الاجتماع التالي" in page
    assert "صوّت 0 من 0" not in page
    assert "لم يكتمل النصاب" not in page


def test_when_all_is_voted_the_next_act_is_to_close_the_meeting(item, cast, votes):
    def next_act() -> bool:
        there = reverse("committee:meeting", args=[item.meeting.number])
        return '<summary class="btn wide primary">' in client_of(cast.secretary).get(there).content.decode()

    assert not next_act()
    votes(yes=cast.voters[1:4])
    assert not next_act(), "the votes are still to be closed"
    actions.close_vote(item, by=cast.secretary)
    assert next_act()
