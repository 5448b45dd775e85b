from django.apps import AppConfig
from django.core import checks


class FilesConfig(AppConfig):
    name = "tuanhoc.files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the scanner's settings checked."""
        from .checks import scanner_answers, scanner_is_named_rightly

        checks.register(scanner_is_named_rightly)
        checks.register(scanner_answers, deploy=True)
