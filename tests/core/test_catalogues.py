import gettext
import json

import pytest
from django.core.management import CommandError, call_command

from core.management.commands import messages
from core.management.commands.compile_catalogues import compile_catalogues

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
_("Sign in")
gettext_lazy("Hello %(name)s")
ngettext("%(n)s day", "%(n)s days", 3)
pgettext("of a case", "Open")
"""
TEMPLATE = """
  {# a comment with an 'apostrophe #}
<p title="{% trans "A title" %}">{% if x == _("Inside") %}{% translate 'Quoted "word"' %}{% endif %}
      {% blocktranslate trimmed with n=count %}
        It's {{ n }}
      {% endblocktranslate %}
  {% blocktranslate count days=days %}{{ days }} row{% plural %}{{ days }} rows{% endblocktranslate %}
</p>
"""
ARABIC = {
    "Sign in": "تسجيل الدخول",
    "Hello %(name)s": "أهلًا %(name)s",
    "%(n)s day|%(n)s days": [
        "لا أيام", "يوم واحد", "يومان", "%(n)s أيام", "%(n)s يومًا", "%(n)s يوم"
    ],
    "of a case\x04Open": "مفتوح",
    "A title": "عنوان",
    "Inside": "داخل",
    'Quoted "word"': "كلمة",
    "It's %(n)s": "هو %(n)s",
    "%(days)s row": ["لا صفوف", "صف", "صفان", "%(days)s صفوف", "%(days)s صفًا", "%(days)s صف"],
}  # fmt: skip


@pytest.fixture
def project(tmp_path):
    (tmp_path / "app" / "templates").mkdir(parents=True)
    (tmp_path / "app" / "views.py").write_text(PYTHON)
    (tmp_path / "app" / "templates" / "page.html").write_text(TEMPLATE)
    for excluded in ("var", "node_modules", ".venv", "tests"):
        (tmp_path / excluded).mkdir()
        (tmp_path / excluded / "other.py").write_text('_("Not ours")')
    messages.catalogue_path(tmp_path).parent.mkdir(parents=True)
    return tmp_path


@pytest.fixture
def complete(project):
    save(project, ARABIC)
    return project


def save(project, fragment):
    catalogue = messages.updated(project)
    assert messages.fill(catalogue, json.loads(json.dumps(fragment))) == []
    messages.catalogue_path(project).write_text(messages.as_text(catalogue))


def texts(project):
    return messages.catalogue_path(project).read_text()


def test_without_a_catalogue_every_text_is_missing_and_nothing_is_compiled(project):
    found = messages.problems(project)
    assert len(found) == len(ARABIC)
    assert all(line.startswith("missing: ") for line in found)
    assert compile_catalogues(project / "locale") == []


def test_texts_of_python_and_templates_are_found_and_filled(complete):
    assert messages.problems(complete) == []
    assert "Not ours" not in texts(complete)


def test_a_second_run_changes_nothing(complete):
    before = texts(complete)
    save(complete, {})
    assert texts(complete) == before
    assert "POT-Creation-Date" not in before


@pytest.mark.parametrize(
    ("count", "arabic"),
    [
        (0, "لا أيام"),
        (1, "يوم واحد"),
        (2, "يومان"),
        (5, "5 أيام"),
        (11, "11 يومًا"),
        (100, "100 يوم"),
        (103, "103 أيام"),
    ],
)
def test_the_compiled_catalogue_speaks_arabic_plurals(complete, count, arabic):
    [compiled] = compile_catalogues(complete / "locale")
    spoken = gettext.GNUTranslations(compiled.open("rb"))
    assert spoken.ngettext("%(n)s day", "%(n)s days", count) % {"n": count} == arabic


def test_a_text_that_left_the_code_is_obsolete_and_then_dropped(complete):
    (complete / "app" / "views.py").write_text(PYTHON.replace('_("Sign in")', ""))
    assert messages.problems(complete) == ["obsolete: Sign in"]
    save(complete, {})
    assert messages.problems(complete) == []


def test_a_changed_plural_waits_for_its_arabic(complete):
    (complete / "app" / "views.py").write_text(PYTHON.replace("s days", "s whole days"))
    save(complete, {})
    assert messages.problems(complete) == ["missing: %(n)s day|%(n)s whole days"]


def test_a_fuzzy_entry_is_told(complete):
    path = messages.catalogue_path(complete)
    path.write_text(texts(complete).replace('msgid "A title"', '#, fuzzy\nmsgid "A title"'))
    assert messages.problems(complete) == ["fuzzy: A title"]


@pytest.mark.parametrize(
    ("key", "arabic"),
    [
        ("Hello %(name)s", "أهلًا"),
        ("Hello %(name)s", "أهلًا %(nam)s"),
        ("Sign in", "تسجيل %s"),
        ("%(n)s day", ["لا", "يوم", "يومان", "أيام", "%(n)s يومًا", "%(n)s يوم"]),
        ("%(n)s day", ["%(m)s", "يوم", "يومان", "%(n)s أيام", "%(n)s يومًا", "%(n)s يوم"]),
    ],
)
def test_placeholders_must_agree(complete, key, arabic):
    save(complete, {key: arabic})
    [found] = messages.problems(complete)
    assert found.startswith("placeholders differ: ")


@pytest.mark.parametrize(
    "fragment",
    [{"Unknown": "مجهول"}, {"Sign in": ["ست"] * 6}, {"%(n)s day": "يوم"}, {"%(n)s day": ["يوم"] * 5}],
)
def test_what_a_fragment_says_in_vain_is_told(project, fragment):
    assert messages.fill(messages.updated(project), fragment) == list(fragment)


def test_the_commands_fill_check_and_compile(project, settings, capsys):
    settings.BASE_DIR, settings.LOCALE_PATHS = project, [project / "locale"]
    with pytest.raises(CommandError):
        call_command("messages", check=True)
    fragment = project / "fragment.json"
    fragment.write_text(json.dumps(ARABIC | {"Unknown": "مجهول"}))
    call_command("messages", merge=[fragment])
    assert "fragment.json: not used: Unknown" in capsys.readouterr().err
    call_command("messages", check=True)
    call_command("compile_catalogues")
    assert capsys.readouterr().out.splitlines() == ["The catalogue is complete.", "ar: django.mo"]
