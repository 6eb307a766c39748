"""What the portal can count for a clause: each number is a query over real rows, the list behind it the same query."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from channels.models import Inquiry
from channels.rules import overdue_before
from core import clock
from core.models import OutboxRow, OutboxState
from oversight.conformity.period import Period
from policies.models import Association, Clause, PolicyVersion, Service, Tool
from requests.clarification import rules as clarification
from requests.models import Clarification, Declaration, PermitStep, Step, SupportRequest
from surveys.models import Answer, Invitation

UNASKED = ("papers_reminder", "earliest_date_reached", "survey_reminder", "renewal_reminder", "documents_expiring")
"""Messages that nobody pressed a button for (product.md rule 7)."""
PRINTED_BY_THE_PORTAL = "support_request_form"


@dataclass(frozen=True)
class Asked:
    """What a measure is asked about; `of` narrows it to one channel or tool."""

    period: Period
    version: PolicyVersion
    association: Association
    of: str = ""


@dataclass(frozen=True)
class Measure:
    """A number, and the rows it counts. `listed` is off where the rows would say who answered (rule 6)."""

    name: str
    label: str | Promise
    rows: Callable[[Asked], QuerySet[Any]]
    exception: bool = False
    listed: bool = True
    of: str = field(default="", compare=False)


def requests_via(asked: Asked) -> QuerySet:
    return received(asked).filter(channel=asked.of)


def inquiries_via(asked: Asked) -> QuerySet:
    return inquiries(asked).filter(channel=asked.of)


def received(asked: Asked) -> QuerySet:
    return SupportRequest.objects.filter(**asked.period.within("received_at"))


def from_afar(asked: Asked) -> QuerySet:
    return received(asked).exclude(channel="interview")


def of_known_people(asked: Asked) -> QuerySet:
    """Requests of people whose data was known already (clause DO-1: nothing asked twice)."""
    earlier = SupportRequest.objects.filter(person=OuterRef("person"), pk__lt=OuterRef("pk"))
    return received(asked).filter(Exists(earlier))


def unsigned(asked: Asked) -> QuerySet:
    signing = received(asked).filter(policy_version__requires_signature=True)
    return signing.filter(~Exists(Declaration.objects.filter(case=OuterRef("pk"))))


def signed(how: str) -> Callable[[Asked], QuerySet]:
    return lambda asked: Declaration.objects.filter(signed=how, **asked.period.within("signed_at"))


def told(asked: Asked) -> QuerySet:
    return SupportRequest.objects.filter(**asked.period.within("informed_at"))


def before_their_date(asked: Asked) -> QuerySet:
    """Decided before the earliest date, or with none (rule 1): the database refuses such a row; it is counted too."""
    decided = SupportRequest.objects.filter(decided_on__range=asked.period.days)
    return decided.filter(Q(decided_on__lt=F("earliest_decision_on")) | Q(earliest_decision_on=None))


def moved(*actions: str) -> Callable[[Asked], QuerySet]:
    return lambda asked: Step.objects.filter(action__in=actions, **asked.period.within("at"))


def permits_moved(*actions: str) -> Callable[[Asked], QuerySet]:
    return lambda asked: PermitStep.objects.filter(action__in=actions, **asked.period.within("at"))


def messages(asked: Asked) -> QuerySet:
    return OutboxRow.objects.filter(**asked.period.within("created_at"))


def inquiries(asked: Asked) -> QuerySet:
    return Inquiry.objects.filter(**asked.period.within("asked_at"))


def of_kind(kind: str) -> Callable[[Asked], QuerySet]:
    return lambda asked: inquiries(asked).filter(kind=kind)


def in_time(asked: Asked) -> QuerySet:
    target = timedelta(hours=asked.association.inquiry_target_hours)
    return inquiries(asked).filter(answered_at__lte=F("asked_at") + target)


def late(asked: Asked) -> QuerySet:
    """Answered after the association's own target, or still unanswered past it (not policy text)."""
    hours = asked.association.inquiry_target_hours
    answered_late = Q(answered_at__gt=F("asked_at") + timedelta(hours=hours))
    return inquiries(asked).filter(answered_late | Q(answered_at=None, asked_at__lt=overdue_before(hours)))


def clarified(at: str) -> Callable[[Asked], QuerySet]:
    return lambda asked: Clarification.objects.filter(**asked.period.within(at))


def clarified_late(asked: Asked) -> QuerySet:
    """Questions of the period that wait today for an answer or for the telling, longer than two working days."""
    return clarified("asked_at")(asked).filter(clarification.late(asked.association))


def answers(asked: Asked) -> QuerySet:
    return Answer.objects.filter(month__range=asked.period.months)


def tools(asked: Asked) -> QuerySet:
    return Tool.objects.filter(version=asked.version, code=asked.of)


def with_document(asked: Asked) -> QuerySet:
    """The tool, if its document lies on the desk or the portal prints it."""
    lies_there = Q(documents__replaced_at=None, documents__isnull=False)
    return tools(asked).filter(lies_there | Q(code=PRINTED_BY_THE_PORTAL)).distinct()


