"""An answer carries no key to person, request or invitation (rule 6)."""

from datetime import timedelta

from django.db import models

from beneficiaries.models import Person
from core.models import AuditRow, OutboxRow
from requests.models import SupportRequest
from surveys import actions
from surveys.models import Answer, Invitation

NEAR = (Invitation, Person, SupportRequest)


def relations(model) -> list[str]:
    return [field.name for field in model._meta.get_fields() if field.is_relation]


def shared_values(answer: Answer, other: models.Model) -> set[str]:
    """Long values that stand in both rows: by such a value the two could be joined."""

    def long(row) -> set[str]:
        values = {str(field.value_from_object(row)) for field in row._meta.concrete_fields}
        return {value for value in values if len(value) >= 16}

    return long(answer) & long(other)


def test_an_answer_has_no_relation_and_nothing_points_at_it():
    assert relations(Answer) == []
    assert [m for m in NEAR if Answer in {f.related_model for f in m._meta.get_fields() if f.is_relation}] == []


def test_a_relation_would_be_seen():
    """The control: the invitation, which does point at a case, is found by the same look."""
    assert relations(Invitation) == ["case"]


def test_an_answers_fields_are_these_and_no_more():
    assert {field.name for field in Answer._meta.get_fields()} == set(
        "id month service branch channel outcome stage face words edit_hash edit_until".split()
    )


def test_no_value_of_an_answer_stands_in_what_is_near_it(client, link, delivered):
    client.post(link, {"face": "4", "words": ""})
    answer = Answer.objects.get()
    for other in (Invitation.objects.get(), delivered, delivered.person):
        assert shared_values(answer, other) == set()


def test_a_shared_value_would_be_seen(client, link):
    """The control: had the answer kept the invitation's hash, it would be found."""
    client.post(link, {"face": "4"})
    answer, invitation = Answer.objects.get(), Invitation.objects.get()
    answer.edit_hash = invitation.token_sha256
    assert shared_values(answer, invitation) == {invitation.token_sha256}


def test_neither_the_record_nor_a_message_names_an_answer(client, link):
    rows = AuditRow.objects.count(), OutboxRow.objects.count()
    client.post(link, {"face": "4"})
    assert (AuditRow.objects.count(), OutboxRow.objects.count()) == rows


def test_the_month_is_kept_and_no_moment(client, link):
    client.post(link, {"face": "4"})
    kinds = {type(field) for field in Answer._meta.concrete_fields}
    assert models.DateTimeField not in kinds
    assert len(Answer.objects.get().month) == 7


def test_the_key_of_the_link_is_wiped_when_its_day_is_over(client, link, day_one):
    client.post(link, {"face": "4"})
    day_one.shift(timedelta(days=2))
    actions.sweep_reminders()
    answer = Answer.objects.get()
    assert (answer.edit_hash, answer.edit_until) == (None, None)
