"""A researcher at work: the answers of every section, and how they are sent."""

from decimal import Decimal
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from requests.models import Study
from requests.study.actions import save_section
from requests.study.lines.actions import add_line
from requests.study.page import open_form
from requests.study.sections import BY_NAME
from tests.cast import client_of

ANSWERS = {
    "identity": {"id_seen": "original", "agrees": "same"},
    "contact": {"address": "right", "agrees": "differs", "differs": "انتقلوا إلى الشارع الموازي."},
    "household": {"household_size": "3", "agrees": "same"},
    "income": {"stated": "راتب واحد."},
    "obligations": {"none": "on"},
    "housing": {"condition": "poor", "lacks": ["cooling", "roof"], "agrees": "same", "observed": "سقف المطبخ متشقق."},
    "health": {"conditions": ["chronic"], "report": "seen", "opinion": "العلاج مستمر."},
    "assets": {"owns": ["car"], "worth": "١٢٬٠٠٠"},
    "support": {"receives": "no"},
    "needs": {"needs": ["rent"], "urgency": "now"},
    "visit": {"visited_at": "home", "visited_on": "20/11/2026", "present": "الأم والابن الأكبر"},
}
OPINION = {
    "findings": "السكن مستأجر بعقد سارٍ.",
    "recommends": "approve",
    "kind": "bill",
    "what": "سداد إيجار ثلاثة أشهر",
    "amount": "3000",
    "months": "",
    "reasons": "انقطع المعيل عن العمل.",
}


def address(case, name, *more):
    return reverse(f"requests:{name}", args=[case.reference, *more])


def get(person, case, name, *more):
    return client_of(person).get(address(case, name, *more))


def send(person, case, section, *, press="done", **answers):
    """Open the section, answer, and press a button, as a browser does."""
    client = client_of(person)
    there = address(case, "study_section", section)
    page = client.get(there)
    carried = {"seen": page.context["mark"], "draft": page.context["draft"]} if page.context else {}
    return client.post(there, carried | {"section": section, press: "1"} | answers)


def fill(person, case, *, but=()):
    """Every section done, except these and the opinion; one salary of 3,000."""
    add_line(case, by=person, kind="salary", amount=Decimal("3000"), every="month", known_by="paper")
    for name in [name for name in ANSWERS if name not in but]:
        data = QueryDict(urlencode(ANSWERS[name], doseq=True))
        form = open_form(case, Study.objects.get(case=case), BY_NAME[name], data, done=True)
        assert form.is_valid(), (name, form.errors)
        save_section(case, name, by=person, done=True, **form.facts())
