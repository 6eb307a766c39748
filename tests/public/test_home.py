import pytest

from accounts.models import User
from policies.models import Association
from tests.cast import amend, client_of

NO_REQUESTS = "لا تتضمن سياسة الجمعية طلبات دعم؛ خدماتها برامج دعوية واستفسارات"


def text(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_home_offers_three_actions_where_requests_are_taken(client, pack):
    page = text(client, "/")
    assert all(action in page for action in ("تابع طلبك", "قدّم طلبًا", "سياستنا وخدماتنا"))
    assert NO_REQUESTS not in page


def test_home_of_the_dawah_association_offers_its_own_and_says_why(client, load_pack):
    load_pack("dawah")
    page = text(client, "/")
    assert all(action in page for action in ("اقترح برنامجًا", "اسألنا", "سياستنا وخدماتنا"))
    assert NO_REQUESTS in page
    assert "قدّم طلبًا" not in page


def test_home_stands_before_any_pack_is_loaded(client, db):
    assert NO_REQUESTS not in text(client, "/")


def test_home_has_no_demonstration_doors_outside_one(client, cast):
    assert "/demo/enter/" not in text(client, "/")


def test_home_has_a_door_per_role_in_a_demonstration(client, cast, settings):
    settings.DEMO = True
    page = text(client, "/")
    assert page.count('action="/demo/enter/"') == User.objects.count()
    assert 'value="noura"' in page


def test_apply_says_that_the_website_takes_no_form_and_how_long_it_takes(client, pack):
    page = text(client, "/apply/")
    assert "تقديم الطلب من الموقع غير متاح بعد" in page
    assert "لا يصدر القرار قبل أسبوعين من إبلاغك" in page
    assert "مكتب الأحياء الشرقية" in page


def test_apply_says_the_sentence_where_no_requests_are_taken(client, load_pack):
    load_pack("dawah")
    assert NO_REQUESTS in text(client, "/apply/")


def test_a_service_says_what_for_whom_which_papers_and_how_long(client, pack):
    page = text(client, "/services/rent/")
    assert all(part in page for part in ("ماذا نقدّم", "ما لا نقدّمه", "لمن هذه الخدمة؟", "عقد الإيجار"))
    assert "لا يصدر القرار قبل أسبوعين من إبلاغك" in page


def test_waiting_from_the_committee_is_said_as_such(client, pack):
    Association.objects.update(waiting_starts_at="committee_referral")
    assert "لا يصدر القرار قبل أسبوعين من رفع طلبك إلى اللجنة" in text(client, "/services/rent/")


def test_the_associations_own_target_is_never_shown_as_policy(client, pack):
    Association.objects.update(reply_by_days=43)
    assert not any("43" in text(client, url) for url in ("/policy/", "/apply/", "/services/rent/"))


@pytest.mark.parametrize("url", ["/services/none/", "/services/none/../"])
def test_an_unknown_service_is_not_found(client, pack, url):
    assert client.get(url).status_code == 404


def test_a_service_no_longer_offered_is_not_found(client, pack):
    from policies.models import Service

    Service.objects.filter(code="rent").update(is_active=False)
    assert client.get("/services/rent/").status_code == 404


def test_the_policy_says_it_is_model_text_and_shows_its_clauses(client, pack):
    page = text(client, "/policy/")
    assert "نص نموذجي صيغ لهذه البوابة" in page
    assert 'id="PS-5"' in page


def test_an_ambiguous_approval_date_is_said_to_be_so_with_both_readings(client, pack):
    page = text(client, "/policy/")
    assert "وهو يحتمل يومين" in page
    assert "2 يناير 2023م" in page
    assert "1 فبراير 2023م" in page


def test_a_clear_approval_date_is_shown_in_both_calendars(client, load_pack):
    load_pack("libraries")
    page = text(client, "/policy/")
    assert "8 صفر 1445هـ" in page
    assert "24 أغسطس 2023م" in page
    assert "وهو يحتمل يومين" not in page


def test_a_clause_to_be_confirmed_is_marked(client, pack):
    amend(draft=lambda version: version.clauses.filter(clause_id="PS-1").update(to_be_confirmed=True))
    assert "بانتظار تأكيد صاحب الوثيقة" in text(client, "/policy/").split('id="PS-1"')[1].split("</article>")[0]


def test_there_is_no_policy_page_before_a_policy(client, db):
    assert client.get("/policy/").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("noura", 200), ("huda", 200), ("reem", 200), ("chair", 404), ("it", 404)])
def test_the_tools_are_for_the_counter_and_the_researcher(cast, who, status):
    assert client_of(getattr(cast, who)).get("/tools/").status_code == status


def test_the_tools_name_their_clause(cast):
    assert "TL-1" in client_of(cast.noura).get("/tools/").content.decode()


def test_the_tools_are_not_for_visitors(client, pack):
    assert client.get("/tools/").status_code == 302
