from office.queries import ScopedQuerySet


class HoursAuditQuerySet(ScopedQuerySet):
    """Audits belong to the bureau of a division."""


class AuditItemQuerySet(ScopedQuerySet):
    division_lookup = "audit__division_id"

    def open(self):
        return self.filter(finding="open")
