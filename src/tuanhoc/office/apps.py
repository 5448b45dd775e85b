from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "tuanhoc.office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for those who want a Week's papers in one file."""
        from . import jobs  # noqa: F401
