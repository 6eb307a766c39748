"""What a volunteer reads: plain steps and no waiting period."""

import pytest

STATES = {
    "proposed": "سنرفع مقترحك إلى الجهة المختصة",
    "raised": "موعد الرد تحدده الجهة المختصة، ومتى صدر الرد أخبرناك",
    "issued": "صدر التصريح",
    "refused": "لم تأذن الجهة المختصة بالبرنامج",
    "handed_over": "تسلّمت الموافقة",
    "withdrawn": "سُحب المقترح",
}


def page_of(client, permit) -> str:
    response = client.get(f"/p/{permit.status_token}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("state", "sentence"), STATES.items())
def test_each_state_is_said_plainly(client, permit_at, state, sentence):
    assert sentence in page_of(client, permit_at(state))


@pytest.mark.parametrize("state", STATES)
def test_no_state_promises_a_period_or_shows_who(client, permit_at, state):
    page = page_of(client, permit_at(state))
    assert "أسبوع" not in page
    assert "سعيد" not in page
    assert "550000067" not in page


def test_a_refusal_says_what_the_authority_said_and_ends_there(client, permit_at):
    page = page_of(client, permit_at("refused"))
    assert "نرجو تغيير الموقع." in page
    assert "تسليمك الموافقة" not in page


def test_the_steps_done_carry_their_day(client, permit_at):
    steps = page_of(client, permit_at("raised")).split('class="steps"')[1].split("</ol>")[0]
    assert steps.count("<time") == 2
    assert steps.count('class="todo"') == 2


def test_an_unknown_link_is_not_found(client, dawah):
    assert client.get("/p/nothing/").status_code == 404


def test_its_number_opens_it_from_the_status_form_too(client, permit):
    client.post("/status/", {"reference": permit.reference, "last_four": "0067"})
    assert permit.title in client.get("/status/view/").content.decode()
