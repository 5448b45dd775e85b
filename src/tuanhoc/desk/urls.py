"""Addresses of the officers' face."""

from django.urls import path

from .views import board, campaigns, home, messages, papers, requests, review, schedule, sheet, slips, units

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
    path("hang-doi/", review.queue, name="queue"),
    path("xem/<int:pk>/", review.look, name="look"),
    path("lich/<slug:code>/", schedule.schedule, name="schedule"),
    path("lich/<slug:code>/lan-<int:number>/", schedule.release, name="release"),
    path("lich-don-vi/<int:pk>/", schedule.unit_schedule, name="unit_schedule"),
    path("don-vi/<int:pk>/lien-ket/", review.links, name="links"),
    path("don-vi/<int:pk>/thu-hoi/", review.revoke, name="revoke"),
    path("thu/<slug:code>/", messages.post, name="messages"),
    path("loi-bao/<slug:code>/", requests.requests, name="requests"),
    path("phieu/<slug:code>/", slips.slips, name="slips"),
]
