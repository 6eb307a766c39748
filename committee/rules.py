"""Rule 5 of product.md: quorum, who may vote, and what a count means. Questions only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from committee.models import VOTING_SEATS, AgendaItem, Meeting, Motion, Seat, SeatRole, Vote
from committee.naming import named_in
from policies.models import Association
from requests.decision.words import otherwise
from requests.models import Decision, Exclusion, Outcome, SupportRequest
from requests.rules import took_part_before
from requests.states import State
from requests.workflow import out_of_sight


@dataclass(frozen=True)
class Quorum:
    """Who is there for one case: `seats` voting seats in term, `present` of them (alternates filling in)."""

    seats: int
    present: int

    @property
    def met(self) -> bool:
        """More than half of the voting seats in term, and at least two."""
        return self.present >= 2 and self.present * 2 > self.seats

    @property
    def needed(self) -> int:
        return max(2, self.seats // 2 + 1)


@dataclass(frozen=True)
class Room:
    """Who is there, read once for the many cases of a meeting: `here` by arrival, `seats` the quorum's denominator,
    `sitting` all who may sit in it today."""

    seats: int
    here: tuple[Seat, ...]
    sitting: frozenset[Seat]

    def counting(self, case: SupportRequest | None, voted: Iterable[Seat] = ()) -> list[Seat]:
        """The unexcluded seats that have `voted` or are present: voting seats first, then as many alternates as voting
        seats are missing. A voice given in the room stands when its member has left it, whoever came after."""
        barred = barred_from(case) if case else set()
        heard = [seat for seat in voted if seat in self.sitting]
        return filled([seat for seat in dict.fromkeys((*heard, *self.here)) if seat.user_id not in barred], self.seats)

    def quorum(self, case: SupportRequest | None) -> Quorum:
        """Presence now, and not excluded for this case: recusal lowers those present, never the denominator."""
        return Quorum(seats=self.seats, present=len(self.counting(case)))


def filled(free: list[Seat], seats: int) -> list[Seat]:
    """The voting seats among those free to decide, and as many alternates as voting seats are missing (rule 5)."""
    voting = [seat for seat in free if seat.role in VOTING_SEATS]
    alternates = [seat for seat in free if seat.role == SeatRole.ALTERNATE]
    return voting + alternates[: max(0, seats - len(voting))]


def room(meeting: Meeting) -> Room:
    sitting = {seat.pk: seat for seat in seats_of(meeting)}
    there = meeting.attendance.filter(left_at=None, seat__in=sitting).order_by("arrived_at", "id")
    here = tuple(sitting[pk] for pk in there.values_list("seat", flat=True))
    return Room(seats=voting_seats(meeting).count(), here=here, sitting=frozenset(sitting.values()))


def barred_from(case: SupportRequest) -> set[int]:
    """Staff who may not decide this case (rule 5)."""
    return {row.user_id for row in case.exclusions.all() if row.why in Exclusion.FROM_DECIDING}


def quorum(meeting: Meeting, case: SupportRequest | None = None) -> Quorum:
    return room(meeting).quorum(case)


def secrecy() -> bool:
    """Whether votes are secret unless the secretary chooses otherwise (association setting `secret_ballot`)."""
    return Association.current().secret_ballot


def seats_of(meeting: Meeting):
    """The seats whose holder can be present: of its body, in term on its day, the account not closed."""
    found = Seat.objects.in_term(meeting.held_on).filter(body=meeting.body, user__is_active=True)
    return found.select_related("user").order_by("pk")


def voting_seats(meeting: Meeting):
    """The quorum's denominator: recusal, absence and a closed account leave it as it is; a term's end lowers it."""
    return Seat.objects.in_term(meeting.held_on).filter(body=meeting.body, role__in=VOTING_SEATS)


def seats_that_count(motion: Motion) -> list[Seat]:
    """The seats whose voices count on this motion, given already or still to come."""
    return room(motion.item.meeting).counting(motion.item.case, seats_heard(motion))


def taking_part(motion: Motion) -> Quorum:
    """Who took part in this vote: present as it is counted, or gone after they had voted."""
    return Quorum(seats=voting_seats(motion.item.meeting).count(), present=len(seats_that_count(motion)))


def seats_heard(motion: Motion) -> list[Seat]:
    """The seats that have voted, in the order of their voices."""
    return [vote.seat for vote in sorted(motion.votes.all(), key=lambda vote: (vote.at, vote.pk))]


def seat_of(user: User, meeting: Meeting) -> Seat | None:
    """The user's seat that may vote, in term on the day of the meeting."""
    return seats_of(meeting).filter(user=user, role__in=(*VOTING_SEATS, SeatRole.ALTERNATE)).first()


