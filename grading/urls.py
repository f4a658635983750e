"""The pages of grading outside the officers' desk: the public's and the mediators'."""

from django.urls import path

from grading.views import applications, figures, reviews, self_reviews, writing
from grading.views.level_list import levels
from grading.views.levels import my_level
from grading.views.reasons import my_reasons, my_reasons_paper
from grading.views.renewals import my_renewal, my_renewal_paper, my_renewals

OWN = "my/grading/<int:pk>/"
REVIEW = "my/reviews/<int:pk>/"
urlpatterns = [
    path("levels/", levels, name="levels"),
    path("my/grading/", applications.my_grading, name="my_grading"),
    path("my/grading/begin/<int:pk>/", applications.begin_application, name="begin_application"),
    path("my/grading/levels/<int:pk>/", my_level, name="my_level"),
    path(OWN, applications.my_application, name="my_application"),
    path(f"{OWN}figures/", figures.application_figures, name="application_figures"),
    path(f"{OWN}papers/", writing.application_papers, name="application_papers"),
    path(f"{OWN}papers/<int:document>/", writing.application_paper, name="application_paper"),
    path(
        f"{OWN}papers/<int:document>/remove/", writing.remove_paper, name="remove_application_paper"
    ),
    path(f"{OWN}statement/", writing.application_statement, name="application_statement"),
    path(f"{OWN}declaration/", writing.application_declaration, name="application_declaration"),
    path(f"{OWN}check/", applications.check_application, name="check_application"),
    path(f"{OWN}sent/", applications.application_sent, name="application_sent"),
    path(f"{OWN}withdraw/", applications.withdraw_application, name="withdraw_application"),
    path(f"{OWN}agree/", applications.agree_to_nomination, name="agree_to_nomination"),
    path(f"{OWN}reasons/", my_reasons, name="my_reasons"),
    path(f"{OWN}reasons/paper/", my_reasons_paper, name="my_reasons_paper"),
    path("my/renewals/", my_renewals, name="my_renewals"),
    path("my/renewals/<int:pk>/", my_renewal, name="my_renewal"),
    path("my/renewals/<int:pk>/paper/", my_renewal_paper, name="my_renewal_paper"),
    path("my/reviews/", reviews.my_reviews, name="my_reviews"),
    path(REVIEW, reviews.my_review, name="my_review"),
    path(f"{REVIEW}self/", self_reviews.my_self_review, name="my_self_review"),
    path(f"{REVIEW}self/save/", self_reviews.save_self_review, name="save_self_review"),
    path(f"{REVIEW}sign/", reviews.sign_review, name="sign_review"),
    path(f"{REVIEW}appeal/", reviews.appeal_review, name="appeal_review"),
    path(f"{REVIEW}paper/", reviews.my_review_paper, name="my_review_paper"),
]
