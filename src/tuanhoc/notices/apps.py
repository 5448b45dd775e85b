from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tuanhoc.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what the rooms below publish."""
        from . import handlers  # noqa: F401
