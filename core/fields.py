"""Form fields that read what people here type: digits of every script, both calendars, Saudi identifiers.

Every field folds digits and looks for hidden characters before anything else. A form shown again keeps
the text as it was typed; the cleaned value is the stored form.
"""

import re
import unicodedata
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from core import clock, hijri, identifiers
from core.arabic import HiddenCharacterError, fold_digits, refuse_hidden

LARGEST_INTEGER = 2_147_483_647  # PostgreSQL's integer

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
_THOUSANDS = r"[0-9]{1,3}(?:([,٬ ])[0-9]{3})(?:\1[0-9]{3})*"
_MONEY = re.compile(rf"(?:[0-9]+|{_THOUSANDS})(?:[.٫][0-9]{{1,2}})?")


class Folded(forms.Field):
    """The mixin of every field below: cap the length, refuse hidden characters, fold digits, then read."""

    longest = 200
    default_error_messages = {"required": _("Nothing is written here yet. Write it, then send again.")}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = self.fold(value)
        return super().to_python(value)

    def fold(self, value: str) -> str:
        refuse_longer(value, self.longest)
        try:
            return fold_digits(refuse_hidden(value.strip()))
        except HiddenCharacterError as error:
            raise ValidationError(str(error), code=error.code) from None


AnyField = TypeVar("AnyField", bound=forms.Field)


def label_of(model: type[Model], name: str) -> Any:
    """What the model calls this field, for a form of ours that asks the same."""
    return getattr(model, name).field.verbose_name


def needed(field: AnyField, when: Any) -> AnyField:
    """An optional field that some other answer makes needed: `when` stands by its label in place of "optional"."""
    field.required = False
    field.widget.is_required = False
    field.needed_when = when  # type: ignore[attr-defined]
    return field


class LeftToRight(Folded):
    """A field of digits: written left to right in a page that runs the other way, and not remembered by
    a counter's browser. What a form gives its own widget wins (`autocomplete="tel"` on a public page)."""

    inputmode = "numeric"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if widget.is_hidden:
            return attrs
        attrs |= {"dir": "ltr", "inputmode": self.inputmode, "autocomplete": "off"}
        return {name: value for name, value in attrs.items() if name not in widget.attrs}


class FoldedCharField(Folded, forms.CharField):
    """Ordinary text. Emoji and direction marks stay; NUL and other controls are refused; direction overrides,
    which would reorder the page around the text, are taken out. `multiline` keeps the lines."""

    default_error_messages = {
        "max_length": _("It is %(show_value)s characters long. Shorten it to %(limit_value)s at most."),
    }

    def __init__(self, *, multiline: bool = False, max_length: int | None = None, **kwargs: Any):
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        self.longest = max_length or (2000 if multiline else 200)
        super().__init__(max_length=self.longest, **kwargs)

    def fold(self, value: str) -> str:
        # The field's own max_length gives the exact count; this only keeps a megabyte from being worked on.
        refuse_longer(value, 4 * self.longest + 100)
        if _CONTROL.search(value):
            raise ValidationError(
                _("The text holds hidden characters. Clear the field and type it instead of pasting."),
                code="hidden",
            )
        text = _OVERRIDES.sub("", _LINE_END.sub("\n", value))
        return fold_digits(text if self.multiline else " ".join(text.split()))


class IdentifierField(LeftToRight, forms.CharField):
    """Reads with a function of `core.identifiers`; its sentence is the field's error."""

    def read(self, text: str) -> str:
        return text

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text in self.empty_values:
            return text
        try:
            return self.read(text)
        except identifiers.IdentifierError as error:
            raise ValidationError(str(error), code=error.code) from None


class NationalIdField(IdentifierField):
    """Ten digits (`identifiers.national_id`)."""

    default_error_messages = {"required": _("Type the ID, ten digits beginning with 1 or 2.")}

    def read(self, text: str) -> str:
        return identifiers.national_id(text)


class MobileField(IdentifierField):
    """+9665xxxxxxxx (`identifiers.mobile`)."""

    inputmode = "tel"
    default_error_messages = {"required": _("Type the mobile, ten digits beginning with 05.")}

    def read(self, text: str) -> str:
        return identifiers.mobile(text)


