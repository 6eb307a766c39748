"""How long nobody decides: a floor is the rule, a ceiling is only reported."""

import pytest

from policies.importing import periods

FLOORS = {
    "خلال مدة لا تقل عن أسبوعين": 14,
    "خلال مدة لا تقل عن أسبوع": 7,
    "مدة لا تقل عن (21) يومًا": 21,
    "مدة لا تقل عن ٢٥ يومًا": 25,
    "مدة لا تقل عن ثلاثة أسابيع": 21,
    "مدة لا تقل عن خمسة عشر يومًا": 15,
    "مدة لا تقل عن واحد وعشرين يومًا": 21,
    "مدة لا تقل عن (14) أربعة عشر يومًا": 14,
    "بحد أدنى عشرة أيام": 10,
    "لا يبت في الطلب قبل مضي يومين": 2,
}


@pytest.mark.parametrize(("text", "days"), FLOORS.items())
def test_a_floor_is_counted_in_calendar_days(text, days):
    found = periods.floor_in(f"إفادة المستفيد بأن الرد عليه يكون {text} من تاريخ الطلب.")
    assert found is not None
    assert (found.days, found.doubt) == (days, "")
    assert periods.ceiling_in(text) is None


@pytest.mark.parametrize(
    ("text", "days"), {"لا تتجاوز ثلاثين يومًا": 30, "في موعد أقصاه أسبوعان": 14, "خلال 5 أيام": 5}.items()
)
def test_a_ceiling_is_no_waiting_period(text, days):
    assert periods.floor_in(f"يرد على الطلب {text}.") is None
    found = periods.ceiling_in(f"يرد على الطلب {text}.")
    assert found is not None
    assert found.days == days


@pytest.mark.parametrize(
    ("text", "days", "doubt"),
    [("لا تقل عن عشرة أيام عمل", 10, "working"), ("لا تقل عن شهر", 30, "month"), ("لا تقل عن 10 أيام", 10, "")],
)
def test_working_days_and_months_are_unsure(text, days, doubt):
    found = periods.floor_in(f"خلال مدة {text}")
    assert found is not None
    assert (found.days, found.doubt) == (days, doubt)


@pytest.mark.parametrize("text", ["", "في وقت مناسب", "مدة لا تقل عن اللازم", "خدمة لا تقل عن غيرها جودة"])
def test_no_length_of_time_is_no_period(text):
    assert periods.floor_in(text) is None
    assert periods.ceiling_in(text) is None
