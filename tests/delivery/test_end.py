"""What is not handed over: cancelled with a reason, finished, closed, called about; and what proves the rest."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import clock
from core.errors import Refused
from core.models import AuditRow, StoredFile
from requests import workflow
from requests.delivery.actions import call, cancel, describe, finish
from requests.delivery.letters import begun, issue_letter
from requests.delivery.listing import to_close
from requests.models import CollectionCall, ProofPhoto, SupportRequest
from tests.cast import client_of
from tests.delivery.desk import address, award_of, planned, post, take
from tests.paper import letters, upload


def test_one_instalment_or_all_that_is_left_is_cancelled_and_the_record_says_why(registered, cast):
    planned(registered, cast, 4)
    take(registered, cast, 1)
    assert post(cast.store, registered, "cancel", which="3", why="refused").status_code == 302
    assert post(cast.store, registered, "cancel", which="rest", why="moved", note="إلى مدينة أخرى").status_code == 302
    found = [(each.number, each.cancelled_why) for each in registered.instalments.all()]
    assert found == [(1, ""), (2, "moved"), (3, "refused"), (4, "moved")]
    row = AuditRow.objects.filter(verb="cancelled_instalments").latest("id")
    assert (row.changes, row.why) == ({"instalments": [2, 4]}, "")
    page = client_of(cast.store).get(address(registered)).content.decode()
    assert "الانتقال خارج نطاقنا. إلى مدينة أخرى" in page, "read from the instalments"


@pytest.mark.parametrize("why", ["", "bored"])
def test_a_reason_from_the_list_is_asked(registered, cast, why):
    assert post(cast.store, registered, "cancel", which="rest", why=why).status_code == 422
    with pytest.raises(Refused, match="سبب الإلغاء"):
        cancel(registered, by=cast.store, why=why)


def test_after_the_rest_is_cancelled_what_was_received_is_the_service(registered, cast):
    planned(registered, cast, 2)
    take(registered, cast, 1)
    with pytest.raises(Refused, match="الدفعة الأخيرة"):
        finish(registered, by=cast.store)
    cancel(registered, by=cast.store, why="moved")
    assert SupportRequest.objects.get(pk=registered.pk).state == "registered"
    assert post(cast.store, registered, "finish").status_code == 302
    assert SupportRequest.objects.get(pk=registered.pk).state == "delivered"


def test_where_nothing_was_received_the_manager_closes(registered, cast):
    assert to_close(cast.manager) == []
    cancel(registered, by=cast.store, why="refused")
    with pytest.raises(Refused, match="المدير"):
        finish(registered, by=cast.store)
    case = SupportRequest.objects.get(pk=registered.pk)
    assert to_close(cast.manager) == [case]
    assert case.person.full_name not in client_of(cast.manager).get("/waiting/").content.decode()
    assert workflow.perform(case, "close", by=cast.manager, close_reason="duplicate").state == "closed"
    assert to_close(cast.manager) == []


def test_nothing_is_delivered_to_the_dead(registered, cast):
    planned(registered, cast, 2)
    take(registered, cast, 1)
    cancel(registered, by=cast.manager, why="died")
    with pytest.raises(Refused, match="توفي"):
        finish(registered, by=cast.store)


def test_what_was_cancelled_is_neither_received_nor_cancelled_again_nor_planned(registered, cast):
    planned(registered, cast, 2)
    cancel(registered, by=cast.store, why="refused", only=registered.instalments.get(number=1))
    with pytest.raises(Refused, match="أُلغيت"):
        take(registered, cast, 1)
    with pytest.raises(Refused, match="أُلغيت"):
        cancel(registered, by=cast.store, why="refused", only=registered.instalments.get(number=1))
    with pytest.raises(Refused, match="600"):  # what is left is half of it
        planned(registered, cast, 2, why="كلها")


def test_a_call_keeps_its_outcome_and_the_day_they_come(registered, cast, day_one):
    planned(registered, cast, 1)
    day_one.shift(timedelta(days=14))
    later = clock.today() + timedelta(days=2)
    typed = f"{later.day}/{later.month}/{later.year}"
    assert post(cast.store, registered, "called", result="will_come", comes_on=typed).status_code == 302
    assert CollectionCall.objects.get().comes_on == later
    assert post(cast.store, registered, "called", result="will_come").status_code == 422
    assert post(cast.store, registered, "called", result="no_answer", comes_on=typed).status_code == 422
    with pytest.raises(Refused, match="اليوم أو بعده"):
        call(registered, by=cast.store, result="will_come", comes_on=clock.today() - timedelta(days=1))


def test_photographs_are_kept_without_their_place_all_or_none(registered, cast):
    taken, out = Image.new("RGB", (40, 30), "tan"), io.BytesIO()
    exif = taken.getexif()
    exif[0x010F] = "a camera"
    taken.save(out, "JPEG", exif=exif)

    def sent(*more):
        pictures = [SimpleUploadedFile("a.jpg", out.getvalue()), *more]
        return post(cast.store, registered, "photographs", moment="before", caption="السقف", pictures=pictures)

    for other in (upload(), SimpleUploadedFile("b.jpg", b"not a picture")):
        assert sent(other).status_code == 422
        assert not ProofPhoto.objects.exists()
        assert not any(Path(settings.MEDIA_ROOT).rglob("*.*"))
    assert sent(SimpleUploadedFile("c.jpg", out.getvalue())).status_code == 302
    with ProofPhoto.objects.first().file.file.open("rb") as kept:
        assert not Image.open(kept).getexif()
    removed = ProofPhoto.objects.select_related("file").first()
    assert post(cast.store, registered, "photograph_remove", removed.pk).status_code == 302
    assert (ProofPhoto.objects.count(), StoredFile.objects.count()) == (1, 1)
    assert AuditRow.objects.get(verb="removed_photograph").changes == {"picture": removed.file.sha256}


def test_a_letter_is_numbered_in_its_year_names_the_person_and_gives_no_identifier(given, cast):
    case = given(total=None, kind="referral")
    describe(case, by=cast.store, payee="مستشفى نموذجي")
    written = {"signatory": "مدير", "signatory_title": "المدير التنفيذي", "addressee": "مستشفى نموذجي"}
    offered = begun(award_of(case))["body"]
    for _each in range(2):
        assert post(cast.store, case, "letter", **written, body=offered).status_code == 302
    assert [letter.number for letter in award_of(case).letters.all()] == ["1448-2", "1448-1"]
    answer = client_of(cast.store).get(address(case, "letter_paper", award_of(case).letters.last().pk))
    printed = letters(answer.content)
    assert "1448" in printed
    assert case.person.national_id not in printed
    assert case.person.full_name in offered
    with pytest.raises(Refused, match="خطاب توصية"):
        issue_letter(given(kind="bill"), by=cast.store, body=offered, **written)
