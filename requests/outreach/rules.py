"""Whom the association reaches without their asking, and whom it leaves in peace (rule 7). Queries; no side effects.

A relation is open with whoever has a file number (the yearly file), or in the last two years asked for something or
was brought in from the association's own lists; the others came once and owe nothing. Nobody is reminded whose file is
suspended or was merged into another, who died, or who said that they do not want to renew. What stands under a merged
file counts for the file it was merged into.
"""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from beneficiaries.models import ImportRow, Outreach, Person, PersonDocument, Suspension
from beneficiaries.renewal.rules import DUE_SOON, last_confirmation_stale_on
from beneficiaries.suspension.rules import today_in_force
from core import clock
from policies.models import Association, RequiredPaper
from requests.models import SupportRequest
from requests.states import OPEN, CloseReason

RELATION = timedelta(days=2 * 365)
REACHED_FOR = timedelta(days=14)
"""Who said that they will come or send is given so long before they are called again."""
NO_TEXT = ("phone", "letters")
"""Who wants to be called or written to is not texted; they stand on the list of people to reach."""
CURRENT = Coalesce("person__merged_into__merged_into", "person__merged_into", "person")
Result = Outreach.Result


def current_of(rows: QuerySet) -> QuerySet:
    """The numbers of the current files that these rows are about, whichever file each stands under."""
    return rows.order_by().values(current=CURRENT)


def in_relation(people: QuerySet[Person]) -> QuerySet[Person]:
    """Current files of people with whom the association still has to do."""
    dead = SupportRequest.objects.filter(close_reason=CloseReason.DEATH)
    suspended = Suspension.objects.filter(today_in_force())
    since = clock.now() - RELATION
    asked = SupportRequest.objects.filter(received_at__gte=since)
    listed = ImportRow.objects.filter(outcome=ImportRow.Outcome.BROUGHT, brought__brought_at__gte=since)
    known = Q(file_number__isnull=False)
    for rows in (asked, listed):
        known |= Q(Exists(rows.filter(person=OuterRef("pk"))))
        known |= Q(pk__in=current_of(rows.filter(person__merged_into__isnull=False)))
    people = people.current().filter(known)  # type: ignore[attr-defined]
    return people.exclude(pk__in=current_of(dead)).exclude(pk__in=current_of(suspended)).exclude(declined())


def declined() -> Exists:
    """They said since the last confirmation that they do not want to renew."""
    said = Outreach.objects.filter(person=OuterRef("pk"), result=Result.DECLINED)
    return Exists(said.filter(made_at__date__gt=OuterRef("confirmed_on")))


def wrong_number() -> Exists:
    """The number in the file was answered by somebody else: no message about the person goes there, until the number
    is another or the person, on a later day, confirms the file with it."""
    said = Outreach.objects.filter(person=OuterRef("pk"), result=Result.WRONG_NUMBER, mobile=OuterRef("mobile"))
    return Exists(said.filter(made_at__date__gte=OuterRef("confirmed_on")))


def texted(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those of them whom a text message may reach."""
    return in_relation(people).exclude(mobile="").exclude(preferred_channel__in=NO_TEXT).exclude(wrong_number())


def callable_now(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those of them whom somebody should call: not called today, not just reached, and with a number of theirs."""
    return left_to_reach(people).exclude(mobile="").exclude(wrong_number())


def without_number(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those of them whose number is missing or another person's: they are reached in another way."""
    said = Outreach.objects.filter(result=Result.WRONG_NUMBER, mobile=F("person__mobile"))
    wrong = said.filter(made_at__date__gte=F("person__confirmed_on")).order_by()
    return left_to_reach(people).filter(Q(mobile="") | Q(pk__in=wrong.values("person")))


def left_to_reach(people: QuerySet[Person]) -> QuerySet[Person]:
    """A call of today is enough for today; a promise to come, for two weeks."""
    called = Outreach.objects.filter(person=OuterRef("pk"))
    promised = called.filter(result=Result.REACHED, made_at__gt=clock.now() - REACHED_FOR)
    return in_relation(people).exclude(Exists(called.filter(made_at__date=clock.today()))).exclude(Exists(promised))


# Which files


def stale(people: QuerySet[Person]) -> QuerySet[Person]:
    last = last_confirmation_stale_on(clock.today(), months())
    return people.filter(confirmed_on__lte=last) if last else people.none()


def due_soon(people: QuerySet[Person]) -> QuerySet[Person]:
    """Not stale yet, and so within sixty days."""
    past = last_confirmation_stale_on(clock.today(), months())
    last = last_confirmation_stale_on(clock.today() + timedelta(days=DUE_SOON), months())
    return people.filter(confirmed_on__gt=past, confirmed_on__lte=last) if past and last else people.none()


def stale_or_due(people: QuerySet[Person]) -> QuerySet[Person]:
    last = last_confirmation_stale_on(clock.today() + timedelta(days=DUE_SOON), months())
    return people.filter(confirmed_on__lte=last) if last else people.none()


def months() -> int:
    return Association.current().renewal_months


# Papers


def papers_of_use() -> QuerySet[PersonDocument]:
    """Papers that an active service asks for, of people with an open request or a yearly file."""
    codes = RequiredPaper.objects.filter(service__is_active=True).values("code")
    open_case = SupportRequest.objects.filter(person=OuterRef("person"), state__in=OPEN)
    used = Q(person__file_number__isnull=False) | Q(Exists(open_case))
    return PersonDocument.objects.filter(used, code__in=codes, person__merged_into=None)


def ending() -> QuerySet[PersonDocument]:
    """Those that end within sixty days, and those that ended in the last sixty: what was missed is not forgotten."""
    today, span = clock.today(), timedelta(days=DUE_SOON)
    return papers_of_use().filter(valid_until__range=(today - span, today + span))


def first_to_end() -> QuerySet[PersonDocument]:
    """Of each person's papers that end the first one, so that a list by its day reads an index and stops at a page."""
    earlier = Q(valid_until__lt=OuterRef("valid_until")) | Q(valid_until=OuterRef("valid_until"), pk__lt=OuterRef("pk"))
    return ending().exclude(Exists(ending().filter(earlier, person=OuterRef("person"))))
