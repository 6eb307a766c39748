"""Which line opens which section, whatever its numbering, signs and small damage."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from core.arabic import fold
from policies.importing import markers

COMMON = {
    "preamble": "تمهيد|التمهيد|مقدمة|المقدمة|توطئة|مدخل|ديباجة|تمهيد ومقدمة|مقدمة السياسة|نبذة|فكرة السياسة",
    "general_objective": (
        "الهدف العام|الأهداف العامة|الهدف العام للسياسة|الهدف الرئيس|الهدف الرئيسي|الهدف|الغرض"
        "|الغرض من السياسة|هدف السياسة|الهدف من السياسة|الغاية|غايتنا|هدفنا|الغرض العام|الهدف الأساسي"
        "|الهدف العام من السياسة|هدف عام"
    ),
    "detailed_objective": (
        "الأهداف التفصيلية|الأهداف الخاصة|الأهداف الفرعية|الأهداف|أهدافنا|أهداف السياسة|أهداف تفصيلية"
        "|الأهداف التفصيلية للسياسة|الأهداف المحددة|أهداف خاصة|الأهداف الإجرائية"
        "|ما تقوم به الجمعية في مجال تقديم خدماتها للمستفيد|الأهداف التشغيلية|الأهداف المرحلية"
        "|الأهداف التفصيلية لتنظيم العلاقة"
    ),
    "channel": (
        "القنوات المستخدمة للتواصل مع المستفيدين|قنوات التواصل مع المستفيدين|قنوات التواصل"
        "|قنوات الاتصال|قنواتنا|كيف تتواصل معنا|تواصل معنا|كيف نتواصل معك|القنوات|القنوات المستخدمة"
        "|وسائل التواصل مع المستفيدين|طرق التواصل|وسائل الاتصال|قنوات الاتصال بالمستفيدين"
        "|طرق التواصل مع المستفيدين|القنوات المتاحة للتواصل|قنوات تقديم الخدمة|وسائل التواصل"
        "|قنوات استقبال الطلبات"
    ),
    "tool": (
        "الأدوات المتاحة لموظف علاقات المستفيدين للتواصل مع المستفيدين"
        "|الأدوات المتاحة لموظف علاقات المستفيدين|الأدوات|الأدوات المتاحة|أدواتنا|ما يستعين به الموظف"
        "|أدوات موظف علاقات المستفيدين|المرتكزات الأساسية لعمل مسؤول تقديم الخدمة للمستفيدين"
        "|الأدوات المستخدمة|أدوات العمل|الأدوات والنماذج|الأدوات المساندة|مرتكزات العمل|وثائق الموظف"
        "|الوثائق والأدوات|الأدلة والنماذج|المراجع والنماذج|المرجعيات والأدوات|الوثائق المرجعية"
        "|أدوات التواصل مع المستفيدين"
    ),
    "procedure_step": (
        "ويتم التعامل مع المستفيد على مختلف المستويات لإنهاء معاملاته بالشكل التالي"
        "|آلية التعامل مع المستفيدين|إجراءات تقديم الخدمة|خطوات تقديم الخدمة|آلية تقديم الخدمة"
        "|الإجراءات|كيف نخدمك|كيف نعمل|رحلة المستفيد|إجراءات العمل|خطوات العمل|آلية التعامل"
        "|إجراءات التعامل مع المستفيدين|كيفية التعامل مع المستفيد|مراحل تقديم الخدمة|آلية العمل"
        "|خطوات التعامل مع المستفيد|إجراءات خدمة المستفيدين|آلية خدمة المستفيدين"
        "|طريقة التعامل مع المستفيدين|الخطوات|سير العمل|سير الإجراءات|آلية استقبال الطلبات"
        "|إجراءات التعامل|المراحل والإجراءات|آلية سير المعاملة|خطوات سير المعاملة"
    ),
    "approval": (
        "اعتماد مجلس الإدارة|اعتماد المجلس|اعتماد مجلس الأمناء|الاعتماد|اعتماد السياسة|اعتماد"
        "|قرار الاعتماد|محضر الاعتماد|المصادقة|إقرار السياسة|قرار مجلس الإدارة"
        "|اعتماد مجلس الإدارة للسياسة|المراجعة والاعتماد|الإقرار والاعتماد|الموافقة والاعتماد"
    ),
}
# Long headings vary in their words; what they begin with and what must stand in them does not.
LONG = (
    ("channel", r"^(?:اهم |ابرز )?(?:ال)?قنوات\b.*(?:تواصل|اتصال|مستخدم|متاح|خدم)"),
    ("channel", r"^(?:ال)?منافذ\b.*|^كيفيه (?:ال)?تواصل\b.*"),
    ("channel", r"^(?:وسايل|طرق|سبل|اساليب) (?:ال)?(?:تواصل|اتصال)\b(?! (?:ال)?اجتماعي).*"),
    ("channel", r"^(?:نتواصل|يتم التواصل|تتواصل الجمعيه|تتواصل) .*(?:قنوات|وسايل|تاليه|اتيه|يلي)"),
    ("tool", r"^(?:ال)?(?:ادوات|مرتكزات|ادله|وثايق|مستندات|مراجع|مرجعيات|نماذج)\b.*"
             r"(?:موظف|مسول|متاح|متوفر|خدم|علاقات|عمل)"),
    ("tool", r"^(?:ما يتاح|يتاح|المتاح|ما يستعين به|يستعين) .*(?:موظف|ادوات)"),
    ("procedure_step", r"^و?(?:(?:يتم|يجري|يكون) )?(?:ال)?تعامل مع\b.*"),
    ("procedure_step", r"^و?(?:يتم|يجري|يكون) (?:ال)?تعامل\b.*"),
    ("procedure_step", r"^(?:ال)?(?:اليه|اليات|اجراءات|اجراات|اجرات|خطوات|مراحل|كيفيه|طريقه|منهجيه)\b.*"),
    ("detailed_objective", r"^(?:ال)?اهداف\b.*(?:تفصيلي|خاصه|فرعي|علاقه|سياسه|تحقيق)"),
    ("detailed_objective", r"^(?:ما تقوم به الجمعيه|تسعي الجمعيه|تهدف (?:هذه )?السياسه) .*"
                           r"(?:خدماتها|يلي|تحقيق ما|الاتي|التالي)"),
    ("general_objective", r"^(?:الهدف|الغرض|الغايه) (?:ال)?(?:عام|ريس|رييسي|اساسي|من)\b.*"),
    ("approval", r"^(?:اعتماد|اقرار|مصادقه|موافقه) (?:ال)?(?:مجلس|سياسه|هذه|جمعيه)\b.*"),
)  # fmt: skip
OTHER = re.compile(
    r"^(?:ال)?(?:نطاق|تعريفات|تعاريف|مصطلحات|مسووليات|مسوليات|صلاحيات|ضوابط|احكام عامه|احكام ختاميه|حقوق|واجبات"
    r"|التزامات|مراجع|سريه|خصوصيه|شكاوي|نماذج|ملاحق|ملحق|بيان|مراجعه السياسه|سريان|نفاذ|مبادي|قيم|رويه|رساله)\b"
)
LONGEST = 17  # words
BY_PATTERN = 79.0  # how sure a heading is that only begins as such headings do
FOLDED = [(kind, fold(text)) for kind, texts in COMMON.items() for text in texts.split("|")]
KEYS = [(kind, text.replace(" ", "")) for kind, text in FOLDED]
LONG_TEXTS = [(kind, text) for kind, text in FOLDED if len(text.split()) > 5]


@dataclass(frozen=True)
class Heading:
    """A heading as recognised: its kind, how surely (0-100), its words as printed, and text behind its colon."""

    kind: str
    score: float
    printed: str
    content: str = ""


def find(text: str) -> Heading | None:
    """The heading that this line is, alone on its line, or None."""
    bare = stripped(text)
    folded = reading(bare)
    words = folded.split()
    if not words or len(words) > LONGEST:
        return None
    scored = by_likeness(folded)
    if scored and (scored[1] >= 97 or not text.rstrip().endswith((".", "،", "؛"))):
        return Heading(scored[0], scored[1], bare)
    for kind, pattern in LONG:
        if re.search(pattern, folded) and not reads_on(bare):
            return Heading(kind, BY_PATTERN, bare)
    return None


def find_inline(text: str) -> Heading | None:
    """A heading with its section's first words on the same line («الهدف العام: تقديم خدمة…»), or None."""
    for sign in re.finditer(r"\s*[:：]\s*[\-–ـ]*\s*|\s+[\-–|]\s+", text):
        head, content = text[: sign.start()], text[sign.end() :].strip()
        if not content or len(head.split()) > LONGEST:
            continue
        found = find(head)
        if found and (found.score >= 90 or ":" in sign[0]) and re.search(r"[^\W\d_]{2}", content):
            return Heading(found.kind, found.score, found.printed, content)
    return None


