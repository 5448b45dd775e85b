"""Addresses of the officers' face."""

from django.urls import path

from .views import board, campaigns, form_file, home, inbox, papers, review, schedule, sheet, units

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("ke-hoach/", campaigns.list_plans, name="plans"),
    path("ke-hoach/<int:pk>/", campaigns.plan, name="plan"),
    path("dot/<slug:code>/", campaigns.campaign, name="campaign"),
    path("dot/<slug:code>/sua/", campaigns.correct, name="correct"),
    path("dot/<slug:code>/mo/", campaigns.open_call, name="open_call"),
    path("danh-sach-don-vi/", units.list_units, name="units"),
    path("danh-sach-don-vi/nap/", units.load, name="load_units"),
    path("danh-sach-don-vi/mau/", units.template, name="units_template"),
    path("danh-sach-don-vi/<int:pk>/", units.unit, name="unit"),
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
    path("lich/<slug:code>/", schedule.schedule, name="schedule"),
    path("lich/<slug:code>/lan-<int:number>/", schedule.release, name="release"),
    path("lich-don-vi/<int:pk>/", schedule.unit_schedule, name="unit_schedule"),
    path("don-vi/<int:pk>/lien-ket/", review.links, name="links"),
    path("don-vi/<int:pk>/thu-hoi/", review.revoke, name="revoke"),
]
