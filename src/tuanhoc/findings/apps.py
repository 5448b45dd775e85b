from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "tuanhoc.findings"
    default_auto_field = "django.db.models.BigAutoField"
