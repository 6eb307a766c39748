"""Votes: who casts them, how they are counted, and what follows from the count (rule 5)."""

from datetime import date, timedelta

import pytest

from committee import actions, rules, sheet
from committee.meetings import actions as meetings
from committee.models import AgendaItem, Motion, SeatRole, Vote
from committee.seats import actions as seats
from core import clock
from core.errors import Refused
from oversight.demo.walk import accept_papers, open_meeting
from policies.models import Association
from requests import workflow
from requests.models import Decision, Exclusion
from tests.cast import new_case, walk


@pytest.mark.parametrize(
    ("yes", "no", "abstained", "result"),
    [
        (1, 0, 4, "carried"),
        (3, 2, 0, "carried"),
        (2, 2, 1, "tied"),
        (0, 0, 5, "tied"),
        (1, 2, 2, "lost"),
        (0, 1, 4, "lost"),
    ],
)
def test_more_yes_than_no_carries(yes, no, abstained, result):
    assert rules.Tally(yes=yes, no=no, abstained=abstained).result == result


@pytest.mark.parametrize(("chair", "result"), [("yes", "carried"), ("no", "lost"), ("abstain", "tied"), ("", "tied")])
def test_the_casting_vote_decides_a_tie_either_way(chair, result):
    assert rules.Tally(yes=2, no=2, abstained=0, casting=chair).result == result


@pytest.mark.parametrize(("yes", "no", "result"), [(3, 2, "carried"), (2, 3, "lost")])
def test_the_casting_vote_decides_nothing_but_a_tie(yes, no, result):
    against = "no" if result == "carried" else "yes"
    assert rules.Tally(yes=yes, no=no, abstained=0, casting=against).result == result


def close(item, cast):
    return actions.close_vote(item, by=cast.secretary)


def test_a_carried_motion_is_proposed_by_the_secretary(item, cast, votes):
    votes(yes=cast.voters[:3], no=[cast.member2], abstain=[cast.member3])
    close(item, cast)
    decision = item.case.decisions.get()
    assert (decision.outcome, decision.proposed_by, decision.settled_at) == ("approve", cast.secretary, None)
    assert (decision.yes, decision.no, decision.abstained, decision.present, decision.seats) == (3, 1, 1, 5, 5)


def test_nobody_but_the_secretary_closes_the_vote(item, cast, votes):
    votes(yes=cast.voters[:3])
    with pytest.raises(Refused, match="أمين اللجنة"):
        actions.close_vote(item, by=cast.chair)


def test_a_vote_nobody_cast_is_not_closed(item, cast):
    with pytest.raises(Refused, match="لم يصوّت أحد"):
        close(item, cast)


def test_a_tie_postpones_the_case_and_decides_nothing(item, cast, votes):
    votes(yes=cast.voters[:2], no=cast.voters[2:4])
    assert close(item, cast).result == Motion.Result.TIED
    item.case.refresh_from_db()
    assert item.case.postponed_until == clock.today() + actions.POSTPONED_FOR
    assert not item.case.decisions.exists()


def test_with_the_setting_on_the_chairs_vote_decides_the_tie(item, cast, votes):
    Association.objects.update(casting_vote=True)
    votes(yes=[cast.chair, cast.deputy], no=cast.voters[2:4])
    assert close(item, cast).result == Motion.Result.CARRIED
    assert item.case.decisions.get().casting_vote


def test_with_the_setting_on_the_chairs_no_loses_the_tie(item, cast, votes):
    Association.objects.update(casting_vote=True)
    votes(no=[cast.chair, cast.deputy], yes=cast.voters[2:4])
    assert close(item, cast).result == Motion.Result.LOST


def test_a_lost_motion_gives_way_to_another(item, cast, votes):
    votes(no=cast.voters[:3])
    assert close(item, cast).result == Motion.Result.LOST
    actions.put_motion(item, by=cast.secretary, outcome="approve", what="سداد شهر واحد", amount=1000, reasons="قُسّم.")
    votes(yes=cast.voters[:3])
    close(item, cast)
    assert item.case.decisions.get().what == "سداد شهر واحد"


