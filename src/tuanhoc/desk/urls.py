"""Addresses of the officers' face."""

from django.urls import path

from .views import board, form_file, home, inbox, papers, review, sheet

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("bang/<slug:code>/", board.show_board, name="board"),
    path("dang-ky/<int:pk>/", sheet.sheet, name="sheet"),
    path("hoat-dong/<int:pk>/thay-doi/", sheet.change, name="change"),
    path("bien-nhan/<int:pk>/", papers.receipt, name="receipt"),
    path("ban-quet/<int:pk>/gui/", papers.send_scan, name="send_scan"),
    path("ban-quet/<int:pk>/", papers.scan, name="scan"),
    path("tep-word/<slug:code>/", inbox.inbox, name="inbox"),
    path("tep-word/<slug:code>/nhan/", inbox.receive, name="receive_forms"),
    path("tep-word/<slug:code>/xac-nhan/", inbox.confirm_good, name="confirm_forms"),
    path("tep/<int:pk>/", form_file.form_file, name="form_file"),
    path("tep/<int:pk>/goc/", form_file.original, name="form_original"),
    path("dang-ky/<int:pk>/dua-tep/", form_file.bring_own, name="bring_form"),
    path("hang-doi/", review.queue, name="queue"),
    path("xem/<int:pk>/", review.look, name="look"),
    path("don-vi/<int:pk>/lien-ket/", review.links, name="links"),
    path("don-vi/<int:pk>/thu-hoi/", review.revoke, name="revoke"),
]
