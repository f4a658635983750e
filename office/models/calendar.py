from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarYear(models.Model):
    """A year whose days off are published; of a year without a row nothing is known."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    document = models.CharField(_("document number"), max_length=60)
    issued_on = models.DateField(_("issued on"))
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="calendar_year_names_its_document", condition=~models.Q(document="")
            )
        ]

    def __str__(self):
        return f"{self.year} {self.document}"


class CalendarDay(models.Model):
    """A day that differs from its week: a weekday off, or a weekend day worked to make up for one.

    It belongs to the year of the notice that set it, which now and then reaches back into the last
    December.
    """

    date = models.DateField(_("date"), primary_key=True)
    working = models.BooleanField(_("working day"))
    name = models.CharField(_("holiday"), max_length=40)
    calendar_year = models.ForeignKey(
        CalendarYear,
        verbose_name=_("calendar year"),
        on_delete=models.PROTECT,
        related_name="days",
    )

    class Meta:
        verbose_name = _("exceptional day")
        verbose_name_plural = _("exceptional days")
        ordering = ["date"]

    def __str__(self):
        return f"{self.date:%Y-%m-%d} {self.name}"
