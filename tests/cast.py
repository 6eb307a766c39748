"""The tiny cast of every test; a case is brought to a state by walking the real workflow (`oversight.demo.walk`)."""

import itertools
from contextlib import nullcontext
from datetime import date
from types import SimpleNamespace

from django.test import Client

from accounts.models import Branch, User
from accounts.roles import Role
from beneficiaries.actions import enrol
from beneficiaries.models import Person
from committee.models import SeatRole
from committee.seats import actions as seats
from core.hijri import parse
from oversight.demo import walk as demo
from oversight.demo.sample import sample_id
from policies.actions import new_version, publish, record_approval
from policies.models import Approval, PolicyVersion, Service
from requests.intake.actions import Submission, receive
from requests.models import SupportRequest

serial = itertools.count(1)
HAPPY_PATH = "received verified social_research committee_review approved registered delivered".split()


def user(username: str, name: str, *roles: Role, branch: str = "main") -> User:
    made = User(
        username=username,
        name=name,
        roles=[str(role) for role in roles],
        branch=Branch.objects.get(code=branch),
    )
    made.set_unusable_password()
    made.save()
    return made


def make_cast() -> SimpleNamespace:
    """Staff and a committee of five voting seats (chair, deputy, three members), an alternate and a secretary."""
    north, _created = Branch.objects.get_or_create(code="north", defaults={"name": "فرع الشمال"})
    cast = SimpleNamespace(
        north=north,
        noura=user("noura", "نورة العتيبي", Role.OFFICER),
        saad=user("saad", "سعد القحطاني", Role.OFFICER),
        huda=user("huda", "هدى الشمري", Role.DELEGATE, branch="north"),
        reem=user("reem", "ريم الحربي", Role.RESEARCHER),
        chair=user("chair", "عبدالعزيز السبيعي"),
        deputy=user("deputy", "خالد الدوسري"),
        member1=user("member1", "فهد المطيري"),
        member2=user("member2", "منى الزهراني"),
        member3=user("member3", "ماجد الغامدي"),
        alternate=user("alternate", "سلمان الرشيدي"),
        secretary=user("secretary", "أمل البقمي"),
        store=user("store", "تركي العسيري", Role.SERVICE_OFFICER),
        manager=user("manager", "إبراهيم الفيفي", Role.MANAGER),
        editor=user("editor", "لطيفة السالم", Role.POLICY_EDITOR),
        it=user("it", "بدر الخالدي", Role.IT_ADMIN),
    )
    cast.officer, cast.researcher, cast.service = cast.noura, cast.reem, cast.store
    cast.voters = [cast.chair, cast.deputy, cast.member1, cast.member2, cast.member3]
    order = [SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.MEMBER, SeatRole.MEMBER, SeatRole.MEMBER]
    for person, role in zip(cast.voters, order, strict=True):
        seats.appoint(by=cast.manager, user=person, role=role, starts_on=date(2020, 1, 1))
    seats.appoint(by=cast.manager, user=cast.alternate, role=SeatRole.ALTERNATE, starts_on=date(2020, 1, 1))
    seats.appoint(by=cast.manager, user=cast.secretary, role=SeatRole.SECRETARY, starts_on=date(2020, 1, 1))
    return cast


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def amend(**changes) -> PolicyVersion:
    """A new version in force that differs from the one before in these fields, approved and published by two.

    `draft`, a function, may change more of it while it is a draft.
    """
    edit = changes.pop("draft", lambda draft: None)
    first, second = (
        User.objects.get_or_create(username=name, defaults={"name": name, "roles": [str(Role.POLICY_EDITOR)]})[0]
        for name in ("amends", "publishes")
    )
    version = new_version(PolicyVersion.in_force(), by=first)
    PolicyVersion.objects.filter(pk=version.pk).update(**changes)
    Approval.objects.create(version=version, body="مجلس الإدارة", date=date(2026, 11, 1))
    version.refresh_from_db()
    edit(version)
    return publish(record_approval(version, by=first), by=second)


def new_person(*, by: User, **facts) -> Person:
    number = next(serial)
    defaults = {
        "national_id": sample_id(number),
        "first_name": "محمد",
        "father_name": "سالم",
        "grandfather_name": "أحمد",
        "family_name": "العنزي",
        "sex": "male",
        "marital_status": "married",
        "mobile": f"+96655000{number:04d}",
        "birth": parse("14/8/1412"),
        "household_size": 5,
        "member_no": str(number),
    }
    return enrol(by=by, branch=by.branch, **{**defaults, **facts})


def new_case(*, by: User, person: Person | None = None, service: Service | None = None, **facts) -> SupportRequest:
    """A walk-in received at the counter, told the period, signed on paper."""
    defaults = {
        "channel": "interview",
        "need": "متأخر عن إيجار ثلاثة أشهر.",
        "informed": True,
        "signed": "paper",
    }
    service = service or Service.objects.filter(papers__isnull=False).first() or Service.objects.first()
    submission = Submission(service=service, **{**defaults, **facts})
    return receive(person or new_person(by=by), submission, by=by)


def walk(case: SupportRequest, cast: SimpleNamespace, *, to: str, traveller=None) -> SupportRequest:
    """Bring a received case to a state ("carried": voted and proposed, not issued).

    Issuing needs the clock on the earliest date: pass `traveller` (time_machine) to be moved there.
    """

    def moment(step, case):
        if step in ("approved", "rejected") and traveller is not None:
            traveller.move_to(f"{case.earliest_decision_on}T09:00:00+03:00", tick=False)
        return nullcontext()

    return demo.walk(case, cast, to=to, moment=moment)


__all__ = "amend client_of make_cast new_case new_person sample_id user walk".split()
