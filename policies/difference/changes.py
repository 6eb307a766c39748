"""What a new version changes in the portal and for whom, said in words before it is published."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.models import PolicyVersion, Procedure
from policies.rules import days_in_words


@dataclass(frozen=True)
class Change:
    """One thing that will be different, and whom it touches; both are whole sentences."""

    what: str
    whom: str

    def __str__(self) -> str:
        return f"{self.what} {self.whom}"


def changes(before: PolicyVersion | None, after: PolicyVersion) -> list[Change]:
    """Every difference that somebody will notice, in the order of their weight; empty when only dates differ."""
    if before is None:
        return [Change(_("This is the first policy of the portal."), _("Everybody: the portal begins to follow it."))]
    return [
        *procedures(before, after),
        *waiting(before, after),
        *service_periods(before, after),
        *signing(before, after),
        *offered(before, after),
        *words(before, after),
        *asked(before, after),
        *clauses(before, after),
    ]


def procedures(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    on = {
        Procedure.SUPPORT_REQUESTS: _("The portal begins to take support requests."),
        Procedure.PROGRAMME_PERMITS: _("The portal begins to take programmes of volunteers."),
    }
    off = {
        Procedure.SUPPORT_REQUESTS: _("The portal stops taking support requests."),
        Procedure.PROGRAMME_PERMITS: _("The portal stops taking programmes of volunteers."),
    }
    for procedure in Procedure:
        if after.has(procedure) and not before.has(procedure):
            yield Change(on[procedure], _("The public and the staff: new doors appear."))
        if before.has(procedure) and not after.has(procedure):
            yield Change(off[procedure], _("The public and the staff: what is open is carried to its end."))


def waiting(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    old, new = before.min_decision_days, after.min_decision_days
    if old == new:
        return
    if old and new:
        what = _("The waiting period becomes %(new)s instead of %(old)s.") % {
            "new": days_in_words(new),
            "old": days_in_words(old),
        }
    elif new:
        what = _("There is a waiting period from now on: %(new)s.") % {"new": days_in_words(new)}
    else:
        what = _("There is no waiting period any more.")
    yield Change(what, new_requests_only())


def new_requests_only() -> str:
    """Whom a period touches: a request stays pinned to its version (rule 2)."""
    count = open_requests()
    if not count:
        return _("New requests only.")
    return ngettext(
        "New requests only: %(n)s open request keeps its days and its date.",
        "New requests only: %(n)s open requests keep their days and their dates.",
        count,
    ) % {"n": count}


def open_requests() -> int:
    """How many requests are under way, each pinned to a version (`requests` hangs its rows on ours)."""
    versions = PolicyVersion.objects.prefetch_related(None)
    return sum(version.supportrequest_set.open().count() for version in versions)


def service_periods(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    old = {row.service: row for row in before.service_periods.select_related("service")}
    new = {row.service: row for row in after.service_periods.select_related("service", "clause")}
    for service, row in new.items():
        if service not in old or old[service].days != row.days:
            yield Change(
                _("«%(service)s» waits %(days)s, as clause %(clause)s says.")
                % {"service": service, "days": days_in_words(row.days), "clause": row.clause.clause_id},
                new_requests_only(),
            )
    for service in old.keys() - new.keys():
        yield Change(_("«%(service)s» has no period of its own any more.") % {"service": service}, new_requests_only())


def signing(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    later = _("Whoever applies from now on; what was signed stays as it was signed.")
    if before.requires_signature != after.requires_signature:
        yield Change(
            _("The applicant signs the declaration.")
            if after.requires_signature
            else _("The applicant does not sign any more."),
            later,
        )
    if before.declaration_text != after.declaration_text:
        yield Change(_("The text of the declaration changes."), later)
    if before.read_aloud != after.read_aloud:
        yield Change(_("The sentences read aloud at the counter change."), _("The officers, and whoever they read to."))


def offered(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    intake = _("The officers when they take a request, and the public pages.")
    desk = _("The officers' desk.")
    old_tools, new_tools = (dict(row.tools.values_list("code", "label")) for row in (before, after))
    yield from appearing(before.channel_labels, after.channel_labels, _("Channel added: %(name)s."), intake)
    yield from appearing(after.channel_labels, before.channel_labels, _("Channel removed: %(name)s."), intake)
    yield from appearing(old_tools, new_tools, _("Tool added: %(name)s."), desk)
    yield from appearing(new_tools, old_tools, _("Tool removed: %(name)s."), desk)
    yield from renamed(before.channel_labels, after.channel_labels, intake)
    yield from renamed(old_tools, new_tools, desk)


def appearing(old: dict[str, str], new: dict[str, str], sentence: str, whom: str) -> Iterator[Change]:
    for code, label in new.items():
        if code not in old:
            yield Change(sentence % {"name": label}, whom)


def renamed(old: dict[str, str], new: dict[str, str], whom: str) -> Iterator[Change]:
    for code in [code for code in new if code in old and old[code] != new[code]]:
        yield Change(_("«%(old)s» is called «%(new)s».") % {"old": old[code], "new": new[code]}, whom)


def words(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    everywhere = _("Everybody: every page and every new message.")
    old, new = before.term("masc_def"), after.term("masc_def")
    if old != new:
        yield Change(
            _("The person served is called «%(new)s» instead of «%(old)s».") % {"new": new, "old": old}, everywhere
        )
    elif before.person_terms != after.person_terms:
        yield Change(_("Some forms of the word for the person served change."), everywhere)
    if before.officer_title != after.officer_title:
        yield Change(_("The officer's title changes."), everywhere)


def asked(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    whom = _("Whoever applies from now on, and the officers at the counter.")
    if before.asks_household != after.asks_household:
        yield Change(
            _("The form asks about household and income.")
            if after.asks_household
            else _("The form does not ask about household and income any more."),
            whom,
        )
    if before.has_membership != after.has_membership:
        yield Change(
            _("The form asks for the member number.")
            if after.has_membership
            else _("The form does not ask for the member number any more."),
            whom,
        )


def clauses(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    old, new = ({row.clause_id: row.text for row in version.clauses.all()} for version in (before, after))
    counted = (
        (len(new.keys() - old.keys()), ngettext_added),
        (sum(old[key] != new[key] for key in old.keys() & new.keys()), ngettext_changed),
        (len(old.keys() - new.keys()), ngettext_removed),
    )
    for count, sentence in counted:
        if count:
            yield Change(sentence(count), _("Whoever reads the policy page."))


def ngettext_added(n: int) -> str:
    return ngettext("%(n)s clause is added.", "%(n)s clauses are added.", n) % {"n": n}


def ngettext_changed(n: int) -> str:
    return ngettext("%(n)s clause is worded anew.", "%(n)s clauses are worded anew.", n) % {"n": n}


def ngettext_removed(n: int) -> str:
    return ngettext("%(n)s clause is removed.", "%(n)s clauses are removed.", n) % {"n": n}
