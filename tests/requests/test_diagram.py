from django.conf import settings

from requests.diagram import document


def test_the_written_states_are_the_states_of_the_code():
    written = (settings.BASE_DIR / "docs/states.md").read_text(encoding="utf-8")
    assert written == document(), "run ./portal manage state_diagram"
