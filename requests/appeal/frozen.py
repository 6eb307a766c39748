"""The frozen file of the first decision: whether what is kept is still what was frozen (`appeal.freezing` makes it)."""

from core.tokens import canonical, sha256
from requests.models import FrozenFile


def unsound(frozen: FrozenFile) -> bool:
    """Whether what is kept is no longer what was frozen."""
    return sha256(canonical(frozen.data)) != frozen.sha256
