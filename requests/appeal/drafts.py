"""What the person has written of an objection and not sent: kept for a day behind their code, then thrown away."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from core import clock, uploads
from core.models import StoredFile
from core.tokens import canonical, sha256
from requests import workflow
from requests.models import ObjectionDraft, ObjectionDraftFile, SupportRequest

KEPT = timedelta(days=1)


def draft_of(case: SupportRequest) -> ObjectionDraft | None:
    return ObjectionDraft.objects.prefetch_related("files__file").filter(case=case).first()


def fingerprint(draft: ObjectionDraft) -> str:
    """Of the words and the files as they stand: what the check page showed is known again when it is sent."""
    files = sorted((each.pk, each.file.sha256) for each in draft.files.all())
    return sha256(canonical({"text": draft.text, "files": files}))


@transaction.atomic
def keep(case: SupportRequest, *, text: str, files: Sequence[tuple[StoredFile, str]] = ()) -> ObjectionDraft:
    """Keep the words and add these files, each with the name its device gave it."""
    workflow.lock(case)
    draft, _created = ObjectionDraft.objects.update_or_create(
        case=case, defaults={"text": text, "kept_at": clock.now()}
    )
    for file, name in files:
        draft.files.create(file=file, name=name)
    return draft


@transaction.atomic
def take_out(case: SupportRequest, pk: int) -> None:
    """Take one file out of the draft, off the disk too."""
    workflow.lock(case)
    for each in ObjectionDraftFile.objects.filter(draft__case=case, pk=pk).select_related("file"):
        each.delete()
        uploads.discard(each.file)


@transaction.atomic
def drop(case: SupportRequest, *, keeping_files: bool = False) -> list[ObjectionDraftFile]:
    """End the draft; returns what stood in it. `keeping_files`: they go on with the objection that was sent."""
    rows = list(ObjectionDraftFile.objects.filter(draft__case=case).select_related("file"))
    ObjectionDraft.objects.filter(case=case).delete()
    if not keeping_files:
        for each in rows:
            uploads.discard(each.file)
    return rows


def sweep() -> int:
    """Throw away what was left lying for a day; returns how many."""
    left = ObjectionDraft.objects.filter(kept_at__lt=clock.now() - KEPT).select_related("case")
    for draft in left:
        drop(draft.case)
    return len(left)
