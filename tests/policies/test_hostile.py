"""Hostile text at every form of the policy editor: no fault of ours, and no code on a page (trust.md, Input)."""

import pytest
from django.urls import reverse

from policies.actions import record_approval
from policies.models import Clause, PolicyVersion
from tests.cast import client_of
from tests.policies.editor import fields_of, page
from tests.security.test_hostile import VALUES, each_field, unescaped


def fine(reply) -> bool:
    return reply.status_code < 500 and not unescaped(reply)


def test_a_clause(draft, first):
    row, client = draft.clauses.get(clause_id="PS-1"), client_of(first)
    address = page("clause", draft, row.pk)
    for form in each_field(fields_of(client.get(address)) | {"heading": "x", "code": "receive"}):
        assert fine(client.post(address, form))
    assert "\x00" not in Clause.objects.get(pk=row.pk).text
    Clause.objects.filter(pk=row.pk).update(text=VALUES["html"])
    for name in ("clauses", "preview", "difference"):
        assert fine(client.get(page(name, draft)))


@pytest.mark.parametrize("name", ["settings", "approval", "clause_add"])
def test_every_field_of_a_form_at_once(ready, first, name):
    client = client_of(first)
    for kind, value in VALUES.items():
        reply = client.get(page(name, ready))
        everywhere = dict.fromkeys(reply.context["form"].fields.keys(), value)
        opened = fields_of(reply)
        assert fine(client.post(page(name, ready), everywhere | {"revision": opened["revision"]})), kind
        assert fine(client.post(page(name, ready), everywhere)), kind


@pytest.mark.parametrize("field", "title declaration_text term_masc_def".split())
def test_a_field_of_the_settings(draft, first, field):
    """Each over the one before, as whoever types them would: what is saved is shown by both pages."""
    client = client_of(first)
    shown = client.get(page("settings", draft))
    for kind, value in VALUES.items():
        assert fine(client.post(page("settings", draft), fields_of(shown) | {field: value})), kind
        shown = client.get(page("settings", draft))
        assert fine(shown), kind
        assert fine(client.get(page("publish", draft))), kind


def test_the_small_forms(ready, first):
    client, row = client_of(first), ready.clauses.first()
    for kind, value in VALUES.items():
        for form in ({"move": value, "revision": "1"}, {"move": "up", "revision": value}):
            assert fine(client.post(page("clause_move", ready, row.pk), form)), kind
        assert fine(client.get(page("difference", ready), {"with": value[:200]})), kind
        assert fine(client.get(page("clause_add", ready), {"kind": value[:200], "parent": value[:200]})), kind
        assert fine(client.post(page("review", ready), {"review_due_on": value})), kind
        assert fine(client.post(reverse("admin:policies_policyversion_add"), {"based_on": value})), kind
        assert fine(client.post(reverse("policies:policy_read"), {"version": value})), kind


@pytest.mark.parametrize("kind", VALUES)
def test_the_forms_of_what_is_approved(ready, first, second, kind):
    record_approval(PolicyVersion.objects.get(pk=ready.pk), by=first)
    assert fine(client_of(first).post(page("reopen", ready), {"why": VALUES[kind]}))
    assert fine(client_of(second).post(page("publish", ready), {"read": VALUES[kind]}))
