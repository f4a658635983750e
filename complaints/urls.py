"""Addresses of complaints for the public and for mediators."""

from django.urls import path

from complaints.views.wechat import wechat

urlpatterns = [
    path("wechat/", wechat, name="wechat"),
]
