"""The seats of the committee. Cases, meetings and votes are not edited here."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committee.models import Reason, Seat
from committee.seats import actions


class SeatForm(forms.ModelForm):
    """One person sits in one seat at a time: two would count twice in the quorum."""

    def clean(self):
        cleaned = super().clean()
        user = cleaned.get("user") or self.instance.user_id
        starts_on = cleaned.get("starts_on") or self.instance.starts_on
        if not (user and starts_on):
            return cleaned
        body = cleaned.get("body") or self.instance.body
        terms = Seat.objects.filter(user=user, body=body).exclude(pk=self.instance.pk)
        terms = terms.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
        if ends_on := cleaned.get("ends_on"):
            terms = terms.filter(starts_on__lte=ends_on)
        if terms.exists():
            raise forms.ValidationError(_("This person has a seat in that period; end its term first."))
        return cleaned


@admin.register(Seat)
class SeatAdmin(admin.ModelAdmin):
    form = SeatForm
    fields = ["user", "body", "role", "starts_on", "ends_on"]
    list_display = ["user", "body", "role", "starts_on", "ends_on"]
    list_filter = ["body", "role"]
    list_select_related = ["user"]
    ordering = ["body", "role", "starts_on"]

    def get_readonly_fields(self, request, obj=None):
        """Whoever sat in a seat stays in the record; afterwards only the end of the term is set."""
        return ["user", "body", "role", "starts_on"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if change:
            actions.end_term(obj, by=request.user, ends_on=form.cleaned_data["ends_on"])
            return
        made = actions.appoint(by=request.user, **form.cleaned_data)
        obj.pk = made.pk


@admin.register(Reason)
class ReasonAdmin(admin.ModelAdmin):
    """The reasons a committee chooses from, in the words the person will read."""

    list_display = ["label", "outcome", "is_active", "position"]
    list_filter = ["outcome", "is_active"]
    ordering = ["outcome", "position"]
