from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tuanhoc.accounts"
    default_auto_field = "django.db.models.BigAutoField"
