from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "tuanhoc.units"
    default_auto_field = "django.db.models.BigAutoField"
