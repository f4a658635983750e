"""Addresses of complaints for the public and for mediators."""

from django.urls import path

from complaints.views import following
from complaints.views.wechat import wechat

urlpatterns = [
    path("complaints/follow/", following.follow, name="complaint_follow"),
    path("complaints/follow/case/", following.followed, name="complaint_followed"),
    path("complaints/follow/case/leave/", following.leave, name="complaint_leave"),
    path(
        "complaints/follow/case/answer/<int:question>/",
        following.answer,
        name="complaint_answer",
    ),
    path("complaints/follow/case/<slug:name>/", following.act, name="complaint_act"),
    path("wechat/", wechat, name="wechat"),
]
