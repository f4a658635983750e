"""The public pages of casework, and those of the mediators."""

from django.urls import path

from casework.views import case_studies, library

urlpatterns = [
    path("library/", library.library, name="library"),
    path("library/<slug:public_id>/", library.library_case, name="library_case"),
    path("my/library/", case_studies.my_library, name="my_library"),
    path("my/case-studies/", case_studies.my_case_studies, name="my_case_studies"),
    path("my/case-studies/new/", case_studies.new_case_study, name="new_case_study"),
    path("my/case-studies/<int:pk>/", case_studies.my_case_study, name="my_case_study"),
    path("my/case-studies/<int:pk>/edit/", case_studies.edit_case_study, name="edit_case_study"),
    path(
        "my/case-studies/<int:pk>/submit/",
        case_studies.submit_case_study,
        name="submit_case_study",
    ),
]
