"""Sample people, staff and cases: invented names, checksum-valid IDs that nobody holds (docs/test-data.md)."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from stdnum import luhn

from accounts.models import Branch, User
from accounts.roles import Role
from beneficiaries.actions import enrol
from beneficiaries.categories.actions import categorise
from channels import actions as inquiries
from channels.models import Inquiry
from committee.models import SeatRole
from committee.seats.actions import appoint
from core import clock
from core.hijri import parse
from oversight.demo import handed, objections, sittings, visits
from oversight.demo.days import at
from oversight.demo.families import furnish
from oversight.demo.studies import write_sections
from oversight.demo.walk import taken, walk
from policies.models import Category, PolicyVersion, Procedure, Service
from requests import workflow
from requests.intake.actions import Submission, receive
from requests.models import SupportRequest
from requests.permits.actions import propose
from requests.rules import Applicant

STAFF = [
    ("officer", "نورة العتيبي", [Role.OFFICER], "موظفة العلاقات"),
    ("delegate", "هدى الشمري", [Role.DELEGATE], "مندوبة الفرع"),
    ("researcher", "ريم الحربي", [Role.RESEARCHER], "الباحثة الاجتماعية"),
    ("researcher2", "سارة القرني", [Role.RESEARCHER], "الباحثة الاجتماعية الثانية"),
    ("chair", "عبدالعزيز السبيعي", [], "رئيس اللجنة"),
    ("deputy", "خالد الدوسري", [], "نائب الرئيس"),
    ("member", "منى الزهراني", [], "عضوة اللجنة"),
    ("member2", "فهد المطيري", [], "عضو اللجنة"),
    ("member3", "ماجد الغامدي", [], "عضو اللجنة"),
    ("alternate", "سلمان الرشيدي", [], "العضو البديل"),
    ("secretary", "أمل البقمي", [], "أمينة اللجنة"),
    ("service", "تركي العسيري", [Role.SERVICE_OFFICER], "موظف تقديم الخدمة"),
    ("manager", "إبراهيم الفيفي", [Role.MANAGER], "المدير التنفيذي"),
    ("editor", "لطيفة السالم", [Role.POLICY_EDITOR], "محررة السياسة"),
    ("editor2", "سامي المالكي", [Role.POLICY_EDITOR], "محرر السياسة الثاني"),
    ("it", "بدر الخالدي", [Role.IT_ADMIN], "مدير النظام"),
]
SEATS = [
    ("chair", SeatRole.CHAIR),
    ("deputy", SeatRole.DEPUTY),
    ("member", SeatRole.MEMBER),
    ("member2", SeatRole.MEMBER),
    ("member3", SeatRole.MEMBER),
    ("alternate", SeatRole.ALTERNATE),
    ("secretary", SeatRole.SECRETARY),
]
DAWAH_STAFF = {"officer", "manager", "editor", "editor2", "it"}
PEOPLE = """
محمد سالم أحمد العنزي male|فاطمة عبدالله ناصر القحطاني female|عبدالرحمن علي محمد الزهراني male
نوف خالد سعد المطيري female|يوسف إبراهيم حسن الحربي male|منيرة فهد عبدالعزيز السبيعي female
سلطان بندر مشعل العتيبي male|هيفاء صالح عثمان الغامدي female|تركي ماجد راشد الشهراني male
العنود عايض مبارك الدوسري female|حسن يحيى علي الفيفي male|شيخة زيد حمد البقمي female
عبدالله موسى عيسى العسيري male|أمل سليمان إبراهيم الخالدي female|طارق جمال محمود الحربي male
جواهر محسن ناصر الرشيدي female|بدر عوض سعيد الشمري male|لولوة حمود صالح التميمي female
رائد فيصل أحمد المالكي male|عائشة عمر عبدالرحمن الأنصاري female
سعاد مرزوق حمدان الجهني female|ناصر جابر فلاح السلمي male|مها عبدالإله سراج البلوي female
وليد حامد عطية الثقفي male
""".replace("\n", "|")
MARITAL = ("married", "widowed", "divorced", "single")
SUPPORT = [  # where it stands, and what happened there; how many days ago it was received, in which branch
    ("received", 0, "main"),
    ("received", 1, "main"),
    ("received", 3, "north"),
    ("awaiting_documents", 6, "main"),
    ("verified", 4, "main"),
    ("social_research", 5, "main"),
    ("social_research:taken", 7, "main"),
    ("committee_review", 14, "main"),
    ("committee_review", 5, "main"),
    ("committee_review:advised", 9, "main"),
    ("carried", 14, "main"),
    ("carried", 13, "main"),
    ("approved", 16, "main"),
    ("rejected", 17, "main"),
    ("registered", 18, "main"),
    ("delivered", 24, "main"),
    ("registered:begun", 45, "main"),
    ("withdrawn", 10, "main"),
    ("closed", 12, "main"),
    ("registered:due", 20, "main"),
    ("rejected:objected", 27, "main"),
    ("social_research:visited", 8, "main"),
    ("registered:lying", 41, "main"),
    ("rejected:heard", 38, "main"),
]
STUDIED = ("committee_review", "carried")
"""Where a study is read, and so is written whole."""
WORKED_ON = {  # days after receipt on which each step of the walk is made
    "verified": 1,
    "social_research": 1,
    "committee_review": 3,
    "committee_review:reject": 3,
    "carried": 4,
    "approved": 14,
    "rejected": 14,
    "registered": 15,
    "delivered": 16,
}
PROGRAMMES = [
    ("دروس العربية للجاليات", "أربعة دروس أسبوعية للمبتدئين، مع كتيّب مصوّر.", "مقر الجمعية", "raised"),
    ("لقاء تعريفي بعد صلاة الجمعة", "لقاء قصير يعرّف بالجمعية وخدماتها.", "جامع الحي", "proposed"),
    ("دورة مهارات الحوار", "دورة من ثلاثة أيام للمتطوعين الجدد.", "قاعة التدريب", "issued"),
    ("معرض الكتيبات المترجمة", "معرض ليومين فيه كتيبات بتسع لغات.", "ساحة المركز", "handed_over"),
    ("مخيم تعريفي", "مخيم ليوم واحد خارج المدينة.", "المتنزه", "refused"),
]
QUESTIONS = [
    ("inquiry", "متى تبدأ دروس هذا الفصل، وهل التسجيل مفتوح؟"),
    ("remark", "أقترح أن يكون موعد اللقاء بعد العشاء، ليتمكن الموظفون من الحضور."),
    ("complaint", "اتصلت مرتين ولم يرد أحد في وقت العمل."),
]


def password() -> str:
    """The sample accounts' password: of this installation only, and written nowhere."""
    return hmac.new(settings.LOOKUP_KEY.encode(), b"sample accounts", hashlib.sha256).hexdigest()[:12]


