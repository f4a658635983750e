"""Write-ups of cases: written by their author, edited, adopted, published by two officers."""

import json
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from casework.flows.case_study import ADOPTED, REDACTING, WRITING
from casework.models import Adoption, CaseStudy, LibraryEntry, LibraryLevel, StudyVersion
from casework.models.case_study import SECTIONS
from casework.rules.library import folded
from office.flow import Refused, changing, taking
from registry.actions.entering import acting, entered
from registry.models import Appointment

FOR_THE_CITY = "casework.adopt_city_casestudy"


@transaction.atomic
def begin_study(*, author, by, today, title, dispute_type=None, case=None, **texts):
    """Begin a write-up, of one of the author's own cases or of none; returns the draft.

    :raises Refused: if the case is of others, or the author serves nowhere today.
    """
    organization = _organization_of(author, case, today)
    study = CaseStudy(
        author=author,
        organization=organization,
        division=organization.division,
        case=case,
        dispute_type=dispute_type or (case and case.dispute_type),
        title=title,
        **texts,
    )
    study.words = study.counted_words()
    entered(study, by=by, reason="", act="begin")
    _keep_version(study, by=by, today=today, reason="")
    return study


def _organization_of(author, case, today):
    if case is not None:
        if not case.shares.filter(mediator=author).exists():
            raise Refused(_("You took no part in this case."))
        return case.organization
    posts = Appointment.objects.in_post(today).filter(mediator=author)
    post = posts.select_related("organization__division").order_by("-from_on", "pk").first()
    if post is None:
        raise Refused(_("You hold no post today: begin with one of your cases."))
    return post.organization


