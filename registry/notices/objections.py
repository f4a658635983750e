"""What is written where an objection was upheld."""

# In the place of the notice, for everybody; why it was right only its author reads.
UPHELD = "公示期间收到的异议经核实成立，公示予以撤回。"


def reason_of_an_objection(objection, reason):
    """Return the reason for taking back what was announced: which objection, and why it holds."""
    return f"第{objection.pk}号异议成立：{reason}"
