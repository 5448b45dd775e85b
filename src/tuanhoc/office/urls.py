"""Addresses of the papers as files."""

from django.urls import path

from . import views

app_name = "office"
urlpatterns = [
    path("giay-to/<slug:code>/giay-moi/tung-don-vi.<str:ending>", views.to_each, name="to_each"),
    path("giay-to/<slug:code>/<slug:kind>/du-thao.<str:ending>", views.draft, name="draft"),
    path("giay-to-don-vi/<int:pk>/don-doc/du-thao.<str:ending>", views.unit_draft, name="unit_draft"),
    path("van-ban/<int:pk>/van-ban.<str:ending>", views.issued, name="issued"),
    path("giay-to/<slug:code>/lich-tong-hop/lan-<int:number>.json", views.schedule_metadata, name="schedule_metadata"),
]
