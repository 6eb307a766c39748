"""What is typed under a paper and not saved yet, kept while another is saved or looked at (product.md rule 9)."""

from typing import Any

from django.http import QueryDict

from accounts.models import User
from core import drafts
from core.models import Draft
from requests.models import DocumentCheck, SupportRequest

FORM = "papers"
TYPED = ("state", "member", "issued_on", "valid_until", "ready", "reason")
LONGEST = 400


def names_of(check: DocumentCheck) -> list[str]:
    """The names under which `PaperForm` sends what is typed about this paper; a file cannot be kept."""
    return [f"p{check.pk}-{name}" for name in TYPED]


def kept(case: SupportRequest, *, by: User) -> Draft | None:
    return drafts.waiting(owner=by, form=FORM).filter(label=case.reference).first()


def keep(case: SupportRequest, sent: QueryDict, *, by: User, saved: DocumentCheck | None = None) -> None:
    """Keep what was sent of this case's papers beside what is kept already, without the one that is saved."""
    row = kept(case, by=by)
    ours = [name for check in case.checks.all() for name in names_of(check)]
    data: dict[str, Any] = (row.data if row else {}) | {name: sent[name][:LONGEST] for name in ours if name in sent}
    for name in names_of(saved) if saved else []:
        data.pop(name, None)
    if data:
        drafts.keep(owner=by, form=FORM, label=case.reference, data=data, pk=row.pk if row else None)
    elif row:
        drafts.drop(owner=by, form=FORM, pk=row.pk)


def typed(row: Draft | None, check: DocumentCheck) -> dict[str, str]:
    """What its owner typed about this paper and did not save; nothing where somebody judged it since."""
    if row is None or (check.judged_at and check.judged_at > row.updated_at):
        return {}
    data: dict[str, Any] = row.data
    return {field: data[name] for field, name in zip(TYPED, names_of(check), strict=True) if name in data}