def write_study(pk, *, author, by, today, revision=None, **fields):
    """Write on as the author, before it is submitted or after it came back.

    :raises Refused: if it is not the person's own, or with the editors.
    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(CaseStudy.objects, pk, by=by, reason="", revision=revision) as study:
        if study.author_id != author.pk:
            raise Refused(_("Only its author writes on it."))
        _write(study, WRITING, fields, by=by, today=today, reason="")
    return study


def redact_study(pk, *, by, today, reason, revision=None, **fields):
    """Edit the text as an editor; what it said before is kept.

    :raises Refused: if the author edits the own write-up as an officer, or it is not being edited.
    """
    with changing(CaseStudy.objects, pk, by=by, reason=reason, revision=revision) as study:
        _not_own(study, by)
        _write(study, REDACTING, fields, by=by, today=today, reason=reason)
    return study


def _write(study, states, fields, *, by, today, reason):
    if study.state not in states:
        raise Refused(_("In this state the record may not be edited."))
    before = study.texts
    if "co_authors" in fields:
        study.co_authors.set([one for one in fields.pop("co_authors") if one.pk != study.author_id])
    for name, value in fields.items():
        setattr(study, name, value)
    study.words = study.counted_words()
    if study.texts != before:
        _keep_version(study, by=by, today=today, reason=reason)


def _keep_version(study, *, by, today, reason):
    last = study.versions.order_by("-number").values_list("number", flat=True).first() or 0
    StudyVersion.objects.create(
        study=study,
        number=last + 1,
        texts=json.dumps(study.texts, ensure_ascii=False),
        written_by=by,
        written_on=today,
        reason=reason,
    )


def submit_study(pk, *, author, by, today):
    """Hand a write-up in.

    :raises Refused: if it is not the person's own, not complete, or names somebody for certain.
    """
    with taking("submit", CaseStudy.objects, pk, by=by, today=today) as study:
        if study.author_id != author.pk:
            raise Refused(_("Only its author writes on it."))
        study.submitted_on, study.reasons = today, ""
    return study


def edit_study(pk, *, by, today, reason):
    """Take a write-up up for editing."""
    with _officially("edit", pk, by=by, today=today, reason=reason) as study:
        pass
    return study


def return_study(pk, *, by, today, reason):
    """Give it back to its author, who reads the reason."""
    with _officially("return", pk, by=by, today=today, reason=reason) as study:
        study.reasons = reason
    return study


def decline_study(pk, *, by, today, reason):
    """Decline it for good; its author reads the reason."""
    with _officially("decline", pk, by=by, today=today, reason=reason) as study:
        study.reasons = reason
    return study


def adopt_study(pk, *, by, today, reason, level, **told):
    """Take it into the library of a level; ``told``: adopted_on, adopted_by, document.

    :raises Refused: if the officer may not adopt for this level, or the day lies ahead.
    :raises ValidationError: if a province's or the ministry's adoption names no document.
    """
    _may_adopt(by, level, told["adopted_on"], today)
    note = {"reason": reason, "legal_basis": told.get("document", "")}
    with _officially("adopt", pk, by=by, today=today, **note) as study:
        study.level, study.reasons = level, ""
        _adopt(study, by, level=level, **told)
    return study


def raise_study(pk, *, by, today, reason, level, **told):
    """Record that a higher level adopted it as well; each adoption counts.

    :raises Refused: if the level is not higher, and as ``adopt_study``.
    """
    _may_adopt(by, level, told["adopted_on"], today)
    with acting("raise", CaseStudy.objects, pk, by=by, reason=reason) as study:
        _not_own(study, by)
        levels = LibraryLevel.values
        if study.state not in ADOPTED or levels.index(level) <= levels.index(study.level):
            raise Refused(_("Only an adopted write-up rises, and only to a higher level."))
        study.level = level
        _adopt(study, by, level=level, **told)
        LibraryEntry.objects.filter(study=study).update(level=level)
    return study


def _may_adopt(by, level, adopted_on, today):
    if level == LibraryLevel.CITY and by is not None and not by.has_perm(FOR_THE_CITY):
        raise Refused(_("The city bureau adopts for the city's library."))
    if adopted_on > today:
        raise Refused(_("An adoption lies in the past or is of today."))


def _adopt(study, by, **told):
    adoption = Adoption(study=study, recorded_by=by, **told)
    adoption.full_clean()
    adoption.save()


def confirm_marks(pk, *, by, today, reason, texts):
    """Say of likely marks, by their text, that they identify nobody, and why.

    :raises Refused: if one of them is no likely mark of the text.
    """
    with acting("confirm", CaseStudy.objects, pk, by=by, reason=reason) as study:
        _not_own(study, by)
        if study.state not in REDACTING:
            raise Refused(_("In this state the record may not be edited."))
        open_marks = {" ".join(mark.text.split()) for _label, mark in study.unconfirmed_marks()}
        if set(texts) - open_marks:
            raise Refused(_("The text was changed meanwhile. Look at it again."))
        study.confirmed = "\n".join([*study.confirmed.splitlines(), *texts])
    return study


def propose_study(pk, *, by, today, reason):
    """Propose it for publication: the first of two officers.

    :raises Refused: with every part of the text that tells, or may tell, who somebody is.
    """
    with _officially("propose", pk, by=by, today=today, reason=reason) as study:
        study.proposed_by = by
    return study


def hold_study(pk, *, by, today, reason):
    """Do not publish it yet: it goes back to be edited."""
    with _officially("hold", pk, by=by, today=today, reason=reason) as study:
        pass
    return study


def publish_study(pk, *, by, today, reason):
    """Put it before the public: the second of two officers.

    :raises Refused: if the officer is the one who proposed it, or the text identifies somebody.
    """
    with _officially("publish", pk, by=by, today=today, reason=reason) as study:
        if study.proposed_by_id == by.pk:
            raise Refused(_("Another officer than the one who proposed it publishes it."))
        study.published_by, study.published_on = by, today
        _shelve(study)
    return study


def withdraw_study(pk, *, by, today, reason):
    """Take it from the public; its adoptions stay."""
    with _officially("withdraw", pk, by=by, today=today, reason=reason) as study:
        LibraryEntry.objects.filter(study=study).delete()
    return study


def _shelve(study):
    """Write the copy the public reads."""
    signed = study.is_signed
    entry = LibraryEntry(
        study=study,
        public_id=study.public_id,
        **{name: study.texts[name] for name in SECTIONS if name != "keywords"},
        keywords=f" {' '.join(study.word_list)} " if study.word_list else "",
        dispute_type=study.dispute_type,
        field=study.dispute_type.speciality,
        level=study.level,
        author_name=study.author.name if signed else "",
        organization_name=study.organization.name if signed else "",
        words=study.words,
        published_on=study.published_on,
        folded_title=folded(study.title),
        text=folded("\n".join(study.texts.values())),
    )
    entry.full_clean()
    entry.save()


@contextmanager
def _officially(name, pk, *, by, **note):
    """Take a step as an officer, who is neither the author nor one of the co-authors."""
    with taking(name, CaseStudy.objects, pk, by=by, **note) as study:
        _not_own(study, by)
        yield study


def _not_own(study, by):
    if by is None:
        return
    is_author = study.author.user_id == by.pk
    if is_author or study.co_authors.filter(user=by).exists():
        raise Refused(_("Nobody decides on the own write-up."))


def unsign_studies(author, *, by, reason):
    """Take the name of an author whose personal data is erased from all that is published."""
    for pk in (
        CaseStudy.objects.of_author(author).filter(is_signed=True).values_list("pk", flat=True)
    ):
        with acting("unsign", CaseStudy.objects, pk, by=by, reason=reason) as study:
            study.is_signed = False
        LibraryEntry.objects.filter(study=pk).update(author_name="", organization_name="")
