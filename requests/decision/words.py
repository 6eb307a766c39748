"""What is given, in words: the same in the minutes, in the letter and at the counter."""

from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.ui import money
from requests.models import Outcome, SupportKind

HALALA = Decimal("0.01")


def given(what) -> list[str]:
    """What a motion, a decision or a study gives, each fact a few words: what, which kind, how much, over how long."""
    facts = [
        what.what,
        kind_in_words(what.kind),
        amount_in_words(what.amount, what.months),
        months_in_words(what.months),
    ]
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


def amount_in_words(amount, months: int | None = None) -> str:
    """The whole amount; over several months also what each brings, to the halala as the schedule shares it."""
    if not amount:
        return ""
    whole = _("%(amount)s riyals") % {"amount": money(amount)}
    if not months or months < 2:
        return whole
    share = (Decimal(amount) / months).quantize(HALALA, ROUND_DOWN)
    words = _("%(whole)s in all, %(share)s a month")
    if share * months != Decimal(amount):
        words = _("%(whole)s in all, about %(share)s a month")
    return words % {"whole": whole, "share": money(share)}


def months_in_words(months: int | None) -> str:
    return ngettext("over %(n)s month", "over %(n)s months", months) % {"n": months} if months else ""
