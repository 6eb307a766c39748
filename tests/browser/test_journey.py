"""One walk-in carried from the counter to delivery and to the five faces, by the people who do it, in Arabic."""

import re

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from playwright.sync_api import expect

from channels import delivery, gateways
from core.references import format_reference
from oversight.demo.ink import png
from requests.models import SupportRequest
from surveys.actions import sweep_deliveries
from surveys.models import Answer
from tests.browser.people import Staff, Visitor
from tests.cast import sample_id
from tests.study.desk import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY_ONE = "2026-11-22T09:00:00+03:00"
DAY_FIVE = "2026-11-27T10:00:00+03:00"
DAY_THIRTEEN = "2026-12-05T23:40:00+03:00"
DAY_FOURTEEN = "2026-12-06T00:00:00+03:00"
DATE = "الأحد 26 جمادى الآخرة 1448هـ"
DATE_GREGORIAN = "6 ديسمبر 2026م"


@pytest.fixture
def calendar():
    """The calendar on the wall; `calendar.move_to` turns its page for everybody."""
    with time_machine.travel(DAY_ONE, tick=True) as traveller:
        yield traveller


@pytest.fixture
def first_file(transactional_db):
    """The association's first file: the numbers that other tests took are forgotten."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE beneficiaries_file_number RESTART")


@pytest.fixture
def phone_messages(monkeypatch):
    """What reached the person's phone, last one last."""
    messages: list[str] = []
    monkeypatch.setitem(gateways.GATEWAYS, "console", lambda address, text: messages.append(text))
    return messages


def register(officer: Staff) -> SupportRequest:
    """Nobody of that name is found; the walk-in is registered on one page, told, and signs on paper."""
    page = officer.page
    officer.open("/counter/")
    officer.look("01-counter")
    page.locator("#q").fill("سارة علي الشهري")
    page.locator("#q").press("Enter")
    officer.reads("لا يوجد ملف بما كتبته")
    officer.press("شخص جديد")
    for name, value in {
        "first_name": "سارة",
        "father_name": "علي",
        "grandfather_name": "محمد",
        "family_name": "الشهري",
        "national_id": sample_id(7001),
        "birth": "١٤/٨/١٤١٢",
        "mobile": "٠٥٥٠٠٠٠٠٦٧",
        "household_size": "٥",
        "need": "متأخرة عن إيجار ثلاثة أشهر بعد انقطاع العمل، ولديها ثلاثة أطفال.",
    }.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=sex]", "female")
    page.select_option("[name=income_band]", "under_3000")
    page.select_option("[name=service]", index=1)
    officer.reads("لا تقل عن أسبوعين", DATE)
    officer.look("02-registration")
    page.check("[name=informed]")
    officer.press("سجّل")
    expect(page).to_have_url(re.compile("/receipt/$"))
    case = SupportRequest.objects.get()
    officer.reads(format_reference(case.reference), DATE, DATE_GREGORIAN)
    officer.look("03-receipt")
    return case


def verify_and_refer(officer: Staff, case: SupportRequest) -> None:
    officer.open(f"/requests/{case.reference}/")
    officer.look("04-case-new")
    officer.reads("لم تكتمل بعد")
    officer.open(f"/requests/{case.reference}/papers/")
    for check in case.checks.all():
        row = officer.page.locator(f"#p{check.pk}")
        if row.get_attribute("open") is None:
            row.locator("summary").click()
        row.locator("input[value=accepted]").check()
        if check.has_expiry:
            row.locator("[name$=valid_until]").fill("1/1/1470")
        row.get_by_role("button", name="حفظ").click()
    officer.look("05-papers")
    officer.open(f"/requests/{case.reference}/")
    officer.press("اعتماد التحقق")
    officer.press("إحالة إلى البحث الاجتماعي")
    officer.reads("مُحال إلى البحث الاجتماعي")


def study(researcher: Staff, case: SupportRequest) -> None:
    """Section by section; the phone's own journey, with the signal lost on the way, is in tests/study."""
    researcher.open("/waiting/")
    researcher.look("06-researcher-waiting")
    researcher.open(f"/requests/{case.reference}/")
    researcher.press("تولّي دراسة الطلب")
    fill(researcher.user, case)
    researcher.open(f"/requests/{case.reference}/study/")
    researcher.look("07-study")
    researcher.open(f"/requests/{case.reference}/study/opinion/")
    page = researcher.page
    page.fill("[name=findings]", "زيارة منزلية. السكن مستأجر بعقد سارٍ، والمعيل منقطع عن العمل منذ أربعة أشهر.")
    page.check("[name=recommends][value=approve]")
    page.select_option("[name=kind]", "transfer")
    page.fill("[name=what]", "سداد إيجار ثلاثة أشهر")
    page.fill("[name=amount]", "3000")
    page.fill("[name=reasons]", "الحاجة ثابتة، ولا يوجد دعم من جهة أخرى.")
    researcher.reads("1,000")
    researcher.press("رفع إلى اللجنة")
    researcher.reads("لدى لجنة البحث")


def open_the_meeting(secretary: Staff, members) -> None:
    secretary.open("/committee/")
    secretary.look("08-committee-queue")
    secretary.page.fill("[name=place]", "قاعة الاجتماعات")
    secretary.press("فتح اجتماع")
    for member in members:
        secretary.page.get_by_role("listitem").filter(has_text=member.name).get_by_role("button").first.click()
    secretary.look("09-meeting")


def vote(member: Staff, case: SupportRequest, *, look: bool = False) -> None:
    member.open(f"/committee/{case.reference}/")
    if look:
        member.look("10-committee-case")
    member.page.locator("button[name=choice][value=yes]").click()