class IbanField(IdentifierField):
    """A compact Saudi IBAN (`identifiers.iban`)."""

    inputmode = "text"
    default_error_messages = {"required": _("Type the IBAN, which begins with SA.")}

    def read(self, text: str) -> str:
        return identifiers.iban(text)


class NameField(Folded, forms.CharField):
    """A person's name: Arabic or Latin letters, spaces, hyphen, apostrophe; two letters at least.

    Presentation forms (text copied out of a PDF) become ordinary letters; the spelling stays as typed.
    """

    default_error_messages = {
        "required": _("Write the name in letters."),
        "max_length": _("The name is %(show_value)s characters long. Shorten it to %(limit_value)s at most."),
    }

    def __init__(self, *, max_length: int = 60, **kwargs: Any):
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        name = " ".join(unicodedata.normalize("NFKC", super().to_python(value)).split())
        if name in self.empty_values:
            return ""
        if not all(map(_in_a_name, name)):
            raise ValidationError(
                _("A name is letters and spaces only. Take out the digits and signs."), code="characters"
            )
        if sum(character.isalpha() for character in name) < 2:
            raise ValidationError(_("Type the whole name, two letters at least."), code="short")
        return name


class DualDateField(LeftToRight):
    """A date typed in either calendar → TypedDate, or None when empty. `past_only` admits today and before.

    The input carries `data-dual-date`, by which a script shows the other calendar beside it.
    """

    longest = hijri.LONGEST
    # Phones' number pads have no slash, and a month may be typed by its name.
    inputmode = "text"
    widget = forms.TextInput
    default_error_messages = {"required": _("Type the date, Hijri or Gregorian.")}

    def __init__(self, *, past_only: bool = False, **kwargs: Any):
        self.past_only = past_only
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"data-dual-date": ""}

    def fold(self, value: str) -> str:
        return value  # `hijri.parse` folds, and keeps the typing

    def to_python(self, value: Any) -> hijri.TypedDate | None:
        if value in self.empty_values or isinstance(value, hijri.TypedDate):
            return value or None
        if isinstance(value, date):
            return hijri.from_gregorian(value)
        if not value.strip():
            return None
        try:
            return hijri.parse(value)
        except hijri.DateError as error:
            raise ValidationError(str(error), code=error.code) from None

    def validate(self, value: hijri.TypedDate | None) -> None:
        super().validate(value)
        if value and self.past_only and value.gregorian > clock.today():
            raise ValidationError(_("This date has not come yet. Type a date up to today."), code="future")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, date):
            value = hijri.from_gregorian(value)
        return value.typed if isinstance(value, hijri.TypedDate) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            before, after = self.to_python(initial), self.to_python(data)
        except ValidationError:
            return True
        if not before or not after:
            return before is not after
        # A column holds no calendar, so only what was typed before can differ in it.
        calendar_matters = isinstance(initial, hijri.TypedDate)
        return before.gregorian != after.gregorian or (calendar_matters and before.calendar != after.calendar)


_TIME = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?\s*(ص|صباحا|م|مساء|عصرا|ظهرا|am|pm)?", re.IGNORECASE)


