"""After publishing: the staff are asked to read, and editors see what waits for them, on the page they land on."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from core.models import AuditRow
from policies.actions import publish, record_approval, set_review
from policies.models import Acknowledgement, PolicyVersion, Service, ServicePeriod
from tests.cast import client_of, make_cast
from tests.policies.editor import page


@pytest.fixture
def published(ready, first, second):
    return publish(record_approval(ready, by=first), by=second)


def landing(person):
    return client_of(person).get(reverse("oversight:waiting"))


def test_a_member_of_staff_reads_and_says_so_once(published, pack):
    cast = make_cast()
    assert landing(cast.noura).context["to_read"] == published
    client = client_of(cast.noura)
    client.post(reverse("policies:policy_read"), {"version": published.pk})
    client.post(reverse("policies:policy_read"), {"version": published.pk})
    assert Acknowledgement.objects.filter(user=cast.noura).count() == 1
    assert landing(cast.noura).context["to_read"] is None
    assert landing(cast.chair).context["to_read"] == published


@pytest.mark.parametrize("version", ["", "0", "x"])
def test_another_version_is_not_acknowledged_by_mistake(published, first, version):
    client_of(first).post(reverse("policies:policy_read"), {"version": version})
    assert not Acknowledgement.objects.exists()


def test_the_admin_lists_who_has_read_it_and_who_has_not(published, first, second):
    client_of(second).post(reverse("policies:policy_read"), {"version": published.pk})
    reply = client_of(first).get(page("readers", published))
    assert [row.user for row in reply.context["read"]] == [second]
    assert first in reply.context["waiting"]
    assert second not in reply.context["waiting"]


def test_the_second_editor_is_told_that_a_version_waits_and_the_first_is_not(ready, first, second):
    record_approval(ready, by=first)
    assert landing(second).context["to_publish"] == [ready]
    assert page("publish", ready) in landing(second).content.decode()
    assert landing(first).context["to_publish"] == []


def test_a_due_review_is_said_to_editors_alone(first, day_one):
    cast = make_cast()
    set_review(PolicyVersion.in_force(), on=date(2026, 11, 22), by=first)
    assert landing(first).context["to_review"] == [PolicyVersion.in_force()]
    assert landing(cast.noura).context["to_review"] == []


# The pages of a version's life


def test_the_first_person_reads_that_a_second_must_publish(ready, first):
    client = client_of(first)
    client.post(page("approve", ready))
    reply = client.get(page("publish", ready))
    body = unescape(reply.content.decode())
    assert reply.context["why_not"] in body
    assert "<form" not in body.split('class="pv"')[1].split("</main>")[0]
    assert client.post(page("publish", ready), {"read": "on"}).status_code == 422
    assert PolicyVersion.objects.get(pk=ready.pk).state == "approved"


def test_what_changes_must_be_ticked_as_read(ready, first, second):
    PolicyVersion.objects.filter(pk=ready.pk).update(min_decision_days=21)
    ready.refresh_from_db()
    record_approval(ready, by=first)
    client = client_of(second)
    said = [change.what for change in client.get(page("publish", ready)).context["changes"]]
    assert any("ثلاثة أسابيع" in what for what in said)
    assert client.post(page("publish", ready)).status_code == 422
    assert PolicyVersion.in_force() != ready
    assert client.post(page("publish", ready), {"read": "on"}).status_code == 302
    assert PolicyVersion.in_force() == ready


def test_reopening_asks_why(ready, first):
    client = client_of(first)
    client.post(page("approve", ready))
    assert client.post(page("reopen", ready), {"why": ""}).status_code == 422
    client.post(page("reopen", ready), {"why": "خطأ"})
    assert PolicyVersion.objects.get(pk=ready.pk).state == "draft"


def test_a_review_day_is_typed_in_either_calendar(first, pack):
    live = PolicyVersion.in_force()
    client_of(first).post(page("review", live), {"review_due_on": "٨/٢/١٤٤٩"})
    live.refresh_from_db()
    assert live.review_due_on == date(2027, 7, 12)


def test_the_preview_is_the_public_page(draft, first):
    reply = client_of(first).get(page("preview", draft))
    assert "policies/policy.html" in [template.name for template in reply.templates]
    assert draft.clauses.first().text in reply.content.decode()


def test_a_new_version_begins_from_the_one_in_force(first, pack):
    live, client = PolicyVersion.in_force(), client_of(first)
    client.post(reverse("admin:policies_policyversion_add"), {"based_on": live.pk})
    assert PolicyVersion.objects.get(state="draft").based_on == live


@pytest.mark.parametrize("asked", ["", "x", "0", "9" * 30])
def test_a_version_begins_from_no_other(first, pack, asked):
    address = reverse("admin:policies_policyversion_add")
    assert client_of(first).post(address, {"based_on": asked}).status_code == 302
    assert not PolicyVersion.objects.filter(state="draft").exists()


def test_a_draft_is_deleted_with_all_its_parts_and_the_record_says_so(ready, first):
    ServicePeriod.objects.create(
        version=ready, service=Service.objects.first(), days=20, clause=ready.clauses.get(clause_id="PS-5")
    )
    assert client_of(first).post(page("delete", ready), {"post": "yes"}).status_code == 302
    assert not PolicyVersion.objects.filter(pk=ready.pk).exists()
    assert AuditRow.objects.filter(verb="policy_draft_deleted", subject_id=str(ready.pk)).exists()


@pytest.mark.parametrize("name", "approve reopen review".split())
def test_a_verb_is_never_a_link(ready, first, name):
    assert client_of(first).get(page(name, ready)).status_code == 405


PAGES = "change clauses clause_add settings approval publish preview difference readers".split()


@pytest.mark.parametrize("name", PAGES)
def test_an_officer_in_the_admin_by_mistake_finds_nothing(draft, name):
    cast = make_cast()
    cast.noura.is_staff = True
    cast.noura.save()
    assert client_of(cast.noura).get(page(name, draft)).status_code == 403
