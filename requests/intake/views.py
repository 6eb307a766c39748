"""The counter: one search box, one page of registration, one receipt. POST carries what was typed; no URL does."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.access import StaffRequest, public, staff
from accounts.models import User
from accounts.roles import COUNTER
from beneficiaries.exchange.rules import IMPORTERS
from beneficiaries.models import Person
from core import audit, clock, drafts, once, printing
from core.errors import Refused
from core.uploads import UploadError
from policies.models import Association, PolicyVersion, Service, WaitingStart
from requests import rules
from requests.declaration.panel import code_is_found, panel
from requests.declaration.rules import paper_owed
from requests.intake import search, slip
from requests.intake.actions import register
from requests.intake.alike import people_alike
from requests.intake.blank import blank_pdf
from requests.intake.forms import NOT_IN_A_DRAFT, Desk, IntakeForm, known
from requests.models import SupportRequest
from requests.people.access import person_for
from requests.states import TONES, State

FORM = "intake"
LONGEST_KEPT = 4000
PREVIOUS_SHOWN = 5
PAPERS = {"a5": "a5", "80": "roll"}
View = Callable[..., HttpResponse]


def takes_requests(view: View) -> View:
    """Where the policy knows no support requests, the counter says so in one sentence and stores nothing."""

    @wraps(view)
    def checked(request: StaffRequest, *args, **kwargs) -> HttpResponse:
        sentence = rules.no_support_requests(PolicyVersion.in_force())
        if sentence is None:
            return view(request, *args, **kwargs)
        status = 200 if request.method in ("GET", "HEAD") else 422
        return render(request, "requests/intake/closed.html", {"sentence": sentence}, status=status)

    return checked


@staff(*COUNTER)
@takes_requests
@require_safe
def counter(request: StaffRequest) -> HttpResponse:
    return render(request, "requests/intake/counter.html", counter_page(request))


def counter_page(request: StaffRequest) -> dict[str, Any]:
    """What stands under the search box: one's unfinished forms, and the ways to many files at once."""
    unfinished = drafts.waiting(owner=request.user, form=FORM)
    return {"drafts": unfinished, "brings": request.user.holds(*IMPORTERS)}


@staff(*COUNTER)
@takes_requests
def counter_search(request: StaffRequest) -> HttpResponse:
    """Enter opens what is certain (an ID, a reference); a pause in typing only shows what is found."""
    if request.method != "POST":
        return redirect("requests:counter")
    typed = request.POST.get("q", "")
    found = search.find(typed, by=request.user) if typed.strip() else None
    page: dict[str, Any] = {"typed": typed, "found": found}
    if "HX-Request" in request.headers:
        return render(request, "requests/intake/results.html", page)
    if found and found.only:
        return redirect("requests:register_for", found.only.pk)
    if found and found.case:
        return redirect("requests:case", found.case.reference)
    page |= counter_page(request) | {"entered": True}
    return render(request, "requests/intake/counter.html", page)


@staff(*COUNTER)
@takes_requests
def register_new(request: StaffRequest) -> HttpResponse:
    return registration(request, None)


@staff(*COUNTER)
@takes_requests
def register_for(request: StaffRequest, pk: int) -> HttpResponse:
    return registration(request, visible_person(request, pk))


def visible_person(request: StaffRequest, pk: int) -> Person:
    """The current file, which a draft may still know by the number of one that was merged into it since."""
    person = person_for(request, pk)
    if not request.user.serves(person.branch_id):
        raise Http404
    return person


def registration(request: StaffRequest, person: Person | None) -> HttpResponse:
    """The page of registration: blank, prefilled, or sent. A refusal keeps what was typed and stores nothing."""
    desk = Desk.open()
    options: dict[str, Any] = {"desk": desk, "by": request.user, "person": person}
    if request.method != "POST" or "typed" in request.POST:
        return blank(request, options, person)
    form = IntakeForm(request.POST, request.FILES, **options)
    if form.is_valid() and code_is_found(form, once.key_of(request.POST)):
        try:
            return redirect("requests:receipt", registered_once(request, form))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        except UploadError as error:
            form.add_error("signature_scan", str(error))
    if earlier := once.led_to(once.key_of(request.POST)):  # pressed twice: by now the ID has the file it opened
        return redirect("requests:receipt", earlier)
    return page(request, form, status=422)


