"""The wording common to such policies: what a clause is about, which words are words, which follow each other.

Hundreds of associations publish one text with their own changes. It is used to recognise and to doubt, never to
replace: an association's own words stand as printed.
"""

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from core.arabic import fold
from policies import packs

ROOM = Path(__file__).parent

CHANNELS = (
    ("CH-3", "social_media", r"تواصل (?:ال)?اجتماعي|شبكات اجتماعيه|سوشيال"),
    ("CH-5", "help_request_service", r"طلبا?ت? (?:ال)?(?:مساعده|دعم|خدمه|اعانه)|طلب المساعدات"),
    ("CH-6", "volunteering_service", r"تطوع"),
    ("CH-8", "branch_delegates", r"مناديب|مندوب|فروع|فرعيه"),
    ("CH-7", "website", r"موقع|بوابه (?:ال)?الكتروني"),
    ("CH-4", "letters", r"خطاب|مراسلات (?:ال)?رسميه|مكاتبات"),
    ("CH-1", "interview", r"مقابل"),
    ("CH-2", "phone", r"هاتف|مكالم|الاتصالات?$|الاتصالات? المباشر"),
)
TOOLS = (
    ("TL-1", "basic_bylaw", r"لايحه (?:ال)?اساسي|نظام (?:ال)?اساسي"),
    ("TL-2", "social_research_guide", r"دليل (?:خدمات )?(?:ال)?بحث (?:ال)?اجتماعي"),
    ("TL-3", "support_policy_guide", r"سياسه (?:ال)?دعم|دليل (?:ال)?دعم"),
    ("TL-4", "support_request_form", r"طلب (?:دعم|خدمه|مساعده|استفاده)"),
    ("TL-5", "relations_policy_guide", r"سياسه (?:ال)?علاقه"),
    ("TL-6", "service_provision", r"توفير (?:ال)?خدم"),
    ("TL-7", "volunteers_bylaw", r"لايحه .*متطوع|لايحه .*تطوع"),
    ("TL-8", "electronic_surveys", r"استبان|استبيان"),
)
STEPS = (
    ("official_permit_requests_via_tayseer", r"تصاريح (?:ال)?رسميه|عبر .*تيسير"),
    ("volunteer_programme_proposal_permits", r"طلبات (?:ال)?رفع|تصاريح (?:ال)?لازمه|طلبات? .*تصريح"),
    ("answer_inquiries_without_delay", r"استفسارات .*دون تاخير|رد علي استفسارات"),
    ("complaints_and_remarks", r"شكاوي|شكاوا|ملاحظات .*المستفيد"),
    ("inform_committee_and_period", r"لجنه .*(?:قبول|رفض|رد|مده)|مده لا تقل|بشان قبول"),
    ("attest_and_sign", r"توقيع علي|مسوليه مباشره|صحه (?:ال)?بيانات (?:ال)?مقدمه|اقرار"),
    ("clarify_via_social_research", r"عدم وضوح|وضوح (?:ال)?اجرا"),
    ("verify_data", r"مطابقه (?:ال)?بيانات|صلاحيتها|كافه (?:ال)?معلومات"),
    ("complete_registration", r"استكمال .*تسجيل"),
    ("deliver_service", r"تقديم (?:ال)?خدمه (?:ال)?(?:لازمه|مطلوبه)|^تقديم الخدمه$|تسليم (?:ال)?خدمه"),
    ("receive", r"^استقبال|لباقه"),
)
PERMIT_STEPS = frozenset(
    (
        "official_permit_requests_via_tayseer",
        "volunteer_programme_proposal_permits",
        "answer_inquiries_without_delay",
        "complaints_and_remarks",
    )
)
# What a machine that reads pictures makes of a word of this text, folded, and the word.
SLIPS = {
    "ومقرراتهم": "ومقترحاتهم",
    "والمعارضات": "والممارسات",
    "للارتفاع": "للارتقاء",
    "لانتهاء": "لإنهاء",
    "مراعاتها": "مراجعتها",
    "وتعديلمها": "وتعميمها",
    "وتتركز": "وتركز",
    "والتتوقيع": "والتوقيع",
    "الازمه": "اللازمة",
    "ادانها": "أدائها",
    "يتاسب": "يتناسب",
}
PHRASE_SLIPS = {
    "والتوجيه اليها": "والتوقيع عليها",
    "وتاثيرات التقصير في الداء": "وتبعات التقصير في الأداء",
    "اداء للتقويم": "أداة للتقويم",
    "والخدمه الاجتماعيه": "والتنمية الاجتماعية",
}
PREFIX = re.compile(r"(?:و|ف)?(?:بال|كال|لل|ال|ب|ل|ك|س)?")
SUFFIX = re.compile(r"(?:هما|ها|هم|هن|كم|نا|ات|ون|ين|ان|يه|تين|تان|تها|ته|تهم|ه|ي|ا|ت)?$")


@dataclass(frozen=True)
class Known:
    """One clause of the common text."""

    id: str
    kind: str
    code: str
    text: str
    key: str

    @cached_property
    def opening(self) -> list[str]:
        return self.key.split()[:4]


@cache
def clauses() -> tuple[Known, ...]:
    rows = json.loads((ROOM / "wording.json").read_text(encoding="utf-8"))
    return tuple(Known(row["id"], row["kind"], row["code"], row["text"], words_key(row["text"])) for row in rows)


