"""The association's own word for the person it serves, in the grammatical form a sentence needs."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def person(context, form: str = "masc_def") -> str:
    """`{% person "pl_obl_def" %}` gives «المستفيدين», «الأعضاء» or «المستخدمين», as the policy in force says."""
    policy = context.get("policy")
    return policy.term(form) if policy else ""
