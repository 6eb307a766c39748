"""Ask after a delivery, and keep what is answered without keeping who answered (rule 6)."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock, outbox, reminders
from core.errors import Refused
from core.models import Reminder
from core.tokens import new_token, sha256
from requests.models import Step, SupportRequest
from requests.states import State
from surveys.models import Answer, Face, Invitation

REMIND_AFTER = timedelta(days=3)
OPEN_FOR = timedelta(days=30)
EDITABLE_FOR = timedelta(days=1)


def edit_hash(token: str) -> str:
    """Known to whoever holds the link; cannot be computed from anything the database keeps."""
    return hmac.new(token.encode(), b"answer", hashlib.sha256).hexdigest()


def sweep_deliveries() -> int:
    """Invite the person after each delivery, once. Reads step rows; nothing calls up here.

    Only the last weeks' steps, by their index: the sweep comes every minute, and an older delivery is not asked about.
    """
    asked = Invitation.objects.values("case")
    lately = Step.objects.filter(to_state=State.DELIVERED, at__gt=clock.now() - OPEN_FOR).exclude(case__in=asked)
    return sum(invite(step.case) for step in lately.select_related("case__person"))


@transaction.atomic
def invite(case: SupportRequest) -> bool:
    """One 128-bit link for one delivery, and one reminder at most."""
    token = new_token()
    invitation, created = Invitation.objects.get_or_create(case=case, defaults={"token_sha256": sha256(token)})
    if created:
        post("survey_invitation", invitation, token)
        reminders.remind("survey_once", about=invitation, on=clock.today() + REMIND_AFTER)
    return created


def post(event: str, invitation: Invitation, token: str) -> None:
    link = settings.PORTAL_URL + reverse("surveys:answer", args=[token])
    outbox.post(event, to=invitation.case.mobile_to_tell, about=invitation, facts={"link": link})


def remind_once(reminder: Reminder) -> str:
    """One reminder, with a second link: the first was not kept, and stays good."""
    invitation = Invitation.objects.select_related("case__person").get(pk=reminder.subject_id)
    if invitation.answered or invitation.closed:
        return "answered"
    token = new_token()
    invitation.second_sha256 = sha256(token)
    invitation.save(update_fields=["second_sha256"])
    post("survey_reminder", invitation, token)
    return "reminded"


def sweep_reminders(*, remind: bool = True) -> int:
    """Remind once, unless it is night, and wipe the keys of answers whose day of editing is over."""
    part_from_links()
    old = Invitation.objects.filter(closed=False, invited_on__lt=clock.today() - OPEN_FOR)
    old.update(closed=True)
    return reminders.sweep(("survey_once",), remind_once) if remind else 0


@transaction.atomic
def part_from_links() -> int:
    """Wipe the keys of answers whose day is over, and lay their months down anew in an order that means nothing.

    An answer and "answered" on its invitation are one transaction. PostgreSQL keeps its number on both rows, and
    keeps rows as they came, also in a backup: both would lead from an answer to the person (rule 6).
    """
    over = Answer.objects.filter(edit_until__lt=clock.today())
    months = set(over.values_list("month", flat=True))
    settled = Answer.objects.filter(month__in=months).exclude(edit_until__gte=clock.today())
    rows = list(settled.select_for_update())
    Answer.objects.filter(pk__in=[row.pk for row in rows]).delete()  # of two sweeps at once, the second holds none
    secrets.SystemRandom().shuffle(rows)
    for row in rows:
        row.edit_hash = row.edit_until = None
    Answer.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def answer(token: str, *, face: int, words: str = "") -> Answer:
    """Keep one answer, or change it within its day. Raises Refused when the link is no longer open."""
    # The invitation first: the second tap of two at once waits here, and then changes what the first one gave.
    invitation = Invitation.objects.holding(token).select_for_update().first()
    if invitation is None:
        return change(token, face=face, words=words)
    invitation.answered = True
    invitation.save(update_fields=["answered"])
    case = invitation.case
    return Answer.objects.create(
        month=f"{clock.today():%Y-%m}",
        service=case.service.code,
        branch=case.branch.code,
        channel=case.channel,
        outcome="approved",
        stage=State.DELIVERED,
        face=Face(face),
        words=words,
        edit_hash=edit_hash(token),
        edit_until=clock.today() + EDITABLE_FOR,
    )


def change(token: str, *, face: int, words: str) -> Answer:
    mine = given(token)
    if mine is None:
        raise Refused(_("This link is no longer open. Thank you for your time."))
    mine.face, mine.words = Face(face), words
    mine.save(update_fields=["face", "words"])
    return mine


def given(token: str) -> Answer | None:
    """The answer given with this link, while it may still be changed."""
    return Answer.objects.filter(edit_hash=edit_hash(token), edit_until__gte=clock.today()).first()


def is_open(token: str) -> bool:
    """Whether the link still takes an answer or a change."""
    return given(token) is not None or Invitation.objects.holding(token).exists()
