import pytest

from beneficiaries.duplicates.actions import merge_files, propose_merge
from core.models import Draft
from requests.models import SupportRequest
from tests.cast import client_of, new_person
from tests.intake.desk import NEW, whole_form

pytestmark = pytest.mark.django_db
DRAFT = "/counter/draft/"


@pytest.fixture
def officer(cast, day_one):
    return client_of(cast.noura)


def test_what_was_typed_is_kept_and_continued(officer):
    kept = officer.post(DRAFT, {"first_name": "سارة", "mobile": "055"}).json()["draft"]
    again = officer.post(DRAFT, {"first_name": "سارة", "mobile": "0550000067", "draft": kept}).json()["draft"]
    assert again == kept
    form = officer.get(f"/counter/draft/{kept}/").context["form"]
    assert form["mobile"].value() == "0550000067"


def test_pausing_goes_to_the_counter_where_the_draft_waits(officer):
    answer = officer.post(DRAFT, {"first_name": "سارة", "national_id": "1000000016", "pause": "1"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/counter/"
    assert "سارة" in page
    assert "1000000016" not in page


def test_the_tick_and_the_signature_are_not_kept(officer):
    officer.post(DRAFT, whole_form(signature_drawn="data:image/png;base64,AAAA"))
    assert not {"informed", "signature_drawn"} & set(Draft.objects.get().data["fields"])


def test_a_draft_is_its_owners_alone(officer, cast):
    kept = officer.post(DRAFT, {"first_name": "سارة"}).json()["draft"]
    other = client_of(cast.saad)
    assert other.get(f"/counter/draft/{kept}/").status_code == 404
    other.post(DRAFT, {"first_name": "خالد", "draft": kept})
    assert Draft.objects.get(pk=kept).data["fields"]["first_name"] == "سارة"


def test_registration_lets_the_draft_go(officer):
    kept = officer.post(DRAFT, whole_form()).json()["draft"]
    officer.post(NEW, whole_form(draft=str(kept)))
    assert SupportRequest.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_refusal_keeps_it(officer):
    kept = officer.post(DRAFT, whole_form()).json()["draft"]
    page = officer.post(NEW, whole_form(draft=str(kept), informed=None))
    assert Draft.objects.filter(pk=kept).exists()
    assert page.context["draft"] == kept


def test_a_draft_of_a_known_person_opens_that_person(officer, cast):
    person = new_person(by=cast.noura)
    kept = officer.post(DRAFT, {"person": person.pk, "need": "إيجار"}).json()["draft"]
    page = officer.get(f"/counter/draft/{kept}/")
    assert page.context["person"] == person
    assert page.context["form"]["need"].value() == "إيجار"


def test_a_draft_of_a_file_merged_since_opens_the_file_that_was_kept(officer, cast):
    kept, merged = (new_person(by=cast.noura) for _each in range(2))
    number = officer.post(DRAFT, {"person": merged.pk, "need": "إيجار"}).json()["draft"]
    proposal = propose_merge(kept=kept, merged=merged, by=cast.noura, why="بطاقتان", numbers="mistyped")
    merge_files(proposal, by=cast.saad)
    page = officer.get(f"/counter/draft/{number}/")
    assert page.context["person"] == kept
    assert page.context["form"]["need"].value() == "إيجار"


def test_a_draft_is_deleted_on_request(officer):
    kept = officer.post(DRAFT, {"first_name": "سارة"}).json()["draft"]
    officer.post(f"/counter/draft/{kept}/")
    assert not Draft.objects.exists()


def test_a_label_is_a_first_name_or_nothing(officer):
    officer.post(DRAFT, {"first_name": "<b>1098765439</b>\x00"})
    assert Draft.objects.get().label == ""