def sample_id(number: int) -> str:
    body = f"10000{number:04d}"
    return body + luhn.calc_check_digit(body)


def accounts() -> list[tuple[str, str]]:
    """User name and what the person does, one per role, as `portal up` prints them."""
    there = set(User.objects.filter(is_active=True).values_list("username", flat=True))
    return [(username, title) for username, _name, _roles, title in STAFF if username in there]


@transaction.atomic
def load() -> None:
    """Make the sample staff, people and cases of the pack in force; does nothing where staff exist already.

    All of it or nothing: one that was interrupted is made whole the next time, and one commit is quicker than many.
    """
    policy = PolicyVersion.in_force()
    if User.objects.exists() or policy is None:
        return
    cast = make_staff(policy)
    if policy.has(Procedure.SUPPORT_REQUESTS):
        make_cases(cast, policy)
    if policy.has(Procedure.PROGRAMME_PERMITS):
        make_programmes(cast)
    make_inquiries(cast)


def make_staff(policy: PolicyVersion) -> SimpleNamespace:
    head = Branch.objects.get(is_head_office=True)
    offices = Branch.objects.filter(is_head_office=False)
    hashed, cast = make_password(password()), SimpleNamespace()
    for username, name, roles, _title in STAFF:
        if not policy.has(Procedure.SUPPORT_REQUESTS) and username not in DAWAH_STAFF:
            continue
        branch = (offices.first() or head) if username == "delegate" else head
        user = User(username=username, name=name, roles=[str(role) for role in roles], branch=branch, password=hashed)
        user.is_staff = username in ("editor", "editor2", "it")
        user.save()
        setattr(cast, username, user)
    if policy.has(Procedure.SUPPORT_REQUESTS):
        for username, seat in SEATS:
            appoint(by=cast.manager, user=getattr(cast, username), role=seat, starts_on=date(2026, 1, 1))
        cast.voters = [cast.chair, cast.deputy, cast.member, cast.member2, cast.member3]
    return cast


