"""The public pages of casework, and those of the mediators."""

from django.urls import path

from casework.views.pay import my_pay, my_pay_file

urlpatterns = [
    path("my/pay/", my_pay, name="my_pay"),
    path("my/pay/file/", my_pay_file, name="my_pay_file"),
]
