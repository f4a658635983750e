"""The verbs of training: lock, test, write, log; whole or not at all."""

from training.actions.hours import credit_hours, reverse_hours
from training.actions.topics import load_topics

__all__ = ["credit_hours", "load_topics", "reverse_hours"]
