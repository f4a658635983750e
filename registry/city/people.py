"""The mediators of the city, their posts and levels, in the shares a real roster has."""

from collections import Counter
from datetime import timedelta

from office.identity import Sex, resident_id_for
from registry.city.bodies import draw_public_id
from registry.city.names import full_name
from registry.flows import AppointmentState, OrganizationState
from registry.models import (
    Appointment,
    Background,
    Education,
    Employment,
    EndedBy,
    Language,
    Level,
    LevelHolding,
    Mediator,
    OrganizationKind,
    PostHeld,
    Route,
    Speciality,
)
from registry.rules import COMMITTEE_POSTS, DecidingBody, years_later

E, A, K = Education, AppointmentState, OrganizationKind
BATCH = 1_000
EDUCATION = {
    "old": {E.PRIMARY: 8, E.JUNIOR: 40, E.SENIOR: 34, E.COLLEGE: 13, E.BACHELOR: 5},
    "middle": {E.JUNIOR: 18, E.SENIOR: 34, E.COLLEGE: 30, E.BACHELOR: 17, E.MASTER: 1},
    "young": {E.SENIOR: 8, E.COLLEGE: 34, E.BACHELOR: 52, E.MASTER: 6},
}
BACKGROUND = {
    Background.GRASSROOTS: 58, Background.OTHER: 31, Background.LEGAL: 5, Background.JUDICIAL: 3,
    Background.MEDICAL: 2, Background.PSYCHOLOGY: 1,
}  # fmt: skip
# Levels one to four and none: a pyramid with about 1.7 in a hundred at level two or above.
LEVELS = {1: 4, 2: 13, 3: 70, 4: 300, None: 613}
DIALECTS = {
    "330602": "shaoxing",
    "330603": "shaoxing",
    "330604": "shaoxing",
    "330681": "zhuji",
    "330683": "shengzhou",
    "330624": "xinchang",
}
COMMON_FIELDS = {
    "neighbours": 30,
    "marriage": 22,
    "property": 12,
    "land": 12,
    "labour": 9,
    "traffic": 8,
    "homestead": 7,
    "damages": 6,
    "medical": 4,
    "consumer": 4,
    "contract": 4,
    "village-affairs": 4,
}
ELECTED_BY = {
    K.VILLAGE: (DecidingBody.VILLAGERS, "村民会议"),
    K.ENTERPRISE: (DecidingBody.STAFF, "职工代表大会"),
}
KEPT = ("mediator", "organization", "post", "route", "unit_body", "unit")
WAYS_TO_LEAVE = {EndedBy.RESIGNED: 6, EndedBy.TRANSFERRED: 3, EndedBy.DIED: 1}
ON_THE_ROSTER = {
    OrganizationState.LISTED,
    OrganizationState.CHANGE_PENDING,
    OrganizationState.RECTIFYING,
    OrganizationState.CLOSING,
}


