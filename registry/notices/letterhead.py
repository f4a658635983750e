"""How the papers of the register write what they all have."""


def on_paper(day):
    """Return a day as official papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"
