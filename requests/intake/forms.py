"""Registration at the counter, on one page: fifteen questions at most, and the declaration beside them."""

import base64
import binascii
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from accounts.models import User
from beneficiaries.models import Person, Representative, Sex
from channels.codes.forms import CodeField
from channels.models import OneTimeCode
from core import fields, identifiers
from core.arabic import fold_digits
from core.fields import DualDateField, FoldedCharField, FoldedIntegerField, MobileField, NameField, NationalIdField
from core.hijri import TypedDate, format_gregorian, format_hijri
from policies.models import Category, PolicyVersion, Service
from requests.declaration.actions import number_on_file
from requests.declaration.rules import speaking_for
from requests.intake import search
from requests.intake.actions import Submission
from requests.models import Declaration, IncomeBand, SupportRequest

LETTERS = "letters"
USUAL_CHANNEL = "interview"
LONGEST_DRAWING = 400_000  # characters of base64: a signature is a few thousand
PEOPLE = (
    "first_name father_name grandfather_name family_name sex nationality mobile birth household_size "
    "member_no member_standing"
).split()
NOT_IN_A_DRAFT = ("signature_drawn", "signature_scan", "informed", "code")
EMPTY: list[tuple[str, Any]] = [("", "—")]
SIGNED = [
    (Declaration.Signed.PAPER, gettext_lazy("on paper, signed in front of me")),
    (Declaration.Signed.DRAWN, gettext_lazy("on the screen")),
    (Declaration.Signed.CODE, gettext_lazy("by a code sent to the mobile")),
]
OF_SIGNING = "signed signature_drawn signature_scan code signed_by witness".split()


def label(name: str) -> Any:
    return getattr(Person, name).field.verbose_name


@dataclass(frozen=True)
class Desk:
    """What the form offers: the policy in force, the services with their papers, the categories."""

    policy: PolicyVersion
    services: list[Service]
    categories: list[Category]

    @classmethod
    def open(cls) -> "Desk":
        """As the policy in force says; the counter's door has seen that there is one (`views.takes_requests`)."""
        policy = cast(PolicyVersion, PolicyVersion.in_force())
        services = Service.objects.filter(is_active=True).prefetch_related("papers")
        categories = Category.objects.filter(is_sensitive=False) if policy.asks_household else []
        return cls(policy, list(services), list(categories))

    @property
    def usual_channel(self) -> str:
        offered = list(self.policy.channel_labels)
        return USUAL_CHANNEL if USUAL_CHANNEL in offered else (offered or [""])[0]


class Choice(forms.TypedChoiceField, fields.Choice):
    """A list to choose from, whose choice is an object."""


