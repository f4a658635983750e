"""The evidence and the recommendation of every reappointment, computed anew from what was kept."""

from grading.models import Renewal
from grading.rules.evidence import digest_of
from grading.rules.renewal_pack import judged
from office.models import LedgerEntry

AT_A_TIME = 500
BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def renewal_faults():
    """Yield a sentence for every reappointment that is not what its evidence makes it."""
    told = _told()
    yield from _removed(told)
    rows = Renewal.objects.exclude(pack_digest="").select_related("version__parent__parent")
    for case in rows.order_by("pk").iterator(chunk_size=AT_A_TIME):
        for sentence in [*_of_pack(case), *_untold(case, told)]:
            yield f"reappointment {case.pk}: {sentence}"


def _of_pack(case):
    found = []
    if digest_of(case.pack) != case.pack_digest:
        found.append("its evidence was altered")
    try:
        recommended, reasons = judged(case.version and case.version.rules, case.pack)
    except BROKEN as error:
        return [*found, f"its recommendation cannot be computed: {error!r}"]
    if recommended != case.recommended:
        said = f"computed anew the rule says “{recommended}”, not “{case.recommended}”"
        found.append(said)
    if reasons != case.reasons:
        found.append("the reasons of its recommendation are not those of the rule")
    return found


def _told():
    """Return the last (entry, value) the ledger tells of the evidence, by the keys of cases."""
    entries = LedgerEntry.objects.filter(subject_type=Renewal._meta.label_lower)
    found = {}
    rows = entries.order_by("sequence").values_list("sequence", "subject_id", "after")
    for sequence, subject, after in rows.iterator(chunk_size=AT_A_TIME):
        of_case = found.setdefault(subject, {})
        for name in ("pack_digest", "recommended"):
            if name in after:
                of_case[name] = (sequence, after[name])
    return found


def _removed(told):
    kept = set(Renewal.objects.exclude(pack_digest="").values_list("pk", flat=True))
    for subject, of_case in told.items():
        sequence, digest = of_case.get("pack_digest", (0, ""))
        if digest and int(subject) not in kept:
            yield (
                f"reappointment {subject}: its evidence is gone;"
                f" the ledger tells of it in entry {sequence}"
            )


def _untold(case, told):
    of_case = told.get(str(case.pk), {})
    if "pack_digest" not in of_case:
        return ["the ledger does not tell of its evidence"]
    own = {"pack_digest": case.pack_digest, "recommended": case.recommended}
    return [
        f"entry {of_case[name][0]} of the ledger tells otherwise"
        for name, value in own.items()
        if name in of_case and of_case[name][1] != value
    ]
