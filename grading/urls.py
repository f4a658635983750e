"""The pages of grading outside the officers' desk."""

from django.urls import path

from grading.views.level_list import levels
from grading.views.levels import my_level
from grading.views.reasons import my_reasons, my_reasons_paper

urlpatterns = [
    path("levels/", levels, name="levels"),
    path("my/grading/levels/<int:pk>/", my_level, name="my_level"),
    path("my/grading/<int:pk>/reasons/", my_reasons, name="my_reasons"),
    path("my/grading/<int:pk>/reasons/paper/", my_reasons_paper, name="my_reasons_paper"),
]
