"""Who the document belongs to: the association, its licence, its word for the person served, title and contacts."""

import re
from collections import Counter, defaultdict
from typing import Any

from core.arabic import fold, fold_digits
from policies.importing import dates, headings, wording
from policies.importing.document import FoundDate, Section
from policies.importing.files import CELL

ORGANISATION = r"(?:ال)?(?:جمعية|جمعيه|مؤسسة|مؤسسه|لجنة التنمية)"
NAMED = re.compile(
    rf"({ORGANISATION}\s.+?)\s+(?:على\s+)?(?:السياسات|سياساتها|سياسات|هذه السياس|بوضع|الإجراءات|وثيقة|جميع السياسات)"
)
FOR_NAME = re.compile(
    r"(?:^|\s)(?:ل|لـ\s?)(جمعية\s.+?|لجمعية\s.+?|مؤسسة\s.+?)"
    r"(?=\s+(?:في|خلال|وذلك|المسجلة|بموجب|والمعتمدة|بتاريخ|على)\s|[.،:(]|$)"
)
OF_NAME = re.compile(
    r"مجلس إدارة\s+((?:ال)?جمعية\s.+?)"
    r"(?=\s+(?:في|خلال|بموجب|بجلسته|بتاريخ|على|رقم|يوم|المنعقد\S*|هذه)\s|[.،:(]|$)"
)
LABELLED_NAME = re.compile(rf"اسم (?:الجمعية|الجهة|المنظمة)\s*[:：]\s*(.+)|^({ORGANISATION}\s[^:.؛]+)$")
REGISTRATION = re.compile(
    r"(?:ترخيص|الترخيص|رخص[ةه]|مرخص[ةه]?|مسجل[ةه]?|المسجل[ةه]|تسجيل|التسجيل|سجل|قيد|مقيد[ةه])"
    r"[^\d٠-٩\n]{0,90}?[(\s:/]*([0-9٠-٩]{2,12})"
)
PERMITTED = re.compile(r"^(?:رقم\s+)?(?:ال)?تصريح\s*(?:رقم)?[(\s:/]*([0-9٠-٩]{2,12})")
AUTHORITY = re.compile(
    r"((?:وزارة|المركز الوطني|هيئة|الهيئة)\s[^\d٠-٩(:،.]+?)\s*(?:تحت|برقم|رقم|بموجب|ب?ترخيص|[(:،.]|$)"
)
TITLE = re.compile(r"^(?:ال)?(?:سياس[ةه]|لائح[ةه]|دليل|آلي[ةه])\s")
TITLE_IN_APPROVAL = re.compile(
    r"اعتماد\s+((?:سياس[ةه]|لائح[ةه]|دليل|آلي[ةه])\s.+?)"
    r"(?=\s+(?:لجمعي[ةه]|بجمعي[ةه]|للجمعي[ةه]|في اجتماع|من قبل|من مجلس|خلال|بتاريخ|وذلك|بموجب|بناء)|[.،(]|$)"
)
UPDATED = re.compile(r"(?:تاريخ|آخر|اخر)\s+(?:ال)?(?:تحديث|تعديل|مراجعة)")

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SITE = re.compile(
    r"(?:https?://|www\.)[^\s|،؛]+|(?<![\w@.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*"
    r"\.(?:org|com|net|sa|edu|info)(?:\.sa)?(?:/[^\s|]*)?",
    re.I,
)
HANDLE = re.compile(r"(?<![\w.])@[A-Za-z]\w{2,}")
PHONE = re.compile(r"(?<!\d)(?:\+?966|00966|0)?\s?(?:5\d|1[1-7]|920|800)[\d\s\-]{5,10}\d(?!\d)")
WHATSAPP = re.compile(r"وات[سز]\s?[اأ]?ب?|whats\s?app", re.I)

