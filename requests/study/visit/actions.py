"""Verbs on the photographs of a visit: they stand on the consent of the person, and go when it is taken back."""

from typing import Any

from django.db import transaction

from accounts.models import User
from core import audit, clock, uploads
from core.errors import Refused
from requests.models import PhotoConsent, StudyPhoto, SupportRequest
from requests.study import rules
from requests.study.actions import begin, written_by


@transaction.atomic
def record_consent(case: SupportRequest, *, by: User, given_by: str) -> PhotoConsent:
    """Somebody of the household agreed, in front of the researcher. A second recording changes nothing."""
    study = begin(case, by=by)
    consent, created = PhotoConsent.objects.get_or_create(
        study=study, withdrawn_at=None, defaults={"given_by": given_by, "recorded_by": by}
    )
    if created:
        audit.record("photo_consent_given", case, by=by, changes={"consent": consent.pk})
    return consent


@transaction.atomic
def withdraw_consent(consent: PhotoConsent, *, by: User) -> PhotoConsent:
    """They took it back: the photographs are thrown away, that they were agreed to once stays."""
    case = written_by(consent.study.case, by)
    consent = PhotoConsent.objects.get(pk=consent.pk)
    if consent.withdrawn_at is None:
        gone = [thrown_away(photo) for photo in consent.photos.select_related("file")]
        consent.withdrawn_at = clock.now()
        consent.save(update_fields=["withdrawn_at"])
        audit.record("photo_consent_withdrawn", case, by=by, changes={"consent": consent.pk, "photographs": len(gone)})
    return consent


def add_photos(case: SupportRequest, *, by: User, files: list[Any], caption: str = "") -> list[StudyPhoto]:
    """Keep photographs, each drawn anew without its position and camera: all of them, or none. Raises Refused without
    a consent in force, and `uploads.SeveralRefused` for files that are no pictures."""
    with uploads.together() as store:
        study = begin(case, by=by)
        consent = study.consents.filter(withdrawn_at=None).first()
        if consent is None:
            raise Refused(rules.no_consent())
        fresh = consent.photos.exclude(file__sha256__in=rules.photographs_kept(study))
        if sentence := rules.too_many_photos(fresh.count() + len(files)):
            raise Refused(sentence)
        stored = uploads.store_each(files, store=store, by_id=by.pk)
        if any(file.kind == "pdf" for file in stored):
            raise Refused(rules.no_picture())
        photos = [StudyPhoto.objects.create(consent=consent, file=file, caption=caption) for file in stored]
        audit.record("study_photos_added", case, by=by, changes={"photographs": [photo.pk for photo in photos]})
    return photos


@transaction.atomic
def remove_photo(photo: StudyPhoto, *, by: User) -> None:
    """Take one photograph away. Refused once the study was raised with it: what was decided on does not disappear."""
    case = written_by(photo.consent.study.case, by)
    if sentence := rules.why_not_remove(photo):
        raise Refused(sentence)
    audit.record("study_photo_removed", case, by=by, changes={"photographs": [thrown_away(photo)]})


def thrown_away(photo: StudyPhoto) -> int | None:
    gone = photo.pk
    photo.delete()
    uploads.discard(photo.file)
    return gone
