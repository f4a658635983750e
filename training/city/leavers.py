"""Exams of the demo city are announced after its deregistrations were proposed."""

from office.flow import Refused
from registry.models import Closure
from training.actions.candidates import take_off_candidate
from training.actions.exam_places import open_places

WHY = "所在组织正在注销，不安排考试。"


def leave_out_who_leaves():
    """Take the people of organisations that are being deregistered off the exams to come.

    Their inventories were taken before there were exams; they stay as they were decided on.
    """
    for closure in Closure.objects.running().select_related("organization"):
        for place in open_places(closure.organization):
            try:
                take_off_candidate(int(place.subject_id), by=None, reason=WHY)
            except Refused:
                continue  # Somebody who was given minutes keeps the place.
