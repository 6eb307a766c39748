"""A made-up population for measuring: names as common and as rare as in life, numbers by docs/test-data.md.

Everything follows from the seed. Nothing of it is a register's: given names are the common ones, families are nisbas
put together from syllables, and who is called what is drawn by lot.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, product

from stdnum import luhn

FAMILIES = 2_000
MEN = """
محمد عبدالله أحمد عبدالرحمن علي خالد سعد فهد عبدالعزيز سعود ناصر صالح إبراهيم سلطان فيصل تركي ماجد بندر يوسف عمر
سليمان حمد سعيد حسن سالم منصور مشعل نايف بدر طلال راشد مبارك حسين ياسر عادل وليد سامي نواف مشاري هاني عثمان عبدالمجيد
فواز مساعد رائد عايض متعب حمود زياد أنس معاذ فارس عبدالإله عبدالمحسن عبداللطيف عبدالكريم عبدالملك عبدالهادي عبدالسلام
عبدالحكيم عبدالوهاب عبدالرزاق عبدالقادر محمود مصطفى طارق حامد حاتم حازم هشام هيثم وائل باسم بسام جابر جاسر جمال جميل
خلف خليل داود دخيل رامي راكان ريان زايد زيد سراج سلمان سيف شاكر شايع شريف صلاح ضاري طاهر طلق ظافر عارف عاصم عامر عبيد
عدنان عصام عطية عقيل علاء عمار عمران عواد عوض عيد عيسى غازي غانم غسان فائز فالح فؤاد فراس فرج فلاح قاسم كامل كريم كمال
لؤي لافي مازن مالك مثنى محسن مدالله مرزوق مروان مسفر مشرف مصعب مطلق معتز معيض مفرح مفلح مقبل ممدوح مناحي منيف مهدي
مهند موسى نبيل نزار نصار نعمان نوح هادي هاشم هزاع هلال هليل هذال واصل وسام يحيى يزيد يعقوب ياسين يونس أسامة أسعد أشرف
أكرم أمجد أمين أنور أيمن أيوب إسماعيل إسحاق إدريس إياد آدم براك برجس بلال بكر بجاد ثامر ثنيان جبر جبران جلوي جهاد حجاج
حسام حسان حمدان حميد حمزة حيدر خميس خضر دهام ذياب رجب رداد رشيد رضا رياض زامل زاهر زكريا زهير سطام سفر سفيان سمير سند
سهيل سويلم شافي شجاع شعيب شلاش صقر صهيب ضيف_الله ضيدان طالب عساف عليان عيضة فايع فريح فضل قصي قيس كساب ليث ماطر متروك
مجدي محيسن مرعي مريع مزيد مشهور معاوية معن نجم نهار نافع وحيد أبو_بكر نور_الدين سيف_الدين صلاح_الدين تاج_الدين
عبدرب_النبي عبيدالله
"""
WOMEN = """
نورة فاطمة سارة مريم عائشة منيرة هيا حصة نوف ريم لطيفة موضي العنود منى أمل هند هدى خلود عبير مها الجوهرة شيخة وفاء
نوال مشاعل بدرية جواهر أسماء سلمى ليلى زينب خديجة حنان إيمان هيفاء مضاوي غادة سميرة رنا دلال أروى بشاير تهاني رهف شهد
غزيل فوزية جميلة نجلاء سلوى لولوة مزنة صيتة وضحى هيلة طرفة عواطف عفاف ابتسام أماني أميرة أريج أشواق آلاء إسراء البندري
الهنوف الجازي بشرى بسمة بدور تغريد جود حليمة حياة خولة دانة دعاء رحمة رزان رغد رقية روان زهرة سحر سعاد سعدى سمية سناء
سهام شروق شريفة شيماء صالحة صباح صفية ضحى عالية عزيزة علياء غالية فايزة فضة قماشة كريمة كوثر لمى لينا مرام مروة ميعاد
ميسون نادية نجود ندى نسرين نعيمة نهى هديل هنادي وجدان وداد ولاء ياسمين يسرى
"""
KNOWN_FAMILIES = """
العنزي العتيبي المطيري القحطاني الغامدي الزهراني الشهري الشمري الحربي الدوسري السبيعي العسيري الجهني البلوي الرشيدي
المالكي الشهراني الخالدي العمري القرني السلمي الحارثي الثبيتي البقمي السهلي التميمي اليامي الأحمري الأسمري الفيفي
الثقفي الهذلي الحازمي العجمي المري الظفيري الرويلي الشراري الهاجري الأنصاري النعيمي الصاعدي الصبحي العوفي الرحيلي
الجعيد الطويرقي الروقي السديري
"""
SYLLABLES = "بتجحخدرزسشصضطعغفقكلمنهو"
PATTERNS = ("ال{}{}{}ي", "ال{}{}ي{}ي", "ال{}ا{}{}ي", "ال{}{}ي{}", "ال{}و{}{}ي", "ال{}{}ا{}ي", "آل {}{}{}", "با{}{}{}")
# How people at a counter write what folding makes equal, and a few slips that it does not.
WRITINGS = (("أ", "ا"), ("إ", "ا"), ("ة", "ه"), ("ى", "ي"), ("عبدال", "عبد ال"), ("ظ", "ض"), ("ئ", "ي"))


@dataclass(frozen=True)
class Named:
    first: str
    father: str
    grandfather: str
    family: str
    sex: str
    national_id: str
    mobile: str

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first, self.father, self.grandfather, self.family) if part)


@dataclass(frozen=True)
class Made(Named):
    """One person as made."""

    branch: int
    file_number: str | None


class Lots:
    """Draws words by rank: the second half as often as the first, and so on (Zipf), in blocks for speed."""

    def __init__(self, words: list[str], lot: random.Random, skew: float = 1.0):
        self.words, self.lot = words, lot
        self.weights = list(accumulate(1 / (rank + 2) ** skew for rank in range(len(words))))
        self.block: list[str] = []

    def draw(self) -> str:
        if not self.block:
            self.block = self.lot.choices(self.words, cum_weights=self.weights, k=10_000)
        return self.block.pop()


def words(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


def families(lot: random.Random) -> list[str]:
    """The known ones first, then «السالم» and «السالمي» of given names, then nisbas of three letters."""
    found = words(KNOWN_FAMILIES)
    given = [
        name for name in words(MEN) if " " not in name and len(name) < 6 and not name.startswith(("ا", "أ", "إ", "آ"))
    ]
    made = [f"ال{name}" for name in given] + [f"ال{name}ي" for name in given if not name.endswith(("ي", "ى", "ة"))]
    letters = list(product(SYLLABLES, repeat=3))
    while len(made) < FAMILIES:
        made.append(lot.choice(PATTERNS).format(*lot.choice(letters)))
    lot.shuffle(made)
    return list(dict.fromkeys(found + made))[:FAMILIES]


def sample_id(serial: int, *, resident: bool = False) -> str:
    """A number of the generated range: `100` or `200`, six digits, the check digit."""
    body = f"{2 if resident else 1}00{serial:06d}"
    return body + luhn.calc_check_digit(body)


def people(count: int, *, branches: int, seed: int = 4) -> Iterator[Made]:
    """`count` people, at most a million. One in seven has no grandfather, one in eight is written carelessly."""
    lot = random.Random(seed)
    men, women, tribes = Lots(words(MEN), lot), Lots(words(WOMEN), lot), Lots(families(lot), lot, 0.85)
    for serial in range(count):
        female = lot.random() < 0.5
        yield Made(
            first=careless(women.draw() if female else men.draw(), lot),
            father=careless(men.draw(), lot),
            grandfather="" if lot.random() < 1 / 7 else careless(men.draw(), lot),
            family=careless(tribes.draw(), lot),
            sex="female" if female else "male",
            national_id=sample_id(serial, resident=serial % 9 == 0),
            mobile=f"+966550{serial // 3 * 2 % 1_000_000 if serial % 5 == 0 else serial:06d}",  # families share
            branch=int(branches * lot.random()),
            file_number=str(1001 + serial) if serial % 2 == 0 else None,
        )


def careless(word: str, lot: random.Random) -> str:
    """The word, one time in thirty another writing of it, one time in two hundred with a letter gone."""
    chance = lot.random()
    if chance < 1 / 30:
        for usual, other in WRITINGS:
            if usual in word:
                return word.replace(usual, other)
    if chance > 199 / 200 and len(word) > 4:
        at = lot.randrange(2, len(word))
        return word[:at] + word[at + 1 :]
    return word
