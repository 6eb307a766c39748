"""Layouts met in documents that follow no common pattern; each text is of our own making."""

import pytest

from policies.importing import read

FRAME = """جمعية أثر لخدمة الحي
سياسة تنظيم العلاقة مع المستفيدين
{cover}
تمهيد:
تبيّن هذه السياسة كيف تخدم جمعية أثر أهل الحي.
الأهداف التفصيلية:
{objectives}
قنوات التواصل:
{channels}
الأدوات:
{tools}
إجراءات تقديم الخدمة:
{steps}
{end}
"""
PLAIN = {
    "cover": "",
    "objectives": "1- تيسير الوصول.\n2- سرعة الرد.",
    "channels": "1- المقابلة\n2- واتساب\n3- الخطابات",
    "tools": "1- دليل الخدمات\n2- سجل الزيارات",
    "steps": "1- استقبال الطلب.\n2- دراسة الطلب.\n3- تقديم الخدمة.",
    "end": "",
}


def found(**parts: str) -> dict:
    return read("policy.txt", FRAME.format(**{**PLAIN, **parts}).encode()).as_json()


def texts(document: dict, kind: str) -> list[str]:
    return [clause["text"] for part in document["sections"] if part["kind"] == kind for clause in part["clauses"]]


def test_the_plain_frame_is_read():
    assert texts(found(), "channel") == ["المقابلة", "واتساب", "الخطابات"]


@pytest.mark.parametrize("numbers", [("2.1", "2.2"), ("1-2", "2-2"), ("٢-١", "٢-٢")])
def test_a_number_with_the_section_in_front_is_a_clause_of_its_own(numbers):
    document = found(objectives=f"{numbers[0]} تيسير الوصول.\n{numbers[1]} سرعة الرد.")
    assert texts(document, "detailed_objective") == ["تيسير الوصول.", "سرعة الرد."]


def test_a_third_number_stands_below_the_second():
    objectives = "2.1 عدل في الخدمة، ومنه:\n2.1.1 زيارة المسكن.\n2.1.2 مراجعة الدخل.\n2.2 سرعة الرد."
    first, second = found(objectives=objectives)["sections"][1]["clauses"]
    assert [child["text"] for child in first["children"]] == ["زيارة المسكن.", "مراجعة الدخل."]
    assert second["text"] == "سرعة الرد."


def test_an_approval_on_the_cover_leaves_the_sections_behind_it_whole():
    cover = "اعتماد السياسة\nاعتمد مجلس الإدارة هذه السياسة في جلسته رقم (3) بتاريخ 15/3/1445هـ."
    document = found(cover=cover)
    assert document["approval"]["iso"] == "2023-09-30"
    assert texts(document, "preamble") == ["تبيّن هذه السياسة كيف تخدم جمعية أثر أهل الحي."]
    assert len(texts(document, "detailed_objective")) == 2


def test_a_channel_that_names_its_number_stays_a_channel_and_gives_the_contact():
    document = found(channels="1- المقابلة\n2- الهاتف 920000091\n3- الخطابات")
    assert texts(document, "channel") == ["المقابلة", "الهاتف 920000091", "الخطابات"]
    assert document["contacts"]["phone"] == "920000091"


def test_under_column_names_the_naming_column_alone_is_the_clause():
    table = "م | القناة | أوقات العمل\n1 | المقابلة | صباحًا\n2 | واتساب | طوال اليوم"
    assert texts(found(channels=table), "channel") == ["المقابلة", "واتساب"]


def test_a_sentence_of_commas_is_a_tool_each():
    document = found(tools="دليل الخدمات، سجل الزيارات، ميثاق المستفيد.")
    assert texts(document, "tool") == ["دليل الخدمات", "سجل الزيارات", "ميثاق المستفيد"]


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("الرد على المستفيد بعد خمسة عشر يومًا على الأقل.", 15),
        ("الرد على المستفيد خلال 21 يومًا كحد أدنى.", 21),
        ("لا نرد على المستفيد قبل عشرة أيام.", 10),
        ("الرد على المستفيد خلال مدة لا تتجاوز ثلاثين يومًا.", None),
    ],
)
def test_a_floor_is_a_floor_in_other_words_too(sentence, days):
    document = found(steps=f"1- استقبال الطلب.\n2- {sentence}\n3- تقديم الخدمة.")
    assert document["parameters"]["min_decision_days"] == days


