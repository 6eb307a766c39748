"""The association's own word for the person it serves, and the words and markup of clauses."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from policies import rich
from policies.editing.vocabulary import CHANNELS, STEPS, TOOLS

register = template.Library()


@register.simple_tag(takes_context=True)
def person(context, form: str = "masc_def") -> str:
    """`{% person "pl_obl_def" %}` gives «المستفيدين», «الأعضاء» or «المستخدمين», as the policy in force says."""
    policy = context.get("policy")
    return policy.term(form) if policy else ""


@register.filter
def clause_text(text: str) -> SafeString:
    """A clause's words with the little markup it may carry, cleaned again (`policies.rich`)."""
    return rich.shown(text)


@register.filter
def clause_code(code: str) -> str:
    """What the portal carries out for a clause, in words."""
    return str((STEPS | CHANNELS | TOOLS).get(code, code))


@register.filter
def policy_verb(verb: str) -> str:
    """A line of a version's record in words."""
    said = {
        "pack_loaded": _("loaded the model text"),
        "policy_drafted": _("began the draft"),
        "policy_imported": _("imported a document"),
        "policy_settings_written": _("wrote what the portal does"),
        "policy_clause_written": _("wrote a clause"),
        "policy_clause_added": _("added a clause"),
        "policy_clause_moved": _("moved a clause"),
        "policy_clause_removed": _("removed a clause"),
        "policy_approval_written": _("wrote the approval"),
        "policy_approved": _("recorded the board's approval"),
        "policy_reopened": _("reopened the draft"),
        "policy_published": _("published"),
        "policy_review_set": _("set the day of review"),
        "policy_read": _("read and acknowledged"),
    }
    return said.get(verb, verb)