def without_document(asked: Asked) -> QuerySet:
    return tools(asked).exclude(pk__in=with_document(asked).values("pk"))


def staff() -> QuerySet:
    return User.objects.filter(is_active=True, is_superuser=False).exclude(roles=[])


def who_read(asked: Asked) -> QuerySet:
    return staff().filter(pk__in=asked.version.acknowledgements.values("user"))


def who_did_not_read(asked: Asked) -> QuerySet:
    """Nobody acknowledges a model text: a pack is the starting point, not a publication."""
    if asked.version.pack:
        return User.objects.none()
    return staff().exclude(pk__in=asked.version.acknowledgements.values("user"))


def described(asked: Asked) -> QuerySet:
    """Services whose page says what is done, what is not, and for whom (clauses 6.1 and 6.2)."""
    services = Service.objects.filter(is_active=True).exclude(we_do=[]).exclude(we_do_not=[])
    return services.exclude(who_qualifies="")


def undescribed(asked: Asked) -> QuerySet:
    return Service.objects.filter(is_active=True).exclude(pk__in=described(asked).values("pk"))


def published(asked: Asked) -> QuerySet:
    return PolicyVersion.objects.filter(**asked.period.within("published_at"))


def review_overdue(asked: Asked) -> QuerySet:
    return PolicyVersion.objects.filter(pk=asked.version.pk, review_due_on__lt=clock.today())


def to_be_confirmed(asked: Asked) -> QuerySet:
    return Clause.objects.filter(version=asked.version, to_be_confirmed=True)


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("requests_received", _("requests received"), received),
        Measure("requests_via", _("requests through this channel"), requests_via),
        Measure("inquiries_via", _("inquiries through this channel"), inquiries_via),
        Measure("from_afar", _("requests taken without a visit"), from_afar),
        Measure("known_people", _("requests of people whose data was known"), of_known_people),
        Measure("told", _("people told of the committee and the period"), told),
        Measure("verified", _("requests whose data was verified"), moved("verify")),
        Measure("referred", _("requests referred to social research"), moved("refer_to_research")),
        Measure("recommended", _("requests raised to the committee"), moved("recommend")),
        Measure("decided", _("decisions issued"), moved("approve", "reject")),
        Measure("early", _("requests decided before their date"), before_their_date, exception=True),
        Measure("drawn", _("declarations signed on the screen"), signed("drawn")),
        Measure("paper", _("declarations signed on paper"), signed("paper")),
        Measure("unsigned", _("requests without a declaration"), unsigned, exception=True),
        Measure("registered", _("registrations completed"), moved("complete_registration")),
        Measure("delivered", _("services delivered"), moved("deliver")),
        Measure("messages", _("messages to the people served"), messages),
        Measure("unasked", _("reminders sent unasked"), lambda asked: messages(asked).filter(event__in=UNASKED)),
        Measure(
            "failed",
            _("messages that did not arrive"),
            lambda asked: messages(asked).filter(state=OutboxState.FAILED),
            exception=True,
        ),
        Measure("inquiries", _("inquiries, remarks and complaints received"), inquiries),
        Measure("in_time", _("answered within the target"), in_time),
        Measure("late", _("answered late, or waiting past the target"), late, exception=True),
        Measure("clarified", _("questions referred to the researcher"), clarified("asked_at")),
        Measure("clarified_answered", _("questions the researcher answered"), clarified("answered_at")),
        Measure("clarified_told", _("answers told to the person"), clarified("told_at")),
        Measure("clarified_late", _("questions open longer than two working days"), clarified_late, exception=True),
        Measure("remarks", _("remarks and suggestions"), of_kind("remark")),
        Measure("complaints", _("complaints"), of_kind("complaint")),
        Measure(
            "invited",
            _("surveys sent"),
            lambda asked: Invitation.objects.filter(invited_on__range=asked.period.days),
            listed=False,
        ),
        Measure("answered", _("surveys answered, in the months of the period"), answers, listed=False),
        Measure("with_document", _("its document lies on the desk"), with_document),
        Measure("without_document", _("no document lies there"), without_document, exception=True),
        Measure("published", _("versions put in force"), published),
        Measure("read", _("members of staff who read the version in force"), who_read),
        Measure("unread", _("members of staff who did not read it yet"), who_did_not_read, exception=True),
        Measure("review", _("review overdue"), review_overdue, exception=True),
        Measure("described", _("services described in full on the website"), described),
        Measure("undescribed", _("services not described in full"), undescribed, exception=True),
        Measure("unconfirmed", _("clauses to be confirmed by the owner"), to_be_confirmed, exception=True),
        Measure("proposed", _("programmes proposed"), permits_moved("propose")),
        Measure("raised", _("programmes raised to the authority"), permits_moved("raise_to_authority")),
        Measure("permit_answers", _("answers of the authority"), permits_moved("record_issued", "record_refused")),
        Measure("handed_over", _("approvals handed over"), permits_moved("hand_over")),
    )
}
