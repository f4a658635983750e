"""The officer's desk: the pages from which every viewset of the house is made.

Wagtail's own generic views ask the permission policy about the model, never about the row, and
answer a missing permission with a redirect. These ask about the row as well, answer both with "not
found", know how to take a step of a flow, and write through actions only.
"""
