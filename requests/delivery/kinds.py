"""What each kind of support asks the service officer to say before it is handed over."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests.decision.models import SupportKind

Text = str | Promise


@dataclass(frozen=True)
class Asks:
    """The questions of one kind; an empty label asks nothing."""

    payee: Text = ""  # who is paid, or written to; needed before the first receipt
    number: Text = ""  # their invoice, account or file number
    items: bool = False  # what is handed over, one a line
    photographs: bool = False  # of before and after
    letter: bool = False
    monthly: bool = False  # the schedule begins with an instalment a month


KINDS: dict[str, Asks] = {
    SupportKind.TRANSFER: Asks(),
    SupportKind.IN_KIND: Asks(items=True),
    SupportKind.BILL: Asks(payee=_("The company that is paid"), number=_("Account or bill number")),
    SupportKind.REPAIR: Asks(payee=_("The contractor"), number=_("Invoice number"), photographs=True),
    SupportKind.MEDICAL: Asks(payee=_("The hospital, clinic or shop"), number=_("Invoice or medical file number")),
    SupportKind.EDUCATION: Asks(payee=_("The school, institute or shop"), number=_("Invoice or student number")),
    SupportKind.SPONSORSHIP: Asks(monthly=True),
    SupportKind.SEASONAL: Asks(items=True),
    SupportKind.REFERRAL: Asks(payee=_("The body the letter is addressed to"), letter=True),
}
NOTHING = Asks()


def asks_of(kind: str) -> Asks:
    """What this kind asks; nothing of an award whose kind is not chosen yet."""
    return KINDS.get(kind, NOTHING)
