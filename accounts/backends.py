"""What a role may do in Django's admin, as reviewed code: policies, users and lists; never a case."""

from django.contrib.auth.backends import BaseBackend

from accounts.roles import Role

ADMIN_APPS: dict[Role, tuple[str, ...]] = {
    Role.POLICY_EDITOR: ("policies",),
    Role.IT_ADMIN: ("accounts", "committee"),
}


class RolePermissions(BaseBackend):
    """Grants the permissions of an app's registered models to the roles that keep them."""

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        return self.has_module_perms(user_obj, perm.split(".")[0])

    def has_module_perms(self, user_obj, app_label: str) -> bool:
        return user_obj.is_active and any(
            user_obj.holds(role) for role, apps in ADMIN_APPS.items() if app_label in apps
        )
