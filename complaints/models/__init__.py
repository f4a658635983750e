"""The rows of complaints: what may be listed, what is sealed, and the clocks."""

from complaints.models.clock import ClockPause, ComplaintClock
from complaints.models.complaint import Complaint, ComplaintSeries
from complaints.models.consequence import Consequence, ConsequenceKind, WhyNot
from complaints.models.decision import Decision, DecisionItem, Measure, Stage
from complaints.models.destruction import KeyDestruction
from complaints.models.draft import IntakeDraft
from complaints.models.entered import ComplaintEntry, EnteredComplaint
from complaints.models.findings import Findings, FindingsPaper
from complaints.models.following import Guesses, Opening, Sending
from complaints.models.grant import CaseGrant, DeclaredRecusal, IdentityView, Part
from complaints.models.hotline_import import HotlineImport, HotlineLine, HotlineVerdict
from complaints.models.milestone import Milestone
from complaints.models.policy import ComplaintKey, ComplaintPolicy
from complaints.models.refusal import ComplaintRefusal
from complaints.models.reply import NOT_TOLD_WHO, Reply, ReplyTo, ReplyWay
from complaints.models.review import Outcome, Review
from complaints.models.sheet_statement import FOR_THE_UNIT, SheetStatement, SheetWord
from complaints.models.task_sheet import ReceivedSheet, SupervisedSheet, TaskSheet
from complaints.models.vault import (
    FROM_THE_COMPLAINANT,
    SHOWN_BY_CODE,
    Evidence,
    Receipt,
    SealedIdentity,
    Statement,
    StatementKind,
    VaultKey,
)
from complaints.models.wechat import WechatMessage, WechatQuery
from complaints.models.witness import DeclaredWitness
from complaints.models.words import Channel, ComplaintGround, Finding, Mode, Subject, Urgency

__all__ = [
    "FOR_THE_UNIT",
    "FROM_THE_COMPLAINANT",
    "NOT_TOLD_WHO",
    "SHOWN_BY_CODE",
    "CaseGrant",
    "Channel",
    "ClockPause",
    "Complaint",
    "ComplaintClock",
    "ComplaintEntry",
    "ComplaintGround",
    "ComplaintKey",
    "ComplaintPolicy",
    "ComplaintRefusal",
    "ComplaintSeries",
    "Consequence",
    "ConsequenceKind",
    "Decision",
    "DecisionItem",
    "DeclaredRecusal",
    "DeclaredWitness",
    "EnteredComplaint",
    "Evidence",
    "Finding",
    "Findings",
    "FindingsPaper",
    "Guesses",
    "HotlineImport",
    "HotlineLine",
    "HotlineVerdict",
    "IdentityView",
    "IntakeDraft",
    "KeyDestruction",
    "Measure",
    "Milestone",
    "Mode",
    "Opening",
    "Outcome",
    "Part",
    "Receipt",
    "ReceivedSheet",
    "Reply",
    "ReplyTo",
    "ReplyWay",
    "Review",
    "SealedIdentity",
    "Sending",
    "SheetStatement",
    "SheetWord",
    "Stage",
    "Statement",
    "StatementKind",
    "Subject",
    "SupervisedSheet",
    "TaskSheet",
    "Urgency",
    "VaultKey",
    "WechatMessage",
    "WechatQuery",
    "WhyNot",
]
