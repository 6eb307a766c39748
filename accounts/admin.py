from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models import Branch, User
from accounts.roles import Role

admin.site.unregister(Group)
admin.site.site_header = _("Portal administration")
admin.site.site_title = _("Portal administration")
admin.site.index_title = _("Policies, users and lists")


class RolesForm(forms.ModelForm):
    roles = forms.MultipleChoiceField(
        label=_("roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


@admin.register(User)
class StaffAdmin(UserAdmin):
    form = RolesForm
    list_display = ["name", "username", "branch", "is_active"]
    list_filter = ["branch", "is_active"]
    search_fields = ["name", "username"]
    ordering = ["name"]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email"]}),
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


@admin.register(Branch)
class BranchAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "is_head_office"]
