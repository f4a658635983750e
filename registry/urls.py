"""The public pages of the register."""

from django.urls import path

from registry import views

urlpatterns = [
    path("mediators/", views.mediators, name="mediators"),
    path("mediators/<slug:public_id>/", views.mediator, name="mediator"),
    path("mediators/<slug:public_id>/photo/", views.mediator_photo, name="mediator_photo"),
    path("editions/", views.editions, name="editions"),
    path("editions/<slug:public_id>/", views.edition, name="edition"),
    path("editions/<slug:public_id>/<slug:suffix>/", views.edition_file, name="edition_file"),
    path("extracts/<slug:public_id>/", views.extract, name="extract"),
    path("organizations/", views.organizations, name="organizations"),
    path("organizations/past/", views.past_organizations, name="past_organizations"),
    path("organizations/<slug:public_id>/", views.organization, name="organization"),
    path("notices/", views.notices, name="notices"),
    path("notices/objections/", views.follow_objection, name="follow_objection"),
    path("notices/<slug:public_id>/", views.notice, name="notice"),
    path("notices/<slug:public_id>/paper/", views.notice_paper, name="notice_paper"),
    path("notices/<slug:public_id>/objection/", views.object_to_notice, name="object_to_notice"),
    path(
        "notices/<slug:public_id>/documents/<int:document>/",
        views.notice_document,
        name="notice_document",
    ),
]
