"""What the counter's tests send: a whole form that would be accepted, to be spoiled one field at a time."""

from django.urls import reverse

from policies.models import Service
from requests.models import SupportRequest
from tests.cast import sample_id

NEW = "/counter/new/"
SEARCH = "/counter/search/"


def whole_form(**changes) -> dict:
    form = {
        "first_name": "سارة",
        "father_name": "علي",
        "grandfather_name": "",
        "family_name": "الشهري",
        "national_id": sample_id(7001),
        "birth": "14/8/1412",
        "sex": "female",
        "nationality": "السعودية",
        "mobile": "0550000067",
        "channel": "interview",
        "household_size": "5",
        "income_band": "under_3000",
        "category": "",
        "service": str(Service.objects.filter(papers__isnull=False).first().pk),
        "need": "متأخرة عن إيجار ثلاثة أشهر.",
        "informed": "on",
        "signed": "paper",
    }
    return {name: value for name, value in (form | changes).items() if value is not None}


def returning_form(person, **changes) -> dict:
    return whole_form(national_id=None, first_name=person.first_name, father_name=person.father_name, **changes)


def url_of(person) -> str:
    return reverse("requests:register_for", args=[person.pk])


def only_case() -> SupportRequest:
    return SupportRequest.objects.get()
