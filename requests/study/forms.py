"""The forms of a study's sections, in one column on a phone. They clean; they neither save nor send."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.known import Known
from core import seen
from core.fields import Choice, Choices, FoldedCharField, label_of, needed
from requests.models import Study, StudySection
from requests.study.models import Agrees

LONGEST = 4000
TEXTS = ("stated", "observed", "opinion")
HINTS = {
    "stated": _("As they said it, even if you doubt it."),
    "observed": _("Only what your own eyes saw: the home, the papers, the people."),
}


def long_text(name: str) -> FoldedCharField:
    """One of the long answers every section has."""
    return FoldedCharField(
        label=label_of(StudySection, name),
        multiline=True,
        max_length=LONGEST,
        required=False,
        help_text=HINTS.get(name, ""),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def several(label: Any, choices: list[tuple[str, Any]]) -> Choices:
    return Choices(label=label, choices=choices, widget=forms.CheckboxSelectMultiple)


def one_of(label: Any, choices: Any, **more: Any) -> Choice:
    return Choice(label=label, choices=choices, widget=forms.RadioSelect, **more)


class SectionForm(forms.Form):
    """One section. Saving asks for nothing; `done` asks for whatever is not marked optional.

    `columns` are kept in the study itself, other fields of a section's own among its answers.
    """

    use_required_attribute = False
    columns: tuple[str, ...] = ()
    texts: tuple[str, ...] = TEXTS
    known: Known  # what the file holds, read once for the page

    def __init__(
        self,
        data: Any = None,
        *,
        study: Study,
        row: StudySection,
        compares: bool = False,
        done: bool = False,
        auto_id: str = "id_%s",
    ):
        super().__init__(data, auto_id=auto_id)
        self.study, self.row, self.done = study, row, done
        self.own = list(self.base_fields)
        if compares:
            self.fields["agrees"] = one_of(_("Compared with what the file says"), Agrees.choices)
            self.fields["differs"] = needed(long_text("differs"), when=_("needed if something differs"))
        self.fields |= {name: long_text(name) for name in self.texts}
        self.now = {name: self.kept(name) for name in self.fields}
        self.initial = dict(self.now)
        for field in self.fields.values():
            field.required = field.required and (done or not self.is_bound)

    def kept(self, name: str) -> Any:
        """What stands under a field now, as the form shows it."""
        if name in self.columns:
            value = getattr(self.study, name)
        elif name in self.own:
            answers: dict[str, Any] = self.row.answers
            value = answers.get(name)
        else:
            value = getattr(self.row, name)
        return "" if value is None else value

    @property
    def mark(self) -> str:
        return seen.mark(self.now)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.own]

    @property
    def text_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.texts]

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if self.done and data.get("agrees") == Agrees.DIFFERS and not data.get("differs"):
            self.add_error("differs", _("Write what differs from the file."))
        return data

    def facts(self) -> dict[str, Any]:
        """The clean form as `save_section` takes it."""
        data = self.cleaned_data
        facts = {name: value for name, value in data.items() if name in self.columns or name not in self.own}
        answers = {name: data[name] for name in self.own if name not in self.columns}
        return facts | {
            "answers": {name: plain(value) for name, value in answers.items() if value not in ("", [], None)}
        }


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
