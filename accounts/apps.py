from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from accounts.checks import no_demonstration, screens_lock


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Users and branches")

    def ready(self):
        register(no_demonstration, Tags.security, deploy=True)
        register(screens_lock, Tags.security)