def test_another_motion_waits_while_votes_are_cast(item, cast, votes):
    votes(yes=[cast.chair])
    with pytest.raises(Refused, match="التصويت جارٍ"):
        actions.put_motion(item, by=cast.secretary, outcome="reject", reasons="الدخل يكفي.")


def test_a_recused_members_vote_does_not_keep_another_motion_waiting(item, cast, votes):
    votes(yes=[cast.member1])
    actions.declare_conflict(item.case, by=cast.member1, why="قرابة")
    assert rules.why_not_put(item, by=cast.secretary) is None


def replaced(item, cast, votes) -> Motion:
    """The recommendation, with the vote of a member who recused themselves, after another proposal took its place."""
    votes(yes=[cast.member1])
    actions.declare_conflict(item.case, by=cast.member1, why="قرابة")
    first = rules.open_motion(item)
    actions.put_motion(item, by=cast.secretary, outcome="reject", reasons="الدخل يكفي.")
    first.refresh_from_db()
    return first


def test_a_motion_that_another_replaced_stays_with_its_votes(item, cast, votes):
    first = replaced(item, cast, votes)
    assert (first.result, first.closed_at) == (Motion.Result.REPLACED, clock.now())
    assert first.votes.get().seat.user == cast.member1


def test_a_replaced_motion_is_counted_nowhere(item, cast, votes):
    replaced(item, cast, votes)
    assert not item.motions.exclude(yes=None).exists()
    shown = sheet.ballot(item, by=cast.chair)
    assert (shown["closed"], shown["cast"]) == ([], 0)
    votes(yes=[cast.chair, cast.deputy])
    assert close(item, cast).outcome == "reject"
    assert item.case.decisions.get().yes == 2
    assert [motion.outcome for motion in item.motions.exclude(yes=None)] == ["reject"]


def test_a_proposal_put_after_a_lost_one_replaces_nothing(item, cast, votes):
    votes(no=cast.voters[:3])
    lost = close(item, cast)
    actions.put_motion(item, by=cast.secretary, outcome="reject", reasons="الدخل يكفي.")
    lost.refresh_from_db()
    assert lost.result == Motion.Result.LOST


def test_a_rejection_needs_reasons(item, cast):
    with pytest.raises(Refused, match="اكتب الأسباب"):
        actions.put_motion(item, by=cast.secretary, outcome="reject", reasons="  ")


def test_a_vote_is_changed_until_the_vote_is_closed(item, cast, votes):
    votes(yes=[cast.chair, *cast.voters[2:]])
    votes(no=[cast.chair])
    assert Vote.objects.get(seat__user=cast.chair).choice == "no"
    close(item, cast)
    with pytest.raises(Refused, match="أُغلق التصويت"):
        actions.cast_vote(item, by=cast.chair, choice="yes")


def test_a_recused_vote_never_counts(item, cast, votes):
    votes(yes=[cast.member1], no=[cast.chair])
    actions.declare_conflict(item.case, by=cast.member1, why="قرابة")
    assert close(item, cast).result == Motion.Result.LOST


def leave(item, cast, person) -> None:
    seat = person.seats.get()
    meetings.mark_attendance(item.meeting, by=cast.secretary, seat=seat, present=False)


def arrive(item, cast, person) -> None:
    seat = person.seats.get()
    meetings.mark_attendance(item.meeting, by=cast.secretary, seat=seat, present=True)


def test_a_voice_stands_when_its_member_has_left_the_room(item, cast, votes):
    """Else whoever marks the attendance could take a voice away. Present is told with those who voted and left."""
    votes(yes=[cast.member1, cast.member2], no=[cast.chair])
    leave(item, cast, cast.member1)
    motion = close(item, cast)
    assert (motion.result, motion.yes, motion.present) == (Motion.Result.CARRIED, 2, 5)


def test_the_page_counts_the_voice_of_whoever_left_among_those_that_may_come(item, cast, votes):
    votes(yes=[cast.member1])
    leave(item, cast, cast.member1)
    page = sheet.ballot(item, by=cast.chair)
    assert (page["cast"], page["of"], page["quorum"].present) == (1, 5, 4)


