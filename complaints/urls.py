"""Addresses of complaints for the public and for mediators."""

urlpatterns = []
