"""The staff menu: what a role works with, under the procedures of the policy in force."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import COMMITTEE, COUNTER, EDITORIAL, Role
from channels.models import INQUIRY_DESK
from policies.desk.rules import READERS
from policies.models import PolicyVersion, Procedure
from requests.permits.models import PERMIT_DESK


@dataclass(frozen=True)
class Entry:
    label: str | Promise
    url_name: str
    roles: tuple[Role, ...]
    procedure: Procedure | None = None


ENTRIES = (
    Entry(_("Reception"), "requests:counter", COUNTER, Procedure.SUPPORT_REQUESTS),
    Entry(_("Waiting for me"), "oversight:waiting", tuple(Role)),
    Entry(
        _("Requests"),
        "requests:queue",
        (*COUNTER, Role.RESEARCHER, Role.SERVICE_OFFICER, Role.MANAGER),
        Procedure.SUPPORT_REQUESTS,
    ),
    Entry(_("My appointments"), "requests:visits", (Role.RESEARCHER,), Procedure.SUPPORT_REQUESTS),
    Entry(_("Deliveries"), "requests:deliveries", (Role.SERVICE_OFFICER,), Procedure.SUPPORT_REQUESTS),
    Entry(_("People to reach"), "requests:outreach", COUNTER, Procedure.SUPPORT_REQUESTS),
    Entry(_("Committee"), "committee:queue", COMMITTEE, Procedure.SUPPORT_REQUESTS),
    Entry(_("Minutes of meetings"), "committee:minutes_list", (Role.MANAGER,), Procedure.SUPPORT_REQUESTS),
    Entry(_("Programmes"), "requests:permits", PERMIT_DESK, Procedure.PROGRAMME_PERMITS),
    Entry(_("Inquiries"), "channels:inquiries", INQUIRY_DESK),
    Entry(_("Officer's tools"), "policies:tools", READERS),
    Entry(_("Objections"), "requests:appeals", (Role.SECRETARY,), Procedure.SUPPORT_REQUESTS),
    Entry(_("Conformity report"), "oversight:conformity", (Role.MANAGER,)),
    Entry(_("Administration"), "admin:index", EDITORIAL),
)


def menu_for(request: HttpRequest, policy: PolicyVersion | None) -> list[dict]:
    """The entries for the signed-in person, the current one marked."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or policy is None:
        return []
    return [
        {"label": entry.label, "url": reverse(entry.url_name), "current": is_current(request, entry)}
        for entry in ENTRIES
        if user.holds(*entry.roles) and (entry.procedure is None or policy.has(entry.procedure))
    ]


def is_current(request: HttpRequest, entry: Entry) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name == entry.url_name
