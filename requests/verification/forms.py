"""One paper as the officer judges it: its state, whose it is, its dates, the reason, and pages that came."""

from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import HouseholdMember
from core.fields import Choice, DualDateField, FoldedCharField, ManyUploadsField, needed
from requests.models import ABSENT, CheckState, DocumentCheck, SupportRequest
from requests.states import State

MOST_FILES = 20
READY: dict[str, tuple[str | Promise, ...]] = {
    CheckState.PROBLEM: (
        _("the picture is not clear"),
        _("it has expired"),
        _("a page is missing"),
        _("the name does not match the ID"),
        _("it has no stamp or signature"),
        _("it is another paper than the one asked for"),
    ),
    CheckState.DOES_NOT_EXIST: (
        _("it was never issued"),
        _("it was lost, and no other was issued yet"),
        _("the authority does not issue it"),
    ),
    CheckState.NOT_ELIGIBLE: (
        _("it does not concern this marital status"),
        _("it does not concern who does not work"),
        _("it does not concern this age"),
    ),
}
"""Reasons that an officer gives daily, as the person reads them."""


def ready_choices(states: list[str]) -> list[Any]:
    """The ready reasons under the name of the state they belong to."""
    groups = [
        (CheckState(state).label, [(str(text), text) for text in texts])
        for state, texts in READY.items()
        if state in states
    ]
    return [("", _("Choose a reason, or write it")), *groups]


class PaperForm(forms.Form):
    """One paper judged. After the approval only its renewed validity is recorded, so only the date is asked."""

    state = Choice(label=_("Its state"), choices=CheckState.choices, widget=forms.RadioSelect)
    ready = Choice(label=_("A ready reason"), required=False)
    reason = needed(
        FoldedCharField(label=_("The reason"), max_length=200, help_text=_("The person reads it in the message.")),
        when=_("needed unless it is given or accepted"),
    )
    valid_until = needed(
        DualDateField(label=_("Valid until"), help_text=_("In either calendar.")),
        when=_("needed if you accept it"),
    )
    issued_on = DualDateField(label=_("Issued on"), required=False, past_only=True, help_text=_("In either calendar."))
    member = Choice(label=_("Whose paper it is"), required=False)
    pages = ManyUploadsField(
        label=_("Its pages"),
        required=False,
        most=MOST_FILES,
        help_text=_("Pictures (JPG or PNG) or PDF, several at once; 8 MB each."),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        check: DocumentCheck,
        case: SupportRequest,
        household: list[HouseholdMember],
        typed: dict[str, str] | None = None,
    ):
        renewing = case.state == State.APPROVED
        kept = check.renewed_until if renewing else check.valid_until_typed or check.valid_until
        initial = {
            "state": check.state,
            "member": str(check.member_id or ""),
            "issued_on": check.issued_on_typed or check.issued_on,
            "valid_until": kept,
            "reason": check.reason,
        }
        super().__init__(data, files, initial=initial | (typed or {}), prefix=f"p{check.pk}")
        self.people = {str(each.pk): each for each in household if not each.left or each.pk == check.member_id}
        self.offer_states(check)
        self.offer_owners(case)
        if not check.has_expiry:
            del self.fields["valid_until"]
        if renewing:
            self.only_renew(check)

    def offer_states(self, check: DocumentCheck) -> None:
        """What everybody has neither is missing nor fails to concern somebody."""
        state, ready = cast(Choice, self.fields["state"]), cast(Choice, self.fields["ready"])
        hidden = () if check.may_not_exist else ABSENT
        state.choices = [each for each in CheckState.choices if each[0] not in hidden]
        ready.choices = ready_choices([value for value, _label in state.choices])

    def offer_owners(self, case: SupportRequest) -> None:
        """The person, and whoever lives with them; the screen asks only where there is somebody to choose."""
        cast(Choice, self.fields["member"]).choices = [
            ("", case.person.current.full_name),
            *((pk, f"{each.name} ({each.relation_said})") for pk, each in self.people.items()),
        ]

    def only_renew(self, check: DocumentCheck) -> None:
        for name in {"state", "ready", "reason", "member"} & self.fields.keys():
            del self.fields[name]
        if check.has_expiry:
            self.fields["valid_until"] = DualDateField(label=_("Valid until"), help_text=_("In either calendar."))

    def judgement(self) -> dict[str, Any]:
        """What `judge_paper` takes besides the pages. What is written counts before the ready reason it came from."""
        clean = self.cleaned_data
        return {
            "state": clean.get("state", CheckState.ACCEPTED),
            "member": self.people.get(clean.get("member", "")),
            "issued_on": clean.get("issued_on"),
            "valid_until": clean.get("valid_until"),
            "reason": clean.get("reason") or clean.get("ready", ""),
        }