@lru_cache(maxsize=20_000)
def words_key(text: str) -> str:
    """Folded words without signs, one space between."""
    return " ".join(re.sub(r"[^\w\s]|_", " ", fold(text)).split())


def spelling_key(text: str) -> str:
    """Folded words without the hamza's seat: «مسئولية» and «مسؤولية» are one word in two spellings."""
    return words_key(re.sub("[ؤئء]", "", text))


def nearest(text: str, kind: str | None = None, *, at_least: int = 75) -> Known | None:
    """The clause of the common text that says the same, or None. Word order does not count."""
    key = words_key(text)
    best, score = None, float(at_least)
    for known in clauses():
        if kind in (None, known.kind):
            found = fuzz.token_sort_ratio(key, known.key)
            if found > score:
                best, score = known, found
    return best


def belongs(text: str, known: Known) -> bool:
    """Are nearly all the text's words words of that clause, in whatever order?"""
    return fuzz.token_set_ratio(words_key(text), known.key) >= 88


def opens_known(text: str, *, at_least: int = 88) -> Known | None:
    """The clause of the common text that begins as this line does (its first four words), or None."""
    start = words_key(text).split()[:4]
    if len(start) < 3:
        return None
    return opened_by(" ".join(start), at_least)


@lru_cache(maxsize=20_000)
def opened_by(start: str, at_least: int) -> Known | None:
    size = len(start.split())
    scored = ((fuzz.ratio(start, " ".join(known.opening[:size])), known) for known in clauses())
    score, known = max(scored, key=lambda pair: pair[0])
    return known if score >= at_least else None


def sort_of(text: str, table: tuple[tuple[str, ...], ...]) -> tuple[str, ...] | None:
    """The row of CHANNELS, TOOLS or STEPS that the text falls under; its pattern is left out."""
    key = words_key(text)
    for *facts, pattern in table:
        if re.search(pattern, key):
            return tuple(facts)
    return None


@cache
def vocabulary() -> dict[str, str]:
    """Folded word -> the word as it is written, from the common text and from the model texts of the packs."""
    texts = [known.text for known in clauses()]
    for name in packs.NAMES:
        texts += clause_texts(packs.read(name)["policy"]["clauses"])
    texts.append(COMMON_WORDS)
    words: dict[str, str] = {}
    for text in texts:
        for word in re.findall(r"[\u0621-\u065f]+", text):
            words.setdefault(fold(word), word)
    return words


def person_forms(word: str) -> dict[str, str] | None:
    """All grammatical forms of the word for the person served (its definite singular), where a pack knows them."""
    forms = (packs.read(name)["policy"]["person_terms"] for name in packs.NAMES)
    return next((known for known in forms if known.get("masc_def") == word), None)


def clause_texts(rows: list[dict]) -> list[str]:
    return [text for row in rows for text in (row["text"], *clause_texts(row.get("children", [])))]


@cache
def stems() -> frozenset[str]:
    return frozenset(stem(word) for word in vocabulary())


def stem(folded: str) -> str:
    """The word without its usual prefix and suffix; a rough likeness, for recognising only."""
    bare = folded[PREFIX.match(folded).end() :] if len(folded) > 4 else folded  # type: ignore[union-attr]
    shorter = SUFFIX.sub("", bare)
    return shorter if len(shorter) >= 3 else bare


def is_word(word: str) -> bool:
    """Is it certainly a word of such texts? False says only that it is not known."""
    key = re.sub(r"[^\w]", "", fold(word))
    return key in vocabulary() or f"ال{key}" in vocabulary() or (len(key) > 3 and stem(key) in stems())


@cache
def pairs() -> frozenset[tuple[str, str]]:
    """Which word follows which in the common text, folded."""
    following: set[tuple[str, str]] = set()
    for known in clauses():
        words = known.key.split()
        following.update(zip(words, words[1:], strict=False))
    return frozenset(following)


COMMON_WORDS = """
من في عن على إلى مع أو أن إن ما لا لم لن قد كل هو هي هذا هذه ذلك التي الذي بين بعد قبل عند كما أي ثم حتى غير دون
خلال حسب وفق وفقا ضمن لدى عبر أحد إحدى تم يتم جميع كافة بعض حيث بما مما وما له لها لهم به بها بهم فيه فيها منه منها
جمعية الجمعية مجلس الإدارة رئيس المجلس نائب الرئيس عضو أعضاء الأمين العام المشرف المالي المدير التنفيذي التوقيع الختم
الاسم المنصب الصفة التاريخ اعتماد سياسة تنظيم العلاقة المستفيدين الخدمات تمهيد مقدمة الهدف العام الأهداف التفصيلية
القنوات المستخدمة للتواصل الأدوات المتاحة لموظف علاقات ويتم التعامل مختلف المستويات لإنهاء معاملاته بالشكل التالي
المقابلة الاتصالات الهاتفية وسائل التواصل الاجتماعي الخطابات خدمات طلب المساعدة خدمة التطوع الموقع الإلكتروني
مناديب المكاتب الفرعية اللائحة الأساسية دليل البحث سياسة الدعم طلب دعم مستفيد نموذج مستخدم المستخدمين عضو الأعضاء
الجلسة الاجتماع الدورة الأولى الثانية الثالثة الرابعة الخامسة المنعقدة بتاريخ يوم الأحد الاثنين الثلاثاء الأربعاء الخميس
الجمعة السبت وقرر اعتمادها والعمل بموجبها ونشرها وتحل محل السياسات السابقة الموضوعة سابقا
"""
