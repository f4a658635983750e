"""The letters of the register: what is printed and handed to people. They are always Chinese."""

from django.utils.translation import override

from office.papers import OFFICIAL, QR, Facts, Gap, Paper, Text
from office.papers.paper import official_date
from office.scopes import grants_of
from registry.flows import AppointmentState
from registry.models import Division, DivisionLevel, Route
from registry.rules import enclosing

A = AppointmentState
SIGNING = [DivisionLevel.COUNTY, DivisionLevel.CITY]
ACCEPTED = {A.AWAITING_DUTY, A.PROBATION, A.IN_POST, A.SUSPENDED}


def bureau_of(division_id):
    """Return the bureau that decides for a division: of its county, or of its city."""
    places = Division.objects.filter(pk__in=enclosing(division_id), level__in=SIGNING)
    nearest = places.order_by("-pk").first()
    return f"{nearest.name}司法局" if nearest else "司法局"


def bureau_for(user, division_id):
    """Return the bureau in whose name an officer signs; ``division_id`` if no post says it."""
    served = [grant.low for grant in grants_of(user) if grant.low is not None]
    return bureau_of(served[0] if served else division_id)


def may_be_printed(appointment):
    """Whether there is a letter: for whoever was appointed (聘任) by a unit that is on record."""
    is_appointed = appointment.route == Route.APPOINTED and bool(appointment.unit)
    return is_appointed and appointment.state in ACCEPTED


def number_of(appointment):
    """Return the number of a letter: the year of the decision and the number of the record."""
    year = (appointment.decided_on or appointment.from_on).year
    return f"聘〔{year}〕{appointment.pk:06d}号"


def appointment_letter(appointment, address):
    """Return the letter of appointment (聘书) as a paper; the code leads to ``address``."""
    with override("zh-hans"):
        post, employment = appointment.get_post_display(), appointment.get_employment_display()
    term = f"自{official_date(appointment.from_on)}起"
    if appointment.term_until_on:
        term += f"至{official_date(appointment.term_until_on)}止"
    person, body = appointment.mediator, appointment.organization
    facts = [
        ("姓名", person.name),
        ("调解组织", body.name),
        ("职务", f"{post}（{employment}）"),
        ("聘期", term),
    ]
    if person.certificate_number:
        facts.append(("人民调解员证号", person.certificate_number))
    return Paper(
        title="聘书",
        issuer=appointment.unit,
        number=number_of(appointment),
        dated_on=appointment.decided_on or appointment.from_on,
        style=OFFICIAL,
        body=[
            Text(f"{person.name}：", indent=0),
            Text(
                "根据《中华人民共和国人民调解法》第十三条的规定，"
                f"兹聘任你为{body.name}{post}，聘期{term}。"
            ),
            Facts(facts),
            Gap(4),
            QR(address, "扫码查看人民调解员名册"),
        ],
    )
