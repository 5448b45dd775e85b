"""Addresses of the officers' face."""

from django.urls import path

from .views import board, home, papers, review, sheet

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("bang/<slug:code>/", board.show_board, name="board"),
    path("dang-ky/<int:pk>/", sheet.sheet, name="sheet"),
    path("hoat-dong/<int:pk>/thay-doi/", sheet.change, name="change"),
    path("bien-nhan/<int:pk>/", papers.receipt, name="receipt"),
    path("ban-quet/<int:pk>/gui/", papers.send_scan, name="send_scan"),
    path("ban-quet/<int:pk>/", papers.scan, name="scan"),
    path("hang-doi/", review.queue, name="queue"),
    path("xem/<int:pk>/", review.look, name="look"),
    path("don-vi/<int:pk>/lien-ket/", review.links, name="links"),
    path("don-vi/<int:pk>/thu-hoi/", review.revoke, name="revoke"),
]
