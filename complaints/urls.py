"""Addresses of complaints for the public and for mediators."""

from django.urls import path

from complaints.views.intake import entrance, evidence, questions, sending

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
]
