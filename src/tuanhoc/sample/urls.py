from django.urls import URLPattern

app_name = "sample"
urlpatterns: list[URLPattern] = []
