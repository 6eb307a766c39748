"""Values encrypted at rest. Filtering on them finds nothing, silently: look-ups go through an HMAC column."""

import json
from typing import Any

from encrypted_fields.fields import EncryptedTextField


class SealedJSONField(EncryptedTextField):
    """A JSON value sealed as a whole (the library's own seals leaf by leaf and turns numbers into text)."""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else super().get_prep_value(json.dumps(value, ensure_ascii=False))

    def from_db_value(self, value, expression, connection) -> Any:
        text = super().from_db_value(value, expression, connection)
        return None if text is None else json.loads(text)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) if isinstance(value, str) else value


__all__ = ["EncryptedTextField", "SealedJSONField"]