def try_to_issue_too_early(chair: Staff, case: SupportRequest) -> None:
    """The button says why, the POST is refused with the same sentence, and the database refuses raw SQL."""
    chair.open(f"/committee/{case.reference}/")
    sentence = f"لا يصدر القرار قبل {DATE} الموافق {DATE_GREGORIAN}"
    chair.reads(sentence)
    expect(chair.page.get_by_role("button", name="إصدار القرار")).to_have_attribute("aria-disabled", "true")
    chair.look("11-issuing-refused")
    token = chair.page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    answer = chair.context.request.post(
        f"{chair.server.url}/committee/{case.reference}/issue/",
        form={"csrfmiddlewaretoken": token},
        headers={"Referer": chair.server.url},
    )
    assert sentence in answer.text()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE requests_supportrequest SET state = 'approved', decided_on = '2026-12-05' WHERE id = %s", [case.pk]
        )
    case.refresh_from_db()
    assert case.state == "committee_review"


def tell_and_register(officer: Staff, case: SupportRequest) -> None:
    officer.open(f"/requests/{case.reference}/")
    officer.page.check("[name=how][value=phone]")
    officer.look("12-tell-the-decision")
    officer.press("تسجيل الإبلاغ")
    officer.press("استكمال التسجيل")
    officer.page.select_option("[name=marital_status]", "widowed")
    officer.page.fill("[name=name_as_printed]", "سارة بنت علي بن محمد الشهري")
    officer.page.check("[name=receive_by][value=pickup]")
    officer.page.fill("[name=receive_where]", "المقر الرئيس")
    officer.look("13-registration-completed")
    officer.press("استكمال التسجيل")
    officer.reads("اكتمل التسجيل")


def hand_over(store: Staff, case: SupportRequest) -> None:
    store.open("/waiting/")
    store.look("14-store-waiting")
    store.open(f"/requests/{case.reference}/delivery/")
    store.reads("سداد إيجار ثلاثة أشهر")
    store.look("15-delivery")
    store.page.check("[name=how][value=paper]")
    signed = {"name": "slip.png", "mimeType": "image/png", "buffer": png()}
    store.page.set_input_files("[name=scan]", files=[signed])
    store.press("تسجيل الاستلام")
    store.reads("قُدّمت الخدمة")


def follow(beneficiary: Visitor, case: SupportRequest, *sentences: str, picture: str) -> None:
    """By the number on the receipt and the last four digits of the mobile, on a small phone."""
    beneficiary.open("/status/")
    beneficiary.page.fill("[name=reference]", format_reference(case.reference))
    beneficiary.page.locator("form [name]:not([type=hidden])").nth(1).fill("٠٠٦٧")
    beneficiary.press("أين وصل طلبي؟")
    beneficiary.reads(*sentences)
    beneficiary.does_not_read("سارة", "الشهري", "3000", "3,000", sample_id(7001))
    beneficiary.look(picture)


def test_a_walk_in_from_the_counter_to_the_five_faces(browser, server, cast, calendar, phone_messages, first_file):
    officer, reem, secretary = (Staff(browser, server, user) for user in (cast.noura, cast.reem, cast.secretary))
    sara = Visitor(browser, server, javascript=False)

    case = register(officer)
    delivery.sweep()
    assert DATE_GREGORIAN in phone_messages[-1]
    follow(sara, case, "استلمنا طلبك", picture="20-status-received")

    verify_and_refer(officer, case)
    follow(sara, case, "البحث الاجتماعي", picture="21-status-research")
    study(reem, case)
    follow(sara, case, "اللجنة تدرس طلبك", DATE_GREGORIAN, picture="22-status-committee")

    calendar.move_to(DAY_FIVE)
    secretary.sign_in()
    open_the_meeting(secretary, cast.voters[1:])
    for number, user in enumerate(cast.voters[1:]):
        vote(Staff(browser, server, user), case, look=number == 0)
    secretary.open(f"/committee/{case.reference}/")
    secretary.press("إغلاق التصويت")
    secretary.reads("ينتظر")
    secretary.look("10-proposed")

    calendar.move_to(DAY_THIRTEEN)
    chair = Staff(browser, server, cast.chair)
    try_to_issue_too_early(chair, case)

    calendar.move_to(DAY_FOURTEEN)
    chair.sign_in()
    chair.open(f"/committee/{case.reference}/")
    chair.press("إصدار القرار")
    case.refresh_from_db()
    assert (case.state, str(case.decided_on)) == ("approved", "2026-12-06")
    follow(sara, case, "صدر القرار", picture="23-status-decided")
    sara.does_not_read("قُبل طلبك")

    officer.sign_in()
    tell_and_register(officer, case)
    case.person.refresh_from_db()
    assert (case.person.name_as_printed, case.person.file_number) == ("سارة بنت علي بن محمد الشهري", "1001")
    hand_over(Staff(browser, server, cast.store), case)
    follow(sara, case, "قُدّمت لك الخدمة", picture="24-status-delivered")

    sweep_deliveries()
    delivery.sweep()
    rate(sara, phone_messages)


def rate(beneficiary: Visitor, messages: list[str]) -> None:
    """One tap on a face, from the link in the message; opening the link records nothing."""
    link = next(line for line in messages[-1].splitlines() if line.startswith("http"))
    beneficiary.open("/s/" + link.split("/s/")[1])
    beneficiary.look("25-survey")
    assert Answer.objects.count() == 0
    beneficiary.press("ممتازة")
    beneficiary.reads("شكرًا")
    beneficiary.look("26-survey-thanks")
    assert Answer.objects.get().face == 5
