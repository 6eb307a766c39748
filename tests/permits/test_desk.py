"""The desk's list and page: what leads on, who may, and the sentence that says why not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from core.errors import Refused
from core.models import OutboxRow
from requests import workflow
from requests.models import ProgrammePermit
from tests.cast import client_of
from tests.public.desk import asked


def act(person, permit, action: str, **facts):
    url = f"/programmes/{permit.reference}/do/{action}/"
    return client_of(person).post(url, {f"{action}-{name}": value for name, value in facts.items()})


def test_it_is_raised_with_the_authoritys_number(dawah, permit):
    assert act(dawah.noura, permit, "raise_to_authority", external_reference="T-77").status_code == 302
    permit.refresh_from_db()
    assert (permit.state, permit.external_reference) == ("raised", "T-77")
    assert OutboxRow.objects.filter(event="permit_raised").count() == 1


def test_without_the_number_it_is_not_raised(dawah, permit):
    response = act(dawah.noura, permit, "raise_to_authority", external_reference=" ")
    assert response.status_code == 422
    assert "تيسير" in response.content.decode()
    permit.refresh_from_db()
    assert permit.state == "proposed"


@pytest.mark.parametrize("day", [22, 23])
def test_an_answer_is_recorded_on_its_day(dawah, permit_at, day_one, day):
    permit = permit_at("raised")
    day_one.shift(timedelta(days=3))
    act(dawah.noura, permit, "record_issued", answered_on=f"{day}/11/2026")
    permit.refresh_from_db()
    assert (permit.state, permit.answered_on.day) == ("issued", day)


@pytest.mark.parametrize("action", ["record_issued", "record_refused"])
def test_an_answer_is_not_older_than_the_question(dawah, permit_at, action):
    permit = permit_at("raised")
    response = act(dawah.noura, permit, action, answered_on="21/11/2026", answer_note="نعم")
    assert response.status_code == 422
    assert "22 نوفمبر 2026" in response.content.decode()
    permit.refresh_from_db()
    assert (permit.state, permit.answered_on) == ("raised", None)


def test_the_database_refuses_an_answer_older_than_the_question(dawah, permit_at):
    permit = permit_at("issued")
    with pytest.raises(IntegrityError, match="answered_on_or_after_the_day_raised"):
        ProgrammePermit.objects.filter(pk=permit.pk).update(answered_on="2026-11-21")


def test_a_proposal_is_withdrawn_with_its_reason_and_a_second_thought(dawah, permit):
    assert act(dawah.noura, permit, "withdraw").status_code == 422
    assert act(dawah.noura, permit, "withdraw", why="سافر").status_code == 422
    assert act(dawah.noura, permit, "withdraw", sure="on").status_code == 422
    permit.refresh_from_db()
    assert permit.state == "proposed"
    assert act(dawah.noura, permit, "withdraw", why="سافر", sure="on").status_code == 302
    permit.refresh_from_db()
    assert (permit.state, permit.steps.latest("pk").why) == ("withdrawn", "سافر")


def test_the_reason_is_asked_whoever_calls(dawah, permit):
    with pytest.raises(Refused, match="اكتب السبب"):
        workflow.perform(permit, "withdraw", by=dawah.noura)


@pytest.mark.parametrize("state", ["proposed", "raised", "issued"])
def test_no_two_buttons_of_a_page_say_the_same(dawah, permit_at, state):
    page = client_of(dawah.noura).get(f"/programmes/{permit_at(state).reference}/")
    said = [str(action["submit"]) for action in page.context["actions"]]
    assert len(set(said)) == len(said)
    assert all(f">{each}</button>" in page.content.decode() for each in said)


def test_an_answer_without_a_day_is_todays(dawah, permit_at):
    permit = permit_at("raised")
    act(dawah.noura, permit, "record_issued")
    permit.refresh_from_db()
    assert permit.answered_on.isoformat() == "2026-11-22"


def test_an_answer_is_not_from_tomorrow(dawah, permit_at):
    permit = permit_at("raised")
    assert act(dawah.noura, permit, "record_issued", answered_on="23/11/2026").status_code == 422


def test_a_refusal_says_what_the_authority_said(dawah, permit_at):
    permit = permit_at("raised")
    assert act(dawah.noura, permit, "record_refused").status_code == 422
    assert act(dawah.noura, permit, "record_refused", answer_note="غيّروا الموقع").status_code == 302
    permit.refresh_from_db()
    assert (permit.state, permit.answer_note) == ("refused", "غيّروا الموقع")


def test_the_approval_is_handed_over(dawah, permit_at):
    permit = permit_at("issued")
    act(dawah.noura, permit, "hand_over")
    permit.refresh_from_db()
    assert permit.state == "handed_over"


def test_a_step_out_of_its_order_is_refused_with_a_sentence(dawah, permit):
    response = act(dawah.noura, permit, "hand_over")
    assert response.status_code == 422
    permit.refresh_from_db()
    assert permit.state == "proposed"


@pytest.mark.parametrize("action", ["propose", "delete", "save"])
def test_an_unknown_action_is_not_found(dawah, permit, action):
    assert act(dawah.noura, permit, action).status_code == 404


def test_an_action_is_not_done_by_opening_a_link(dawah, permit):
    assert client_of(dawah.noura).get(f"/programmes/{permit.reference}/do/withdraw/").status_code == 405


def test_the_manager_reads_and_is_told_whose_step_it_is(dawah, permit):
    page = client_of(dawah.manager).get(f"/programmes/{permit.reference}/").content.decode()
    assert 'aria-disabled="true"' in page
    assert "هذه الخطوة من عمل" in page
    assert act(dawah.manager, permit, "withdraw").status_code == 422


@pytest.mark.parametrize("who", ["reem", "editor"])
def test_others_find_nothing(dawah, permit, who):
    person = client_of(getattr(dawah, who))
    assert person.get("/programmes/").status_code == 404
    assert person.get(f"/programmes/{permit.reference}/").status_code == 404


def test_the_page_shows_its_history(dawah, permit_at):
    page = client_of(dawah.noura).get(f"/programmes/{permit_at('raised').reference}/").content.decode()
    assert "المتطوع" in page.split('class="history"')[1]
    assert "نورة العتيبي" in page.split('class="history"')[1]


def test_an_ended_programme_leaves_nothing_to_do(dawah, permit_at):
    page = client_of(dawah.noura).get(f"/programmes/{permit_at('handed_over').reference}/").content.decode()
    assert "لم يبق ما يُعمل" in page


def test_the_list_groups_by_state_and_the_oldest_stands_first(dawah, permit_at, day_one):
    raised = permit_at("raised")
    first = permit_at("proposed")
    day_one.shift(3600)
    second = permit_at("proposed")
    groups = client_of(dawah.noura).get("/programmes/").context["groups"]
    assert [group["permits"] for group in groups] == [[first, second], [raised]]


def test_ended_ones_stand_apart(dawah, permit_at):
    ended = permit_at("refused")
    context = client_of(dawah.noura).get("/programmes/").context
    assert context["groups"] == []
    assert [row["permit"] for row in context["ended"]] == [ended]


def test_the_list_asks_a_constant_number_of_queries(dawah, permit_at):
    officer = client_of(dawah.noura)
    permit_at("proposed")
    _page, few = asked(lambda: officer.get("/programmes/"))
    for state in ("proposed", "raised", "issued", "refused", "withdrawn"):
        permit_at(state)
    _page, many = asked(lambda: officer.get("/programmes/"))
    assert many == few


def test_an_association_without_permits_has_no_such_list(cast):
    assert client_of(cast.noura).get("/programmes/").status_code == 404
