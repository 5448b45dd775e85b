from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tuanhoc.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the sign-in package."""
        from . import handlers  # noqa: F401
