"""What is given, in words: the same in the minutes, in the letter and at the counter."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.ui import money
from requests.models import Outcome, SupportKind


def given(what) -> list[str]:
    """What a motion, a decision or a study gives, each fact a few words: what, which kind, how much, over how long."""
    facts = [what.what, kind_in_words(what.kind), amount_in_words(what.amount), months_in_words(what.months)]
    if getattr(what, "partial", False):
        facts.append(_("part of what was asked"))
    return [fact for fact in facts if fact]


def otherwise(what, study) -> list[str]:
    """In what an approval is otherwise than the study recommends, a few words each; nothing where it is the same."""
    if what.outcome != Outcome.APPROVE or study is None:
        return []
    if study.recommends != Outcome.APPROVE:
        return [_("the approval itself")]
    differs = {
        _("the kind of support"): (what.kind or "") != (study.kind or ""),
        _("the amount"): Decimal(what.amount or 0) != Decimal(study.amount or 0),
        _("the number of months"): (what.months or 0) != (study.months or 0),
        _("a part of what was asked"): what.partial,
    }
    return [words for words, found in differs.items() if found]


def kind_in_words(kind: str) -> str:
    return str(SupportKind(kind).label) if kind in SupportKind.values else ""


def amount_in_words(amount) -> str:
    return _("%(amount)s riyals") % {"amount": money(amount)} if amount else ""


def months_in_words(months: int | None) -> str:
    return ngettext("over %(n)s month", "over %(n)s months", months) % {"n": months} if months else ""
