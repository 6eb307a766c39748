"""The policy and the lists it needs, for the policy editor (`accounts.backends` says who). No case is registered."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.forms import Textarea
from django.http import HttpRequest
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from policies.approval import views as approval
from policies.bands.admin import NeedBandAdmin
from policies.difference import views as difference
from policies.editing import views as editing
from policies.editing.frame import TONES, number
from policies.lifecycle import views as lifecycle
from policies.models import Association, Category, PolicyVersion, RequiredPaper, Service, VersionState
from policies.reviewing import views as reviewing

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


PAGES = [
    ("<int:pk>/clauses/", editing.clauses, "clauses"),
    ("<int:pk>/clauses/add/", editing.add, "clause_add"),
    ("<int:pk>/clauses/<int:clause_pk>/", editing.clause, "clause"),
    ("<int:pk>/clauses/<int:clause_pk>/move/", editing.move, "clause_move"),
    ("<int:pk>/settings/", editing.settings, "settings"),
    ("<int:pk>/approval/", approval.approval, "approval"),
    ("<int:pk>/approval/scan/", approval.scan, "scan"),
    ("<int:pk>/approve/", lifecycle.approve, "approve"),
    ("<int:pk>/reopen/", lifecycle.reopen, "reopen"),
    ("<int:pk>/review/", lifecycle.review, "review"),
    ("<int:pk>/publish/", lifecycle.publish, "publish"),
    ("<int:pk>/preview/", lifecycle.preview, "preview"),
    ("<int:pk>/readers/", lifecycle.readers, "readers"),
    ("<int:pk>/difference/", difference.difference, "difference"),
    ("import/", reviewing.upload, "import"),
    ("import/<int:draft>/", reviewing.review, "import_review"),
]
"""The pages of a version beside Django's own; every one is written by hand, none edits a field of a frozen row."""


@admin.register(PolicyVersion)
class PolicyVersionAdmin(admin.ModelAdmin):
    """A draft is written; what was published can only be read. Nobody publishes by editing a field."""

    list_display = ["title", "label", "standing", "published_at", "review_due_on"]
    list_filter = ["state"]
    ordering = ["-pk"]

    @admin.display(description=_("state"), ordering="state")
    def standing(self, version: PolicyVersion) -> str:
        tone = TONES[VersionState(version.state)]
        return format_html('<span class="pv-pill {}">{}</span>', tone, version.get_state_display())

    def get_urls(self) -> list[Any]:
        own = [
            path(route, self.admin_site.admin_view(view), name=f"policies_policyversion_{name}")
            for route, view, name in PAGES
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(
            request, {"title": PolicyVersion._meta.verbose_name_plural, **(extra_context or {})}
        )

    def delete_model(self, request: HttpRequest, obj: PolicyVersion) -> None:
        audit.record("policy_draft_deleted", obj, by=cast(User, request.user), changes={"label": obj.label})
        super().delete_model(request, obj)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        return lifecycle.new(request)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """The overview; nothing of a version is written here."""
        if request.method == "POST":
            raise PermissionDenied
        return lifecycle.overview(request, number(object_id))

    def has_delete_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and obj.is_draft

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Nothing is done to several versions at once."""
        return {}


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


__all__ = ["NeedBandAdmin"]  # registered by its own room
