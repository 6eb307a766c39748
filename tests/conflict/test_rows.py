"""The disclosure's rows of relatives: two empty ones, more on asking, with and without a script; none typed is lost."""

from django.urls import reverse

from requests.models import Disclosure
from tests.cast import client_of

PAGE = reverse("committee:disclosure")


def rows_of(response) -> int:
    return response.content.decode().count('<fieldset class="fields"')


def test_two_empty_rows_follow_those_kept(cast, pack):
    client = client_of(cast.member1)
    assert rows_of(client.get(PAGE)) == 2
    client.post(PAGE, {"full_name": "فهد علي المطيري", "r0-name": "سعيد محمد العنزي", "r0-relation": "خال"})
    assert rows_of(client.get(PAGE)) == 3


def test_one_more_row_keeps_what_is_typed_and_judges_and_keeps_nothing(cast, pack):
    typed = {"full_name": "", "mobile": "12", "r0-name": "سعيد محمد العنزي", "r1-relation": "خال", "add": "1"}
    response = client_of(cast.member1).post(PAGE, typed)
    page = response.content.decode()
    assert (response.status_code, rows_of(response)) == (200, 3)
    assert all(f'value="{words}"' in page for words in ("12", "سعيد محمد العنزي", "خال"))
    assert 'id="errors"' not in page
    assert not Disclosure.objects.exists()


def test_as_many_rows_as_were_sent_are_kept(cast, pack):
    names = {f"r{number}-name": "سعيد محمد العنزي" for number in range(11)}
    client_of(cast.member1).post(PAGE, {"full_name": "فهد علي المطيري", **names})
    assert Disclosure.objects.get().relatives.count() == 11


def test_there_is_an_end_to_rows(cast, pack):
    typed = {"full_name": "فهد", "add": "1", "r99-name": "سعيد"}
    assert rows_of(client_of(cast.member1).post(PAGE, typed)) == 60