class IntakeForm(forms.Form):
    use_required_attribute = False

    first_name = NameField(label=label("first_name"))
    father_name = NameField(label=label("father_name"))
    grandfather_name = NameField(label=label("grandfather_name"), required=False)
    family_name = NameField(label=label("family_name"))
    national_id = NationalIdField(label=label("national_id"))
    birth = DualDateField(label=label("birth_date"), past_only=True)
    sex = Choice(label=label("sex"), choices=EMPTY + Sex.choices)
    nationality = NameField(
        label=label("nationality"), initial="السعودية", error_messages={"required": _("Write the nationality.")}
    )
    mobile = MobileField(label=label("mobile"))
    channel = Choice(
        label=gettext_lazy("How the request came"),
        error_messages={"invalid_choice": gettext_lazy("The association's policy does not offer this channel.")},
    )
    household_size = FoldedIntegerField(label=label("household_size"), min_value=1, max_value=60)
    income_band = Choice(label=gettext_lazy("Monthly income, riyals"), choices=EMPTY + IncomeBand.choices)
    category = Choice(label=gettext_lazy("category"), required=False)
    member_no = FoldedCharField(label=label("member_no"), max_length=20, required=False)
    member_standing = FoldedCharField(label=label("member_standing"), max_length=40, required=False)
    service = Choice(label=gettext_lazy("Service"))
    need = FoldedCharField(
        label=gettext_lazy("The need, in the person's words"),
        multiline=True,
        max_length=2000,
        help_text=gettext_lazy("Shift and Enter begin a new line; Enter alone registers."),
    )
    informed = forms.BooleanField(label=gettext_lazy("I read it to the person"), required=False)
    signed = Choice(
        label=gettext_lazy("Signature"),
        choices=SIGNED,
        initial=Declaration.Signed.PAPER,
        widget=forms.RadioSelect,
    )
    signature_drawn = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_DRAWING)
    signature_scan = fields.UploadField(label=gettext_lazy("Scan of the signed paper"), required=False)
    code = fields.needed(
        CodeField(label=gettext_lazy("The code, as the person reads it out")), when=gettext_lazy("six digits")
    )
    signed_by = fields.needed(
        Choice(label=gettext_lazy("Who signs")), when=gettext_lazy("the person, or who speaks for them")
    )
    witness = fields.needed(
        Choice(label=gettext_lazy("Who saw the signing")), when=gettext_lazy("you, or a colleague of the branch")
    )

    def __init__(
        self, *args: Any, desk: Desk, by: User, person: Person | None = None, sending: bool = False, **kwargs: Any
    ):
        """`sending`: the code is only being sent now, so it is not asked for yet."""
        super().__init__(*args, **kwargs)
        self.desk, self.by, self.person, self.sending = desk, by, person, sending
        self.found_code: OneTimeCode | None = None  # set by the view, where what was read out is the code sent
        self.speakers = speaking_for(person) if person and desk.policy.requires_signature else []
        self.offer(desk)
        self.offer_hands()
        self.leave_out(unasked(desk.policy, person))
        if desk.policy.requires_signature:
            self.fields["informed"].label = _("I read the card and the declaration to the person")
        if not self.speakers:
            self.fields.pop("signed_by", None)
        if person:
            self.ask_only_what_is_unknown()
        self.fields["need"].widget.attrs |= {"rows": 3, "data-enter-submits": ""}
        if scan := self.fields.get("signature_scan"):
            scan.widget.attrs["accept"] = "image/jpeg,image/png,application/pdf"

    def offer(self, desk: Desk) -> None:
        services = {str(service.pk): service for service in desk.services}
        self.choose("service", EMPTY + [(pk, each.label) for pk, each in services.items()]).coerce = services.get
        self.choose("channel", list(desk.policy.channel_labels.items())).initial = desk.usual_channel
        categories = {each.code: each for each in desk.categories}
        self.choose(
            "category", EMPTY + [(code, each.label) for code, each in categories.items()]
        ).coerce = categories.get

    def offer_hands(self) -> None:
        """Who signs: the person, or who speaks for them. Who saw it: who registers, or a colleague of the branch."""
        speakers = {str(each.pk): each for each in self.speakers}
        names = [(pk, f"{each.name} ({each.get_kind_display()})") for pk, each in speakers.items()]
        self.choose("signed_by", [("", self.desk.policy.term("masc_def")), *names]).coerce = speakers.get
        branch = self.by.branch_id
        colleagues = User.objects.filter(is_active=True, branch=branch).exclude(pk=self.by.pk) if branch else []
        seen_by = {str(each.pk): each for each in colleagues}
        witnesses = sorted((each.name, pk) for pk, each in seen_by.items())
        self.choose("witness", [("", self.by.name), *((pk, name) for name, pk in witnesses)]).coerce = seen_by.get

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> Choice:
        field = cast(Choice, self.fields[name])
        field.choices = choices
        return field

    def leave_out(self, names: Iterable[str]) -> None:
        for name in names:
            del self.fields[name]

    def ask_only_what_is_unknown(self) -> None:
        """A returning person says the need, chooses a service and hears the card; the rest may stay empty."""
        for name in ("birth", "household_size", "income_band"):
            if name in self.fields:
                self.fields[name].required = False

    def focus(self, name: str) -> None:
        if name in self.fields:
            self.fields[name].widget.attrs["data-focus"] = ""

    def echo(self, name: str) -> dict[str, Any]:
        """What the server makes of one field as typed, shown under it: the other calendar, a valid ID."""
        if name not in self.fields:
            return {}
        raw = self[name].value()
        if not raw:
            return {}
        try:
            value = self.fields[name].clean(raw)
        except ValidationError as error:
            return {"text": " ".join(error.messages), "wrong": True}
        return {"text": ECHOES[name](value), "wrong": False} if value else {}

    def clean_national_id(self) -> str:
        value = self.cleaned_data["national_id"]
        if sentence := search.has_a_file(value, by=self.by):
            raise ValidationError(sentence, code="taken")
        return value

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not data.get("informed") and data.get("channel") != LETTERS:
            self.add_error("informed", self.unread)
        if data.get("signed") == Declaration.Signed.DRAWN:
            self.read_drawing(data)
        if not self.by_code:
            self.errors.pop("code", None)  # what stands there of a code that was given up is nothing
        elif not self.sending and not data.get("code") and "code" not in self.errors:
            self.add_error("code", _("Send the code to the mobile, then type what the person reads out."))
        return data

    @property
    def unread(self) -> str:
        if self.desk.policy.requires_signature:
            return _("Read the card and the declaration to the applicant, then tick.")
        return _("Read the card to the applicant, then tick.")

    @property
    def by_code(self) -> bool:
        return self.cleaned_data.get("signed") == Declaration.Signed.CODE

    @property
    def representative(self) -> Representative | None:
        """Who signs for the person; None when they sign themselves."""
        return self.cleaned_data.get("signed_by") or None

    @property
    def number_to_sign(self) -> str:
        """The number on file of whoever signs, to which alone a code goes."""
        return number_on_file(self.person, self.cleaned_data.get("mobile", ""), self.representative)

    def read_drawing(self, data: dict[str, Any]) -> None:
        try:
            data["drawing"] = drawing(data.get("signature_drawn", ""))
        except ValueError:
            self.add_error("signed", _("The applicant has not signed yet. Let them sign in the box, or choose paper."))

    def registration(self) -> dict[str, Any]:
        """The clean form as the verb `register` takes it."""
        data = self.cleaned_data
        drawn = data.get("signed") == Declaration.Signed.DRAWN
        return {
            "national_id": data.get("national_id", ""),
            "facts": {name: data[name] for name in PEOPLE if name in data},
            "category": data.get("category") or None,
            "submission": Submission(
                service=data["service"],
                channel=data["channel"],
                need=data["need"],
                household_size=data.get("household_size"),
                income_band=data.get("income_band", ""),
                informed=data["informed"],
                signed=data.get("signed", ""),
                code=self.found_code,
                witness=data.get("witness") or None,
                representative=self.representative,
            ),
            "signature": data["drawing"] if drawn else None if self.by_code else data.get("signature_scan"),
        }


