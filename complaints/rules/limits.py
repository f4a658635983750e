"""Which limits bind the bureau, and which leave time to somebody else."""

# Time of the complainant or the unit, or a day from which something may be done: when it is over
# nobody is late. The queue and the dots are about what the bureau has to do.
TIME_OF_OTHERS = frozenset(
    ["material_days", "object_days", "review_ask_days", "recheck_ask_days", "close_days"]
)
