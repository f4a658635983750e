"""The public pages of the register."""

from registry.views.editions import edition, edition_file, editions, extract
from registry.views.notices import (
    follow_objection,
    notice,
    notice_document,
    notice_paper,
    notices,
    object_to_notice,
)
from registry.views.roster import (
    mediator,
    mediator_photo,
    mediators,
    organization,
    organizations,
    past_organizations,
)

__all__ = [
    "edition",
    "edition_file",
    "editions",
    "extract",
    "follow_objection",
    "mediator",
    "mediator_photo",
    "mediators",
    "notice",
    "notice_document",
    "notice_paper",
    "notices",
    "object_to_notice",
    "organization",
    "organizations",
    "past_organizations",
]
