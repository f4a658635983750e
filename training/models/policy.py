from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.policy import Figure, PolicyUnit
from registry.queries import PolicyQuerySet


class TrainingKey(models.TextChoices):
    """What a figure of training sets. The unit each is given in: ``UNITS``."""

    HOURS_OF_A_DAY = "hours_of_a_day", _("class hours of a day of training")
    PASS_MARK = "pass_mark", _("share of the marks that passes an exam")
    EXAM_MINUTES = "exam_minutes", _("minutes of an exam")
    EXAM_GRACE = "exam_grace", _("seconds of grace after the end")
    EXAM_ATTEMPTS = "exam_attempts", _("attempts at an exam")
    RESIT_GAP = "resit_gap", _("days before a resit")
    MUST_SIT_AGE = "must_sit_age", _("age up to which an exam must be sat")
    MAY_SIT_AGE = "may_sit_age", _("age from which an exam may be sat")
    MARKERS_APART = "markers_apart", _("difference of two markers that calls a third")
    MARKS_COUNTING = "marks_counting", _("marks of three that count")
    APPEAL_DAYS = "appeal_days", _("days to appeal against a result")
    APPEAL_DECISION = "appeal_decision", _("days to decide an appeal")
    CERTIFICATE_MONTHS = "certificate_months", _("months a training certificate is valid")
    MENTOR_RANK = "mentor_rank", _("level a mentor needs, counted from the highest")
    MENTOR_YEARS = "mentor_years", _("years in post a mentor needs")
    MENTOR_CLEAN_MONTHS = "mentor_clean_months", _("months without an upheld complaint")
    MENTOR_LOAD = "mentor_load", _("apprentices of one mentor at most")
    PAIRING_MONTHS = "pairing_months", _("months of a pairing")
    PAIRING_MONTHS_LEAST = "pairing_months_least", _("shortest pairing")
    PAIRING_MONTHS_MOST = "pairing_months_most", _("longest pairing")
    PAIRING_LOGS = "pairing_logs", _("confirmed logs in a month")
    PAIRING_CREDIT = "pairing_credit", _("class hours credited to a mentor for a pairing")
    ORPHAN_DAYS = "orphan_days", _("days to find a new mentor")
    RECUSAL_MONTHS = "recusal_months", _("months a former mentor stands back")


K, U = TrainingKey, PolicyUnit
DAYS = (U.WORKING, U.CALENDAR)
UNITS = {
    K.HOURS_OF_A_DAY: (U.HOURS,),
    K.PASS_MARK: (U.PERCENT,),
    K.EXAM_MINUTES: (U.PIECES,),
    K.EXAM_GRACE: (U.PIECES,),
    K.EXAM_ATTEMPTS: (U.PIECES,),
    K.RESIT_GAP: DAYS,
    K.MUST_SIT_AGE: (U.YEARS,),
    K.MAY_SIT_AGE: (U.YEARS,),
    K.MARKERS_APART: (U.PERCENT,),
    K.MARKS_COUNTING: (U.PIECES,),
    K.APPEAL_DAYS: DAYS,
    K.APPEAL_DECISION: DAYS,
    K.CERTIFICATE_MONTHS: (U.MONTHS,),
    K.MENTOR_RANK: (U.PIECES,),
    K.MENTOR_YEARS: (U.YEARS,),
    K.MENTOR_CLEAN_MONTHS: (U.MONTHS,),
    K.MENTOR_LOAD: (U.PIECES,),
    K.PAIRING_MONTHS: (U.MONTHS,),
    K.PAIRING_MONTHS_LEAST: (U.MONTHS,),
    K.PAIRING_MONTHS_MOST: (U.MONTHS,),
    K.PAIRING_LOGS: (U.PIECES,),
    K.PAIRING_CREDIT: (U.HOURS,),
    K.ORPHAN_DAYS: DAYS,
    K.RECUSAL_MONTHS: (U.MONTHS,),
}


class TrainingPolicy(Figure):
    """A figure of training: exams, certificates, mentorship."""

    units = UNITS

    key = models.CharField(_("what it sets"), max_length=30, choices=TrainingKey.choices)

    objects = PolicyQuerySet.as_manager()

    class Meta(Figure.Meta):
        verbose_name = _("training policy")
        verbose_name_plural = _("training policies")
        constraints = [
            models.CheckConstraint(
                name="trainingpolicy_key_is_known", condition=Q(key__in=TrainingKey.values)
            ),
            *Figure.Meta.constraints,
        ]
