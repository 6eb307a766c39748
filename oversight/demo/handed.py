"""What is handed over in the sample: an instalment due today, one that lies uncollected, one received."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from core import clock, uploads
from core.hijri import from_gregorian
from oversight.demo.days import at
from oversight.demo.ink import signature
from requests.delivery.actions import call, describe, receipt
from requests.delivery.planning import plan
from requests.delivery.schedule import equal_parts, monthly
from requests.models import Award, Instalment, SupportRequest
from requests.reminding import sweep


def due(case: SupportRequest, cast: SimpleNamespace) -> None:
    """A repair from zakat, in three instalments, the first of them today."""
    first = clock.today()
    with clock.told(at(4, hour=10)):
        contractor = {"payee": "مؤسسة الإعمار النموذجية", "payee_number": "204"}
        describe(case, by=cast.service, kind="repair", zakat=True, **contractor)
        plan_monthly(case, cast, first=first, count=3)


def lying(case: SupportRequest, cast: SimpleNamespace) -> None:
    """Food that waits at the store: they were told twice, then called."""
    with clock.told(at(25, hour=10)):
        describe(case, by=cast.service, kind="in_kind", items="سلة غذائية لشهر\nحليب أطفال")
        plan_monthly(case, cast, first=clock.today() + timedelta(days=5), count=1)
    for told in (20, 13):  # the day it was ready, and a week later
        with clock.told(at(told)):
            sweep()
    with clock.told(at(3, hour=11)):
        call(case, by=cast.service, result="no_answer", note="اتصلنا صباحًا وعصرًا.")


def begun(case: SupportRequest, cast: SimpleNamespace) -> None:
    """Three bills, the first received and signed on the screen, the next in a day or two."""
    with clock.told(at(29, hour=9)):
        describe(case, by=cast.service, kind="bill", payee="شركة الكهرباء النموذجية", payee_number="30041")
        plan_monthly(case, cast, first=clock.today(), count=3)
    with clock.told(at(29, hour=12)):
        first = case.instalments.order_by("number")[0]
        first.case = case
        sign(first, cast)


def sign(instalment: Instalment, cast: SimpleNamespace) -> None:
    with uploads.together() as store:
        kept = store(signature(f"{instalment.case.reference} {instalment.number}"), by_id=cast.service.pk)
        name = instalment.case.person.full_name
        receipt(instalment, by=cast.service, how="drawn", received_by_name=name, signature=kept)


def plan_monthly(case: SupportRequest, cast: SimpleNamespace, *, first: date, count: int) -> None:
    """In `count` instalments; in one where no amount was decided."""
    total = Award.objects.get(case=case).total
    count = count if total else 1
    amounts: list[Decimal | None] = [*equal_parts(total, count)] if total else [None]
    plan(case, by=cast.service, rows=list(zip(amounts, monthly(from_gregorian(first), count), strict=True)))