def test_a_second_procedure_under_its_own_heading_is_counted_by_itself():
    steps = "1- استقبال الطلب والتوقيع على صحة البيانات المقدمة.\n2- تقديم الخدمة.\nإجراءات تصاريح البرامج\n"
    document = found(steps=steps + "1- رفع طلب تصريح البرنامج.\n2- إبلاغ المتطوع بصدور التصريح.")
    ids = [clause["id"] for part in document["sections"] for clause in part["clauses"]][-4:]
    assert ids == ["PS-1", "PS-2", "PS-D1", "PS-D2"]
    assert document["parameters"]["procedure"] == "both"


def test_a_date_torn_over_lines_is_ambiguous_and_not_a_page_number():
    sentence = "تم اعتماد هذه السياسة في جلسة مجلس الإدارة رقم (2) المنعقدة بتاريخ"
    end = f"اعتماد السياسة:\n{sentence}\n1/ 2\nوقرر المجلس نشرها. 2023 /"
    approval = found(end=end)["approval"]
    assert (approval["iso"], approval["candidates"]) == (None, ["2023-01-02", "2023-02-01"])


def test_a_section_of_another_kind_is_set_aside_with_its_text():
    document = found(end="المسؤوليات:\nعلى كل موظف أن يقرأ هذه السياسة.")
    assert len(texts(document, "procedure_step")) == 3
    aside = [doubt for doubt in document["warnings"] if doubt["kind"] == "other_section"]
    assert "على كل موظف أن يقرأ هذه السياسة." in aside[0]["printed"]


def test_headings_may_be_articles():
    text = FRAME.format(**PLAIN)
    for place, heading in enumerate(
        ("تمهيد", "الأهداف التفصيلية", "قنوات التواصل", "الأدوات", "إجراءات تقديم الخدمة"), 1
    ):
        text = text.replace(f"\n{heading}:", f"\nمادة ({place}): {heading}")
    document = read("policy.txt", text.encode()).as_json()
    assert [part["kind"] for part in document["sections"]] == [part["kind"] for part in found()["sections"]]


def test_signatories_beside_a_dotted_place_for_the_signature_are_read():
    rows = "م   الاسم   المنصب   التوقيع\n1   سعد بن علي المثالي     رئيس مجلس الإدارة    ........"
    end = f"اعتماد السياسة:\nاعتمد مجلس الإدارة هذه السياسة في جلسته رقم (3) بتاريخ 15/3/1445هـ.\n{rows}"
    assert found(end=end)["signatories"] == [{"order": 1, "title": "رئيس مجلس الإدارة", "name": "سعد بن علي المثالي"}]


@pytest.mark.parametrize(
    "words", ["ووضع آلية واضحة للرد", "يُسلّم المستفيد نسخة وينشر صوره بإذنه", "للموظف أن يحيل الطلب إليه"]
)
def test_sound_words_raise_no_doubt(words):
    document = found(objectives=f"1- {words}.\n2- سرعة الرد.")
    assert [doubt for doubt in document["warnings"] if doubt["where"].startswith("DO")] == []


def test_a_line_whose_ends_are_halves_of_an_unknown_word_is_doubted():
    document = found(objectives="1- ليل مدة الانتظار في كل مرحلة من مراحل الطلب وتق\n2- سرعة الرد.")
    doubt = next(one for one in document["warnings"] if one["kind"] == "swapped_ends")
    assert doubt["proposed"] == "مدة الانتظار في كل مرحلة من مراحل الطلب وتقليل"


def test_a_page_foot_with_addresses_between_the_channels_is_no_channel():
    foot = "هاتف 0500000091 | paper@example.org"
    document = found(channels=f"1- المقابلة\n{foot}\n2- واتساب\n3- الخطابات", tools=f"1- دليل الخدمات\n{foot}")
    assert texts(document, "channel") == ["المقابلة", "واتساب", "الخطابات"]
    assert document["contacts"]["email"] == "paper@example.org"
