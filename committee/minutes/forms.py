"""What is typed into minutes: the secretary's words, a signature, a scanned paper, an addendum."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.minutes import rules
from committee.minutes.actions import Reservation
from committee.minutes.sight import Sight
from committee.models import Addendum, AgendaItem, Minutes
from core.arabic import fold_digits
from core.fields import Choice, FoldedCharField, UploadField, needed
from core.printing import refuse_undrawn
from requests.intake.forms import LONGEST_DRAWING, drawing

LONGEST = 4000
LONGEST_RESERVATION = 600
SIGNATURE_FILES = {"accept": "image/jpeg,image/png"}


class WordsForm(forms.Form):
    """The secretary's own part. It names nobody and no request: a row has a number."""

    discussion = FoldedCharField(
        label=_("What was discussed"),
        help_text=_("In general. What belongs to one case stands in its row; name nobody who is served."),
        multiline=True,
        max_length=LONGEST,
        validators=[refuse_undrawn],
        required=False,
    )
    recommendations = FoldedCharField(
        label=_("Recommendations of the committee"),
        help_text=_("To the management, on no single case. The manager reads them."),
        multiline=True,
        max_length=LONGEST,
        validators=[refuse_undrawn],
        required=False,
    )

    def __init__(self, data: Any = None, *, minutes: Minutes, sight: Sight):
        initial = {"discussion": minutes.discussion or "", "recommendations": minutes.recommendations or ""}
        super().__init__(data, initial=initial)
        self.meeting, self.sight = minutes.meeting, sight

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("discussion", "recommendations"):
            if sentence := rules.names_somebody(cleaned.get(name, ""), self.meeting, self.sight):
                self.add_error(name, sentence)
        return cleaned


class AboutCase(forms.Form):
    """A form that may speak of one case of the meeting, out of those its writer reads."""

    about = Choice(label=_("About"), required=False)

    def __init__(self, *args: Any, minutes: Minutes, sight: Sight, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.minutes, self.sight = minutes, sight
        open_rows = [row["position"] for row in minutes.data["cases"] if sight.reads(row["position"])]
        rows = [(str(position), _("row %(row)s") % {"row": position}) for position in open_rows]
        self.fields["about"].choices = [("", _("the minutes as a whole")), *rows]  # type: ignore[attr-defined]

    @property
    def item(self) -> AgendaItem | None:
        position = self.cleaned_data.get("about")
        return self.minutes.meeting.items.filter(position=position).first() if position else None

    def refuse_names(self, field: str) -> None:
        if sentence := rules.names_somebody(self.cleaned_data.get(field, ""), self.minutes.meeting, self.sight):
            self.add_error(field, sentence)


class Reserving(AboutCase):
    """One's word on minutes that one has seen: as they stand, or with a reservation."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words = needed(
        FoldedCharField(
            label=_("Your reservation, in words"),
            multiline=True,
            max_length=LONGEST_RESERVATION,
            validators=[refuse_undrawn],
        ),
        when=_("with a reservation"),
    )

    def clean(self) -> dict[str, Any]:
        """Words and choice agree: what somebody wrote is neither asked for twice nor dropped unread."""
        cleaned = super().clean() or {}
        if cleaned.get("agrees") == "reserved" and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write your reservation in words."))
        if cleaned.get("agrees") == "yes" and cleaned.get("words"):
            self.add_error("agrees", _("You wrote a reservation: choose it here, or empty what you wrote."))
        self.refuse_names("words")
        return cleaned

    @property
    def reservation(self) -> Reservation:
        if self.cleaned_data["agrees"] != "reserved":
            return Reservation()
        return Reservation(words=self.cleaned_data["words"], item=self.item)


class SignForm(Reserving):
    """One's own signature, drawn or as a picture; with a reservation where one does not agree."""

    how = Choice(
        label=_("How you sign"),
        choices=[("drawn", _("I draw it here")), ("picture", _("I attach a picture of it"))],
        widget=forms.RadioSelect,
        initial="picture",
    )
    drawn = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_DRAWING)
    picture = needed(
        UploadField(label=_("A picture of your signature"), widget=forms.FileInput(attrs=SIGNATURE_FILES)),
        when=_("when you do not draw it"),
    )
    agrees = Choice(
        label=_("What you sign"),
        choices=[("yes", _("I sign")), ("reserved", _("I sign with a reservation"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    field_order = ["seen", "agrees", "about", "words", "how", "drawn", "picture"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("how") == "drawn":
            try:
                cleaned["drawing"] = drawing(cleaned.get("drawn", ""))
            except ValueError:
                self.add_error("how", _("Nothing is drawn yet. Sign in the box, or attach a picture."))
        elif not cleaned.get("picture") and "picture" not in self.errors:
            self.add_error("picture", _("Attach the file."))
        return cleaned

    @property
    def file(self) -> Any:
        return self.cleaned_data["drawing"] if self.cleaned_data["how"] == "drawn" else self.cleaned_data["picture"]


class AnswerForm(Reserving):
    """Of a signature that another took down from paper: it is mine, or with my own words."""

    agrees = Choice(
        label=_("Your answer"),
        choices=[("yes", _("I signed it on paper, as it stands")), ("reserved", _("I do not agree, and write why"))],
        widget=forms.RadioSelect,
    )
    field_order = ["seen", "agrees", "about", "words"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, auto_id="answer_%s", **kwargs)


class HashField(forms.CharField):
    """Letters and digits of a hash as read off a paper, with whatever stands between the groups."""

    def to_python(self, value: Any) -> str:
        return re.sub(r"[\s‐–—−-]", "", fold_digits(super().to_python(value) or "")).lower()


class ScanForm(forms.Form):
    """The paper that was signed, who signed on it, and the beginning of the hash it bears."""

    scan = UploadField(
        label=_("Scan of the signed paper"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )
    printed = HashField(
        label=_("The first two groups of the fingerprint printed on it"),
        help_text=_("Eight letters and digits. They show that this very text was signed."),
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, minutes: Minutes, sight: Sight, addendum: Addendum | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.minutes, self.sight = minutes, sight
        left = set(rules.unsigned(minutes, addendum))
        self.people = [row for row in minutes.data["signers"] if row["user"] in left]
        for row in self.people:
            self.fields[f"signed-{row['user']}"] = forms.BooleanField(
                label=f"{row['name']} ({row['seat']})", required=False
            )
            self.fields[f"words-{row['user']}"] = FoldedCharField(
                label=_("What %(name)s reserved, if anything") % {"name": row["name"]},
                max_length=LONGEST_RESERVATION,
                required=False,
                validators=[refuse_undrawn],
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"signed-{row['user']}"], self[f"words-{row['user']}"]) for row in self.people]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in self.people:
            name = f"words-{row['user']}"
            if sentence := rules.names_somebody(cleaned.get(name, ""), self.minutes.meeting, self.sight):
                self.add_error(name, sentence)
        return cleaned

    @property
    def signed(self) -> dict[int, Reservation]:
        users = [row["user"] for row in self.people if self.cleaned_data.get(f"signed-{row['user']}")]
        return {user: Reservation(words=self.cleaned_data.get(f"words-{user}", "")) for user in users}


class AddendumForm(AboutCase):
    text = FoldedCharField(
        label=_("Text of the addendum"),
        help_text=_("What is corrected, and how it should read. It does not change once it is written."),
        multiline=True,
        max_length=LONGEST,
        validators=[refuse_undrawn],
    )
    field_order = ["about", "text"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.refuse_names("text")
        return cleaned
