"""A signature drawn or attached is a picture, for it is drawn into the paper; a PDF would leave the paper unprinted."""

import pytest

from committee.minutes.actions import put_signature, sign
from committee.minutes.paper import minutes_pdf
from committee.minutes.rules import fingerprint
from committee.minutes.sight import sight_of
from committee.models import Signature
from core import uploads
from core.models import StoredFile
from tests.cast import client_of
from tests.minutes.desk import picture
from tests.paper import holds, upload

PAGE = "/committee/minutes/1448-1/"


def test_a_pdf_is_no_picture_of_a_signature(signed, cast):
    kept = StoredFile.objects.count()
    with pytest.raises(uploads.UploadError, match="صورة"):
        sign(signed, by=cast.chair, picture=upload(), seen=fingerprint(signed))
    assert not signed.signatures.filter(user=cast.chair).exists()
    assert StoredFile.objects.count() == kept


def test_the_form_says_so_beside_the_file_and_takes_the_picture_next(signed, cast):
    client, posted = client_of(cast.chair), {"seen": signed.sha256, "how": "picture", "agrees": "yes"}
    refused = client.post(f"{PAGE}sign/", posted | {"picture": upload("signature.png")})
    assert refused.status_code == 422
    assert "أرفق هنا صورة" in refused.content.decode()
    assert client.post(f"{PAGE}sign/", posted | {"picture": picture()}).status_code == 302


def test_a_pdf_kept_as_a_signature_before_this_was_asked_leaves_the_paper_printable(signed, cast):
    file = uploads.store(upload(), by_id=cast.chair.pk)
    facts = {"user": cast.chair, "by": cast.chair, "how": Signature.How.DRAWN, "reservation": None, "addendum": None}
    put_signature(signed, file=file, **facts)
    assert holds(minutes_pdf(signed, sight_of(signed, cast.secretary)), cast.chair.name)
