"""People who may be the one at the counter, while the form is filled: what is typed so far is compared."""

from typing import Any

from django.core.exceptions import ValidationError

from beneficiaries.duplicates.likeness import Known
from beneficiaries.models import Person
from core import names
from requests.intake.forms import IntakeForm
from requests.people.duplicates.card import alike_to_form

LONGEST = 120


def people_alike(form: IntakeForm, *, owner: Person | None) -> list[dict[str, Any]]:
    """The files this officer finds that may be the same human; `owner` has the ID that was typed."""
    return alike_to_form(known_in(form), user=form.by, but=form.person or owner)


def known_in(form: IntakeForm) -> Known:
    """What is typed and can be read; what cannot be read yet is not known yet."""
    birth, person = read(form, "birth"), form.person
    return Known(
        name=names.of(
            first=typed(form, "first_name"),
            father=typed(form, "father_name"),
            grandfather=typed(form, "grandfather_name"),
            family=typed(form, "family_name"),
        ),
        sex=typed(form, "sex"),
        national_id=person.national_id if person else read(form, "national_id") or "",
        mobile=read(form, "mobile") or "",
        birth=birth.gregorian if birth else (person.birth_date if person else None),
        iban=(person.iban or "") if person else "",
        own_key=person.national_id_lookup if person else "",
    )


def typed(form: IntakeForm, name: str) -> str:
    return str(form[name].value() or "")[:LONGEST] if name in form.fields else ""


def read(form: IntakeForm, name: str) -> Any:
    """The clean value of a field, None while it is empty or wrong."""
    text = typed(form, name)
    if not text.strip():
        return None
    try:
        return form.fields[name].clean(text)
    except ValidationError:
        return None
