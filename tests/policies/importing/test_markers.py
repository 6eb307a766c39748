"""What numbers a line, and what only looks like it."""

import pytest

from policies.importing import markers

NUMBERED = {
    "1- المقابلة": ("number", 1),
    "1-المقابلة": ("number", 1),
    "(٢) المقابلة": ("number", 2),
    "٣. المقابلة": ("number", 3),
    "-4 المقابلة": ("number", 4),
    ".5 المقابلة": ("number", 5),
    "① المقابلة": ("number", 1),
    "• 1- المقابلة": ("number", 1),
    "IV. المقابلة": ("number", 4),
    "أ- المقابلة": ("letter", 1),
    "ثالثًا: المقابلة": ("ordinal", 3),
    "الحادي عشر: المقابلة": None,
    "المادة (7): المقابلة": ("ordinal", 7),
    "• المقابلة": ("bullet", None),
    "\uf0b7 المقابلة": ("bullet", None),
    "ü المقابلة": ("bullet", None),
    "المقابلة": None,
    "2023/8/24 المقابلة": None,
    "و- ": None,
    "15 يومًا": None,
}


@pytest.mark.parametrize(("line", "expected"), NUMBERED.items())
def test_the_marker_at_a_lines_beginning(line, expected):
    marker, rest = markers.split(line)
    assert (marker and (marker.kind, marker.value)) == expected
    if marker:
        assert rest == "المقابلة"


def test_a_number_of_two_levels_has_a_path():
    marker, rest = markers.split("6.1 الزيارة")
    assert marker is not None
    assert (marker.path, rest) == ((6, 1), "الزيارة")


def test_a_bare_number_counts_only_where_it_is_asked_for():
    assert markers.split("3 المقابلة")[0] is None
    marker, rest = markers.split("3 المقابلة", bare=True)
    assert marker is not None
    assert (marker.value, rest) == (3, "المقابلة")


@pytest.mark.parametrize(
    ("line", "value"), [("المقابلة -1", 1), ("المقابلة (2", 2), ("المقابلة 3", None), ("الدورة (3)", None)]
)
def test_a_number_thrown_to_the_lines_end(line, value):
    marker, _rest = markers.split_end(line)
    assert (marker and marker.value) == value


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("المقابلة 2- الهاتف 3- الخطابات", [2, 3]),
        ("خلال (5) أيام من الطلب", []),
        ("بتاريخ 24/8/2023 في المقر", []),
        ("جلسته رقم (3) المنعقدة", []),
    ],
)
def test_numbers_within_a_line(line, values):
    assert [found.value for found in markers.inside(line)] == values


@pytest.mark.parametrize(
    ("word", "value"), [("ثالثًا", 3), ("الثالث عشر", 13), ("الحادية عشرة", 11), ("المقابلة", None)]
)
def test_ordinals_in_words(word, value):
    assert markers.ordinal_value(word) == value
