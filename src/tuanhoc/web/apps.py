from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tuanhoc.web"
    default_auto_field = "django.db.models.BigAutoField"
