"""Hostile text at every door: no fault of ours, and nothing stored that should not be (trust.md, Input)."""

import json
import random
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import Resolver404, URLResolver, get_resolver, resolve, reverse

from channels.models import Inquiry
from core.audit import System
from policies.models import Category
from requests.actions import take_for_research
from requests.models import ProgrammePermit
from requests.permits.actions import propose
from requests.study.actions import begin
from requests.study.models import Study
from tests.architecture.test_doors import routes
from tests.cast import client_of
from tests.permits.desk import FACTS
from tests.permits.desk import FORM as PROGRAMME

pytestmark = pytest.mark.django_db
VALUES = {
    "nul": "سارة\x00",
    "control": "a\x1b[31mb\x07",
    "override": "\u202etxt.exe\u2066",
    "zero width": "سا\u200bر\u200dة\ufeff",
    "emoji": "😀" * 50,
    "sql": "'; DROP TABLE requests_step; --",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ request.user }}{% debug %}{min_days_words}%(x)s",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "digits": "٩" * 5000,
    "a megabyte": "س" * 1_000_000,
    "negative": "-999999999999999999999",
    "not a number": "NaN",
    "exponent": "1e999999",
    "path": "../../../etc/passwd",
    "lines": "a\r\nX-Injected: 1\r\n\r\nb",
    "lone surrogate": "\\ud800",
    "list": "[]",
}
ASK = {"kind": "inquiry", "text": "متى الدوام؟", "mobile": "0550000067", "name": "سارة"}
STUDY = {
    "opinion": {"findings": "x", "recommends": "approve", "kind": "bill", "what": "x", "amount": "10", "reasons": "x"},
    "household": {"household_size": "5", "agrees": "differs", "differs": "x", "seen": "x", "draft": "x"},
    "visit": {"visited_at": "home", "visited_on": "1/1/1448", "present": "x"},
}
LINE = {"kind": "salary", "amount": "1", "every": "month", "known_by": "told", "counts": "no", "why_not": "x"}


def each_field(form: dict) -> list[dict]:
    return [form | {name: value} for name in form for value in VALUES.values()]


def unescaped(reply) -> bool:
    """Whether what was sent stands in the page as code."""
    return any(raw in reply.content for raw in (b"<script>alert(1)", b"onerror=alert(1)>", b"X-Injected: 1\r\n\r\n<"))


@pytest.fixture(autouse=True)
def without_limits(monkeypatch):
    for module in ("channels.views", "requests.permits.views", "requests.public.access"):
        monkeypatch.setattr(f"{module}.within", lambda limit, whose="": True)


def test_the_public_form_of_an_inquiry(pack):
    client = Client()
    for sent in each_field(ASK):
        reply = client.post(reverse("channels:ask"), sent, follow=True)
        assert reply.status_code in (200, 400, 422)
        assert not unescaped(reply)
    stored = json.dumps(list(Inquiry.objects.values("name", "mobile", "text", "kind")), ensure_ascii=False)
    assert not any(mark in stored for mark in ("\\u0000", "\u202e", "\u2066", "\\u001b"))
    assert set(Inquiry.objects.values_list("mobile", flat=True)) <= {"+966550000067"}


def test_the_public_form_of_a_programme(load_pack, day_one):
    load_pack("dawah")
    client = Client()
    for sent in each_field(PROGRAMME):
        reply = client.post(reverse("requests:propose"), sent, follow=True)
        assert reply.status_code in (200, 400, 422)
        assert not unescaped(reply)
    stored = json.dumps(list(ProgrammePermit.objects.values("title", "about", "place", "volunteer_name")))
    assert not any(mark in stored for mark in ("\\u0000", "\\u202e", "\\u2066", "\\u001b"))


@pytest.mark.parametrize("section", STUDY)
def test_the_study_of_a_case(case_at, cast, section):
    case = take_for_research(case_at("social_research"), by=cast.reem)
    begin(case, by=cast.reem)
    client, there = client_of(cast.reem), reverse("requests:study_section", args=[case.reference, section])
    keeps = reverse("requests:study_keep", args=[case.reference])
    for sent in each_field(STUDY[section]):
        shown = client.get(there)
        assert not unescaped(shown)
        whole = {"section": section, "seen": shown.context["mark"]} | sent
        for address in (keeps, there):
            reply = client.post(address, whole)
            assert reply.status_code in (200, 302, 409, 422)
            assert not unescaped(reply)
    kept = Study.objects.get(case=case)
    assert "\x00" not in f"{kept.findings}{kept.what}{kept.reasons}{kept.present}"


