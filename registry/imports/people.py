"""Rows of mediators against the register: who is known, what would change, what is against it."""

from collections import defaultdict

from django.utils.translation import gettext as _

from office.personal import lookup_hash
from registry.flows import APPOINTMENT, AppointmentState
from registry.imports.bodies import GONE, ON_ROSTER, Index, places_of
from registry.imports.outcomes import Outcome, judged, plain
from registry.imports.rows import MediatorReader, has_fault
from registry.imports.terms import Terms
from registry.models import (
    Appointment,
    Division,
    Employment,
    Language,
    Level,
    LevelHolding,
    Mediator,
    PostHeld,
    Speciality,
)

SOURCE = "import"
FIELDS = (
    "name", "sex", "born_on", "ethnicity", "education", "background", "political_status",
    "id_number", "phone", "certificate_number", "division_id", "other_specialities", "note",
)  # fmt: skip
LINKS = ("specialities", "languages")
POST_FIELDS = ("organization_id", "post", "employment", "route", "from_on")
EMPTY = {"born_on": None, "certificate_number": None}
LEVEL_DIGITS = str.maketrans("1234１２３４ⅠⅡⅢⅣ壹贰叁肆", "一二三四" * 4)


class Known:
    """What the register holds about the people of some rows, read in a fixed number of queries."""

    def __init__(self, drafts, *, lock):
        self.hashes = {
            draft.number: lookup_hash(Mediator, "id_number", draft.values["id_number"])
            for draft in drafts
            if "id_number" in draft.values
        }
        self.by_hash = {
            row.id_number_hash: row
            for row in _locked(Mediator, lock).filter(id_number_hash__in=self.hashes.values())
        }
        self.by_post = self._in_post(drafts, lock)
        people = [*self.by_hash.values(), *(p for found in self.by_post.values() for p in found)]
        pks = {person.pk for person in people}
        self.open, self.past = defaultdict(list), defaultdict(list)
        posts = _locked(Appointment, lock).filter(mediator__in=pks)
        for row in posts.exclude(state=AppointmentState.REJECTED):
            kept = self.open if row.until_on is None else self.past
            kept[row.mediator_id].append(row)
        self.levels = {
            row.mediator_id: row
            for row in LevelHolding.objects.filter(mediator__in=pks, until_on__isnull=True)
        }
        self.links = {name: linked(name, pks) for name in LINKS}
        numbers = [
            d.values["certificate_number"] for d in drafts if "certificate_number" in d.values
        ]
        rows = Mediator.objects.filter(certificate_number__in=numbers)
        self.certificates = dict(rows.values_list("certificate_number", "pk"))

    def _in_post(self, drafts, lock):
        """Return {(organisation, name): people} of those whose ID number one side does not have."""
        wanted = {(d.values.get("organization_id"), d.values.get("name")) for d in drafts}
        pairs = (
            Appointment.objects.filter(
                organization__in={pk for pk, _name in wanted if pk},
                mediator__name__in={name for _pk, name in wanted if name},
                until_on__isnull=True,
            )
            .exclude(state=AppointmentState.REJECTED)
            .values_list("mediator_id", "organization_id", "mediator__name")
        )
        found = {(body, name): [] for _pk, body, name in pairs if (body, name) in wanted}
        pks = [pk for pk, body, name in pairs if (body, name) in found]
        people = _locked(Mediator, lock).in_bulk(pks)
        for pk, body, name in pairs:
            if (body, name) in found:
                found[body, name].append(people[pk])
        return found


