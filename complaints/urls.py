"""Addresses of complaints for the public and for mediators."""

from django.urls import path

from complaints.views import following, replies, respondents
from complaints.views.figures import complaint_figures, complaint_figures_file
from complaints.views.intake import entrance, evidence, questions, sending
from complaints.views.wechat import wechat

urlpatterns = [
    path("complaints/", entrance.complaints, name="complaints"),
    path("complaints/leave/", entrance.leave, name="complaint_leave"),
    path("complaints/new/way/", questions.way, name="complaint_way"),
    path("complaints/new/whom/", questions.whom, name="complaint_whom"),
    path("complaints/new/what/", questions.what, name="complaint_what"),
    path("complaints/new/evidence/", evidence.evidence, name="complaint_evidence"),
    path("complaints/new/evidence/<slug:file_id>/", evidence.draft_file, name="complaint_file"),
    path("complaints/new/contact/", questions.contact, name="complaint_contact"),
    path("complaints/new/check/", sending.check, name="complaint_check"),
    path("complaints/receipt/", sending.receipt, name="complaint_receipt"),
    path("complaints/receipt/seen.svg", sending.receipt_seen, name="complaint_receipt_seen"),
    path("complaints/follow/", following.follow, name="complaint_follow"),
    path("complaints/follow/leave/", following.leave, name="complaint_follow_leave"),
    path("complaints/follow/case/", following.followed, name="complaint_followed"),
    path(
        "complaints/follow/case/answer/<int:question>/",
        following.answer,
        name="complaint_follow_answer",
    ),
    path(
        "complaints/follow/case/reply/<int:reply>/",
        following.reply,
        name="complaint_follow_reply",
    ),
    path(
        "complaints/follow/case/retaliation/",
        following.retaliation,
        name="complaint_follow_retaliation",
    ),
    path("complaints/follow/case/<slug:name>/", following.act, name="complaint_follow_act"),
    path("my/complaints/", respondents.my_complaints, name="my_complaints"),
    path("my/complaints/replies/", replies.my_replies, name="my_replies"),
    path("my/complaints/replies/<int:pk>/", replies.my_reply, name="my_reply"),
    path("my/complaints/<int:pk>/", respondents.my_complaint, name="my_complaint"),
    path("wechat/", wechat, name="wechat"),
    path("complaints/figures/", complaint_figures, name="complaint_figures"),
    path("complaints/figures/file/", complaint_figures_file, name="complaint_figures_file"),
]
