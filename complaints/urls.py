"""Addresses of complaints for the public and for mediators."""

from django.urls import path

from complaints.views.figures import complaint_figures, complaint_figures_file

urlpatterns = [
    path("complaints/figures/", complaint_figures, name="complaint_figures"),
    path("complaints/figures/file/", complaint_figures_file, name="complaint_figures_file"),
]
