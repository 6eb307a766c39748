"""Where a version's text and what the portal would do by it do not agree: said to the editor, never refused."""

from django.utils.translation import gettext as _

from core.arabic import fold
from policies import rich
from policies.approval import rules as approval
from policies.models import ClauseKind, PolicyVersion
from policies.rules import days_in_words


def doubts(version: PolicyVersion) -> list[str]:
    """Each as one sentence, in the order of their weight."""
    return [
        *period(version),
        *offers(version, ClauseKind.CHANNEL, version.channel_labels),
        *offers(version, ClauseKind.TOOL, dict(version.tools.values_list("code", "label"))),
        *approval.doubts(getattr(version, "approval", None)),
        *to_confirm(version),
    ]


def period(version: PolicyVersion) -> list[str]:
    """The clause of the waiting period should say the days that the portal counts."""
    clause = version.clauses.filter(code="inform_committee_and_period").first()
    days = version.min_decision_days
    if clause is None or not days:
        return []
    text = fold(rich.plain(clause.text))
    if fold(days_in_words(days)) in text or str(days) in text:
        return []
    return [
        _("Clause %(id)s does not say «%(period)s», the period the portal would count. Make them agree.")
        % {"id": clause.clause_id, "period": days_in_words(days)}
    ]


def offers(version: PolicyVersion, kind: ClauseKind, offered: dict[str, str]) -> list[str]:
    """Channels or tools that the text names and the portal would not offer, and the other way round."""
    clauses = version.clauses.filter(kind=kind).exclude(code="")
    named = {code: clause_id for clause_id, code in clauses.values_list("clause_id", "code")}
    missing = [
        _("Clause %(id)s is in the text, but the portal would not offer it.") % {"id": named[code]}
        for code in named
        if code not in offered
    ]
    return missing + [
        _("The portal would offer «%(name)s», which no clause names.") % {"name": offered[code]}
        for code in offered
        if code not in named
    ]


def to_confirm(version: PolicyVersion) -> list[str]:
    waiting = list(version.clauses.filter(to_be_confirmed=True).values_list("clause_id", flat=True))
    return (
        [_("To be confirmed by the owner of the document: %(ids)s.") % {"ids": "، ".join(waiting)}] if waiting else []
    )