def open_motion(item: AgendaItem) -> Motion | None:
    return item.motions.filter(closed_at=None).first()


def why_not_vote(item: AgendaItem, *, by: User) -> str | None:
    """Why this person may not vote on this item now; None when they may. Any day will do, before the date too."""
    meeting, case = item.meeting, item.case
    if sentence := not_open(meeting):
        return sentence
    seat = seat_of(by, meeting)
    if seat is None:
        return _("Only members of the committee vote.")
    if sentence := took_part_before(case, by):
        return sentence
    if not meeting.attendance.filter(seat=seat, left_at=None).exists():
        return _("You are not marked present; ask the secretary to mark your attendance.")
    if sentence := not_before_the_vote(item):
        return sentence
    motion = open_motion(item)
    if motion and seat not in seats_that_count(motion):
        return _("No voting seat is missing, so the alternate does not vote.")
    if not quorum(meeting, case).met:
        return quorum_sentence(quorum(meeting, case))
    return None


def not_open(meeting: Meeting) -> str | None:
    """Votes are cast, put and counted while the meeting is open: not before it, not after it."""
    if meeting.is_open:
        return None
    if meeting.is_planned:
        return _("The meeting has not begun; votes are cast in an open meeting.")
    return _("The meeting is closed; votes are cast in an open meeting.")


def quorum_sentence(q: Quorum) -> str:
    return _("There is no quorum for this case: present %(present)s, needed %(needed)s. The case waits.") % {
        "present": q.present,
        "needed": q.needed,
    }


def not_before_the_vote(item: AgendaItem) -> str | None:
    """Why nothing of this item stands open to the vote: to be cast or to be counted."""
    case, motion = item.case, open_motion(item)
    if case.state != State.COMMITTEE_REVIEW:
        return _("This request is no longer with the committee.")
    if motion is None:
        return _("The vote on this case is closed.")
    if outdated(motion, case):
        return _("The case was studied anew since this was put to the vote. The secretary puts a new proposal.")
    return open_already(case)


def outdated(motion: Motion, case: SupportRequest) -> bool:
    """Put to the vote before the case went back and came again: what was voted then is about another study."""
    return case.state_since > motion.put_at


def open_already(case: SupportRequest) -> str | None:
    """What was carried is issued or settled before anything else is voted on."""
    if any(decision.settled_at is None for decision in case.decisions.all()):
        return _("A decision was carried and waits to be issued.")
    return None


def why_not_close_vote(item: AgendaItem, *, by: User) -> str | None:
    if not by.holds(Role.SECRETARY):
        return _("The secretary closes the vote.")
    if sentence := not_open(item.meeting):
        return sentence
    if sentence := out_of_sight(item.case, by) or not_before_the_vote(item):
        return sentence
    motion = open_motion(item)
    if motion is None:
        return _("The vote on this case is closed.")
    q = quorum(item.meeting, item.case)
    if not q.met:
        return quorum_sentence(q)
    if not counted_votes(motion):
        return _("Nobody has voted yet.")
    if motion.secret and not everybody_voted(motion, item.case, room(item.meeting)):
        return _("A secret vote is closed when all who are present have voted: fewer voices would tell whose they are.")
    return None


