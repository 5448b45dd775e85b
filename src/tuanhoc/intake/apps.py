from django.apps import AppConfig
from django.core import checks


class IntakeConfig(AppConfig):
    name = "tuanhoc.intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the mailbox's settings checked."""
        from .checks import mailbox_is_reached_safely

        checks.register(mailbox_is_reached_safely)
