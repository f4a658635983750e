"""The public pages of training, and those of the mediators."""

from django.urls import path

from training.views import own_certificates, verification

urlpatterns = [
    path("verify/", verification.verify, name="verify"),
    path("verify/file/", verification.verify_file, name="verify_file"),
    path("verify/keys/", verification.verification_keys, name="verification_keys"),
    path("verify/<slug:code>/", verification.verify_certificate, name="verify_certificate"),
    path("verify/<slug:code>/signed/", verification.signed_certificate, name="signed_certificate"),
    path("my/certificates/", own_certificates.own_certificates, name="own_certificates"),
    path("my/certificates/<int:pk>/", own_certificates.own_certificate, name="own_certificate"),
    path(
        "my/certificates/<int:pk>/paper/",
        own_certificates.own_certificate_paper,
        name="own_certificate_paper",
    ),
    path(
        "my/certificates/<int:pk>/badge/",
        own_certificates.own_certificate_badge,
        name="own_certificate_badge",
    ),
]
