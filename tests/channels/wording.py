"""The names in braces of a message or of a sentence read aloud."""

from string import Formatter


def placeholders(text):
    """Names in braces; a conversion or a format spec counts as part of the name, so it is refused too."""
    return [
        field + (spec and ":" + spec) + (conversion and "!" + conversion or "")
        for _, field, spec, conversion in Formatter().parse(text)
        if field is not None
    ]
