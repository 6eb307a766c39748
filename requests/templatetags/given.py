"""What a study recommends or a decision gives, as every page says it."""

from typing import Any

from django import template

from requests.decision import words

register = template.Library()


@register.filter
def given(what: Any) -> str:
    """What, which kind, how much in all and a month, over how long: one line."""
    return "، ".join(words.given(what))
