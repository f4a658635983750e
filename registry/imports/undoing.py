"""Take back what rows of an import did, if nobody has touched it since."""

from django.db.models import Q
from django.utils.translation import gettext as _

from registry.flows import AppointmentState, OrganizationState
from registry.imports import bodies, people
from registry.imports.storing import BODY_COLUMNS, PERSON_COLUMNS, assign, link, update
from registry.models import Appointment, ImportKind, LevelHolding, Mediator, Organization, Verdict


class Undo:
    """What some rows of an import did, compared with the register as it is now.

    ``faults`` are sentences; while there is one nothing may be taken back.
    """

    model = None

    def __init__(self, lines):
        self.lines, self.faults = lines, []
        rows = self.model.objects.select_for_update()
        targets = [line.target for line in lines]
        self.rows = {row.public_id: row for row in rows.filter(public_id__in=targets)}
        self.made = {line.target for line in lines if line.verdict == Verdict.NEW}
        self.load()
        for line in lines:
            self._compare(line)
        self._ask_who_refers()

    def load(self):
        """Read what hangs on the rows."""

    def now(self, row, line):
        """Return what the register says now of what the line changed."""
        raise NotImplementedError

    def is_in_use(self, row):
        """Whether something stands on a new row that no import puts there."""
        raise NotImplementedError

    def _compare(self, line):
        row = self.rows.get(line.target)
        touched = row is None or self.now(row, line) != line.after
        if touched or (line.target in self.made and self.is_in_use(row)):
            sentence = _("Row %(row)d: the record was changed since the import.")
            self.faults.append(sentence % {"row": line.number})

    def _ask_who_refers(self):
        made = {self.rows[t].pk: t for t in self.made if t in self.rows}
        numbers = {line.target: line.number for line in self.lines}
        for pk in sorted(referred_to(self.model, made, self.own())):
            sentence = _("Row %(row)d: other records refer to it since the import.")
            self.faults.append(sentence % {"row": numbers[made[pk]]})

    def own(self):
        """Return {model: primary keys} of the rows that are taken back along with new ones."""
        return {}

    def changed(self):
        return [
            (line, self.rows[line.target]) for line in self.lines if line.target not in self.made
        ]

    def new(self):
        return [self.rows[target] for target in self.made]


class UndoOrganizations(Undo):
    model = Organization

    def now(self, row, line):
        said = bodies.picture(row)
        return {name: said[name] for name in line.after}

    def is_in_use(self, row):
        return row.state != OrganizationState.LISTED

    def take_back(self):
        """Restore the changed rows and remove the new ones."""
        for line, row in self.changed():
            assign(row, line.before, bodies.FIELDS)
        update(Organization, [row for _line, row in self.changed()], BODY_COLUMNS)
        Organization.objects.filter(pk__in=[row.pk for row in self.new()]).delete()


class UndoMediators(Undo):
    model = Mediator

    def load(self):
        pks = [row.pk for row in self.rows.values()]
        self.links = {name: people.linked(name, pks) for name in people.LINKS}
        open_posts = Appointment.objects.select_for_update().filter(
            mediator__in=pks, until_on__isnull=True
        )
        self.posts = {(row.mediator_id, row.organization_id): row for row in open_posts}
        held = LevelHolding.objects.filter(mediator__in=pks, until_on__isnull=True)
        self.levels = {row.mediator_id: row for row in held}

    def now(self, row, line):
        links = {name: self.links[name][row.pk] for name in people.LINKS}
        said = people.picture(row, links, self._post(row, line), self.levels.get(row.pk))
        return {name: said[name] for name in line.after}

    def _post(self, row, line):
        values = line.after.get("appointment")
        return values and self.posts.get((row.pk, values["organization_id"]))

    def is_in_use(self, row):
        return bool(row.user_id or row.photo)

    def own(self):
        pairs = [(line, self.rows[line.target]) for line in self.lines if line.target in self.rows]
        posts = [self._post(row, line) for line, row in pairs if not line.before.get("appointment")]
        levels = [
            self.levels.get(row.pk)
            for line, row in pairs
            if line.after.get("level") and not line.before.get("level")
        ]
        return {
            Appointment: {post.pk for post in posts if post},
            LevelHolding: {level.pk for level in levels if level},
        }

    def _compare(self, line):
        super()._compare(line)
        row = self.rows.get(line.target)
        post = row and self._post(row, line)
        if post and not line.before.get("appointment") and post.state != AppointmentState.IN_POST:
            sentence = _("Row %(row)d: the appointment was changed since the import.")
            self.faults.append(sentence % {"row": line.number})

    def _ask_who_refers(self):
        super()._ask_who_refers()
        if referred_to(Appointment, self.own()[Appointment], {}):
            self.faults.append(_("Other records refer to appointments that the import made."))

    def take_back(self):
        """Restore the changed rows and remove the new ones with all that came with them."""
        changed, own = self.changed(), self.own()
        self._restore_posts(changed)
        Appointment.objects.filter(pk__in=own[Appointment]).delete()
        LevelHolding.objects.filter(pk__in=own[LevelHolding]).delete()
        for line, row in changed:
            assign(row, line.before, people.FIELDS)
        rows = [row for _line, row in changed]
        update(Mediator, rows, PERSON_COLUMNS)
        for name in people.LINKS:
            wanted = {row.pk: line.before[name] for line, row in changed if name in line.before}
            link(name, wanted, cleared=rows)
        Mediator.objects.filter(pk__in=[row.pk for row in self.new()]).delete()

    def _restore_posts(self, changed):
        restored = []
        for line, row in changed:
            values = line.before.get("appointment")
            if values:
                post = self._post(row, line)
                assign(post, values, people.POST_FIELDS)
                restored.append(post)
        update(Appointment, restored, [*people.POST_FIELDS, "revision", "changed_at"])


UNDOS = {ImportKind.ORGANIZATIONS: UndoOrganizations, ImportKind.MEDIATORS: UndoMediators}


def referred_to(model, pks, own):
    """Return those primary keys to which rows of other tables refer, apart from the ``own`` ones.

    The relations are read from the models, so a table added on a floor above is asked as well. The
    copies for the public pages, which have no constraint, do not count.
    """
    found = set()
    for relation in model._meta.related_objects:
        field = relation.field
        if not getattr(field, "db_constraint", True):
            continue
        column = field.m2m_reverse_field_name() if relation.many_to_many else field.name
        table = relation.through if relation.many_to_many else relation.related_model
        rows = table._base_manager.filter(Q(**{f"{column}__in": list(pks)}))
        rows = rows.exclude(pk__in=own.get(table, ()))
        found |= set(rows.values_list(f"{column}_id", flat=True))
    return found
