"""The table of bands in Django's admin, for the policy editor."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.fields import MoneyField, label_of
from core.templatetags.ui import money
from policies.bands import actions, rules
from policies.bands.models import NeedBand


class BandForm(forms.ModelForm):
    up_to = MoneyField(
        label=label_of(NeedBand, "up_to"), required=False, help_text=NeedBand._meta.get_field("up_to").help_text
    )

    class Meta:
        model = NeedBand
        fields = ["label", "up_to"]

    def clean_up_to(self) -> Any:
        bound = self.cleaned_data["up_to"]
        others = list(NeedBand.objects.exclude(pk=self.instance.pk))
        last = next((other for other in others if other.up_to is None), None)
        sentence = rules.bound_taken(bound, others) or rules.lacks_the_last(bound, last=last, band=self.instance)
        if sentence:
            raise forms.ValidationError(sentence)
        return bound


@admin.register(NeedBand)
class NeedBandAdmin(admin.ModelAdmin):
    """Each band says where it ends; where it begins follows from the one below, so there is no hole between them."""

    form = BandForm
    list_display = ["label", "reach", "whose"]
    list_display_links = ["label"]
    actions = None

    @admin.display(description=gettext_lazy("riyals a month for each person"))
    def reach(self, band: NeedBand) -> str:
        below = NeedBand.objects.exclude(up_to=None).order_by("up_to")
        if band.up_to is None:
            last = below.last()
            return _("above %(from)s") % {"from": money(last.up_to)} if last else _("every income")
        before = below.filter(up_to__lt=band.up_to).last()
        if before is None:
            return _("up to %(to)s") % {"to": money(band.up_to)}
        return _("above %(from)s, up to %(to)s") % {"from": money(before.up_to), "to": money(band.up_to)}

    @admin.display(description=gettext_lazy("standing"))
    def whose(self, band: NeedBand) -> str:
        return _("an example; the association sets its own") if band.is_example else _("set by the association")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if request.method == "GET" and NeedBand.objects.filter(is_example=True).exists():
            messages.info(request, _("This table is an example. From your first change it is the association's own."))
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: NeedBand, form: Any, change: bool) -> None:
        actions.save_band(obj, by=cast(User, request.user))

    def delete_model(self, request: HttpRequest, obj: NeedBand) -> None:
        actions.remove_band(obj, by=cast(User, request.user))

    def has_delete_permission(self, request: HttpRequest, obj: NeedBand | None = None) -> bool:
        """The last band stays, for the highest incomes."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.up_to is not None)
