"""The pages of grading outside the officers' desk."""

from django.urls import path

from grading.views.reasons import my_reasons, my_reasons_paper

urlpatterns = [
    path("my/grading/<int:pk>/reasons/", my_reasons, name="my_reasons"),
    path("my/grading/<int:pk>/reasons/paper/", my_reasons_paper, name="my_reasons_paper"),
]
