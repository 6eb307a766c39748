from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models import Area, Branch, User
from accounts.roles import Role
from core import audit
from core.fields import FoldedCharField, MobileField

admin.site.unregister(Group)
admin.site.site_header = _("Portal administration")
admin.site.site_title = _("Portal administration")
admin.site.index_title = _("Policies, users and lists")


class RolesForm(UserChangeForm):
    """Django's own form, which shows of a password only that there is one."""

    roles = forms.MultipleChoiceField(
        label=_("roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    mobile = MobileField(label=_("mobile"), required=False, help_text=User._meta.get_field("mobile").help_text)


@admin.register(User)
class StaffAdmin(UserAdmin):
    form = RolesForm
    list_display = ["name", "username", "branch", "is_active"]
    list_filter = ["branch", "is_active"]
    search_fields = ["name", "username"]
    ordering = ["name"]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "mobile", "email"]}),
        (_("Work"), {"fields": ["branch", "roles", "is_active", "is_staff"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["username", "name", "usable_password", "password1", "password2"],
            },
        )
    ]

    def get_readonly_fields(self, request, obj=None):
        """Nobody gives themselves a role, or another branch: a colleague does."""
        own = obj is not None and obj == request.user and not request.user.is_superuser
        return ["branch", "roles", "is_active", "is_staff"] if own else []

    def has_change_permission(self, request, obj=None):
        """The account that may do everything is changed by its like alone: a new password would open it."""
        allowed = obj is None or not obj.is_superuser or request.user.is_superuser
        return super().has_change_permission(request, obj) and allowed

    def has_delete_permission(self, request, obj=None):
        """An account is closed, never deleted: the record names it."""
        return False

    def log_addition(self, request, obj, message):
        audit.record("account_opened", obj, by=request.user, changes=rights(obj))
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        """A new password comes by here too."""
        audit.record("account_changed", obj, by=request.user, changes=rights(obj))
        return super().log_change(request, obj, message)


def rights(user: User) -> dict[str, Any]:
    """What the account may do from now on, for the record."""
    return {
        "roles": user.roles,
        "branch": str(user.branch or ""),
        "is_active": user.is_active,
        "is_staff": user.is_staff,
    }


@admin.register(Branch)
class BranchAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "is_head_office"]

    def has_delete_permission(self, request, obj=None):
        """Django would list, by name, the people whose files stand in the way."""
        return False


class AreaForm(forms.ModelForm):
    """One area of one researcher; a district lies in a branch, with or without its city."""

    class Meta:
        model = Area
        fields = ["researcher", "branch", "city", "district"]
        field_classes = {"city": FoldedCharField, "district": FoldedCharField}


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    """A case referred to research goes to whoever's area lies closest round the person's home."""

    form = AreaForm
    list_display = ["researcher", "branch", "city", "district"]
    list_filter = ["branch"]
    list_select_related = ["researcher", "branch"]
    search_fields = ["researcher__name", "city", "district"]
    ordering = ["branch", "city", "district"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "researcher":
            kwargs["queryset"] = User.objects.holding(Role.RESEARCHER).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def log_addition(self, request, obj, message):
        audit.record("area_given", obj.researcher, by=request.user, changes={"area": [None, str(obj)]})
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        audit.record("area_changed", obj.researcher, by=request.user, changes={"area": str(obj)})
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for area in queryset:
            audit.record("area_taken", area.researcher, by=request.user, changes={"area": [str(area), None]})
        return super().log_deletions(request, queryset)
