"""Words that name nobody are asked for without telling who stands in a row that is closed to whoever writes them."""

import pytest

from committee.minutes.actions import Reservation, add, sign, sign_on_paper
from committee.minutes.rules import names_somebody
from committee.minutes.sight import sight_of
from core.errors import Refused
from requests.models import Exclusion
from tests.cast import client_of
from tests.minutes.desk import drawn, picture
from tests.paper import upload

PAGE = "/committee/minutes/1448-1/"


def named(case) -> str:
    return f"اعترض على {case.person.full_name}"


def send(user, minutes, words: str):
    typed = {"seen": minutes.sha256, "how": "picture", "picture": picture(), "agrees": "reserved", "words": words}
    return client_of(user).post(f"{PAGE}sign/", typed)


def test_a_closed_row_is_not_compared_with(signed, cast, met):
    """member1 is recused from the first case and reads the second."""
    sight = sight_of(signed, cast.member1)
    assert names_somebody(named(met.cases[0]), signed.meeting, sight) is None
    assert names_somebody(met.cases[0].reference, signed.meeting, sight) is None
    assert names_somebody(named(met.cases[1]), signed.meeting, sight)


def test_a_row_that_is_read_is_still_not_named(signed, cast, met):
    with pytest.raises(Refused, match="لا تُكتب|رقم"):
        sign(signed, by=cast.chair, picture=drawn(), seen=signed.sha256, reservation=Reservation(named(met.cases[0])))
    assert send(cast.chair, signed, named(met.cases[0])).status_code == 422


@pytest.mark.parametrize("who", ["member3", "deputy"])
def test_who_does_not_sign_is_turned_away_alike_whatever_they_wrote(signed, cast, met, who):
    said = [send(getattr(cast, who), signed, words) for words in (named(met.cases[0]), "لا أوافق")]
    assert [reply.status_code for reply in said] == [422, 422]
    assert ["يوقّع المحضر من حضر" in reply.content.decode() for reply in said] == [True, True]
    assert "أسماء" not in said[0].content.decode()


def test_the_secretary_learns_nothing_of_a_row_closed_to_them_by_typing_for_another(signed, cast, met):
    Exclusion.objects.create(case=met.cases[1], user=cast.secretary, why=Exclusion.Why.CONFLICT_DECLARED)
    people = {cast.chair.pk: Reservation(named(met.cases[1]))}
    made = sign_on_paper(signed, by=cast.secretary, scan=upload(), printed=signed.sha256[:8], signed=people)
    assert made[0].reservation == named(met.cases[1])
    assert add(signed, by=cast.secretary, text=named(met.cases[1])).number == 1
    with pytest.raises(Refused):
        add(signed, by=cast.secretary, text=named(met.cases[2]))


def test_words_with_a_sign_the_print_lacks_are_sent_back(signed, cast):
    assert "خط الطباعة" in send(cast.chair, signed, "لا أوافق 🙂").content.decode()
    assert send(cast.chair, signed, "لا أوافق").status_code == 302
