"""The public pages of casework, and those of the mediators."""

from django.urls import path

from casework.views import case_studies, cases, library
from casework.views.case_pushes import push_cases
from casework.views.opinions import find_opinion, opinion, opinion_thanks
from casework.views.pay import my_pay, my_pay_file

urlpatterns = [
    path("my/cases/", cases.my_cases, name="my_cases"),
    path("my/cases/new/", cases.new_case, name="new_case"),
    path("my/cases/<int:pk>/", cases.my_case, name="my_case"),
    path("my/cases/<int:pk>/draft/", cases.my_draft, name="my_draft"),
    path("my/cases/<int:pk>/discard/", cases.discard_case, name="discard_case"),
    path("my/cases/<int:pk>/end/", cases.end_case, name="end_case"),
    path("my/cases/<int:pk>/fulfilment/", cases.fulfil_case, name="fulfil_case"),
    path("my/pay/", my_pay, name="my_pay"),
    path("my/pay/file/", my_pay_file, name="my_pay_file"),
    path("opinion/", find_opinion, name="find_opinion"),
    path("opinion/thanks/", opinion_thanks, name="opinion_thanks"),
    path("opinion/<str:code>/", opinion, name="opinion"),
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
    path("api/v1/cases/", push_cases, name="push_cases"),
]
