"""The public pages of the register."""

from django.urls import path

from registry import views

urlpatterns = [
    path("mediators/", views.mediators, name="mediators"),
    path("mediators/<slug:public_id>/", views.mediator, name="mediator"),
    path("mediators/<slug:public_id>/photo/", views.mediator_photo, name="mediator_photo"),
    path("organizations/", views.organizations, name="organizations"),
    path("organizations/<slug:public_id>/", views.organization, name="organization"),
]
