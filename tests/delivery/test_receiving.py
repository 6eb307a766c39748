"""How it is received may change after registration; and only the account whose certificate was seen is paid."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from beneficiaries.actions import amend
from beneficiaries.suspension import actions as suspension
from channels.wording import render
from core import clock
from core.errors import Refused
from core.identifiers import lookup_hash
from core.models import AuditRow, OutboxRow
from requests import workflow
from requests.actions import tell_decision
from requests.delivery.actions import cancel, describe, receipt, send_code
from requests.delivery.receiving import change_receiving, verify_iban
from requests.delivery.rules import own_account
from requests.models import SupportRequest
from requests.reminding import sweep
from tests.cast import client_of, new_person
from tests.delivery.desk import also_delivers, award_of, iban_shown, opened, planned, post, signed_paper, take
from tests.desk.test_papers import picture

IBAN, OTHER = "SA0380000000608010167519", "SA4420000001234567891234"
THIRD = "SA9530400108071294460018"
AGAIN = "تغيّر الآيبان منذ فتحت الصفحة"
SLIP = {"instalment": "1", "recipient": "person", "how": "transfer"}


@pytest.fixture
def by_transfer(registered, cast):
    """Arranged by transfer after registration, its IBAN verified by the service officer."""
    amend(registered.person, by=cast.noura, iban=IBAN)
    to_transfer(registered, cast.store)
    return SupportRequest.objects.get(pk=registered.pk)


def changed(case, by, **facts):
    return change_receiving(
        case, by=by, **{"receive_by": "home", "receive_where": "بيته", "why": "cannot_come"} | facts
    )


def to_transfer(case, by, **facts):
    defaults = {"receive_by": "transfer", "why": "account", "iban_verified": True, "shown": iban_shown(case)}
    return change_receiving(case, by=by, **defaults | facts)


def verified(case, by):
    return verify_iban(case, by=by, seen=True, shown=iban_shown(case))


def mark_in(page: str) -> str:
    """The mark in the hidden field, as the page was served."""
    return re.findall('name="seen" value="([^"]+)"', page)[0]


# The account


def test_registration_keeps_which_iban_was_verified_by_whom_and_not_the_iban(case_at, cast):
    case = tell_decision(case_at("approved"), by=cast.noura, how="counter")
    amend(case.person, by=cast.noura, iban=IBAN)
    case = SupportRequest.objects.get(pk=case.pk)
    workflow.perform(case, "complete_registration", by=cast.noura, receive_by="transfer", iban_verified=True)
    award = award_of(case)
    assert (len(award.iban_lookup), award.iban_verified_by, award.iban_verified_at is None) == (64, cast.noura, False)
    assert IBAN not in award.iban_lookup
    assert "اطّلع على الشهادة نورة العتيبي" in opened(cast.store, case)


def test_the_tick_of_a_registration_is_for_the_account_its_page_showed(case_at, cast):
    case = tell_decision(case_at("approved"), by=cast.noura, how="counter")
    amend(case.person, by=cast.noura, iban=IBAN)
    register = reverse("requests:act", args=[case.reference, "complete_registration"])
    desk = client_of(cast.noura)
    ticked = {"receive_by": "transfer", "iban_verified": "on", "seen": mark_in(desk.get(register).content.decode())}
    amend(case.person, by=cast.saad, iban=OTHER)
    for sent in (ticked, ticked | {"iban": THIRD}, ticked | {"receive_by": "nobody"}):
        refused = desk.post(register, sent)
        assert refused.status_code == 422
        assert refused.context["form"]["iban_verified"].value() is False, "the tick stood for another account"
    assert AGAIN in desk.post(register, ticked).content.decode()
    same = ticked | {"seen": mark_in(refused.content.decode()), "receive_by": "nobody"}
    assert desk.post(register, same).context["form"]["iban_verified"].value() is True, "it stands for what is shown"
    assert desk.post(register, ticked | {"seen": mark_in(refused.content.decode())}).status_code == 302
    assert award_of(SupportRequest.objects.get(pk=case.pk)).iban_lookup == lookup_hash(OTHER)


def test_the_verified_account_is_paid(by_transfer, cast):
    assert post(cast.store, by_transfer, **SLIP, scan=picture()).status_code == 302


@pytest.mark.parametrize(("iban", "sentence"), [(OTHER, "تغيّر الآيبان"), (None, "لم يعد في الملف آيبان")])
def test_another_account_is_not_and_the_page_says_so(by_transfer, cast, iban, sentence):
    amend(by_transfer.person, by=cast.noura, iban=iban)
    assert sentence in opened(cast.store, by_transfer)
    assert post(cast.store, by_transfer, **SLIP, scan=picture()).status_code == 422
    case = SupportRequest.objects.get(pk=by_transfer.pk)
    for how in ("transfer", "paper"):
        with pytest.raises(Refused, match=sentence):
            take(case, cast, how=how)
    with pytest.raises(Refused, match=sentence):
        send_code(case.instalments.get(), by=cast.store, received_by_name="محمد")


def test_back_to_the_one_that_was_verified_it_is_paid_again(by_transfer, cast):
    amend(by_transfer.person, by=cast.noura, iban=OTHER)
    amend(by_transfer.person, by=cast.noura, iban=IBAN)
    assert take(by_transfer, cast, how="transfer").state == "delivered"


def test_verified_anew_it_is_paid_and_the_record_says_by_whom(by_transfer, cast):
    amend(by_transfer.person, by=cast.noura, iban=OTHER)
    assert post(cast.store, by_transfer, "iban").status_code == 422, "the certificate was not seen"
    seen = mark_in(opened(cast.store, by_transfer))
    assert post(cast.store, by_transfer, "iban", iban_verified="on", seen=seen).status_code == 302
    row = AuditRow.objects.get(verb="verified_iban")
    assert (row.actor_id, OTHER in str(row.changes)) == (cast.store.pk, False)
    assert post(cast.store, by_transfer, **SLIP, scan=picture()).status_code == 302


def test_whoever_wrote_the_account_does_not_record_what_was_paid_into_it(by_transfer, cast):
    facts = {"how": "transfer", "received_by_name": "محمد", "signature": signed_paper()}
    with pytest.raises(Refused, match="زميل"):
        receipt(by_transfer.instalments.get(), by=also_delivers(cast.noura), **facts)
    assert receipt(by_transfer.instalments.get(), by=cast.store, **facts).state == "delivered"


def test_whoever_wrote_the_account_does_not_verify_it_too(by_transfer, cast):
    also_delivers(cast.saad)
    amend(by_transfer.person, by=cast.saad, iban=OTHER)
    with pytest.raises(Refused, match="زميل"):
        verified(by_transfer, cast.saad)
    assert verified(by_transfer, cast.store).iban_verified_by == cast.store


def test_nor_whoever_opened_the_file_with_it_until_another_amends_it(registered, cast):
    person = new_person(by=also_delivers(cast.saad), iban=IBAN)
    assert own_account(person, cast.store) is None
    assert "زميل" in str(own_account(person, cast.saad))
    amend(person, by=cast.saad, household_size=7)
    assert own_account(person, cast.saad), "another field says nothing of the account"
    amend(person, by=cast.noura, iban=OTHER)
    assert own_account(person, cast.saad) is None


# The account that was looked at


def test_an_iban_that_came_while_the_page_stood_open_is_not_verified(by_transfer, cast):
    amend(by_transfer.person, by=cast.noura, iban=OTHER)
    shown = mark_in(opened(cast.store, by_transfer))
    amend(by_transfer.person, by=cast.noura, iban=THIRD)
    for sent in (shown, "", "iban:0000000000000000"):
        answer = post(cast.store, by_transfer, "iban", iban_verified="on", seen=sent)
        assert (answer.status_code, AGAIN in answer.content.decode()) == (422, True)
    assert award_of(by_transfer).iban_lookup == lookup_hash(IBAN)
    seen = mark_in(answer.content.decode())
    assert post(cast.store, by_transfer, "iban", iban_verified="on", seen=seen).status_code == 302
    assert award_of(by_transfer).iban_lookup == lookup_hash(THIRD)


def test_nor_is_the_service_turned_into_a_transfer_to_it(registered, cast):
    amend(registered.person, by=cast.noura, iban=IBAN)
    shown = mark_in(opened(cast.store, registered, "receiving"))
    amend(registered.person, by=cast.noura, iban=OTHER)
    fields = {"receive_by": "transfer", "why": "account", "iban_verified": "on"}
    for sent in ({"seen": shown}, {}):
        answer = post(cast.store, registered, "receiving", **fields, **sent)
        page = answer.content.decode()
        assert (answer.status_code, AGAIN in page) == (422, True)
    assert SupportRequest.objects.get(pk=registered.pk).receive_by == "pickup"
    (tick,) = re.findall('<input[^>]*name="iban_verified"[^>]*>', page)
    assert "checked" not in tick, "it is looked at again, then ticked again"
    assert post(cast.store, registered, "receiving", **fields, seen=mark_in(page)).status_code == 302
    assert award_of(registered).iban_lookup == lookup_hash(OTHER)


def test_the_mark_shows_nothing_of_the_iban(by_transfer, cast):
    amend(by_transfer.person, by=cast.noura, iban=OTHER)
    assert re.fullmatch("iban:[0-9a-f]{16}", mark_in(opened(cast.store, by_transfer)))


def test_nobody_but_the_service_officer_verifies_and_only_for_a_transfer(by_transfer, registered, cast):
    with pytest.raises(Refused, match="موظف تقديم الخدمة"):
        verified(by_transfer, cast.noura)
    changed(by_transfer, cast.store)
    with pytest.raises(Refused, match="لا تُستلم بتحويل"):
        verified(by_transfer, cast.store)


def test_a_transfer_that_was_not_arranged_pays_a_company_and_nobody_else(registered, given, cast):
    with pytest.raises(Refused, match="لم يُتفق على تحويل"):
        take(registered, cast, how="transfer")
    bill = given(kind="bill")
    describe(bill, by=cast.store, payee="شركة الكهرباء")
    assert take(bill, cast, how="transfer").state == "delivered"


def test_a_payee_from_when_it_was_a_bill_is_none_of_a_transfers(given, cast):
    case = given()
    describe(case, by=cast.store, kind="bill", payee="شركة الكهرباء")
    describe(case, by=cast.store, kind="transfer")
    with pytest.raises(Refused, match="لم يُتفق على تحويل"):
        take(case, cast, how="transfer")


def test_what_was_written_for_another_kind_goes_with_it(given, cast):
    case = given()
    describe(case, by=cast.store, kind="bill", payee="شركة الكهرباء", payee_number="30012")
    repair = describe(case, by=cast.store, kind="repair", payee="شركة الكهرباء")
    assert (repair.payee, repair.payee_number) == ("", ""), "a contractor is not who was paid a bill"
    describe(case, by=cast.store, kind="bill", payee="شركة الكهرباء", payee_number="30012")
    referral = describe(case, by=cast.store, kind="referral", payee="مستشفى نموذجي")
    assert (referral.payee, referral.payee_number) == ("مستشفى نموذجي", "")
    basket = describe(case, by=cast.store, kind="in_kind", items="سلة")
    assert (basket.payee, basket.items) == ("", "سلة")
    assert describe(case, by=cast.store, kind="transfer").items == ""


# The arrangement


def test_it_is_changed_with_a_reason_and_the_record_keeps_both_ways(registered, cast):
    fields = {"receive_by": "delegate", "receive_where": "خالد سعد الشمري", "why": "delegate"}
    assert post(cast.store, registered, "receiving", **fields).status_code == 302
    case = SupportRequest.objects.get(pk=registered.pk)
    assert (case.receive_by, case.receive_where) == ("delegate", "خالد سعد الشمري")
    row = AuditRow.objects.get(verb="changed_receiving")
    assert row.changes == {"receive_by": ["pickup", "delegate"], "receive_where": None, "why": "delegate"}
    page = opened(cast.store, case)
    assert "سيرسل شخصًا آخر" in page
    assert page.count("خالد سعد الشمري") == 2, "the receipt names the delegate that was arranged"


@pytest.mark.parametrize(
    "wrong",
    [
        {"why": "مريض"},
        {"why": ""},
        {"receive_by": "pigeon"},
        {"receive_where": " "},
        {"receive_by": "delegate", "receive_where": ""},
        {"receive_by": "transfer", "iban_verified": "on"},
        {"receive_by": "pickup", "receive_where": "مستودع الفرع الرئيس"},
    ],
    ids=[
        "no reason of the list",
        "no reason",
        "no such way",
        "no place",
        "no delegate",
        "no IBAN in the file",
        "as it is",
    ],
)
def test_what_registration_asked_is_asked_again(registered, cast, wrong):
    fields = {"receive_by": "home", "receive_where": "بيته", "why": "cannot_come"} | wrong
    assert post(cast.store, registered, "receiving", **fields).status_code == 422
    assert SupportRequest.objects.get(pk=registered.pk).receive_by == "pickup"
    with pytest.raises(Refused):
        change_receiving(registered, by=cast.store, **fields)


def test_a_transfer_asks_for_the_certificate_and_any_other_way_forgets_it(registered, cast):
    amend(registered.person, by=cast.noura, iban=IBAN)
    with pytest.raises(Refused, match="الآيبان"):
        changed(registered, cast.store, receive_by="transfer")
    to_transfer(registered, cast.store)
    assert award_of(registered).iban_verified_by == cast.store
    changed(registered, cast.store)
    assert (award_of(registered).iban_lookup, award_of(registered).iban_verified_by) == ("", None)


def test_nobody_else_changes_it_nor_after_the_last_is_settled(registered, cast):
    with pytest.raises(Refused, match="موظف تقديم الخدمة"):
        changed(registered, cast.noura)
    with pytest.raises(Refused, match="زميل"):
        changed(registered, also_delivers(cast.member1))
    planned(registered, cast, 2)
    take(registered, cast, 1, signature=signed_paper())
    cancel(registered, by=cast.store, why="refused")
    with pytest.raises(Refused, match="كما وُقّع عليه"):
        changed(registered, cast.store)


# Who is told, and who records it


def told_it_changed(case) -> int:
    found = OutboxRow.objects.filter(event="receiving_changed")
    assert all(row.address == case.person.mobile for row in found)
    return found.count()


def test_the_person_is_told_of_every_change_and_of_none_that_is_refused(registered, cast):
    for place in ("بيته", "بيت أخيه", "بيته"):
        changed(registered, cast.store, receive_where=place)
    assert told_it_changed(registered) == 3
    with pytest.raises(Refused):
        changed(registered, cast.store)
    row = OutboxRow.objects.filter(event="receiving_changed").first()
    assert "إن لم تطلب ذلك" in render(row.event, row.facts)
    assert (told_it_changed(registered), "بيته" in str(row.facts)) == (3, False)


@pytest.mark.parametrize("suspended", [False, True], ids=["told to come", "told nothing else while suspended"])
def test_whoever_is_told_today_to_come_hears_besides_that_it_changed(by_transfer, cast, day_one, suspended):
    before = told_it_changed(by_transfer)
    planned(by_transfer, cast, 1)
    day_one.shift(timedelta(days=1))
    if suspended:
        found = suspension.propose(by_transfer.person, by=cast.noura, what="راتب لم يُذكر", told_text="دخل لم يُذكر")
        suspension.confirm(found, by=cast.saad)
    changed(by_transfer, cast.store, receive_by="pickup", receive_where="المستودع")
    assert (told(), told_it_changed(by_transfer) - before) == ([] if suspended else ["service_ready"], 1)


def told() -> list[str]:
    sweep()
    return list(OutboxRow.objects.filter(event__startswith="service_").order_by("id").values_list("event", flat=True))


def test_who_waited_for_a_transfer_is_told_to_come_and_is_late_from_then_on(by_transfer, cast, day_one):
    planned(by_transfer, cast, 1)
    day_one.shift(timedelta(days=20))
    assert told() == []
    changed(by_transfer, cast.store, receive_by="pickup", receive_where="المستودع")
    assert (told(), by_transfer.instalments.get().due_on) == (["service_ready"], clock.today())
    day_one.shift(timedelta(days=7))
    assert told() == ["service_ready", "service_still_ready"]


def test_who_is_paid_by_transfer_now_is_not_asked_to_come_again(registered, cast, day_one):
    planned(registered, cast, 1)
    assert told() == ["service_ready"]
    amend(registered.person, by=cast.noura, iban=IBAN)
    to_transfer(registered, cast.store)
    day_one.shift(timedelta(days=8))
    assert told() == ["service_ready"]
