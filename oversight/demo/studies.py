"""The studies of the sample cases that stand before the committee: written section by section, as a researcher does."""

from decimal import Decimal
from typing import Any

from accounts.models import User
from core import clock
from core.hijri import from_gregorian
from requests.models import SupportRequest
from requests.study.actions import begin, save_section
from requests.study.lines.actions import add_line
from requests.study.sections import sections_of

LINES: list[dict[str, Any]] = [
    {"kind": "social_security", "amount": "1320", "every": "month", "known_by": "paper"},
    {"kind": "citizen_account", "amount": "900", "every": "month", "known_by": "paper"},
    {"kind": "rent", "amount": "15000", "every": "year", "known_by": "seen", "note": "عقد موثق"},
    {"kind": "loan", "amount": "450", "every": "month", "counts": False, "why_not": "ينتهي القسط هذا الشهر"},
]
SECTIONS: dict[str, dict[str, Any]] = {
    "identity": {"answers": {"id_seen": "original"}, "agrees": "same"},
    "contact": {"answers": {"address": "right"}, "agrees": "same", "observed": "البيت في شارع ضيق خلف المسجد."},
    "household": {"agrees": "same", "stated": "يسكنون معًا ولا أحد يعيش خارج البيت."},
    "income": {"stated": "لا يوجد دخل غير المذكور.", "opinion": "الدخل ثابت ومثبت بالمستندات."},
    "obligations": {"observed": "رأيت عقد الإيجار وكشف القسط."},
    "housing": {
        "answers": {"condition": "poor", "lacks": ["cooling", "kitchen"]},
        "stated": "المكيف متعطل منذ الصيف.",
        "observed": "مكيف واحد لغرفتين، والمطبخ بلا خزائن، وأثر رطوبة في السقف.",
        "opinion": "المسكن يصلح بعد إصلاح يسير.",
    },
    "health": {"answers": {"conditions": ["chronic"], "report": "seen"}, "stated": "متابعة في مستشفى حكومي."},
    "assets": {"answers": {"owns": ["car"], "worth": "9000.00"}, "observed": "سيارة قديمة تُستعمل للمدرسة."},
    "support": {"answers": {"receives": "once", "from_whom": "سلة غذائية من جمعية الحي في رمضان"}},
    "needs": {"answers": {"needs": ["rent", "bills"], "urgency": "month"}, "opinion": "الإيجار أولًا."},
}


def write_sections(case: SupportRequest, *, by: User) -> None:
    """Every section but the opinion, which is written when the case is raised."""
    study = begin(case, by=by)
    if case.policy_version.asks_household and not study.lines.exists():
        for line in LINES:
            add_line(case, by=by, **line | {"amount": Decimal(line["amount"])})
    for section in sections_of(case.policy_version):
        if section.name in SECTIONS:
            save_section(case, section.name, by=by, done=True, **SECTIONS[section.name])
    today = from_gregorian(clock.today())
    met = {"visited_on": today.gregorian, "visited_on_typed": today.typed, "visited_at": "home"}
    seen = {"present": "صاحب الطلب", "observed": "استقبلنا في المجلس وأرانا أوراقه."}
    save_section(case, "visit", by=by, done=True, **met, **seen)
