"""Nobody who voted on a case or issued its decision carries it out: no verb, no page, no raw POST (rule 5)."""

import pytest
from django.urls import reverse

from core.errors import Refused
from core.models import AuditRow, OutboxRow, StoredFile
from requests.delivery import actions
from requests.delivery.letters import issue_letter
from requests.delivery.listing import counts
from requests.delivery.planning import plan
from requests.models import CollectionCall, Instalment, ProofPhoto
from tests import recorded
from tests.cast import client_of
from tests.delivery.desk import address, also_delivers, award_of, planned, take
from tests.desk.test_papers import picture


def rows(case) -> list:
    return [(each.amount, each.due_on) for each in case.instalments.outstanding()]


VERBS = {
    "describe": lambda case, by: actions.describe(case, by=by, kind="bill"),
    "plan": lambda case, by: plan(case, by=by, rows=rows(case), why="سبب"),
    "send the code": lambda case, by: actions.send_code(case.instalments.first(), by=by, received_by_name="محمد"),
    "receipt": lambda case, by: actions.receipt(case.instalments.first(), by=by, how="drawn", received_by_name="محمد"),
    "photograph": lambda case, by: actions.photograph(case, [picture()], by=by, moment="after"),
    "remove a photograph": lambda case, by: actions.remove_photograph(award_of(case).photographs.first(), by=by),
    "cancel": lambda case, by: actions.cancel(case, by=by, why="refused"),
    "finish": lambda case, by: actions.finish(case, by=by),
    "call": lambda case, by: actions.call(case, by=by, result="no_answer"),
    "letter": lambda case, by: issue_letter(case, by=by, addressee="ج", body="ن", signatory="م", signatory_title="م"),
}
FILES = {"": "scan", "photographs": "pictures"}
POSTS = {
    "": {"instalment": "1", "recipient": "person", "how": "paper"},
    "code": {"instalment": "1", "recipient": "person", "how": "code"},
    "finish": {},
    "details": {"kind": "bill"},
    "plan": {"rows": "1", "row1-amount": "1200", "row1-due": "1/1/1449", "why": "سبب", "keep": "1"},
    "cancel": {"which": "rest", "why": "refused"},
    "called": {"result": "no_answer"},
    "photographs": {"moment": "after"},
}


@pytest.fixture
@recorded.kept_rows
def under_way(registered, cast):
    planned(registered, cast, 2)
    actions.photograph(registered, [picture()], by=cast.store, moment="before")
    return registered


def refusals(case, by) -> dict[str, str]:
    """What each verb answers to `by`; "" for one that is carried out."""

    def answer(verb) -> str:
        try:
            VERBS[verb](case, by)
        except Refused as refused:
            return refused.sentence
        return ""

    return {verb: answer(verb) for verb in VERBS}


@pytest.mark.parametrize("who", ["member1", "chair"])  # one voted, one issued
def test_whoever_decided_carries_nothing_out(under_way, cast, who):
    by, before = also_delivers(getattr(cast, who)), AuditRow.objects.count()
    assert [verb for verb, sentence in refusals(under_way, by).items() if "زميل" not in sentence] == []
    assert AuditRow.objects.count() == before


def test_the_service_officer_alone_does(under_way, cast):
    found = refusals(under_way, cast.noura)
    assert [verb for verb, sentence in found.items() if "موظف تقديم الخدمة" not in sentence] == []


def test_a_raw_post_of_whoever_voted_changes_nothing(under_way, cast):
    voter = client_of(also_delivers(cast.member2))

    def standing() -> tuple[int, ...]:
        return tuple(each.objects.count() for each in (AuditRow, StoredFile, OutboxRow, CollectionCall))

    before = standing()
    for page, fields in POSTS.items():
        files = {FILES[page]: picture()} if page in FILES else {}
        answer = voter.post(address(under_way, page), fields | files)
        assert answer.status_code == 422, page
        assert "زميل" in answer.content.decode(), page
    assert standing() == before
    assert not Instalment.objects.received().exists()


def test_nor_do_they_take_a_photograph_away_or_find_it_on_their_list(under_way, cast):
    voter, photo = also_delivers(cast.member2), ProofPhoto.objects.get()
    answer = client_of(voter).post(address(under_way, "photograph_remove", photo.pk))
    assert (answer.status_code, ProofPhoto.objects.count()) == (422, 1)
    assert not any(counts(voter).values())
    assert any(counts(cast.store).values())


def test_the_same_posts_of_the_service_officer_are_carried_out(under_way, cast):
    """The control: it is the voter that is refused above, and not the form."""
    for page in ("called", "photographs", "", "cancel"):
        files = {FILES[page]: picture()} if page in FILES else {}
        assert client_of(cast.store).post(address(under_way, page), POSTS[page] | files).status_code == 302, page


def test_a_photograph_is_opened_by_whoever_delivers_and_not_by_the_manager(under_way, cast):
    page = reverse("requests:file", args=[ProofPhoto.objects.get().file.key])
    assert client_of(cast.store).get(page).status_code == 200
    assert client_of(cast.manager).get(page).status_code == 404
    assert client_of(cast.editor).get(page).status_code == 404


def test_people_in_a_photograph_agreed_or_it_is_not_kept(under_way, cast):
    facts = {"by": cast.store, "moment": "after", "shows_people": True}
    with pytest.raises(Refused, match="وافقوا"):
        actions.photograph(under_way, [picture()], **facts)
    assert actions.photograph(under_way, [picture()], **facts, agreed=True)[0].agreed


def test_after_the_delivery_nothing_is_changed_any_more(under_way, cast):
    take(under_way, cast, 1)
    take(under_way, cast, 2)
    assert "" not in refusals(under_way, cast.store).values()
