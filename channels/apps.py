from django.apps import AppConfig
from django.core.checks import Tags, register

from channels.checks import messages_leave_the_building


class ChannelsConfig(AppConfig):
    name = "channels"

    def ready(self):
        register(messages_leave_the_building, Tags.security, deploy=True)
