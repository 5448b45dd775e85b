from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "tuanhoc.sample"
    default_auto_field = "django.db.models.BigAutoField"