NAME_ENDS = frozenset(
    fold(word)
    for word in (
        "بأن أن إن هذه هذا على إلى التي الذي علاقتها من وضعت تضع وتسعى تسعى تلتزم تعمل حرصا وتحرص السياسات سياسة لائحة"
    ).split()
)
PERSON_WORDS = {
    "مستفيد": "المستفيد", "مستفيدين": "المستفيد", "مستفيدون": "المستفيد", "مستفيدات": "المستفيد",
    "مستخدم": "المستخدم", "مستخدمين": "المستخدم", "مستخدمون": "المستخدم",
    "عضو": "العضو", "اعضا": "العضو", "مساهم": "المساهم", "مساهمين": "المساهم",
    "عميل": "العميل", "عملا": "العميل", "متطوع": "المتطوع", "متطوعين": "المتطوع",
    "طالب": "الطالب", "طلاب": "الطالب", "طلبه": "الطالب", "دارس": "الدارس", "دارسين": "الدارس",
    "متدرب": "المتدرب", "متدربين": "المتدرب", "مراجع": "المراجع", "مراجعين": "المراجع",
    "نزيل": "النزيل", "نزلا": "النزيل", "مريض": "المريض", "مرضي": "المريض", "يتيم": "اليتيم", "ايتام": "اليتيم",
    "منتسب": "المنتسب", "منتسبين": "المنتسب", "مشترك": "المشترك", "مشتركين": "المشترك", "ضيف": "الضيف",
    "ضيوف": "الضيف",    "زائر": "الزائر", "زاير": "الزائر", "زوار": "الزائر", "حاج": "الحاج", "حجاج": "الحاج",
    "اسره": "الأسرة", "اسر": "الأسرة",
    "مسن": "المسن", "مسنين": "المسن", "معاق": "المعاق", "كفيف": "الكفيف", "مكفوفين": "الكفيف", "مزارع": "المزارع",
    "مزارعين": "المزارع", "باحث": "الباحث", "باحثين": "الباحث", "حرفي": "الحرفي", "حرفيين": "الحرفي",
    "سجين": "السجين", "سجنا": "السجين", "مطلقه": "المطلقة", "ارمله": "الأرملة", "ارامل": "الأرملة",
}  # fmt: skip
OFFICES = frozenset(("دعم", "مساعده", "مجلس", "لجنه", "لجان", "فريق", "خدمه"))
STAFF_OR_LAW = frozenset(("طالب", "مراجع", "مساهم", "متطوع", "باحث", "اسره", "اسر", "طلبه", "زاير", "ضيف"))


def association(
    sections: list[Section], top: list[str], aside: list[str], approval: str
) -> tuple[str | None, list[str]]:
    """(the name as printed where it is surest, other printings of it). The head of the document is surest."""
    preamble = " ".join(item.text for section in sections if section.kind == "preamble" for item in section.every())
    places: tuple[tuple[float, list[str], tuple[re.Pattern, ...]], ...] = (
        (3.0, top, (LABELLED_NAME,)),
        (2.5, [line for line in [*top, *aside] if TITLE.match(line)], (FOR_NAME,)),
        (2.0, [approval], (FOR_NAME, OF_NAME)),
        (1.9, aside, (LABELLED_NAME,)),
        (1.5, [preamble[:2000]], (NAMED,)),
    )
    worth: dict[str, float] = {}
    for weight, texts, patterns in places:
        for name in named_in(texts, patterns):
            printed = next((one for one in worth if is_same(one, name)), name)
            worth[printed] = worth.get(printed, 0) + weight + min(len(name.split()), 8) * 0.1
    if not worth:
        return None, []
    labelled = {
        name for _weight, texts, patterns in places if LABELLED_NAME in patterns for name in named_in(texts, patterns)
    }
    worth = without_sentences(worth, labelled)
    chosen = max(worth, key=lambda name: worth[name])
    others = {name for name in worth if name != chosen and alike(name, chosen) and fold(name) not in fold(chosen)}
    return chosen, sorted(others)


