from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "tuanhoc.campaigns"
    default_auto_field = "django.db.models.BigAutoField"
