"""«لماذا؟»: the clause a control carries out, of the version that governs it, and nothing where there is none."""

import pytest
from django.template import Context, Template
from django.urls import reverse

from policies.models import PolicyVersion, Procedure
from requests.permits.actions import propose
from tests.cast import amend, client_of, new_case
from tests.permits.desk import FACTS

SIGN, PERIOD = "attest_and_sign", "inform_committee_and_period"


def shown(name, **context) -> str:
    return Template("{% why name %}").render(Context({"name": name, **context})).strip()


def worded(text, code=PERIOD):
    """A version whose clause about the waiting period says this."""
    return amend(draft=lambda draft: draft.clauses.filter(code=code).update(text=text))


def case_page(cast, case) -> str:
    return client_of(cast.noura).get(reverse("requests:case", args=[case.reference])).content.decode()


def test_it_shows_the_clause_and_the_way_to_it(pack):
    found = shown(SIGN, policy=pack)
    assert pack.clauses.get(code=SIGN).text in found
    assert f"{reverse('policies:version', args=[pack.pk])}#PS-4" in found


def test_a_clause_is_found_by_its_id_too(pack):
    assert pack.clauses.get(clause_id="DO-6.3").text in shown("DO-6.3", policy=pack)


def test_it_follows_the_code_when_the_clause_has_another_id(pack):
    version = amend(draft=lambda draft: draft.clauses.filter(code=SIGN).update(clause_id="PS-9"))
    assert "#PS-9" in shown(SIGN, policy=version)


@pytest.mark.parametrize("name", ["nothing_of_the_kind", "XX-1", ""])
def test_without_such_a_clause_nothing_is_shown(pack, name):
    assert shown(name, policy=pack) == ""


def test_without_a_policy_nothing_is_shown(db):
    assert shown(SIGN) == ""


def test_a_page_with_many_controls_reads_the_clauses_once(pack, django_assert_num_queries):
    version = PolicyVersion.in_force()
    with django_assert_num_queries(1):
        for name in (SIGN, PERIOD, "verify_data", "DO-6.3"):
            shown(name, policy=version)


def test_a_case_shows_the_clause_it_was_received_under(cast, day_one, pack):
    case = new_case(by=cast.noura)
    worded("لا يصدر القرار قبل ثلاثة أسابيع.")
    page = case_page(cast, case)
    assert pack.clauses.get(code=PERIOD).text in page
    assert "لا يصدر القرار قبل ثلاثة أسابيع." not in page


def test_a_new_case_shows_the_new_clause(cast, day_one, pack):
    worded("لا يصدر القرار قبل ثلاثة أسابيع.")
    assert "لا يصدر القرار قبل ثلاثة أسابيع." in case_page(cast, new_case(by=cast.noura))


@pytest.mark.parametrize(
    ("route", "codes"),
    [
        ("requests:register_new", [SIGN, PERIOD]),
        ("policies:tools", ["basic_bylaw", "support_request_form"]),
        ("channels:inquiries", ["DO-3"]),
    ],
)
def test_the_clause_stands_beside_the_control(cast, pack, route, codes):
    page = client_of(cast.noura).get(reverse(route)).content.decode()
    texts = [pack.clauses.filter(code=code).first() or pack.clauses.get(clause_id=code) for code in codes]
    assert [clause.clause_id for clause in texts if clause.text not in page] == []


@pytest.mark.parametrize(
    ("state", "who", "route", "code"),
    [
        ("received", "noura", "requests:papers", "verify_data"),
        ("approved", "noura", "requests:act", "complete_registration"),
        ("registered", "store", "requests:delivery", "deliver_service"),
    ],
)
def test_each_step_of_the_procedure_has_its_clause(cast, case_at, pack, state, who, route, code):
    case = case_at(state)
    args = [case.reference, code] if route == "requests:act" else [case.reference]
    page = client_of(getattr(cast, who)).get(reverse(route, args=args), follow=True).content.decode()
    assert pack.clauses.get(code=code).text in page


def test_a_programme_shows_the_clause_about_permits(cast, pack):
    def write(draft):
        draft.clauses.filter(clause_id="PS-1").update(code="official_permit_requests_via_tayseer")

    version = amend(procedures=[str(each) for each in Procedure], draft=write)
    permit = propose(by=cast.noura, **FACTS)
    page = client_of(cast.noura).get(reverse("requests:permit", args=[permit.reference])).content.decode()
    assert version.clauses.get(clause_id="PS-1").text in page