def is_same(name: str, other: str) -> bool:
    """Two spellings of one name («المسئولية», «المسؤولية») are one printing."""
    return wording.spelling_key(name) == wording.spelling_key(other)


def without_sentences(worth: dict[str, float], labelled: set[str]) -> dict[str, float]:
    """A name of a running text that only goes on where a shorter one ended counts for the shorter one."""
    kept: dict[str, float] = {}
    for name in sorted(worth, key=lambda name: len(name.split())):
        start = next((short for short in kept if runs_on(short, name, labelled)), name)
        kept[start] = kept.get(start, 0) + worth[name]
    return kept


def runs_on(short: str, name: str, labelled: set[str]) -> bool:
    known = short in labelled or len(short.split()) > 2
    return (
        known
        and name not in labelled
        and f"{wording.spelling_key(name)} ".startswith(f"{wording.spelling_key(short)} ")
    )


def named_in(texts: list[str], patterns: tuple[re.Pattern, ...]) -> list[str]:
    found = [
        name
        for text in texts
        for pattern in patterns
        for match in pattern.finditer(text)
        for name in match.groups()
        if name
    ]
    return [tidy for name in found if not TITLE.search(name) and is_name(tidy := tidy_name(name))]


def alike(name: str, other: str) -> bool:
    """Do they share half of the shorter one's words, the word «جمعية» aside?"""
    first, second = set(fold(name).split()[1:]), set(fold(other).split()[1:])
    return 2 * len(first & second) >= min(len(first), len(second)) > 0


def tidy_name(name: str) -> str:
    name = re.sub(r"^ل(?=جمعي)", "", name.strip(' -–:.،|()"«»_'))
    name = re.split(r"\s*[|(،]|\s+-\s+|\s{2,}|\s+(?:ترخيص|برقم|رقم|مسجل\S*|المسجل\S*|هاتف|جوال)\b", name)[0]
    words = name.split()
    end = next((place for place, word in enumerate(words[1:], 1) if fold(word) in NAME_ENDS), len(words))
    return " ".join(words[:end]).strip(" -–:.،")


def is_name(name: str) -> bool:
    words = fold(name).split()
    generic = {"جمعيه", "الجمعيه", "موسسه", "الموسسه", "علاقتها", "علي", "عموميه", "العموميه", "هذه", "كافه"}
    return (
        2 <= len(words) <= 12
        and bool(set(words) - generic)
        and words[1] not in ("علي", "العموميه", "في", "من", "التي", "مع")
    )


def registration(texts: list[str]) -> dict[str, Any] | None:
    """{number, authority, raw} of the first licence or registration; digits 0-9."""
    for text in texts:
        found = REGISTRATION.search(text) or PERMITTED.search(text)
        if found and "حساب" not in text[: found.start()]:
            authority = AUTHORITY.search(text)
            number = fold_digits(found[1])
            return {"number": number, "authority": authority[1].strip() if authority else None, "raw": text.strip()}
    return None


def title(top: list[str], aside: list[str], approval: str) -> tuple[str | None, str | None]:
    """(title, the approval's own wording of it where it differs). The title may run over two lines."""
    named = TITLE_IN_APPROVAL.search(approval)
    in_approval = named[1].strip() if named else None
    for place, line in enumerate(top):
        bare = line.split(CELL)[0].strip(" -–:.|*_#")
        if TITLE.match(bare) and 3 <= len(bare.split()) <= 22:
            return whole_title(bare, top[place + 1 : place + 2]), in_approval
    for line in aside:
        bare = headings.stripped(line)
        if TITLE.match(bare) and 3 <= len(bare.split()) <= 16 and re.search("علاق|مستفيد|خدم", fold(bare)):
            return re.sub(r"[\s.|…_]*[0-9٠-٩]{1,3}$", "", bare), in_approval
    return in_approval, in_approval


