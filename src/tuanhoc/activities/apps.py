from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "tuanhoc.activities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what the room itself publishes."""
        from . import jobs  # noqa: F401
