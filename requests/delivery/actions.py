"""Verbs of the service officer (policy clause PS-7)."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from core import audit, clock
from core.errors import Refused
from core.models import StoredFile
from requests import rules, workflow
from requests.models import Instalment, SupportRequest
from requests.states import State


@transaction.atomic
def receipt(
    instalment: Instalment,
    *,
    by: User,
    how: str,
    received_by_name: str,
    note: str = "",
    signature: StoredFile | None = None,
) -> SupportRequest:
    """Record the receipt of one instalment; with the last one, the service is delivered.

    Raises Refused for whoever voted on the case or issued its decision (rule 5), and while the file is suspended.
    """
    case = workflow.lock(instalment.case)
    if not by.holds(Role.SERVICE_OFFICER) or case.state != State.REGISTERED:
        raise Refused(_("The receipt is recorded by the service officer, after registration."))
    if sentence := rules.decided_it(case, by) or rules.suspended(case, by):
        raise Refused(sentence)
    instalment = Instalment.objects.select_for_update().get(pk=instalment.pk)
    if instalment.receipted_at:
        raise Refused(_("This receipt was recorded already."))
    instalment.receipted_at, instalment.receipted_by, instalment.receipted_how = clock.now(), by, how
    instalment.received_by_name, instalment.note, instalment.signature = received_by_name, note, signature
    instalment.save()
    audit.record("receipted", case, by=by, changes={"instalment": instalment.number, "how": how})
    if case.instalments.filter(receipted_at=None).exists():
        return case
    return workflow.perform(case, "deliver", by=by)