def whole_title(line: str, after: list[str]) -> str:
    """The title with its second line, where the second only continues it."""
    if after and fold(line.split()[-1]) in ("لجمعيه", "جمعيه", "مع", "الي", "في", "لدي", "لموسسه"):
        return f"{line} {after[0].strip(' -–:.|')}"
    if after and re.match(r"(?:و|لل?)\S+", after[0]) and len(after[0].split()) <= 8 and not re.search(r"\d", after[0]):
        return f"{line} {after[0].strip(' -–:.|')}"
    return line


def update_date(texts: list[str]) -> FoundDate | None:
    for text in texts:
        if UPDATED.search(text) and (found := dates.find(text)):
            return found[0]
    return None


def person_term(titles: list[str | None], sections: list[Section]) -> str | None:
    """The word for the person served, definite singular; the title counts most, then the headings."""
    score: dict[str, float] = defaultdict(float)
    for text in filter(None, titles):
        for word in served_in(text, first=True):
            score[word] += 8
    for section in sections:
        for word in dict.fromkeys(served_in(section.heading, first=section.kind != "procedure_step")):
            score[word] += 6
    everywhere = Counter(
        word
        for section in sections
        if section.kind != "approval"
        for item in section.every()
        for word in served_in(item.text)
    )
    for word, times in everywhere.items():
        score[word] += min(times, 10) * (0.3 if fold(word).removeprefix("ال") in STAFF_OR_LAW else 0.7)
    return max(score, key=lambda word: score[word]) if score else None


def served_in(text: str, *, first: bool = False) -> list[str]:
    """The words for a served person in the text; with `first` only what follows «مع», «علاقات» or «خدمة» first."""
    words = fold(re.sub(r"[^\w\s]", " ", text)).split()
    found = [
        (place, PERSON_WORDS[bare])
        for place, word in enumerate(words)
        if (bare := without_article(word)) in PERSON_WORDS
    ]
    found = [(place, word) for place, word in found if not is_office(words, place)]
    return [word for _place, word in found[:1]] if first else [word for _place, word in found]


def is_office(words: list[str], place: int) -> bool:
    """«طالب الدعم»، «عضو مجلس الإدارة»، «أعضاء المجلس» are not the word for the person served."""
    after = words[place + 1 : place + 2]
    return bool(after) and after[0].removeprefix("ال") in OFFICES


def without_article(word: str) -> str:
    for prefix in ("وال", "بال", "كال", "لل", "ال", "ول", "ل", "و"):
        if word.startswith(prefix) and word[len(prefix) :] in PERSON_WORDS:
            return word[len(prefix) :]
    return word


def contacts(texts: list[str]) -> dict[str, str | None]:
    """{email, handle, phone, whatsapp, site}: the first of each kind; digits 0-9."""
    found: dict[str, str | None] = dict.fromkeys(("email", "handle", "phone", "whatsapp", "site"))
    for text in texts:
        plain = fold_digits(text)
        mails = EMAIL.findall(plain)
        without = EMAIL.sub(" ", plain)
        numbers = [re.sub(r"[^\d+]", "", number) for number in PHONE.findall(without)]
        is_whatsapp = bool(WHATSAPP.search(plain))
        keep(found, "email", mails)
        keep(found, "site", [site.rstrip("./") for site in SITE.findall(without)])
        keep(found, "handle", HANDLE.findall(without))
        keep(found, "whatsapp", after_label(without, WHATSAPP) if is_whatsapp else [])
        keep(found, "phone", [number for number in numbers if number != found["whatsapp"]])
    return found


def keep(found: dict[str, str | None], key: str, values: list[str]) -> None:
    if found[key] is None and values:
        found[key] = values[0]


def after_label(text: str, label: re.Pattern) -> list[str]:
    """Numbers behind the label; where none stands there, the last one before it («050… (واتساب)»)."""
    place = label.search(text)
    if place is None:
        return []
    found = PHONE.findall(text[place.end() :]) or PHONE.findall(text[: place.start()])[-1:]
    return [re.sub(r"[^\d+]", "", number) for number in found]