def test_more_voices_than_people_still_in_the_room_are_carried(item, cast, votes):
    votes(yes=cast.voters[:3], no=cast.voters[3:])
    for person in cast.voters[3:]:
        leave(item, cast, person)
    close(item, cast)
    decision = item.case.decisions.get()
    assert (decision.yes, decision.no, decision.present) == (3, 2, 5)


def test_of_two_alternates_the_one_who_voted_first_keeps_the_place(item, cast, votes):
    seats.appoint(by=cast.manager, user=cast.manager, role=SeatRole.ALTERNATE, starts_on=date(2020, 1, 1))
    leave(item, cast, cast.member1)
    for person in (cast.alternate, cast.manager):
        arrive(item, cast, person)
    votes(yes=[cast.alternate])
    leave(item, cast, cast.alternate)
    with pytest.raises(Refused, match="البديل"):
        actions.cast_vote(item, by=cast.manager, choice="no")
    arrive(item, cast, cast.alternate)
    votes(no=[cast.alternate])


def test_a_voice_meant_for_another_proposal_is_refused(item, cast):
    read = {rules.open_motion(item).pk}
    actions.put_motion(item, by=cast.secretary, outcome="reject", reasons="الدخل كافٍ.")
    with pytest.raises(Refused, match="تغيّر ما أمامك"):
        actions.cast_vote(item, by=cast.member1, choice="yes", read=read)
    assert actions.cast_vote(item, by=cast.member1, choice="no", read={rules.open_motion(item).pk})
    with pytest.raises(Refused, match="تغيّر ما أمامك"):
        actions.close_vote(item, by=cast.secretary, read=read)


def test_an_issuing_meant_for_another_decision_is_refused(carried, cast, day_one):
    day_one.move_to(f"{carried.earliest_decision_on}T09:00:00+03:00")
    read = carried.decisions.get().pk
    with pytest.raises(Refused, match="تغيّر ما أمامك"):
        actions.issue(carried, by=cast.chair, read={read + 1})
    assert actions.issue(carried, by=cast.chair, read={read}).state == "approved"


def test_a_voice_of_a_member_who_left_makes_no_quorum(item, cast, votes):
    votes(yes=cast.voters)
    for person in cast.voters[:3]:
        leave(item, cast, person)
    with pytest.raises(Refused, match="النصاب"):
        close(item, cast)


def test_an_alternate_has_no_voice_beside_that_of_the_member_who_left(item, cast, votes):
    votes(yes=[cast.member1])
    leave(item, cast, cast.member1)
    arrive(item, cast, cast.alternate)
    with pytest.raises(Refused, match="البديل"):
        actions.cast_vote(item, by=cast.alternate, choice="no")


def test_an_alternates_voice_gives_way_to_the_member_who_comes_back(item, cast, votes):
    leave(item, cast, cast.member1)
    arrive(item, cast, cast.alternate)
    votes(no=[cast.alternate], yes=[cast.chair])
    arrive(item, cast, cast.member1)
    votes(yes=[cast.member1])
    motion = close(item, cast)
    assert (motion.yes, motion.no) == (2, 0)
    assert not motion.votes.get(seat__user=cast.alternate).counted


def test_a_conflict_closes_the_file(item, cast):
    actions.declare_conflict(item.case, by=cast.member1, why="قرابة")
    assert not type(item.case).objects.visible_to(cast.member1).filter(pk=item.case.pk).exists()


@pytest.mark.parametrize("why", [Exclusion.Why.VERIFIER, Exclusion.Why.RESEARCHER])
def test_the_verifier_and_the_researcher_do_not_vote(item, cast, why):
    Exclusion.objects.create(case=item.case, user=cast.member1, why=why)
    with pytest.raises(Refused, match="دورًا سابقًا"):
        actions.cast_vote(item, by=cast.member1, choice="yes")