class People:
    """Judges rows of mediators for one filing division, in the order of the file."""

    reader = MediatorReader
    model = Mediator

    def __init__(self, division, *, today, lock=False):
        self.division, self.today, self.lock = division, today, lock
        self.low, self.high = division.span
        self.index, self.places = Index(division, GONE), places_of(division)
        self.spans = {row.pk: row.span for row in Division.objects.in_division(division)}
        self.terms = {"specialities": Terms(Speciality), "languages": Terms(Language)}
        self.levels = _level_words()
        self.seen = {"id_number": {}, "certificate_number": {}, "name": {}}

    def judge(self, drafts):
        """Return the outcome of each draft."""
        for draft in drafts:
            self._organization(draft)
            self._words(draft)
            self._once(draft)
        known = Known([draft for draft in drafts if not draft.faults], lock=self.lock)
        return [Outcome(d) if d.faults else self._outcome(d, known) for d in drafts]

    def _organization(self, draft):
        township = draft.values.pop("township", None)
        name = draft.values.pop("organization", None)
        if name is None:
            return
        span = self.spans.get(self.places.township(township)) if township else None
        found = self.index.find(name, span)
        if len(found) > 1:
            draft.refuse("organization", _("Several organisations in the register are called so."))
        elif not found:
            sentence = _("There is no organisation “%(name)s” in the register of %(division)s.")
            draft.refuse("organization", sentence % {"name": name, "division": self.division})
        elif self.index.states[found[0]] not in ON_ROSTER:
            draft.refuse("organization", _("This organisation is not on the roster."))
        else:
            draft.values["organization_id"] = found[0]

    def _words(self, draft):
        values = draft.values
        for name, terms in self.terms.items():
            if name not in values:
                continue
            values[name], others = terms.read(values[name])
            if others:
                self._keep_words(draft, name, others)
        if word := values.pop("level", None):
            values["level"] = self.levels.get(_level_key(word))
            if values["level"] is None and plain(word) not in NO_LEVEL:
                draft.remark("level", _("“%(word)s” is no level of the list.") % {"word": word})
                draft.kept.append(f"{_('level')}：{word}")

    def _keep_words(self, draft, name, words):
        sentence = _("Not in the list, kept as text: %(words)s")
        draft.remark(name, sentence % {"words": "、".join(words)})
        if name == "specialities":
            longest = Mediator._meta.get_field("other_specialities").max_length
            draft.values["other_specialities"] = "、".join(words)[:longest]
        else:
            draft.kept.append(f"{_('languages and dialects')}：{'、'.join(words)}")

    def _once(self, draft):
        """Of two rows about one person the first stands, whatever becomes of it."""
        values = draft.values
        keys = {name: values.get(name) for name in ("id_number", "certificate_number")}
        if not keys["id_number"] and not has_fault(draft, "id_number"):
            keys["name"] = (
                values.get("name"),
                values.get("organization_id"),
                values.get("born_on"),
            )
        for name, key in keys.items():
            if not key or (isinstance(key, tuple) and None in key[:2]):
                continue
            first = self.seen[name].setdefault(key, draft.number)
            if first != draft.number:
                sentence = _("It stands already in row %(row)d of the file.")
                draft.refuse(name, sentence % {"row": first})

    def _outcome(self, draft, known):
        person = self._person(draft, known)
        if not draft.faults:
            self._object(draft, person, known)
        if draft.faults:
            return Outcome(draft)
        posts = known.open[person.pk] if person else []
        body = draft.values["organization_id"]
        post = next((row for row in posts if row.organization_id == body), None)
        holding = known.levels.get(person.pk) if person else None
        links = {name: known.links[name][person.pk] for name in LINKS} if person else {}
        old = picture(person, links, post, holding) if person else None
        new = self._after(draft, old, has_post=bool(posts))
        found = {"mediator": person, "appointment": post, "level": holding}
        return judged(draft, old, new, person.public_id if person else "", found)

    def _person(self, draft, known):
        """Return who the row is about, or None for somebody new; refuse if that is uncertain."""
        values = draft.values
        person = known.by_hash.get(known.hashes.get(draft.number))
        if person is not None:
            if not self.low <= person.division_id < self.high:
                sentence = _("This person is already in the register of another bureau.")
                draft.refuse("id_number", sentence)
            elif person.merged_into_id:
                sentence = _("This ID number is that of an entry merged into another one.")
                draft.refuse("id_number", sentence)
            return person
        namesakes = known.by_post.get((values["organization_id"], values["name"]), [])
        if "id_number" in values:
            namesakes = [row for row in namesakes if not row.id_number]
        alike = [row for row in namesakes if _same_month(row.born_on, values.get("born_on"))]
        if len(alike) > 1:
            draft.refuse("name", _("Several people of this name are there: give the ID number."))
        return alike[0] if len(alike) == 1 else None

    def _object(self, draft, person, known):
        values, posts = draft.values, known.open[person.pk] if person else []
        owner = known.certificates.get(values.get("certificate_number"))
        if owner is not None and (person is None or owner != person.pk):
            sentence = _("Another person in the register has this certificate number.")
            draft.refuse("certificate_number", sentence)
        for row in posts:
            if row.organization_id == values["organization_id"]:
                if row.state not in APPOINTMENT.editable:
                    draft.refuse("organization", _("An appointment there is still in progress."))
            elif Employment.FULL_TIME == row.employment == values["employment"]:
                sentence = _("This person already holds a full-time post in another organisation.")
                draft.refuse("employment", sentence)
        if person is not None:
            self._past_posts(draft, known.past[person.pk], posts)

    def _past_posts(self, draft, past, posts):
        """Refuse a post that would begin before an earlier one, which it may not overlap, ended."""
        values = draft.values
        here = next((r for r in posts if r.organization_id == values["organization_id"]), None)
        first = values.get("from_on") or (here.from_on if here else self.today)
        employment = values.get("employment") or (here and here.employment)
        for row in past:
            same = row.organization_id == values["organization_id"]
            full_time = Employment.FULL_TIME == row.employment == employment
            if (same or full_time) and row.until_on > first:
                draft.refuse("from_on", _("An earlier post of this person ended later than that."))

    def _after(self, draft, old, *, has_post):
        values = draft.values
        given = {n: plain(values[n]) for n in (*FIELDS, *LINKS) if n in values}
        if "specialities" in values:
            given.setdefault("other_specialities", "")
        new = {name: EMPTY.get(name, "") for name in FIELDS} | {name: [] for name in LINKS}
        new = (old or {**new, "appointment": None, "level": None}) | given
        new["note"] = self._note(draft, (old or new)["note"] if old else "")
        if not has_post:
            new["division_id"] = self.index.divisions[values["organization_id"]]
        new["appointment"] = self._appointment(values, new["appointment"])
        new["level"] = self._level(draft, new["level"])
        return new

    def _note(self, draft, noted):
        """Add what the file notes to what is there; what stands there already is not repeated."""
        lines = [line for line in (draft.values.get("note"), *draft.kept) if line]
        return "\n".join([*filter(None, [noted]), *(line for line in lines if line not in noted)])

    def _appointment(self, values, old):
        new = old or {
            "organization_id": values["organization_id"],
            "post": PostHeld.MEDIATOR.value,
            "route": "",
            "from_on": self.today.isoformat(),
        }
        given = {name: plain(values[name]) for name in POST_FIELDS if name in values}
        return {name: (new | given).get(name) for name in POST_FIELDS}

    def _level(self, draft, old):
        """Give a level to who has none; one that is there is changed by grading, not by a file."""
        level = draft.values.get("level")
        if level is None:
            return old
        if old is not None:
            if old["level_id"] != level:
                draft.remark("level", _("The level in the register is another one and stays."))
            return old
        return {"level_id": level, "from_on": self.today.isoformat(), "source": SOURCE}


