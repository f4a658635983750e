"""The public pages of casework, and those of the mediators."""

from django.urls import path

from casework.views.case_pushes import push_cases

urlpatterns = [
    path("api/v1/cases/", push_cases, name="push_cases"),
]
