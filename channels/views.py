"""Inquiries, remarks and complaints: asked by anyone, answered at the desk, read by whoever holds the link."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.access import StaffRequest, public, staff
from channels import actions, rules
from channels.forms import AnswerForm, AskForm
from channels.models import INQUIRY_DESK, Inquiry
from core import once, outbox
from core.errors import Refused
from core.limits import KEEP_THE_NUMBER, PUBLIC_MESSAGES, TOO_OFTEN, Limit, address_of, within
from core.references import format_reference
from policies.models import Association, PolicyVersion

ASKED_FROM_ONE_ADDRESS = Limit("ask", 10, timedelta(minutes=15))
ASKED_WITH_ONE_MOBILE = Limit("ask-mobile", 5, timedelta(hours=1))
SHOWN = 50
RECENT = 20


class Visitor:
    """Whoever writes to the association, in the record."""

    pk = None
    username = "visitor"


@public
def ask(request: HttpRequest) -> HttpResponse:
    """A question, a remark or a complaint through the website, where the policy in force has that channel."""
    if not rules.asked_on_the_website(PolicyVersion.in_force()):
        return render(request, "channels/closed.html", status=422 if request.method == "POST" else 200)
    form = AskForm(request.POST or None)
    key = once.key_of(request.POST)
    context = {"form": form, "form_key": key}
    if request.method != "POST" or not form.is_valid():
        return render(request, "channels/ask.html", context, status=422 if form.is_bound else 200)
    if not may_send(request, form.cleaned_data["mobile"]):
        form.add_error(None, TOO_OFTEN)
        return render(request, "channels/ask.html", context, status=429)
    told = within(PUBLIC_MESSAGES)
    token = once.sent(key, lambda: taken(form.cleaned_data, told=told))
    messages.success(request, _("What you sent has reached us. Thank you."))
    if not told:
        reference = Inquiry.objects.get(status_token=token).reference
        messages.warning(request, KEEP_THE_NUMBER % {"reference": format_reference(reference)})
    return redirect("channels:inquiry_status", token)


def taken(facts: dict[str, Any], *, told: bool) -> str:
    """Take what was asked; once the day's messages are used up, without one. Returns the key of its page."""
    asked = actions.ask(by=Visitor(), **facts)
    if not told:
        outbox.withhold(asked, why=PUBLIC_MESSAGES.name)
    return asked.status_token


def may_send(request: HttpRequest, mobile: str) -> bool:
    """Each sending brings a text message, so each address and each mobile has its limit."""
    return within(ASKED_FROM_ONE_ADDRESS, address_of(request)) and within(ASKED_WITH_ONE_MOBILE, mobile)


@public
@never_cache
def inquiry_status(request: HttpRequest, token: str) -> HttpResponse:
    return show(request, get_object_or_404(Inquiry, status_token=token))


def show(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """The question and its answer, for whoever asked; no name and no number."""
    return render(request, "channels/inquiry_status.html", {"inquiry": inquiry})


@staff(*INQUIRY_DESK)
def inquiries(request: StaffRequest) -> HttpResponse:
    """What waits for an answer, oldest first, and what was answered lately."""
    visible = Inquiry.objects.visible_to(request.user)
    waiting = visible.unanswered().order_by("id").filter(id__gt=after(request))
    rows = with_waiting(waiting[: SHOWN + 1])
    return render(
        request,
        "channels/inquiries.html",
        {
            "waiting": rows[:SHOWN],
            "next": rows[SHOWN - 1]["inquiry"].pk if len(rows) > SHOWN else None,
            "answered": visible.exclude(answered_at=None)
            .select_related("answered_by")
            .order_by("-answered_at")[:RECENT],
        },
    )


def after(request: HttpRequest) -> int:
    """The last row of the page before, from the URL; anything else begins at the beginning."""
    typed = request.GET.get("after", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def with_waiting(inquiries: Iterable[Inquiry]) -> list[dict[str, Any]]:
    target = Association.current().inquiry_target_hours
    return [
        {
            "inquiry": inquiry,
            "hours": rules.hours_waiting(inquiry),
            "overdue": rules.is_overdue(inquiry, target_hours=target),
        }
        for inquiry in inquiries
    ]


@staff(*INQUIRY_DESK)
def inquiry(request: StaffRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(
        Inquiry.objects.visible_to(request.user).select_related("answered_by"), reference=reference
    )
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and answered(request, found, form):
        return redirect("channels:inquiries")
    return render(
        request,
        "channels/inquiry.html",
        {"row": with_waiting([found])[0], "inquiry": found, "form": form, "contact": request.user.reads_names},
        status=422 if form.is_bound else 200,
    )


def answered(request: StaffRequest, inquiry: Inquiry, form: AnswerForm) -> bool:
    try:
        actions.give_answer(inquiry, by=request.user, text=form.cleaned_data["text"])
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    sentence = _("Inquiry %(reference)s: the answer is saved, and the person is told where to read it.")
    messages.success(request, sentence % {"reference": format_reference(inquiry.reference)})
    return True
