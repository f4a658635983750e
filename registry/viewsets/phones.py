"""A phone that is shown masked, and in full only for a reason."""

from office.desk.acts import Act
from office.personal import mask_phone


def phone_fact(record):
    """Return (label, value) of a record's phone: its mask."""
    label = record._meta.get_field("phone").verbose_name
    return label, mask_phone(record.phone) if record.phone else ""


def show_phone(page, shown):
    """Answer the act of unmasking with a page that is kept nowhere."""
    page.template_name = "registry/desk/unmasked.html"
    label = page.record._meta.get_field("phone").verbose_name
    context = page.get_context_data(numbers=[(label, shown["phone"])])
    response = page.render_to_response(context)
    response["Cache-Control"] = "no-store, private"
    return response


def unmasking(label, take):
    """Return the act of seeing a phone in full."""
    return Act(
        name="unmask",
        label=label,
        take=take,
        permission="unmask",
        answer=show_phone,
        offered=lambda row: bool(row.phone),
        sensitive=True,
        icon="view",
    )
