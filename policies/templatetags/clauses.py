"""The clause beside the control: «لماذا؟»."""

from typing import Any

from django import template

from policies.clauses import clause_of

register = template.Library()


@register.inclusion_tag("policies/why.html", takes_context=True)
def why(context: template.Context, name: str, version: Any = None) -> dict[str, Any]:
    """`{% why "attest_and_sign" %}`: the clause that a control carries out, by its code or its id ("DO-6.3").

    It is the clause of `version`, else of the page's `policy`: the one in force, or the one a case is pinned to.
    Where that version has no such clause, nothing is shown.
    """
    asked = version or context.get("policy")
    return {"clause": clause_of(asked, name), "version": asked}
