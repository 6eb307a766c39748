"""Arabic is the product: every text has its Arabic, and none is fuzzy, obsolete or missing."""

from django.conf import settings
from django.utils import translation

from core.management.commands.messages import problems


def test_the_arabic_catalogue_is_complete():
    assert problems(settings.BASE_DIR) == []


def test_arabic_is_the_default_and_english_is_available():
    assert settings.LANGUAGE_CODE == "ar"
    assert [code for code, _name in settings.LANGUAGES] == ["ar", "en"]


def test_the_compiled_catalogue_speaks():
    with translation.override("ar"):
        assert translation.gettext("Arabic") == "العربية"