ECHOES = {
    "birth": lambda value: _("Corresponding to %(date)s") % {"date": other_calendar(value)},
    "national_id": lambda value: (
        _("A valid number: a citizen") if identifiers.id_kind(value) == "citizen" else _("A valid number: a resident")
    ),
}


def other_calendar(typed: TypedDate) -> str:
    if typed.calendar == "hijri" or typed.hijri is None:
        return format_gregorian(typed.gregorian)
    return format_hijri(typed.gregorian)


def unasked(policy: PolicyVersion, person: Person | None) -> list[str]:
    """The fields this policy, or this person, makes needless."""
    names = [] if person is None else ["national_id"]
    if not policy.asks_household:
        names += ["household_size", "income_band", "category"]
    if not policy.has_membership:
        names += ["member_no", "member_standing"]
    if not policy.requires_signature:
        names += OF_SIGNING
    return names


def drawing(data_url: str) -> io.BytesIO:
    """The PNG of a drawn signature. ValueError when it is none, or nothing was drawn."""
    head, _comma, body = data_url.partition(",")
    if head != "data:image/png;base64":
        raise ValueError
    try:
        content = base64.b64decode(body, validate=True)
        picture = Image.open(io.BytesIO(content), formats=["PNG"])
        small = picture.width * picture.height <= 4_000_000
        extrema = cast(list[tuple[int, int]], picture.convert("RGBA").getextrema()) if small else []
    except (binascii.Error, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError from error
    if all(lowest == highest for lowest, highest in extrema):
        raise ValueError
    return io.BytesIO(content)


def known(person: Person, last: SupportRequest | None) -> dict[str, Any]:
    """What is known of a returning person, as the form is prefilled with it (clause DO-1: nothing asked twice)."""
    names = [name for name in PEOPLE if name not in ("birth", "mobile")]
    return {
        **{name: getattr(person, name) for name in names},
        "birth": fold_digits(person.birth_date_typed) or person.birth_date,
        "mobile": person.mobile.replace("+966", "0"),
        "category": next((row.category.code for row in person.categories.all() if row.is_primary), ""),
        "income_band": last.income_band if last else "",
        "service": last.service_id if last else "",
    }