def test_a_line_of_a_study(case_at, cast):
    case = take_for_research(case_at("social_research"), by=cast.reem)
    begin(case, by=cast.reem)
    client = client_of(cast.reem)
    for sent in each_field(LINE):
        for name, more in (("study_line_add", ["income"]), ("study_figure", [])):
            reply = client.post(reverse(f"requests:{name}", args=[case.reference, *more]), sent, follow=True)
            assert reply.status_code in (200, 422)
            assert not unescaped(reply)


FORMS = {
    # route, who, the state of the case, a whole form
    "closing": ("requests:act", ["close"], "manager", "received", {"close_reason": "duplicate", "why": "x"}),
    "papers": ("requests:act", ["ask_for_papers"], "noura", "received", {"chosen": "x", "others": "x", "preview": "1"}),
    "withdrawing": ("requests:act", ["withdraw"], "noura", "received", {"why": "x", "signed": ""}),
    "an objection": (
        "requests:appeal_write",
        [],
        "noura",
        "rejected",
        {"text": "x", "how": "drawn", "drawn": "x", "signed_by": ""},
    ),
    "registering": (
        "requests:act",
        ["complete_registration"],
        "noura",
        "approved",
        {"birth": "", "receive_by": "pickup", "receive_where": "", "iban": "x"},
    ),
    "revealing": ("requests:reveal", [], "manager", "received", {"why": "x"}),
    "telling": ("requests:tell_decision", [], "noura", "approved", {"how": ""}),
    "a conflict": ("committee:conflict", [], "member3", "committee_review", {"why": ""}),
    "a motion": (
        "committee:put_motion",
        [],
        "secretary",
        "committee_review",
        {"outcome": "approve", "what": "x", "amount": "1", "reasons": "x", "papers": "x", "another": "x", "until": "x"},
    ),
    "a vote": ("committee:vote", [], "member1", "committee_review", {"choice": "x"}),
    "a receipt": (
        "requests:delivery",
        [],
        "store",
        "registered",
        {"instalment": "1", "recipient": "x", "received_by_name": "", "how": "drawn", "drawn": "x", "note": "x"},
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_each_form_of_a_case(case_at, cast, name):
    route, more, who, state, form = FORMS[name]
    case = case_at(state)
    client = client_of(getattr(cast, who))
    for sent in each_field(form):
        reply = client.post(reverse(route, args=[case.reference, *more]), sent, follow=True)
        assert reply.status_code in (200, 400, 404, 422), (sent, reply.status_code)
        assert not unescaped(reply)


def test_an_answer_at_the_desk_of_inquiries(cast):
    from channels.actions import ask

    client = client_of(cast.noura)
    for value in VALUES.values():
        inquiry = ask(by=System(), text="سؤال", mobile="+966550000067")
        reply = client.post(reverse("channels:inquiry", args=[inquiry.reference]), {"text": value}, follow=True)
        assert reply.status_code in (200, 422)
        assert not unescaped(reply)


def test_the_desk_of_programmes(load_pack, day_one):
    from accounts.roles import Role
    from tests.cast import user

    load_pack("dawah")
    officer = user("o", "نورة", Role.OFFICER)
    permit, client = propose(by=officer, **FACTS), client_of(officer)
    for action, form in {
        "raise_to_authority": {"external_reference": ""},
        "record_issued": {"answered_on": "", "answer_note": ""},
    }.items():
        for name in form:
            for value in VALUES.values():
                sent = {f"{action}-{name}": value}
                reply = client.post(reverse("requests:permit_act", args=[permit.reference, action]), sent, follow=True)
                assert reply.status_code in (200, 422)
                assert not unescaped(reply)


@pytest.mark.parametrize("name", ["accounts:sign_in", "accounts:enter_demo", "requests:status", "language"])
def test_the_doors(pack, settings, name):
    settings.DEMO = True
    keys = "username password next language reference last_four csrfmiddlewaretoken".split()
    for value in VALUES.values():
        reply = Client().post(reverse(name), dict.fromkeys(keys, value))
        assert reply.status_code in (200, 204, 302, 400, 404, 422, 429)
        assert not unescaped(reply)


def test_the_forms_of_the_admin(cast):
    for person in (cast.it, cast.editor):
        person.is_staff = True
        person.save()
    rows = {
        cast.it: ["accounts_branch", "accounts_user", "committee_seat"],
        cast.editor: ["policies_category", "policies_service", "policies_association", "policies_policyversion"],
    }
    keys = "name code username label title password1 password2 position user role starts_on summary phone".split()
    for person, kinds in rows.items():
        client = client_of(person)
        for kind in kinds:
            for value in VALUES.values():
                reply = client.post(reverse(f"admin:{kind}_add"), dict.fromkeys(keys, value))
                assert reply.status_code in (200, 302, 400, 403)
                assert not unescaped(reply)
                search = client.get(reverse(f"admin:{kind}_changelist"), {"q": value[:200], "o": value[:20], "p": "x"})
                assert search.status_code in (200, 302, 400, 403)
    assert not Category.objects.filter(code__contains="<").exists()


QUERIES = ("service", "state", "mine", "after", "before", "paper", "projector", "q", "next", "page")


@pytest.mark.parametrize("who", ["noura", "secretary", "manager", "store"])
def test_what_stands_behind_the_question_mark(case_at, cast, who):
    case_at("committee_review")
    client = client_of(getattr(cast, who))
    for name in ("requests:queue", "committee:queue", "channels:inquiries", "oversight:waiting"):
        for value in VALUES.values():
            reply = client.get(reverse(name), dict.fromkeys(QUERIES, value[:3000]))
            assert reply.status_code in ((400,) if "\x00" in value else (200, 404))
            assert not unescaped(reply)


@pytest.mark.parametrize("part", ["%00", "a%00b", "%E2%80%AE", "%ff%fe", "9" * 400, "..%2f..%2fetc", "'", "٩٩٩٩٩٩٩٩٩"])
def test_an_address_with_anything_in_its_middle(case, cast, part):
    """Every route, with a hostile part where its argument stands: a page that is not there, never a fault of ours."""
    clients = [Client(), client_of(cast.noura), client_of(cast.chair), client_of(cast.manager), client_of(cast.store)]
    patterns = {route for route in paths() if "<" in route}
    assert len(patterns) > 20
    for route in sorted(patterns):
        path = "/" + "/".join(part if "<" in piece else piece for piece in route.split("/"))
        for client in clients if leads_somewhere(path) else clients[:1]:
            assert client.get(path).status_code < 500, path
            assert client.post(path, {"why": "x"}).status_code < 500, path


def leads_somewhere(path: str) -> bool:
    """Whether a view is asked at all: what no route takes is not there for anybody alike."""
    try:
        resolve(unquote(path))
    except Resolver404:
        return False
    return True


def paths() -> set[str]:
    def walk(resolver, before=""):
        for entry in resolver.url_patterns:
            here = before + str(entry.pattern).replace("^", "").replace("$", "").replace(
                "(?P<reference>[0-9]{9})", "<r>"
            )
            if isinstance(entry, URLResolver):
                yield from walk(entry, here)
            else:
                yield here

    return set(walk(get_resolver()))


def test_a_seeded_sample_of_noise(pack):
    """Two hundred texts that no rule above thought of."""
    chance, client = random.Random(1448), Client()  # noqa: S311
    for _text in range(200):
        noise = "".join(
            chr(chance.choice((chance.randrange(1, 0xD800), chance.randrange(0xE000, 0x110000)))) for _n in range(40)
        )
        reply = client.post(reverse("channels:ask"), dict.fromkeys(ASK, noise))
        assert reply.status_code in (302, 422)
    assert not Inquiry.objects.exclude(mobile__startswith="+966").exists()


def test_the_list_of_routes_is_whole():
    assert len(list(routes())) > 60
