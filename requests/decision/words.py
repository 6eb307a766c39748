"""What is given, in words: the same in the minutes, in the letter and at the counter."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.ui import money
from requests.models import SupportKind


def given(what) -> list[str]:
    """What a motion, a decision or a study gives, each fact a few words: what, which kind, how much, over how long."""
    facts = [what.what, kind_in_words(what.kind), amount_in_words(what.amount), months_in_words(what.months)]
    if getattr(what, "partial", False):
        facts.append(_("part of what was asked"))
    return [fact for fact in facts if fact]


def kind_in_words(kind: str) -> str:
    return str(SupportKind(kind).label) if kind in SupportKind.values else ""


def amount_in_words(amount) -> str:
    return _("%(amount)s riyals") % {"amount": money(amount)} if amount else ""


def months_in_words(months: int | None) -> str:
    return ngettext("over %(n)s month", "over %(n)s months", months) % {"n": months} if months else ""
