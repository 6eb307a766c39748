"""The forms of bringing people in and giving them out."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Branch, User
from beneficiaries.exchange.columns import NAME_PARTS, Column
from beneficiaries.exchange.rules import may_export_whole
from beneficiaries.models import PeopleImport
from core.fields import Choice, FoldedCharField, UploadField
from requests.people.access import people_of

UNMATCHED = ("", gettext_lazy("not in the workbook"))


class UploadForm(forms.Form):
    use_required_attribute = False
    branch = Choice(label=gettext_lazy("Branch"), help_text=gettext_lazy("The files belong to it."))
    workbook = UploadField(label=gettext_lazy("The workbook (xlsx)"))

    def __init__(self, *args: Any, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        branches = Branch.objects.all() if by.sees_every_branch else [by.branch] if by.branch else []
        self.fields["branch"].choices = [(str(each.pk), each.name) for each in branches]  # type: ignore[attr-defined]
        self.fields["branch"].initial = str(by.branch_id)
        self.fields["workbook"].widget.attrs["accept"] = ".xlsx"


class MatchForm(forms.Form):
    """Which of the workbook's columns is which of ours."""

    use_required_attribute = False

    def __init__(self, *args: Any, brought: PeopleImport, offered: list[Column], **kwargs: Any):
        super().__init__(*args, **kwargs)
        headings = [(str(place), name) for place, name in enumerate(brought.columns) if name]
        for column in offered:
            self.fields[column.name] = Choice(
                label=column.label,
                choices=[UNMATCHED, *headings],
                required=column.needed and column.name not in NAME_PARTS,
                initial=str(brought.mapping.get(column.name, "")),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        places = [place for place in data.values() if place]
        if len(places) != len(set(places)):
            raise forms.ValidationError(_("One column of the workbook is matched twice. Match each of them once."))
        return data

    @property
    def mapping(self) -> dict[str, int]:
        return {name: int(place) for name, place in self.cleaned_data.items() if place}


class WhyForm(forms.Form):
    use_required_attribute = False
    why = FoldedCharField(label=gettext_lazy("The reason"), min_length=5, max_length=300)


class ExportForm(forms.Form):
    use_required_attribute = False
    branch = Choice(label=gettext_lazy("Branch"), required=False)
    whole = forms.BooleanField(label=gettext_lazy("With whole names and numbers"), required=False)
    why = FoldedCharField(label=gettext_lazy("The reason"), max_length=300, required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        branches = Branch.objects.filter(pk__in=people_of(by).values("branch"))
        every = [("", gettext_lazy("All I see"))]
        self.fields["branch"].choices = every + [(str(each.pk), each.name) for each in branches]  # type: ignore[attr-defined]
        if may_export_whole(by):
            del self.fields["whole"], self.fields["why"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("whole") and len(data.get("why", "")) < 10:
            self.add_error("why", _("Write why whole names and numbers are needed; the record keeps it."))
        return data
