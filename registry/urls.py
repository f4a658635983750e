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
    path("organizations/<slug:public_id>/", views.organization, name="organization"),
]