def not_what_was_read(standing: Motion | Decision | None, read: Collection[int] | None) -> str | None:
    """Why a voice, a closing or an issuing meant for something else is refused. `read`: the keys of what the page
    showed; None where no page was read."""
    if read is None or (standing is not None and standing.pk in read):
        return None
    return _("What is put to you has changed since you opened the page. Read it again.")


def why_not_put(item: AgendaItem, *, by: User) -> str | None:
    """Why the secretary may not put another proposal to the vote now."""
    if not by.holds(Role.SECRETARY):
        return _("The secretary puts proposals to the vote.")
    if sentence := not_open(item.meeting):
        return sentence
    if item.case.state != State.COMMITTEE_REVIEW:
        return _("This request is no longer with the committee.")
    if sentence := out_of_sight(item.case, by) or open_already(item.case):
        return sentence
    motion = open_motion(item)
    if motion is not None and not outdated(motion, item.case) and standing_votes(motion):
        return _("A vote is under way; close it first.")
    return None


def why_not_propose(motion: Motion, case: SupportRequest) -> str | None:
    """What this proposal lacks. Whoever departs from the recommendation says why, to the person too (rule 5)."""
    if motion.outcome == Outcome.ASK_FOR_PAPERS and not motion.papers:
        return _("Choose the papers you need, at least one.")
    if sentence := why_not_said(" ، ".join((motion.what, motion.reasons, *motion.papers.values())), case):
        return sentence
    if motion.reasons.strip():
        return None
    if motion.outcome == Outcome.REJECT:
        return _("Write the reasons as the person will read them.")
    if differs := otherwise(motion, getattr(case, "study", None)):
        sentence = _("This is not what the researcher recommended (%(what)s). Write why, as the person will read it.")
        return sentence % {"what": "، ".join(differs)}
    return None


def why_not_said(words: str, case: SupportRequest) -> str | None:
    """What is proposed stands in the minutes, which name nobody served. The letter bears the person's name already."""
    if named_in(words, case):
        return _("Write it without the name of the person or of their family: it is printed in the minutes too.")
    return None


def why_not_set_ballot(item: AgendaItem, *, by: User) -> str | None:
    """Secret or open is chosen before anybody votes: a voice given openly cannot be taken back into secrecy."""
    if not by.holds(Role.SECRETARY):
        return _("The secretary puts proposals to the vote.")
    if sentence := not_open(item.meeting):
        return sentence
    motion = open_motion(item)
    if sentence := out_of_sight(item.case, by) or not_before_the_vote(item):
        return sentence
    return _("A vote is under way; close it first.") if motion and motion.votes.exists() else None


def why_not_pull(item: AgendaItem, *, by: User) -> str | None:
    """Whoever may vote on a case may ask to discuss it."""
    return why_not_vote(item, by=by)


def open_items(meeting: Meeting) -> list[AgendaItem]:
    """Those of the meeting whose vote is open and whose case is still with the committee, in their order, with what
    the questions below ask of each: a constant number of queries."""
    items = meeting.items.filter(motions__closed_at=None, case__state=State.COMMITTEE_REVIEW, motions__isnull=False)
    items = items.select_related("meeting", "case").prefetch_related(
        "motions__votes__seat", "case__exclusions", "case__decisions", "pulled"
    )
    return list(items.distinct())


def its_open_motion(item: AgendaItem) -> Motion:
    """The same as `open_motion` of an item out of `open_items`, which has one and has read it."""
    return next(motion for motion in item.motions.all() if motion.closed_at is None)


