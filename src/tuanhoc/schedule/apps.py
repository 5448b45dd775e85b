from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "tuanhoc.schedule"
    default_auto_field = "django.db.models.BigAutoField"
