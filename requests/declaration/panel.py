"""The signing by code as the page of registration shows it: where the code goes, and what became of the message."""

from typing import Any

from django.utils.translation import gettext as _

from channels.codes import actions as codes
from channels.codes.rules import NOT_ACCEPTED
from channels.models import OneTimeCode
from core.audit import name_of
from core.models import OutboxRow, OutboxState
from requests.declaration.actions import asked_for
from requests.happened import MESSAGE_STATES
from requests.intake.forms import IntakeForm

UNSETTLED = (OutboxState.PENDING, OutboxState.SENDING)


def code_is_found(form: IntakeForm, form_key: str) -> bool:
    """Whether what was read out is the code sent for this form; nothing to find where it is signed otherwise.

    A wrong one is counted, outside the transaction of the registration.
    """
    if not form.by_code:
        return True
    form.found_code = codes.find(**asked_for(form_key), mobile=form.number_to_sign, typed=form.cleaned_data["code"])
    if form.found_code is None:
        form.add_error("code", NOT_ACCEPTED)
    return form.found_code is not None


def panel(form: IntakeForm, form_key: str, *, trouble: str = "") -> dict[str, Any]:
    """What stands under «by a code»: sent or not, to which number, and why it could not be sent."""
    if "code" not in form.fields:
        return {}
    sent = codes.latest(**asked_for(form_key)) if form.is_bound else None
    if sent or form.errors.get("code"):
        form.fields["code"].widget.attrs["autofocus"] = ""
    to = form.number_to_sign if sent else ""
    return {"code": sent, "code_to": to, "code_trouble": trouble, "message": message_of(sent), "kept": changed(form)}


def changed(form: IntakeForm) -> bool:
    """Whether another number than the one on file was typed, which gets no code before it is in the file."""
    typed = form.cleaned_data.get("mobile") if form.is_bound and form.is_valid() else None
    return bool(typed and typed != form.number_to_sign and not form.representative)


def message_of(code: OneTimeCode | None) -> dict[str, Any] | None:
    """The state of the message with the code; `live` while it may still change."""
    if code is None:
        return None
    subject_type, subject_id = name_of(code)
    row = OutboxRow.objects.filter(subject_type=subject_type, subject_id=subject_id).only("state").first()
    state = OutboxState(row.state) if row else OutboxState.FAILED
    label, tone = MESSAGE_STATES[state]
    unsure = state not in (*UNSETTLED, OutboxState.SENT)
    return {"state": state, "label": label, "tone": tone, "live": state in UNSETTLED, "unsure": unsure}


def incomplete(form: IntakeForm) -> str:
    """What stands in the way of sending: the code signs what is written, so it is written first."""
    labels = [str(form.fields[name].label) for name in form.errors if name in form.fields]
    if not labels:
        return " ".join(map(str, form.non_field_errors()))
    return _("First put these right: %(fields)s. The code signs what is written there.") % {"fields": "، ".join(labels)}
