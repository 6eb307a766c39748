"""Where each role lands, the demonstration's doors, and what a watchman of the server asks."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts import demo as accounts
from accounts.access import StaffRequest, public
from channels.gateways import demo_phone
from channels.rules import hours_waiting, is_overdue
from committee.minutes.waiting import minutes_waiting
from core import clock
from oversight import rules
from oversight.demo import spare
from policies.lifecycle import rules as policy
from policies.models import Association, PolicyVersion
from policies.rules import officer_title
from requests.delivery.listing import cancelled_lately, to_close
from requests.delivery.listing import summary as deliveries_waiting
from requests.models import Decision, SupportRequest
from requests.visits.page import changed_in_delivery, opinions_waiting, visits_today

MESSAGES_ON_THE_DEMO_PHONE = 15


@login_required
def waiting(request: StaffRequest) -> HttpResponse:
    """What waits for me, oldest first; open to everyone signed in, each sees their own."""
    user = request.user
    cases = rules.requests_waiting(user)
    context = {
        "cases": cases[: rules.SHOWN],
        "more_cases": len(cases) > rules.SHOWN,
        "votes": list(rules.votes_waiting(user)),
        "objections": rules.objections_waiting(user),
        "decisions": rules.decisions_waiting(user),
        "minutes": minutes_waiting(user),
        "permits": rules.permits_waiting(user),
        "inquiries": inquiry_rows(user),
        "merges": rules.merges_waiting(user),
        **rules.clarifications_waiting(user),
        "asked_opinions": opinions_waiting(user),
        "suspensions": rules.suspensions_waiting(user),
        "unscanned": rules.papers_waiting(user),
        "deliveries": deliveries_waiting(user),
        "closings": to_close(user),
        "stages": rules.where_requests_wait(user),
        "to_read": policy.to_read(user),
        "to_publish": policy.to_publish(user),
        "to_review": policy.to_review(user),
    }
    return render(
        request,
        "oversight/waiting.html",
        context
        | {
            "nothing": not any(context.values()),
            "troubled": rules.troubled_messages(user),
            "visits": visits_today(user),
            "cancellations": cancelled_lately(user),
            "changed": changed_in_delivery(user),
        },
    )


def inquiry_rows(user) -> list[dict[str, Any]]:
    target = Association.current().inquiry_target_hours
    return [
        {"inquiry": inquiry, "hours": hours_waiting(inquiry), "overdue": is_overdue(inquiry, target_hours=target)}
        for inquiry in rules.inquiries_waiting(user)
    ]


@public
@never_cache
def demo(request: HttpRequest) -> HttpResponse:
    """The demonstration's doors, cases ready to decide, and the telephone on which its messages arrive."""
    if not settings.DEMO:
        raise Http404
    return render(
        request,
        "oversight/demo.html",
        {
            "demo_doors": accounts.doors(officer_title(PolicyVersion.in_force())),
            "cases": ready_cases(),
            "phone": demo_phone(MESSAGES_ON_THE_DEMO_PHONE),
            "spare": spare.people(),
            "iban": spare.iban(),
        },
    )


def ready_cases() -> list[dict[str, Any]]:
    """Cases with the committee whose decision may be issued today or tomorrow, and no sooner than that."""
    tomorrow = clock.today() + timedelta(days=1)
    cases = SupportRequest.objects.at_committee().filter(earliest_decision_on__lte=tomorrow)
    carried = Decision.objects.filter(case=OuterRef("pk"), settled_at=None, outcome__in=Decision.ISSUED)
    cases = cases.select_related("service").annotate(carried=Exists(carried)).order_by("earliest_decision_on", "id")
    return [{"case": case, "today": case.earliest_decision_on < tomorrow} for case in cases[:10]]


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@public
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """503 until the database answers and is migrated. Late messages are said, but do not stop the pages."""
    try:
        state = rules.readiness()
    except DatabaseError:
        state = {"database": False, "migrations": False}
    return JsonResponse(state, status=200 if state["database"] and state["migrations"] else 503)
