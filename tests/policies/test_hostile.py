"""Hostile text at every form of the policy editor: no fault of ours, and no code on a page (trust.md, Input)."""

import pytest
from django.urls import reverse

from policies.actions import record_approval
from policies.models import Clause, PolicyVersion
from tests.cast import client_of
from tests.policies.editor import fields_of, page
from tests.security.test_hostile import VALUES, each_field, unescaped


@pytest.fixture(params=VALUES.values(), ids=VALUES)
def value(request):
    return request.param


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
def test_every_field_of_a_form_at_once(ready, first, name, value):
    client = client_of(first)
    opened = fields_of(client.get(page(name, ready)))
    keys = client.get(page(name, ready)).context["form"].fields.keys()
    assert fine(client.post(page(name, ready), dict.fromkeys(keys, value) | {"revision": opened["revision"]}))
    assert fine(client.post(page(name, ready), dict.fromkeys(keys, value)))


@pytest.mark.parametrize("field", "title declaration_text term_masc_def".split())
def test_a_field_of_the_settings(draft, first, field, value):
    client = client_of(first)
    assert fine(client.post(page("settings", draft), fields_of(client.get(page("settings", draft))) | {field: value}))
    for shown in ("settings", "publish"):
        assert fine(client.get(page(shown, draft)))


def test_the_small_forms(ready, first, second, value):
    client, row = client_of(first), ready.clauses.first()
    for form in ({"move": value, "revision": "1"}, {"move": "up", "revision": value}):
        assert fine(client.post(page("clause_move", ready, row.pk), form))
    assert fine(client.get(page("difference", ready), {"with": value[:200]}))
    assert fine(client.get(page("clause_add", ready), {"kind": value[:200], "parent": value[:200]}))
    assert fine(client.post(page("review", ready), {"review_due_on": value}))
    assert fine(client.post(reverse("admin:policies_policyversion_add"), {"based_on": value}))
    assert fine(client.post(reverse("policies:policy_read"), {"version": value}))
    record_approval(PolicyVersion.objects.get(pk=ready.pk), by=first)
    assert fine(client.post(page("reopen", ready), {"why": value}))
    assert fine(client_of(second).post(page("publish", ready), {"read": value}))
