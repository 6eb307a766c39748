"""Verbs on the minutes: drafted once the meeting is over, written, signed, and added to; never changed after that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from committee.meetings.actions import held
from committee.minutes import rules
from committee.minutes.content import hash_of_addendum
from committee.minutes.record import record_of
from committee.minutes.sight import sight_of
from committee.models import Addendum, AgendaItem, Meeting, Minutes, OwnWord, Signature
from core import audit, clock, numbers, uploads
from core.errors import Refused, refuse
from core.hijri import to_hijri
from core.models import StoredFile


@dataclass(frozen=True)
class Reservation:
    """What a signer does not agree to, and the case it is about; about the whole where there is none."""

    words: str = ""
    item: AgendaItem | None = None


@transaction.atomic
def draft(meeting: Meeting, *, by: User) -> Minutes:
    """Take down what happened and give it the next number of its Hijri year. Asked again, the same minutes."""
    meeting = held(meeting)
    if sentence := rules.why_not_draft(meeting, by=by):
        raise Refused(sentence)
    if made := Minutes.objects.filter(meeting=meeting).first():
        return made
    year = to_hijri(meeting.held_on)[0]
    number = numbers.take(f"minutes {year}")
    minutes = Minutes.objects.create(meeting=meeting, year=year, number=number, data=record_of(meeting), drafted_by=by)
    audit.record("drafted_minutes", minutes, by=by, changes={"number": str(minutes)})
    return minutes


@transaction.atomic
def write(minutes: Minutes, *, by: User, discussion: str, recommendations: str) -> Minutes:
    """The secretary's own words, while nobody has signed."""
    minutes = lock(minutes)
    if sentence := rules.why_not_write(minutes, by=by):
        raise Refused(sentence)
    for text in (discussion, recommendations):
        if sentence := rules.names_somebody(text, minutes.meeting, sight_of(minutes, by)):
            raise Refused(sentence)
    minutes.discussion, minutes.recommendations = discussion or None, recommendations or None
    minutes.save(update_fields=["discussion", "recommendations"])
    audit.record("wrote_minutes", minutes, by=by)
    return minutes


@transaction.atomic
def sign(
    minutes: Minutes,
    *,
    by: User,
    picture: BinaryIO,
    seen: str,
    reservation: Reservation | None = None,
    addendum: Addendum | None = None,
) -> Signature:
    """Sign on one's own screen what one has read there: `seen` is its hash as the page had it. The first signature
    fixes the hash. Raises Refused, and UploadError for a picture that cannot be read."""
    minutes = lock(minutes)
    if sentence := rules.why_not_sign(minutes, by=by, addendum=addendum):
        raise Refused(sentence)
    if sentence := rules.why_not_this_text(minutes, seen, addendum):
        raise Refused(sentence)
    with uploads.together() as store:
        file = store(picture, by_id=by.pk, only_picture=True)
        return put_signature(
            minutes, user=by, how=Signature.How.DRAWN, file=file, by=by, reservation=reservation, addendum=addendum
        )


@transaction.atomic
def sign_on_paper(
    minutes: Minutes,
    *,
    by: User,
    scan: BinaryIO,
    printed: str,
    signed: Mapping[int, Reservation],
    addendum: Addendum | None = None,
) -> list[Signature]:
    """The printed paper with its signatures, brought in by the secretary: `signed` by user, with what they reserved.

    `printed` is the beginning of the hash on the paper: another text than this one is not signed with it.
    """
    minutes = lock(minutes)
    if sentence := rules.why_not_scan(minutes, by=by, addendum=addendum):
        raise Refused(sentence)
    if sentence := rules.why_not_this_text(minutes, printed, addendum):
        raise Refused(sentence)
    if not signed or not set(signed) <= set(rules.unsigned(minutes, addendum)):
        raise Refused(_("Choose who signed on this paper, at least one."))
    refuse(rules.why_not_first(minutes, signed.keys(), addendum))
    with uploads.together() as store:
        file = store(scan, by_id=by.pk)
        return [
            put_signature(
                minutes, user=user, how=Signature.How.PAPER, file=file, by=by, reservation=said, addendum=addendum
            )
            for user, said in zip(map(user_of, signed), signed.values(), strict=True)
        ]