def test_the_workflow_itself_excludes_the_verifier_and_the_researcher(item, cast):
    rows = item.case.exclusions.filter(why__in=Exclusion.FROM_DECIDING)
    assert set(rows.values_list("user__username", "why")) == {
        ("noura", "entered"),
        ("noura", "verifier"),
        ("reem", "researcher"),
    }


def test_the_secretary_does_not_vote(item, cast):
    assert rules.why_not_vote(item, by=cast.secretary) == "التصويت لأعضاء اللجنة وحدهم."


def test_a_member_who_is_not_marked_present_does_not_vote(cast, case_at):
    case = case_at("committee_review")
    item = AgendaItem.objects.get(meeting=open_meeting(cast, present=cast.voters[:3]), case=case)
    assert "لم يُسجَّل حضورك" in rules.why_not_vote(item, by=cast.member3)


def test_no_vote_outside_an_open_meeting(item, cast):
    meetings.close_meeting(item.meeting, by=cast.secretary)
    with pytest.raises(Refused, match="الاجتماع مغلق"):
        actions.cast_vote(item, by=cast.chair, choice="yes")


def test_a_vote_left_open_goes_to_the_next_meeting(item, cast, votes):
    votes(yes=cast.voters[:3])
    meetings.close_meeting(item.meeting, by=cast.secretary)
    again = AgendaItem.objects.get(meeting=open_meeting(cast), case=item.case)
    assert rules.open_motion(again).votes.count() == 0


def ask_for_papers(item, cast, votes):
    check = item.case.checks.first()
    papers = {check.code: check.label, "extra-9": "خطاب من المدرسة"}
    actions.put_motion(item, by=cast.secretary, outcome="ask_for_papers", papers=papers, reasons="للتأكد من السكن")
    votes(yes=cast.voters[:3])
    close(item, cast)
    item.case.refresh_from_db()
    return item.case


def test_asking_for_papers_is_carried_out_at_once(item, cast, votes):
    case = ask_for_papers(item, cast, votes)
    assert (case.state, case.came_from) == ("awaiting_documents", "committee_review")
    assert [check.label for check in case.checks.all() if not check.settled] == [
        case.checks.first().label,
        "خطاب من المدرسة",
    ]


def test_complete_papers_come_back_to_the_committee_with_the_same_date(item, cast, votes):
    earliest = item.case.earliest_decision_on
    case = ask_for_papers(item, cast, votes)
    accept_papers(case, by=cast.noura)
    case = workflow.perform(case, "papers_complete", by=cast.noura)
    assert (case.state, case.earliest_decision_on) == ("committee_review", earliest)
    assert not case.decisions.filter(settled_at=None).exists()
    assert rules.why_not_put(AgendaItem.objects.get(pk=item.pk), by=cast.secretary) is None


def test_the_secretary_alone_cannot_ask_for_papers(item, cast):
    with pytest.raises(Refused):
        workflow.perform(item.case, "ask_for_papers", by=cast.secretary, papers={"x": "ورقة"})


def test_returning_to_research_opens_the_study_again(item, cast, votes):
    actions.put_motion(item, by=cast.secretary, outcome="return_to_research", reasons="زيارة ثانية")
    votes(yes=cast.voters[:3])
    close(item, cast)
    item.case.refresh_from_db()
    assert (item.case.state, item.case.study.completed_at) == ("social_research", None)


def test_a_postponement_holds_the_issuing_but_never_moves_the_date(item, cast, votes):
    until = clock.today() + timedelta(days=30)
    actions.put_motion(item, by=cast.secretary, outcome="postpone", until=until, reasons="سفر صاحب الطلب")
    votes(yes=cast.voters[:3])
    close(item, cast)
    earliest = item.case.earliest_decision_on
    item.case.refresh_from_db()
    assert (item.case.postponed_until, item.case.earliest_decision_on) == (until, earliest)
    assert not Decision.objects.exists()


def test_the_agenda_is_frozen_when_the_meeting_opens(item, cast):
    later = walk(new_case(by=cast.noura), cast, to="committee_review")
    assert not item.meeting.items.filter(case=later).exists()