def registered_once(request: StaffRequest, form: IntakeForm) -> str:
    """The reference of the request this form made, now or at its first sending; the draft goes with it."""

    def make() -> str:
        case = register(by=request.user, person=form.person, **form.registration())
        drafts.drop(owner=request.user, form=FORM, pk=number(request.POST.get("draft")))
        return case.reference

    return once.sent(once.key_of(request.POST), make)


def blank(request: StaffRequest, options: dict[str, Any], person: Person | None) -> HttpResponse:
    """A form not sent yet: for a known person with what is known, for a new one with what was searched for."""
    if person is None:
        initial = search.prefill(request.POST.get("typed", ""))
        focus = "national_id" if "first_name" in initial else "first_name"
    else:
        audit.looked_at(person, by=request.user, what="counter")
        initial = known(person, person.support_requests.visible_to(request.user).order_by("pk").last())
        offered = {service.pk for service in options["desk"].services}
        focus = "need" if initial["service"] in offered else "service"
    form = IntakeForm(initial=initial, **options)
    form.focus(focus)
    return page(request, form)


def page(
    request: StaffRequest, form: IntakeForm, *, draft: int | None = None, trouble: str = "", status: int = 200
) -> HttpResponse:
    person = form.person
    context = {
        "form": form,
        "person": person,
        "action": reverse("requests:register_for", args=[person.pk]) if person else reverse("requests:register_new"),
        "form_key": once.key_of(request.POST),
        "draft": draft or number(request.POST.get("draft")) or "",
        "services": form.desk.services,
        "previous": previous(person, request.user) if person else [],
        "suspended": rules.person_suspended(person) if person else None,
        **card(form.desk.policy),
        **checks(form),
        **panel(form, once.key_of(request.POST), trouble=trouble),
    }
    return render(request, "requests/intake/register.html", context, status=status)


def card(policy: PolicyVersion) -> dict[str, Any]:
    """The card to read aloud: the sentences, the declaration, and the earliest date if told today."""
    days = cast(int, policy.min_decision_days)  # a CHECK: where requests are taken there is a period
    words = rules.days_in_words(days)
    from_referral = Association.current().waiting_starts_at == WaitingStart.COMMITTEE_REFERRAL
    earliest = rules.earliest_decision_date(clock.today(), days)
    return {
        "sentences": [line.replace("{min_days_words}", words) for line in policy.read_aloud],
        "declaration": policy.declaration_text.replace("{min_days_words}", words),
        "earliest": None if from_referral else earliest,
        "waiting_sentence": slip.referral_sentence(days) if from_referral else "",
        "own_periods": own_periods(policy),
    }


def own_periods(policy: PolicyVersion) -> list[dict[str, Any]]:
    """Services that wait otherwise, each with its days in words and the clause that says so (rule 1)."""
    periods = policy.service_periods.select_related("service", "clause")
    return [
        {"service": row.service, "period": rules.days_in_words(row.days), "clause": row.clause.clause_id}
        for row in periods
    ]


def previous(person: Person, user: User) -> list[dict[str, Any]]:
    """The last requests of a returning person, as far as the user sees them."""
    cases = person.support_requests.visible_to(user).select_related("service").order_by("-received_at")
    return [{"case": case, "tone": TONES[State(case.state)]} for case in cases[:PREVIOUS_SHOWN]]


def checks(form: IntakeForm) -> dict[str, Any]:
    """What the server notices while the form is filled: the echoes, an ID that has a file, people alike."""
    national_id = search.read(str(form["national_id"].value() or "")) if "national_id" in form.fields else None
    is_id = national_id is not None and national_id.kind == search.Kind.ID
    owner = search.find(national_id.value, by=form.by).only if national_id and is_id else None
    return {
        "echoes": {name: form.echo(name) for name in ("national_id", "birth")},
        "owner": owner,
        "alike": people_alike(form, owner=owner),
    }


@staff(*COUNTER)
@takes_requests
@require_POST
def counter_check(request: StaffRequest) -> HttpResponse:
    """The echoes and the people alike, for a form that is being filled."""
    pk = number(request.POST.get("person"))
    person = visible_person(request, pk) if pk else None
    desk = Desk.open()
    form = IntakeForm(request.POST, desk=desk, by=request.user, person=person)
    return render(request, "requests/intake/checks.html", checks(form) | {"form": form})


