"""Words and places of rule sets for templates."""

from django import template

from grading.reports.schemes import anchor_of
from grading.rules.terms import label_of

register = template.Library()
register.filter("anchor", anchor_of)
register.filter("term", label_of)
