from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "tuanhoc.activities"
    default_auto_field = "django.db.models.BigAutoField"