@staff(*COUNTER)
@takes_requests
@require_POST
def draft(request: StaffRequest) -> HttpResponse:
    """Keep what was typed so far; with `pause`, go and serve the next person."""
    kept = drafts.keep(
        owner=request.user,
        form=FORM,
        pk=number(request.POST.get("draft")),
        label=first_name(request.POST.get("first_name", "")),
        data={"person": number(request.POST.get("person")), "fields": typed_so_far(request)},
    )
    if "pause" not in request.POST:
        return JsonResponse({"draft": kept.pk})
    messages.success(request, _("The draft is kept. Return to it from this page whenever you like."))
    return redirect("requests:counter")


def typed_so_far(request: StaffRequest) -> dict[str, str]:
    names = [name for name in IntakeForm.base_fields if name not in NOT_IN_A_DRAFT]
    return {name: request.POST[name][:LONGEST_KEPT] for name in names if name in request.POST}


def first_name(typed: str) -> str:
    """A neutral label: the first name if it is one, nothing else."""
    try:
        return IntakeForm.base_fields["first_name"].clean(typed)
    except ValidationError:
        return ""


@staff(*COUNTER)
@takes_requests
def draft_open(request: StaffRequest, pk: int) -> HttpResponse:
    """Continue one's own draft; POST lets it go."""
    row = get_object_or_404(drafts.waiting(owner=request.user, form=FORM), pk=pk)
    if request.method == "POST":
        drafts.drop(owner=request.user, form=FORM, pk=row.pk)
        messages.success(request, _("The draft is deleted."))
        return redirect("requests:counter")
    person = visible_person(request, row.data["person"]) if row.data.get("person") else None
    if person:
        audit.looked_at(person, by=request.user, what="counter")
    desk = Desk.open()
    form = IntakeForm(initial=row.data["fields"], desk=desk, by=request.user, person=person)
    form.focus(next((name for name in form.fields if not row.data["fields"].get(name)), "need"))
    return page(request, form, draft=row.pk)


@staff(*COUNTER)
@require_GET
def receipt(request: StaffRequest, reference: str) -> HttpResponse:
    """The result of a registration; `?paper=a5` or `?paper=80` gives the slip alone, ready to print."""
    cases = SupportRequest.objects.visible_to(request.user).select_related(
        "service", "branch", "received_by", "person", "declaration__paper__file"
    )
    case = get_object_or_404(cases.prefetch_related("checks"), reference=reference)
    context = {"case": case, "receipt": slip.receipt_of(case)}
    if paper := PAPERS.get(request.GET.get("paper", "")):
        back = reverse("requests:receipt", args=[case.reference])
        sheet = f"{paper} long" if slip.is_long(context["receipt"]) else paper
        return render(request, "requests/intake/slip.html", context | {"paper": sheet, "back": back})
    message = {"message_state": slip.message_state(case), "paper_owed": paper_owed(getattr(case, "declaration", None))}
    return render(request, "requests/intake/receipt.html", context | message)


@staff(*COUNTER)
@require_safe
def receipt_message(request: StaffRequest, reference: str) -> HttpResponse:
    """What became of the message; nothing new is an empty answer, so that the page that asks stays quiet."""
    cases = SupportRequest.objects.visible_to(request.user).select_related("person")
    case = get_object_or_404(cases, reference=reference)
    state = slip.message_state(case)
    if request.GET.get("seen") == state["state"]:
        return HttpResponse(status=204)
    return render(request, "requests/intake/message.html", {"case": case, "message_state": state})


@public
@require_safe
def paper_form(request: HttpRequest) -> HttpResponse:
    """The request form to print and fill in by hand, for any service (clause TL-4)."""
    return printed_form(None)


@public
@require_safe
def paper_form_for(request: HttpRequest, code: str) -> HttpResponse:
    """The same for one service, with its papers and its days."""
    services = Service.objects.filter(is_active=True).prefetch_related("papers")
    return printed_form(get_object_or_404(services, code=code))


def printed_form(service: Service | None) -> HttpResponse:
    """Where the policy knows no support requests there is no form; the page about applying says what there is."""
    if rules.no_support_requests(PolicyVersion.in_force()):
        return redirect("policies:apply")
    return printing.answer(blank_pdf(service), name=f"request-form-{service.code}" if service else "request-form")


def number(text: str | None) -> int | None:
    """A row's number from a form, or None: whatever else was sent is nothing."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
