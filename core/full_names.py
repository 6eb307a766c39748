"""A whole name taken apart as it is written, to fill the four fields of a file. Comparing is `core.names`' work."""

from core import arabic

HOUSE = ("آل", "ال")
"""«آل سعدون» is one part of a name, though its key keeps two words."""


def as_written(name: str) -> dict[str, str]:
    """A name in its four parts, in its own spelling; the last is the family, and a missing part has no key.

    «عبد» and the like stay with the next word, «الدين» with the one before, «بن» goes, as in `arabic.name_key`; more
    than four parts make the family longer.
    """
    parts: list[str] = []
    joining = False
    for word in name.split():
        if arabic.is_lineage(word) and parts and not joining:
            continue
        if joining or (parts and arabic.joins_before(word)):
            parts[-1] += f" {word}"
        else:
            parts.append(word)
        joining = word in HOUSE or arabic.joins_next(word)
    if not parts:
        return {}
    first, *middle = parts
    family = " ".join(middle[2:]) if len(middle) > 2 else "".join(middle[-1:])
    between = middle[:2] if len(middle) > 2 else middle[:-1]
    slots = dict(zip(("father_name", "grandfather_name"), between, strict=False))
    return {"first_name": first, **slots} | ({"family_name": family} if family else {})
