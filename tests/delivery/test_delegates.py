"""A delegate is the one that was arranged, or one for whom the person reads out their code (rule 5)."""

import pytest

from beneficiaries.actions import amend
from core.errors import Refused
from core.models import OutboxRow
from requests import workflow
from requests.actions import tell_decision
from requests.delivery.actions import receipt, send_code
from requests.delivery.receiving import change_receiving
from requests.models import SupportRequest
from requests.reminding import sweep
from tests.delivery.desk import also_delivers, iban_shown, planned, post, signed_paper, take

KHALID = {"recipient": "delegate", "received_by_name": "خالد سعد الشمري"}
IBAN = "SA0380000000608010167519"


def to_delegate(case, by, name="خالد سعد الشمري"):
    return change_receiving(case, by=by, receive_by="delegate", receive_where=name, why="delegate")


def test_a_delegate_nobody_arranged_needs_the_code_of_the_person(registered, cast):
    for how in ("paper", "drawn", "transfer"):
        with pytest.raises(Refused, match="لم يُتفق على من ينوب"):
            take(registered, cast, how=how, signature=signed_paper(), **KHALID)
    send_code(registered.instalments.get(), by=cast.store, **KHALID)
    code = OutboxRow.objects.get(event="code_to_receive").facts["code"]
    assert post(cast.store, registered, instalment="1", how="code", code=code, **KHALID).status_code == 302


def test_whoever_sent_it_to_a_delegate_does_not_record_that_they_came(registered, cast):
    to_delegate(registered, cast.store)
    case = SupportRequest.objects.get(pk=registered.pk)
    with pytest.raises(Refused, match="فليسجّل الاستلام زميل لك"):
        take(case, cast, **KHALID)
    colleague = also_delivers(cast.saad)
    facts = {"how": "paper", "signature": signed_paper(), **KHALID}
    for name in ("خالد", "سالم سعد الشمري"):
        with pytest.raises(Refused, match="المتفق عليه أن ينوب عن صاحب الطلب: خالد سعد الشمري"):
            receipt(case.instalments.get(), by=colleague, **facts | {"received_by_name": name})
    facts["received_by_name"] = "خالد  سعد الشمرى"  # as another hand writes it
    assert receipt(case.instalments.get(), by=colleague, **facts).state == "delivered"


def test_they_do_with_the_code_of_the_person_and_where_another_arranged_it(registered, cast):
    planned(registered, cast, 2)
    to_delegate(registered, cast.store)
    case = SupportRequest.objects.get(pk=registered.pk)
    send_code(case.instalments.get(number=1), by=cast.store, **KHALID)
    code = OutboxRow.objects.get(event="code_to_receive").facts["code"]
    assert post(cast.store, case, instalment="1", how="code", code=code, **KHALID).status_code == 302
    other = {**KHALID, "received_by_name": "خالد سعد"}
    to_delegate(case, also_delivers(cast.saad), "خالد سعد")
    with pytest.raises(Refused, match="فليسجّل الاستلام زميل لك"):
        take(case, cast, 2, **other)  # another spelling by a colleague frees nobody
    change_receiving(case, by=cast.saad, receive_by="pickup", receive_where="المستودع", why="asked")
    to_delegate(case, cast.saad, "خالد سعد")
    assert take(case, cast, 2, **other).state == "delivered"


def test_whoever_registered_it_through_a_delegate_does_not_record_that_they_came(case_at, cast):
    case = tell_decision(case_at("approved"), by=cast.noura, how="counter")
    also_delivers(cast.noura)
    name = KHALID["received_by_name"]
    workflow.perform(case, "complete_registration", by=cast.noura, receive_by="delegate", receive_where=name)
    case = SupportRequest.objects.get(pk=case.pk)
    facts = {"how": "paper", "signature": signed_paper(), **KHALID}
    with pytest.raises(Refused, match="فليسجّل الاستلام زميل لك"):
        receipt(case.instalments.get(), by=cast.noura, **facts)
    assert receipt(case.instalments.get(), by=cast.store, **facts).state == "delivered"


def told() -> list[str]:
    sweep()
    return list(OutboxRow.objects.filter(event__startswith="service_").order_by("id").values_list("event", flat=True))


def test_another_delegate_is_no_new_message(registered, cast):
    planned(registered, cast, 1)
    assert told() == ["service_ready"]
    to_delegate(registered, cast.store)
    assert told() == ["service_ready"]


def test_who_is_told_today_that_it_is_ready_hears_besides_that_another_may_fetch_it(registered, cast, day_one):
    amend(registered.person, by=cast.noura, iban=IBAN)
    shown = iban_shown(registered)
    change_receiving(registered, by=cast.store, receive_by="transfer", why="account", iban_verified=True, shown=shown)
    planned(registered, cast, 1)
    before = OutboxRow.objects.filter(event="receiving_changed").count()
    to_delegate(registered, cast.store)
    assert told() == ["service_ready"]
    assert OutboxRow.objects.filter(event="receiving_changed").count() == before + 1
