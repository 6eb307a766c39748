class Refused(Exception):
    """An action that may not be done now. Its text is one whole sentence that an officer can read aloud."""

    @property
    def sentence(self) -> str:
        return str(self.args[0])


def refuse(sentence: str | None) -> None:
    """Raise Refused where a rule has a sentence to say."""
    if sentence:
        raise Refused(sentence)
