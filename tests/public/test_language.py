"""Arabic for everybody, English for whoever asks; a browser's own language moves nobody."""

import pytest
from django.urls import reverse


@pytest.fixture
def home(pack):
    return reverse("policies:home")


def test_a_browser_set_to_english_still_reads_arabic(client, home):
    page = client.get(home, headers={"accept-language": "en-US,en"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "سياستنا" in page


def test_english_is_there_for_whoever_presses_its_button(client, home):
    client.post(reverse("language"), {"language": "en", "next": home})
    page = client.get(home).content.decode()
    assert '<html lang="en" dir="ltr">' in page
    assert "Our policy" in page


def test_a_language_that_is_not_there_is_arabic(client, home):
    client.cookies["django_language"] = "xx"
    assert '<html lang="ar" dir="rtl">' in client.get(home).content.decode()


def test_choosing_a_language_leads_to_no_other_site(client, home):
    answer = client.post(reverse("language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert answer.url == "/"
