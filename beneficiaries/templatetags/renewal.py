"""How fresh a file is, beside the person's name. Computed from the person and the page's `association`: no query."""

from typing import Any

from django import template

from beneficiaries.renewal.rules import Freshness, freshness

register = template.Library()


def freshness_of(context: template.Context, person: Any) -> Freshness:
    return freshness(person.confirmed_on, context["association"].renewal_months)


@register.inclusion_tag("requests/outreach/chip.html", takes_context=True)
def renewal_chip(context: template.Context, person: Any) -> dict[str, Any]:
    """A chip where the file is stale or soon will be; nothing where it is fresh. It blocks nothing."""
    return {"fresh": freshness_of(context, person)}


@register.inclusion_tag("requests/outreach/notice.html", takes_context=True)
def renewal_notice(context: template.Context, person: Any, registering: bool = False) -> dict[str, Any]:
    """The sentence at the head of a page; `registering`: that taking the request with the person confirms the data."""
    return {"fresh": freshness_of(context, person), "registering": registering}