@transaction.atomic
def answer(
    minutes: Minutes,
    *,
    by: User,
    seen: str,
    reservation: Reservation | None = None,
    addendum: Addendum | None = None,
) -> OwnWord:
    """The signer's own voice on a signature of theirs that another took down from paper: it is theirs, or with these
    words. Raises Refused: none such, said already, another text than was read."""
    minutes = lock(minutes)
    said, sight = reservation or Reservation(), sight_of(minutes, by)
    sentence = rules.why_not_answer(minutes, by=by, addendum=addendum) or rules.why_not_this_text(
        minutes, seen, addendum
    )
    if sentence := sentence or rules.why_not_reserve(said.words, said.item, minutes, sight):
        raise Refused(sentence)
    signature = minutes.signatures.get(addendum=addendum, user=by)
    word = OwnWord.objects.create(
        signature=signature, reservation=said.words.strip() or None, item=said.item, sha256=signature.sha256
    )
    changes = {"addendum": addendum.number if addendum else None, "reserved": bool(word.reservation)}
    audit.record("answered_signature", minutes, by=by, changes=changes | {"hash": word.sha256})
    return word


def user_of(pk: int) -> User:
    return User.objects.get(pk=pk)


def put_signature(
    minutes: Minutes,
    *,
    user: User,
    how: str,
    file: StoredFile,
    by: User,
    reservation: Reservation | None,
    addendum: Addendum | None,
) -> Signature:
    said, sight = reservation or Reservation(), sight_of(minutes, user)
    if sentence := rules.why_not_reserve(said.words, said.item, minutes, sight, typist=sight_of(minutes, by)):
        raise Refused(sentence)
    if not minutes.is_locked:
        fix(minutes)
    made = Signature.objects.create(
        minutes=minutes,
        addendum=addendum,
        user=user,
        how=how,
        file=file,
        reservation=said.words.strip() or None,
        item=said.item,
        unseen=sight.hidden(row["position"] for row in minutes.data["cases"]),
        sha256=rules.fingerprint(minutes, addendum),
        taken_by=by,
    )
    take_down(made, by=by)
    return made


def take_down(made: Signature, *, by: User) -> None:
    """The signature in the record, which nobody alters: who, how, of what hash, and the hash of its picture."""
    changes = {
        "user": made.user_id,
        "how": made.how,
        "addendum": made.addendum.number if made.addendum else None,
        "reserved": bool(made.reservation),
        "hash": made.sha256,
        "file": made.file.sha256,
    }
    audit.record("signed_minutes", made.minutes, by=by, changes=changes)


def fix(minutes: Minutes) -> None:
    """The hash of the content, for ever: from here the database refuses every change."""
    minutes.sha256, minutes.locked_at = rules.fingerprint(minutes), clock.now()
    minutes.save(update_fields=["sha256", "locked_at"])


@transaction.atomic
def add(minutes: Minutes, *, by: User, text: str, item: AgendaItem | None = None) -> Addendum:
    """Correct locked minutes by an addendum, numbered and chained by hash to what stands before it."""
    minutes = lock(minutes)
    if sentence := rules.why_not_add(minutes, by=by):
        raise Refused(sentence)
    if sentence := rules.names_somebody(text, minutes.meeting, sight_of(minutes, by)):
        raise Refused(sentence)
    if item is not None and item.meeting_id != minutes.meeting_id:
        raise Refused(_("Choose a case of this meeting."))
    last = minutes.addenda.last()
    addendum = Addendum(
        minutes=minutes,
        number=last.number + 1 if last else 1,
        item=item,
        text=text,
        written_by=by,
        follows=last.sha256 if last else minutes.sha256,
    )
    addendum.sha256 = hash_of_addendum(addendum)
    addendum.save()
    audit.record("added_to_minutes", minutes, by=by, changes={"addendum": addendum.number, "hash": addendum.sha256})
    return addendum


def lock(minutes: Minutes) -> Minutes:
    """The minutes as they stand, held: nobody writes or signs them meanwhile."""
    return Minutes.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=minutes.pk)
