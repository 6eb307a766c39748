"""Every page is closed unless it stands on this reviewed list."""

from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "language",
    "accounts:sign_in",
    "accounts:enter_demo",
    "policies:home",
    "policies:policy",
    "policies:policy_pdf",
    "policies:version",
    "policies:services",
    "policies:service",
    "policies:apply",
    "requests:blank",
    "requests:blank_for",
    "requests:status",
    "requests:status_view",
    "requests:status_link",
    "requests:status_code",
    "requests:status_send",
    "requests:status_leave",
    # Behind the code (`public.code_door`): opened by six digits sent to the number on file.
    "requests:decision",
    "requests:objection",
    "requests:objection_check",
    "requests:objection_file_out",
    "requests:propose",
    "requests:permit_status",
    "channels:ask",
    "channels:inquiry_status",
    "surveys:answer",
    "verify:ask",
    "verify:paper",
    "oversight:demo",
    "oversight:healthz",
    "oversight:readyz",
    "admin:login",
    "admin:autocomplete",
}


def routes(resolver=None, namespace=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry.callback


def is_public(view) -> bool:
    return not getattr(view, "login_required", True)


def test_only_the_reviewed_views_are_public():
    assert {name for name, view in routes() if is_public(view)} <= PUBLIC


def test_every_staff_page_says_for_which_roles_it_is():
    locking = {f"accounts:{name}" for name in ("alive", "held", "lock", "sign_out", "unlock")}
    open_to_all_staff = locking | {"oversight:waiting", "requests:file", "requests:file_page"}
    unsaid = {
        name
        for name, view in routes()
        if not is_public(view) and not name.startswith("admin:") and not hasattr(view, "roles")
    }
    assert unsaid <= open_to_all_staff