def unopposed(meeting: Meeting, *, by: User) -> list[AgendaItem]:
    """What this member may agree with in one go: the recommendation as it came, asked by nobody to be discussed, not
    voted on by them yet, and open to their vote."""
    seat, there = seat_of(by, meeting), room(meeting)
    if not meeting.is_open or seat is None:
        return []
    return [item for item in open_items(meeting) if may_agree(item, seat, there)]


def may_agree(item: AgendaItem, seat: Seat, there: Room) -> bool:
    motion = its_open_motion(item)
    voted = {vote.seat_id for vote in motion.votes.all()}
    fresh = motion.put_by_id is None and not item.pulled.all() and seat.pk not in voted
    fresh = fresh and not motion.secret  # given together, all of them agree: it would tell them apart
    fresh = fresh and not outdated(motion, item.case) and open_already(item.case) is None
    counts = seat in there.counting(item.case, seats_heard(motion))
    return fresh and counts and there.quorum(item.case).met


def all_voted(meeting: Meeting, *, by: User) -> list[AgendaItem]:
    """The items open to `by` in which everybody who may vote has voted, where there is a quorum."""
    there, seen = room(meeting), set(cases_on(meeting, by=by))
    found = [item for item in open_items(meeting) if everybody_voted(its_open_motion(item), item.case, there)]
    return [item for item in found if item.case_id in seen]


def cases_on(meeting: Meeting, *, by: User):
    """Ids of the cases on this agenda that `by` may read."""
    return (
        SupportRequest.objects.visible_to(by).filter(pk__in=meeting.items.values("case")).values_list("pk", flat=True)
    )


def everybody_voted(motion: Motion, case: SupportRequest, there: Room) -> bool:
    """Whether every seat that counts for this case now has given its voice, where there is a quorum."""
    heard = seats_heard(motion)
    return there.quorum(case).met and set(there.counting(case, heard)) <= set(heard)


def why_not_recuse(case: SupportRequest) -> str | None:
    """A conflict of interest is declared while the committee has the case."""
    if case.state != State.COMMITTEE_REVIEW:
        return _("This request is no longer with the committee.")
    return None


def standing_votes(motion: Motion) -> list[Vote]:
    """The voices given by those who may decide the case, whether or not they are in the room at this moment."""
    barred = barred_from(motion.item.case)
    return [vote for vote in motion.votes.select_related("seat") if vote.seat.user_id not in barred]


def counted_votes(motion: Motion) -> list[Vote]:
    """The votes that count: given in the room, whoever has left it since. A recused vote never counts, nor that of an
    alternate whose place a voting seat has taken."""
    counting = {seat.pk for seat in seats_that_count(motion)}
    return [vote for vote in motion.votes.select_related("seat") if vote.seat_id in counting]


@dataclass(frozen=True)
class Tally:
    """A count. `casting` is the chair's own choice, where the association lets it decide a tie."""

    yes: int
    no: int
    abstained: int
    casting: str = ""

    @property
    def casting_vote(self) -> bool:
        """Whether the motion is carried by the chair's vote alone."""
        return self.yes == self.no and self.casting == Vote.Choice.YES

    @property
    def result(self) -> str:
        """More yes than no carries; abstention counts as present; a tie waits, unless the chair's vote decides."""
        if self.yes > self.no or self.casting_vote:
            return Motion.Result.CARRIED
        tied = self.yes == self.no and self.casting != Vote.Choice.NO
        return Motion.Result.TIED if tied else Motion.Result.LOST


def tally(motion: Motion) -> Tally:
    votes = counted_votes(motion)
    count = {choice: sum(vote.choice == choice for vote in votes) for choice in Vote.Choice}
    casting = ""
    if Association.current().casting_vote and not motion.secret:  # there it would tell the chair's choice
        casting = next((vote.choice for vote in votes if vote.seat.role == SeatRole.CHAIR), "")
    return Tally(
        yes=count[Vote.Choice.YES],
        no=count[Vote.Choice.NO],
        abstained=count[Vote.Choice.ABSTAIN],
        casting=casting,
    )