class TimeOfDayField(Folded, forms.CharField):
    """An hour of the day in any script's digits → datetime.time: «16:30», «1.30 م», «14»."""

    widget = forms.TextInput(attrs={"dir": "ltr"})
    default_error_messages = {
        "required": _("Type the time."),
        "invalid": _("Type the time as hours and minutes, for example 10:30."),
    }

    def to_python(self, value: Any) -> time | None:  # type: ignore[override]
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        found = _TIME.fullmatch(super().to_python(value).replace("ً", ""))
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        hour, minute, part = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if part and hour > 12:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if part:
            hour = hour % 12 + (0 if part[0] in "صa" else 12)
        return time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class FoldedIntegerField(LeftToRight, forms.IntegerField):
    """A whole number in any script's digits, from `min_value` to `max_value` (else what the column holds)."""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Type the number in digits."),
        "invalid": _("Type a whole number in digits only."),
        "min_value": _("The number is %(limit_value)s at least."),
        "max_value": _("The number is %(limit_value)s at most."),
    }

    def __init__(self, *, min_value: int = -LARGEST_INTEGER, max_value: int = LARGEST_INTEGER, **kwargs: Any):
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        # int() would also take 1_000, and a thousand digits.
        if isinstance(value, str) and not re.fullmatch(r"([+-]?[0-9]{1,12})?", self.fold(value)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class MoneyField(LeftToRight, forms.DecimalField):
    """Riyals and halalas → Decimal of two places, zero or more. «١٬٥٠٠٫٥٠», «1,500.5», «1 500» are read;
    «1,50» and «1.500», which could be either, are not."""

    inputmode = "decimal"
    longest = 40
    widget = forms.TextInput
    default_error_messages = {
        "required": _("Type the amount in riyals, in digits."),
        "max_digits": _("The amount is too large. Count its digits again."),
        "max_whole_digits": _("The amount is too large. Count its digits again."),
        "invalid": _("Type the amount in digits, with a point before the halalas, for example 1500.50."),
        "min_value": _("The amount is %(limit_value)s riyals at least."),
        "max_value": _("The amount is %(limit_value)s riyals at most."),
    }

    def __init__(self, *, min_value: Decimal | int = 0, **kwargs: Any):
        super().__init__(min_value=min_value, max_digits=12, decimal_places=2, **kwargs)

    def fold(self, value: str) -> str:
        text = super().fold(value)
        if not text:
            return text
        if not _MONEY.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return re.sub("[,٬ ]", "", text).replace("٫", ".")

    def to_python(self, value: Any) -> Any:
        amount = super().to_python(value)
        if amount is None or abs(amount) >= 10**10:
            return amount  # too large: max_digits refuses it
        return amount.quantize(Decimal("0.01"))


class Choice(forms.ChoiceField):
    """One of a few; its errors never repeat what was sent."""

    default_error_messages = {
        "required": _("Choose one of these."),
        "invalid_choice": _("Choose from the list."),
    }


class Choices(forms.MultipleChoiceField):
    """Several of a few; its errors never repeat what was sent."""

    default_error_messages = {
        "required": _("Choose at least one of these."),
        "invalid_choice": _("Choose from the list."),
        "invalid_list": _("Choose from the list."),
    }


class UploadField(forms.FileField):
    """A file as it came; `core.uploads` cleans it."""

    default_error_messages = {
        "required": _("Attach the file."),
        "empty": _("The file is empty. Take the picture again, or choose another file."),
        "missing": _("The file did not arrive. Attach it again."),
    }


class ManyFilesInput(forms.FileInput):
    """Our file control, taking several files at once; a script makes phone photographs smaller before they leave."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None):
        accept = {"accept": "image/jpeg,image/png,application/pdf", "multiple": True, "data-shrink": ""}
        super().__init__(accept | (attrs or {}))


class ManyUploadsField(UploadField):
    """Several files, in the order they were chosen → a list, empty where none came; `most` at once."""

    widget = ManyFilesInput

    def __init__(self, *, most: int, **kwargs: Any):
        self.most = most
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = [each for each in data or [] if each]
        if len(sent) > self.most:
            sentence = _("%(sent)s files came at once. Send %(most)s at most, then add the rest.")
            raise ValidationError(sentence % {"sent": len(sent), "most": self.most}, code="many")
        if not sent:
            super().clean(None, initial)  # the field's own word on a needed file
        return [super(ManyUploadsField, self).clean(each) for each in sent]


def refuse_longer(value: str, longest: int) -> None:
    """ValidationError when the text is longer than any honest one, before a character of it is looked at."""
    if len(value) > longest:
        raise ValidationError(_("The text is too long. Shorten it."), code="max_length")


def _in_a_name(character: str) -> bool:
    if character in " -'’‘ʼ":
        return True
    script = unicodedata.name(character, "").split(" ")[0]
    category = unicodedata.category(character)
    return category[0] in "LM" and script in ("ARABIC", "LATIN", "COMBINING")
