"""A decision in the words the person reads: one text for the preview, the letter and whoever reads it aloud."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.roles import Role
from beneficiaries.models import Person
from core.hijri import format_dual
from core.references import format_reference
from policies.models import Association
from requests.appeal.rules import counted_from, is_final
from requests.decision.words import amount_in_words, kind_in_words, months_in_words
from requests.models import Decision, Issuer, Outcome, SupportRequest
from requests.public.wording import objection_until, rejection_because


def letter_text(case: SupportRequest, decision: Decision, *, on: date, number: str = "") -> dict[str, Any]:
    """The whole letter of a decision issued on this day, in Arabic whoever asks; without a number before it has one."""
    association = Association.current()
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "number": number,
            "day": format_dual(on, weekday=True),
            "association": {
                "name": association.name,
                "licence": association.licence_no,
                "licence_label": _("Licence number"),
            },
            "title": _("Decision on your request"),
            "to": addressed(case.person.current),
            "subject": _("Your request number %(reference)s: %(service)s")
            % {"reference": format_reference(case.reference), "service": case.service.label},
            "opening": _("Peace be upon you, and the mercy and blessings of God."),
            "body": body(decision),
            "given": given_rows(decision),
            "after": after(case, decision, on=on),
            "signatory": signatory(decision),
        }


def addressed(person: Person) -> str:
    """The letter is handed to the person, so it bears their name; nothing else that identifies them."""
    words = {
        "male": pgettext("to a man", "To the respected %(name)s"),
        "female": pgettext("to a woman", "To the respected %(name)s"),
    }
    return words.get(person.sex, words["male"]) % {"name": person.full_name}


def body(decision: Decision) -> list[str]:
    """What was decided, with why wherever the committee wrote it: a part of what was asked, another kind of support, a
    rejection."""
    if decision.outcome == Outcome.REJECT:
        return [_("The committee studied your request and your papers."), rejection_because(decision.reasons)]
    whole = _("We are glad to tell you that the committee studied your request and accepted it.")
    part = _("The committee studied your request and accepted a part of what you asked for.")
    return [part if decision.partial else whole, *([decision.reasons] if decision.reasons else [])]


def given_rows(decision: Decision) -> list[tuple[str, str]]:
    """What is given, line by line; nothing of a rejection."""
    if decision.outcome != Outcome.APPROVE:
        return []
    rows = [
        (_("The part that was granted to you") if decision.partial else _("What was granted to you"), decision.what),
        (_("How it is given"), kind_in_words(decision.kind)),
        (_("amount"), amount_in_words(decision.amount, decision.months)),
        (_("Period"), months_in_words(decision.months)),
    ]
    return [(label, value) for label, value in rows if value]


def after(case: SupportRequest, decision: Decision, *, on: date) -> list[str]:
    """What happens next, or how to object and until when; after an objection, that it is final."""
    association = Association.current()
    where = {"phone": association.phone, "hours": association.hours_now}
    if decision.outcome == Outcome.APPROVE:
        return [
            _("We now complete your registration with you, then the service is delivered to you."),
            _("Visit us (%(hours)s) or call us: %(phone)s.") % where,
        ]
    if is_final(case):
        return [
            _("This decision is final: it was issued after your objection was studied."),
            _("If your circumstances change you may apply anew. Our number: %(phone)s.") % where,
        ]
    return [objection_until(decision.objections_until or counted_from(on))]


def signatory(decision: Decision) -> dict[str, str]:
    """Whoever issued it, by their seat in the body that carried it. Before that nobody: no letter is signed ahead."""
    issued_by = decision.issued_by
    if issued_by is None or decision.decided_on is None:
        return {"name": "", "title": str(Role.CHAIR.label)}
    seats = Issuer.objects.in_term(decision.decided_on).filter(user=issued_by, body=decision.body)
    role = Role.CHAIR if seats.filter(deputy=False).exists() else Role.DEPUTY
    return {"name": issued_by.name, "title": str(role.label)}
