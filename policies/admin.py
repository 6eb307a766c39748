"""The policy and the lists it needs, for the policy editor (`accounts.backends` says who). No case is registered."""

from typing import Any

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.forms import Textarea
from django.http import HttpRequest

from policies.models import Association, Category, PolicyVersion, RequiredPaper, Service, VersionState

A_LINE_EACH: dict[Any, Any] = {ArrayField: {"delimiter": "\n", "widget": Textarea(attrs={"rows": 4})}}


@admin.register(Association)
class AssociationAdmin(admin.ModelAdmin):
    """The one association: it is changed, never added beside another and never removed."""

    list_display = ["name", "licence_no", "phone"]
    formfield_overrides = A_LINE_EACH

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return super().has_add_permission(request) and not Association.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


@admin.register(PolicyVersion)
class PolicyVersionAdmin(admin.ModelAdmin):
    """A draft is written; what was published can only be read. Nobody publishes by editing a field."""

    list_display = ["title", "label", "state", "published_at"]
    list_filter = ["state"]
    readonly_fields = ["state", "published_at"]
    formfield_overrides = A_LINE_EACH

    def has_change_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        return super().has_change_permission(request, obj) and is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and is_draft(obj)


def is_draft(version: PolicyVersion | None) -> bool:
    return version is None or version.state == VersionState.DRAFT


class RequiredPaperInline(admin.TabularInline):
    model = RequiredPaper
    extra = 0


@admin.register(Service)
class ServiceAdmin(admin.ModelAdmin):
    list_display = ["label", "kind", "is_active", "position"]
    list_filter = ["is_active"]
    inlines = [RequiredPaperInline]
    formfield_overrides = A_LINE_EACH

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """It is taken out of use; Django would list the requests that stand in the way of deleting it."""
        return False


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["label", "code", "position"]
