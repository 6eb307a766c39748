"""Two files of one person: proposed by one, merged by another, undone, or told apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beneficiaries.duplicates import actions
from beneficiaries.duplicates.models import Merge, NotSame
from beneficiaries.models import Person
from core.audit import history
from core.errors import Refused
from core.models import OutboxRow
from requests.models import Exclusion
from tests.cast import client_of, new_case, new_person
from tests.people.desk import text

SAME = {"mobile": "+966550004242"}


@pytest.fixture
def pair(cast, day_one):
    """One man, once as a resident and once as a citizen."""
    return new_person(by=cast.noura, **SAME), new_person(by=cast.noura, **SAME)


def propose(pair, by, **facts) -> Merge:
    known = {"why": "رأيت البطاقتين", "numbers": "mistyped"} | facts
    return actions.propose_merge(kept=pair[0], merged=pair[1], by=by, **known)


def merged(pair, cast) -> Merge:
    return actions.merge_files(propose(pair, cast.noura), by=cast.saad)


def at(name: str, *args) -> str:
    return reverse(f"requests:{name}", args=args)


def refused(verb, *args, **facts) -> str:
    with pytest.raises(Refused) as refusal:
        verb(*args, **facts)
    return refusal.value.sentence


# Proposing


def test_the_page_of_a_file_shows_the_other_with_the_reasons(cast, pair):
    reply = text(client_of(cast.noura).get(at("person", pair[0].pk)))
    assert "the mobile is the same" in reply or "الجوال نفسه" in reply


def test_a_proposal_changes_nothing_yet(cast, pair):
    propose(pair, cast.noura)
    assert Person.objects.current().count() == 2


def test_without_a_reason_for_the_two_numbers_two_numbers_are_two_people(cast, pair):
    assert refused(propose, pair, cast.noura, numbers="")


def test_whoever_proposed_does_not_merge(cast, pair):
    merge = propose(pair, cast.noura)
    assert refused(actions.merge_files, merge, by=cast.noura)
    pair[1].refresh_from_db()
    assert pair[1].merged_into is None


def test_a_delegate_proposes_and_does_not_settle(cast, day_one):
    pair = [new_person(by=cast.huda), new_person(by=cast.huda)]
    assert refused(actions.merge_files, propose(pair, cast.saad), by=cast.huda)


def test_a_file_is_in_one_proposal_at_a_time(cast, pair):
    propose(pair, cast.noura)
    assert refused(propose, pair[::-1], cast.saad)


# Merged


def test_a_second_person_merges_and_every_reference_is_kept(cast, pair):
    cases = [new_case(by=cast.noura, person=person) for person in pair]
    merged(pair, cast)
    for case in cases:
        before = case.reference, case.person_id
        case.refresh_from_db()
        assert (case.reference, case.person_id) == before
    reply = text(client_of(cast.noura).get(at("person", pair[1].pk), follow=True))
    for case in cases:
        assert case.reference[:3] in reply
    assert not OutboxRow.objects.filter(created_at__gt=Merge.objects.get().settled_at).exists()


def test_both_files_tell_it_in_their_history(cast, pair):
    merged(pair, cast)
    for person in pair:
        assert [row.verb for row in history(person)][-2:] == ["merge_proposed", "merged"]


def test_what_is_merged_is_not_merged_again(cast, pair):
    merged(pair, cast)
    third = new_person(by=cast.noura)
    pair[1].refresh_from_db()
    assert refused(propose, (pair[1], third), cast.noura)
    assert refused(propose, (third, pair[1]), cast.noura)


def test_a_chain_is_followed_and_ends_after_two(cast, pair):
    third, fourth = new_person(by=cast.noura), new_person(by=cast.noura)
    merged(pair, cast)
    merged((third, Person.objects.get(pk=pair[0].pk)), cast)
    assert Person.objects.get(pk=pair[1].pk).current == third
    assert third.and_merged == [third.pk, pair[0].pk, pair[1].pk]
    assert refused(propose, (fourth, Person.objects.get(pk=third.pk)), cast.noura)


def test_the_number_of_a_merged_file_opens_no_new_one(cast, pair):
    merged(pair, cast)
    assert refused(new_person, by=cast.noura, national_id=pair[1].national_id)


# Undone


def test_undoing_restores_both_files_exactly(cast, pair):
    before = list(Person.objects.order_by("pk").values())
    merge = merged(pair, cast)
    actions.undo_merge(merge, by=cast.manager, why="أخوان")
    assert list(Person.objects.order_by("pk").values()) == before
    assert Merge.objects.get().state == "undone"


def test_undoing_needs_a_reason(cast, pair):
    assert refused(actions.undo_merge, merged(pair, cast), by=cast.saad, why=" ")


def test_undone_as_two_people_they_are_not_proposed_again(cast, pair):
    actions.undo_merge(merged(pair, cast), by=cast.saad, why="أخوان", two_people=True)
    reply = client_of(cast.noura).get(at("person", pair[0].pk))
    assert at("compare", *[person.pk for person in pair]) in reply.content.decode()  # to take it back
    assert not reply.context["top_cards"]


# Told apart


def test_not_the_same_is_remembered_for_everybody_and_can_be_taken_back(cast, pair):
    said = actions.tell_apart(*pair, by=cast.noura, why="أخوان")
    assert not client_of(cast.saad).get(at("person", pair[0].pk)).context["top_cards"]
    assert refused(propose, pair, cast.saad)
    actions.take_back_apart(said, by=cast.saad)
    assert client_of(cast.noura).get(at("person", pair[0].pk)).context["top_cards"]
    assert NotSame.objects.count() == 0


def test_what_was_told_apart_stays_so_through_a_merge(cast, pair):
    """Also on the list: who was told apart from a file is told apart from the one it was merged into."""
    third = new_person(by=cast.noura, **SAME)
    said = actions.tell_apart(pair[1], third, by=cast.noura, why="أخوان")
    merged(pair, cast)
    listed = at("compare", pair[0].pk, third.pk), at("compare", third.pk, pair[0].pk)
    page = client_of(cast.saad).get(at("duplicates")).content.decode()
    assert not [link for link in listed if link in page]
    actions.take_back_apart(said, by=cast.saad)
    page = client_of(cast.saad).get(at("duplicates")).content.decode()
    assert [link for link in listed if link in page]


def test_a_third_file_of_which_nobody_said_anything_is_listed_after_a_merge(cast, pair):
    """The control."""
    third = new_person(by=cast.noura, **SAME)
    merged(pair, cast)
    page = client_of(cast.saad).get(at("duplicates")).content.decode()
    assert at("compare", pair[0].pk, third.pk) in page or at("compare", third.pk, pair[0].pk) in page


# Screens


def test_from_the_comparison_to_the_merge_and_back(cast, pair):
    one, other = (person.pk for person in pair)
    mine, theirs = client_of(cast.noura), client_of(cast.saad)
    assert mine.get(at("compare", one, other)).status_code == 200
    sent = mine.post(at("compare", one, other), {"kept": one, "numbers": "naturalised", "why": "رأيت البطاقتين"})
    merge = Merge.objects.get()
    assert sent.url == at("merge", merge.pk)
    assert mine.post(at("merge_act", merge.pk, "merge"), {}).status_code == 422
    assert [row["settles"] for row in theirs.get(at("duplicates")).context["waiting"]] == [True]
    assert theirs.post(at("merge_act", merge.pk, "merge"), {}).status_code == 302
    assert mine.get(at("compare", one, other)).url == at("merge", merge.pk)
    assert theirs.post(at("merge_act", merge.pk, "undo"), {"why": "خطأ"}).status_code == 302
    assert Person.objects.current().count() == 2


def test_a_refused_form_keeps_what_was_typed(cast, pair):
    reply = client_of(cast.noura).post(at("compare", *(p.pk for p in pair)), {"why": "رأيت البطاقتين", "kept": "9"})
    assert reply.status_code == 422
    assert "رأيت البطاقتين" in reply.content.decode()


def test_a_file_outside_the_branch_is_not_compared(cast, pair):
    far = new_person(by=cast.huda)
    assert client_of(cast.huda).get(at("compare", far.pk, pair[0].pk)).status_code == 404


def test_whoever_has_a_conflict_sees_neither_the_comparison_nor_the_proposal(cast, pair):
    case = new_case(by=cast.noura, person=pair[1])
    merge = propose(pair, cast.noura)
    Exclusion.objects.create(case=case, user=cast.saad, why=Exclusion.CONFLICTS[0])
    client = client_of(cast.saad)
    assert client.get(at("merge", merge.pk)).status_code == 404
    assert client.post(at("merge_act", merge.pk, "merge")).status_code == 404
    assert client.get(at("duplicates")).context["waiting"] == []


def test_the_manager_settles_without_reading_names(cast, pair):
    merge = propose(pair, cast.noura)
    reply = client_of(cast.manager).get(at("merge", merge.pk))
    assert pair[0].family_name not in text(reply)
    assert pair[0].national_id not in text(reply)
    assert client_of(cast.manager).post(at("merge_act", merge.pk, "merge"), {}).status_code == 302


def test_the_list_finds_the_pair_and_asks_the_same_number_of_questions(cast, pair):
    client, found = client_of(cast.noura), []
    client.get(at("duplicates"))
    for families in ("السبيعي", "الحارثي البقمي الثقفي"):
        for number, family in enumerate(families.split(), 3 * len(found)):
            for _twice in range(2):
                new_person(by=cast.noura, family_name=family, mobile=f"+9665500077{number}{number}", birth=None)
        with CaptureQueriesContext(connection) as asked:
            pairs = client.get(at("duplicates")).context["pairs"]
        found.append((len(pairs), len(asked)))
    assert found == [(2, found[0][1]), (5, found[0][1])]


def test_the_history_of_the_kept_file_tells_a_merge_once(cast, pair):
    merged(pair, cast)
    rows = client_of(cast.noura).get(at("person", pair[0].pk)).context["history"]
    assert [row["why"] for row in rows].count("رأيت البطاقتين") == 2  # proposed, and done
    assert len(rows) == 4  # with the opening of both files
