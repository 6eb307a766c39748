from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models import Branch, User
from accounts.roles import Role
from core import audit
from core.fields import MobileField

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
