"""An award under way, for the tests of whatever is done with it."""

from datetime import date, timedelta
from itertools import count

from django.urls import reverse

from accounts.roles import Role
from beneficiaries.models import Person
from core import clock
from core.models import StoredFile
from core.uploads import store
from oversight.demo.ink import signature
from requests.delivery import rules
from requests.delivery.actions import describe, photograph, receipt
from requests.delivery.letters import issue_letter
from requests.delivery.planning import plan
from requests.delivery.schedule import equal_parts
from requests.models import Award, SupportRequest
from tests.cast import client_of
from tests.desk.test_papers import picture

PAGES = "code finish details plan receiving iban cancel call photographs letter".split()


def award_of(case) -> Award:
    return Award.objects.get(case=case)


def planned(case, cast, count: int, *, first: date | None = None, why: str = "") -> Award:
    """In equal instalments, thirty days apart."""
    award, first = award_of(case), first or clock.today()
    amounts = equal_parts(award.total, count) if award.total else [None] * count
    days = [first + timedelta(days=30 * each) for each in range(count)]
    return plan(case, by=cast.store, rows=list(zip(amounts, days, strict=True)), why=why)


PAPERS = count(1)


def signed_paper() -> StoredFile:
    """A paper as somebody signed it, scanned; each is another."""
    return store(signature(str(next(PAPERS))), by_id=None)


def take(case, cast, number: int = 1, **facts) -> SupportRequest:
    """One instalment received by the person, who signed on paper."""
    defaults = {"how": "paper", "received_by_name": case.person.full_name, "signature": signed_paper()}
    return receipt(case.instalments.get(number=number), by=cast.store, **(defaults | facts))


def iban_shown(case) -> str:
    """The mark of the IBAN that a page opened now would show."""
    return rules.iban_mark(Person.objects.get(pk=case.person.pk))


def turned(case, *, receive_by: str):
    SupportRequest.objects.filter(pk=case.pk).update(receive_by=receive_by)
    return SupportRequest.objects.get(pk=case.pk)


def also_delivers(person):
    person.roles = [*person.roles, str(Role.SERVICE_OFFICER)]
    person.save()
    return person


def address(case, page: str = "", *args) -> str:
    return reverse(f"requests:delivery_{page}" if page else "requests:delivery", args=[case.reference, *args])


def post(user, case, page: str = "", *args, **fields):
    return client_of(user).post(address(case, page, *args), fields)


def opened(user, case, page: str = "", *args, **query) -> str:
    return client_of(user).get(address(case, page, *args), query).content.decode()


def under_way(case, cast) -> dict[str, list]:
    """A referral with a letter and a photograph, planned in two, one of them received: every page has its address."""
    describe(case, by=cast.store, kind="referral", payee="مستشفى نموذجي")
    words = {"body": "نوصي به.", "signatory": "مدير", "signatory_title": "المدير التنفيذي"}
    letter = issue_letter(case, by=cast.store, addressee="مستشفى نموذجي", **words)
    planned(case, cast, 2)
    photo = photograph(case, [picture()], by=cast.store, moment="handover")[0]
    take(case, cast, 1)
    pages = {f"requests:delivery_{page}": [case.reference] for page in PAGES if page != "call"}
    return pages | {
        "requests:delivery_called": [case.reference],
        "requests:delivery_slip": [case.reference, 1],
        "requests:delivery_letter_paper": [case.reference, letter.pk],
        "requests:delivery_photograph_remove": [case.reference, photo.pk],
    }