def picture(person, links, post, holding):
    """Return what the register says of a person and one post, as plain values."""
    return {
        **{name: plain(getattr(person, name)) for name in FIELDS},
        **links,
        "appointment": post and {name: plain(getattr(post, name)) for name in POST_FIELDS},
        "level": holding
        and {
            "level_id": holding.level_id,
            "from_on": plain(holding.from_on),
            "source": holding.source,
        },
    }


NO_LEVEL = ("无", "未评", "未评定", "无等级", "暂无", "/", "-")


def _locked(model, lock):
    return model.objects.select_for_update() if lock else model.objects.all()


def linked(name, pks):
    """Return {mediator: sorted primary keys} of a many-to-many field."""
    field = Mediator._meta.get_field(name)
    through, target = field.remote_field.through, field.m2m_reverse_field_name()
    links = defaultdict(list)
    rows = through.objects.filter(mediator__in=pks).order_by("mediator", target)
    for mediator, pk in rows.values_list("mediator_id", f"{target}_id"):
        links[mediator].append(pk)
    return links


def _level_key(word):
    key = plain(word)
    for ending in ("人民调解员", "调解员"):
        key = key.removesuffix(ending)
    return key.translate(LEVEL_DIGITS)


def _level_words():
    return {
        _level_key(word): row.pk
        for row in Level.objects.filter(scale="level")
        for word in (row.label, row.label_en)
    }


def _same_month(known, told):
    return known is None or told is None or (known.year, known.month) == (told.year, told.month)
