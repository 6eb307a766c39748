"""A registration that is refused leaves no signature on the disk."""

import pytest

from core.errors import Refused
from policies.models import Service
from requests.intake.actions import Submission, register
from requests.models import SupportRequest
from tests.cast import new_person
from tests.desk.test_papers import picture


def sign(cast, channel: str) -> SupportRequest:
    submission = Submission(
        service=Service.objects.first(), channel=channel, need="إيجار", informed=True, signed="drawn"
    )
    person = new_person(by=cast.noura)
    return register(by=cast.noura, facts={}, submission=submission, person=person, signature=picture())


def files(settings) -> list:
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_signature_is_kept_with_its_request(cast, day_one, settings):
    assert sign(cast, "interview").declaration.signature.file.path == str(files(settings)[0])


def test_a_refused_request_leaves_none(cast, day_one, settings):
    with pytest.raises(Refused):
        sign(cast, "pigeon")
    assert not SupportRequest.objects.exists()
    assert files(settings) == []
