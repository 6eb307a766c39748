"""The forms around the photographs of a visit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import FoldedCharField, ManyFilesInput, ManyUploadsField, label_of
from requests.models import PhotoConsent, StudyPhoto
from requests.study.rules import MOST_PHOTOS


class ConsentForm(forms.Form):
    use_required_attribute = False

    given_by = FoldedCharField(
        label=label_of(PhotoConsent, "given_by"),
        max_length=120,
        help_text=_("Whoever answers for the home. Tell them who will see the photographs, and that they may refuse."),
    )


class PhotosForm(forms.Form):
    use_required_attribute = False

    photographs = ManyUploadsField(
        label=_("Photographs"),
        most=MOST_PHOTOS,
        widget=ManyFilesInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=_("Of the home and of things, not of faces. Place and camera are taken out of them."),
    )
    caption = FoldedCharField(label=label_of(StudyPhoto, "caption"), max_length=120, required=False)