def make_cases(cast: SimpleNamespace, policy: PolicyVersion) -> None:
    """A case in every state, oldest first, each walked there by the real workflow on its own days."""
    visits.lay_areas(cast)
    names = [line.strip() for line in PEOPLE.split("|") if line.strip()]
    services = [service for service in Service.objects.prefetch_related("papers") if service.papers.all()]
    heard: list[SupportRequest] = []
    for number, (stands, ago, office) in sorted(enumerate(SUPPORT), key=lambda row: -row[1][1]):
        while heard and ago < objections.RAISED_BEFORE:  # their meeting takes up no case raised after it
            objections.heard(heard.pop(), cast)
        officer = cast.officer if office == "main" else cast.delegate
        with clock.told(at(ago, minutes=7 * number)):
            case = make_case(number, names[number], services[number % len(services)], officer, policy, cast)
        case = bring(case, stands, ago, cast)
        if stands == "rejected:heard":
            heard.append(case)
    sittings.keep_minutes(cast)
    sittings.plan_the_next(cast)


def make_case(
    number: int, name: str, service: Service, officer: User, policy: PolicyVersion, cast: SimpleNamespace
) -> SupportRequest:
    first, father, grandfather, family, sex = name.split()
    categories = list(Category.objects.filter(is_sensitive=False)) if policy.asks_household else []
    person = enrol(
        by=officer,
        branch=officer.branch or Branch.objects.get(is_head_office=True),
        national_id=sample_id(number + 1),
        first_name=first,
        father_name=father,
        grandfather_name=grandfather,
        family_name=family,
        sex=sex,
        mobile=f"+96655000{number + 1:04d}",
        marital_status=MARITAL[number % 4],
        birth=parse(f"{number % 28 + 1}/{number % 12 + 1}/{1395 + number}"),
        household_size=number % 7 + 1 if policy.asks_household else None,
        member_no=str(200 + number) if policy.has_membership else "",
    )
    if categories:
        categorise(person, by=officer, primary=categories[number % len(categories)])
    furnish(person, number, by=officer, asks_household=policy.asks_household)
    submission = Submission(
        service=service,
        channel=("interview", "phone", "interview", "website")[number % 4],
        need=f"الحاجة إلى خدمة «{service.label}» قائمة منذ أشهر، ولم يصل دعم من جهة أخرى.",
        household_size=person.household_size,
        income_band="under_3000" if policy.asks_household else "",
        informed=True,
        signed="paper",
    )
    return receive(person, submission, by=officer)


def bring(case: SupportRequest, stands: str, ago: int, cast: SimpleNamespace) -> SupportRequest:
    """Walk a case to where it stands, each step on a day of its own since receipt; then what happened to it there."""

    def moment(step: str, case: SupportRequest):
        day = max(ago - WORKED_ON.get(step, 1), 0)
        if step == "committee_review" and state in STUDIED:
            with clock.told(at(day, hour=10)):
                write_sections(case, by=taken(case, cast))
        return clock.told(at(day, hour=11))

    state, _colon, happened = stands.partition(":")
    hands = objections.few_who_decide(cast) if happened == "heard" else cast
    case = walk(case, hands, to=state, moment=moment)
    if happened in HAPPENED:
        HAPPENED[happened](case, cast)
    return case


HAPPENED: dict[str, Callable[[SupportRequest, SimpleNamespace], None]] = {
    "taken": visits.taken,
    "visited": visits.visited,
    "advised": visits.advised,
    "due": handed.due,
    "lying": handed.lying,
    "begun": handed.begun,
    "objected": objections.objected,
}


def make_programmes(cast: SimpleNamespace) -> None:
    paths = {
        "proposed": [],
        "raised": ["raise_to_authority"],
        "issued": ["raise_to_authority", "record_issued"],
        "handed_over": ["raise_to_authority", "record_issued", "hand_over"],
        "refused": ["raise_to_authority", "record_refused"],
    }
    for number, (title, about, place, stands) in enumerate(PROGRAMMES):
        permit = propose(
            by=Applicant(),
            volunteer_name=["سعيد الشهري", "مريم الحازمي", "عادل البلوي", "سارة الجهني", "ياسر السلمي"][number],
            mobile=f"+96655000{100 + number:04d}",
            title=title,
            about=about,
            place=place,
            starts_on=clock.today() + timedelta(days=21 + number),
        )
        for action in paths[stands]:
            facts = {
                "external_reference": f"T-{4100 + number}",
                "answer_note": "نرجو اختيار موقع داخل المدينة.",
            }
            permit = workflow.perform(permit, action, by=cast.officer, **facts)


def make_inquiries(cast: SimpleNamespace) -> None:
    for number, (kind, text) in enumerate(QUESTIONS):
        with clock.told(clock.now() - timedelta(hours=30 - 12 * number)):
            inquiries.ask(by=Applicant(), kind=Inquiry.Kind(kind), text=text, mobile=f"+96655000{200 + number:04d}")