class People:
    """Draws people for the plans of organisations and stores them in sets."""

    def __init__(self, rng, today):
        self.rng, self.today = rng, today
        self.serials, self.numbers = Counter(), Counter()
        self.specialities = {s.code: s for s in Speciality.objects.all()}
        self.languages = {lang.code: lang for lang in Language.objects.all()}
        self.levels = {level.rank: level for level in Level.objects.filter(scale="level")}

    def fill(self, made, total):
        """Store ``total`` mediators spread over the plans by their weight."""
        plans = [
            p
            for p in made
            if p.row.state in ON_THE_ROSTER or p.row.state == OrganizationState.DEREGISTERED
        ]
        seats = self._seats(plans, total)
        drawn = [
            (self._person(plan, seat), plan, seat) for plan, count in seats for seat in range(count)
        ]
        Mediator.objects.bulk_create([person for person, _plan, _seat in drawn], batch_size=BATCH)
        posts = [self._appointment(*one) for one in drawn]
        Appointment.objects.bulk_create(posts, batch_size=BATCH)
        self._second_posts(drawn)
        self._earlier_terms(posts)
        self._levels(drawn)
        self._fields_and_languages(drawn)
        return [person for person, _plan, _seat in drawn]

    def _seats(self, plans, total):
        """Share the people out by weight, the remainders to the largest fractions."""
        weight = sum(plan.weight for plan in plans)
        shares = [(plan, total * plan.weight / weight) for plan in plans]
        missing = total - sum(int(share) for _plan, share in shares)
        order = sorted(range(len(shares)), key=lambda i: int(shares[i][1]) - shares[i][1])
        extra = set(order[:missing])
        return [(plan, int(share) + (i in extra)) for i, (plan, share) in enumerate(shares)]

    def _person(self, plan, seat):
        rng = self.rng
        # The second seat of a committee is a woman's: the law wants at least one.
        female = seat == 1 or rng.random() < 0.3
        age = int(rng.triangular(23, 74, 48))
        born_on = self.today - timedelta(days=age * 365 + rng.randint(100, 360))
        county = plan.division.code[:6] if len(plan.division.code) >= 6 else "330602"
        band = "old" if age >= 58 else "young" if age < 38 else "middle"
        education = rng.choices(list(EDUCATION[band]), EDUCATION[band].values())[0]
        return Mediator(
            public_id=draw_public_id(rng),
            name=full_name(rng, female=female),
            sex=Sex.FEMALE if female else Sex.MALE,
            born_on=born_on,
            ethnicity="汉族"
            if rng.random() < 0.985
            else rng.choice(["畲族", "回族", "苗族", "土家族"]),
            education=education,
            background=rng.choices(list(BACKGROUND), BACKGROUND.values())[0],
            political_status="中共党员" if rng.random() < 0.38 else "群众",
            id_number=self._id_number(county, born_on, female=female),
            phone=f"1{rng.choice('3578')}{rng.randint(0, 9)}{rng.randint(0, 99_999_999):08d}",
            certificate_number=self._certificate(county) if rng.random() < 0.92 else None,
            division=plan.division,
        )

    def _id_number(self, county, born_on, *, female):
        """The next free serial of a place and day: even for women, odd for men."""
        key = (county, born_on, female)
        self.serials[key] += 1
        return resident_id_for(county, born_on, 2 * self.serials[key] + (0 if female else 1))

    def _certificate(self, county):
        self.numbers[county] += 1
        return f"{county}{self.numbers[county]:06d}"

    def _appointment(self, person, plan, seat):
        rng, state = self.rng, A.IN_POST
        # A few hundred terms of a large city are over by some weeks, and nothing is decided yet.
        from_on = self.today - timedelta(days=rng.randint(30, 1_140))
        until_on = None
        if plan.row.state == OrganizationState.DEREGISTERED:
            state, until_on = A.ENDED, plan.row.deregistered_on
        elif rng.random() < 0.02:
            state, until_on = A.ENDED, self.today - timedelta(days=rng.randint(1, 29))
        elif rng.random() < 0.006:
            state = A.SUSPENDED
        post = self._post(plan, seat)
        first = min(from_on, (until_on or self.today) - timedelta(days=1))
        return Appointment(
            mediator=person,
            organization=plan.row,
            post=post,
            employment=self._employment(plan),
            **_entry(plan, post),
            decided_on=first - timedelta(days=3),
            from_on=first,
            term_until_on=years_later(from_on, 3),
            until_on=until_on,
            state=state,
            ended_by=self._ended_by(plan, state),
        )

    def _ended_by(self, plan, state):
        if state != A.ENDED:
            return ""
        if plan.row.state == OrganizationState.DEREGISTERED:
            return EndedBy.WITH_ORGANIZATION
        return self.rng.choices(list(WAYS_TO_LEAVE), WAYS_TO_LEAVE.values())[0]

    def _post(self, plan, seat):
        if seat == 0:
            return PostHeld.DIRECTOR
        if seat == 1 and plan.weight > 5:
            return PostHeld.DEPUTY
        if seat < 4:
            return PostHeld.MEMBER
        return PostHeld.CHIEF if self.rng.random() < 0.02 else PostHeld.MEDIATOR

    def _employment(self, plan):
        shares = (8, 92, 0) if plan.kind == K.VILLAGE else (58, 36, 6)
        return self.rng.choices(list(Employment), shares)[0]

    def _second_posts(self, drawn):
        """Some also serve part-time in an industry committee of the same county."""
        bodies = {}
        for _person, plan, _seat in drawn:
            if plan.kind == K.INDUSTRY and plan.row.state in ON_THE_ROSTER:
                bodies.setdefault(plan.division.code[:6], []).append(plan.row)
        second = []
        for person, plan, _seat in drawn:
            others = bodies.get(plan.division.code[:6], [])
            if plan.kind == K.TOWNSHIP and others and self.rng.random() < 0.12:
                second.append(
                    Appointment(
                        mediator=person,
                        organization=self.rng.choice(others),
                        post=PostHeld.MEDIATOR,
                        employment=Employment.PART_TIME,
                        route=Route.APPOINTED,
                        from_on=self.today - timedelta(days=self.rng.randint(30, 700)),
                    )
                )
        Appointment.objects.bulk_create(second, batch_size=BATCH)

    def _earlier_terms(self, posts):
        """About a quarter served an earlier term in the same organisation and were renewed."""
        renewed = [post for post in posts if self.rng.random() < 0.25]
        earlier = [
            Appointment(
                **{name: getattr(post, name) for name in KEPT},
                employment=Employment.PART_TIME,
                from_on=years_later(post.from_on, -3),
                term_until_on=post.from_on,
                until_on=post.from_on,
                state=A.ENDED,
                ended_by=EndedBy.RENEWED,
            )
            for post in renewed
        ]
        Appointment.objects.bulk_create(earlier, batch_size=BATCH)
        for post, before in zip(renewed, earlier, strict=True):
            post.renewal_of = before
        Appointment.objects.bulk_update(renewed, ["renewal_of"], batch_size=500)

    def _levels(self, drawn):
        held = []
        for person, _plan, _seat in drawn:
            rank = self.rng.choices(list(LEVELS), LEVELS.values())[0]
            if rank:
                from_on = self.today - timedelta(days=self.rng.randint(30, 1_500))
                held.append(
                    LevelHolding(
                        mediator=person, level=self.levels[rank], from_on=from_on, source="demo"
                    )
                )
        LevelHolding.objects.bulk_create(held, batch_size=BATCH)

    def _fields_and_languages(self, drawn):
        fields, tongues = Mediator.specialities.through, Mediator.languages.through
        specialities, languages = [], []
        for person, plan, _seat in drawn:
            codes = set(
                self.rng.choices(
                    list(COMMON_FIELDS), COMMON_FIELDS.values(), k=self.rng.choice([1, 2, 2, 3])
                )
            )
            codes |= {plan.speciality} if plan.speciality else set()
            specialities += [
                fields(mediator=person, speciality=self.specialities[code])
                for code in sorted(codes)
            ]
            spoken = {"mandarin", DIALECTS.get(plan.division.code[:6], "shaoxing")}
            spoken |= {"sign"} if self.rng.random() < 0.004 else set()
            languages += [
                tongues(mediator=person, language=self.languages[code]) for code in sorted(spoken)
            ]
        fields.objects.bulk_create(specialities, batch_size=5 * BATCH)
        tongues.objects.bulk_create(languages, batch_size=5 * BATCH)


def _entry(plan, post):
    """Who elected or appointed somebody: members of a village's or firm's committee are elected."""
    if post in COMMITTEE_POSTS and plan.kind in ELECTED_BY:
        body, name = ELECTED_BY[plan.kind]
        unit = f"{plan.row.founding_unit}{name}"
        return {"route": Route.ELECTED, "unit_body": body, "unit": unit}
    unit = {"unit_body": DecidingBody.COMMITTEE, "unit": plan.row.name}
    return {"route": Route.APPOINTED, **unit}