def is_short_heading(key: str) -> bool:
    return by_likeness(key) is not None


def is_other(text: str) -> bool:
    """A heading of a section that such policies share with others and that has no kind of its own here."""
    bare = stripped(text)
    return bool(OTHER.search(reading(bare))) and len(bare.split()) <= 5


def stripped(text: str) -> str:
    """The heading's words: without number, bullet and the signs around them («أولًا: - الهدف العام :-»)."""
    previous = None
    while previous != text:
        previous = text
        text = text.strip(' :：؛;،,.-–—ـ_#*=|•§\uf0b7\uf0a7«»"()[]{}')
        marker, rest = markers.split(text)
        if marker and len(rest) > 2:
            text = rest
    return text


def reading(text: str) -> str:
    """The words as compared: folded, without signs and letters of other scripts."""
    return " ".join(re.sub(r"[^\u0621-\u064a\s]|ـ", "", fold(text)).split())


@lru_cache(maxsize=5_000)
def by_likeness(folded: str) -> tuple[str, float] | None:
    """(kind, likeness 0-100) against the usual headings; spaces do not count, short ones must fit closely."""
    closed = folded.replace(" ", "")
    best = max(((fuzz.ratio(closed, key), kind, key) for kind, key in KEYS), default=None)
    if best is None:
        return None
    score, kind, key = best
    needed = 100 if len(key) <= 6 else 92 if len(key) <= 20 else 87 if len(key) < 30 else 82
    if score < needed and "وسايل التواصل الاجتماعي" not in folded:
        swapped = max(((fuzz.token_sort_ratio(folded, text), kind) for kind, text in LONG_TEXTS), default=(0.0, ""))
        return (swapped[1], swapped[0]) if swapped[0] >= 88 and len(folded.split()) > 5 else None
    return None if "تواصل الاجتماعي" in folded else (kind, score)


def reads_on(bare: str) -> bool:
    """Does it read as a sentence of its own rather than as a heading? Full stops and commas inside say so."""
    return bool(re.search(r"[.،؛]\s+\S", bare))
