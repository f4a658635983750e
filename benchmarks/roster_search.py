"""The public search at national size: first that it is right, then how long it takes.

Every time is told as a ratio to something measured in the same run: an empty view behind the same
middleware, plain SQL that reads every row, and what Django does by default.
"""

from statistics import mean, median, quantiles
from time import perf_counter, process_time
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application
from django.db import connection

from benchmarks.questions import by_sounds, by_substrings, questions
from registry.models import MediatorRow
from registry.search import index
from registry.search.lookup import CAP
from registry.search.typed import tiers

ROUNDS = 5
UNSEEN_SEED = 20_261_121
PLAIN_SQL = 3


def run(*, number, checked, clock):
    """Check the answers to ``checked`` questions of each class, then time ``number`` of each.

    The clock is "wall", or "cpu" for a machine that others use as well; with a database of its own
    process only "wall" tells the whole time.
    """
    asked = questions(UNSEEN_SEED, number)
    compared = check({name: drawn[:checked] for name, drawn in asked.items()})
    site = Site({"wall": perf_counter, "cpu": process_time}[clock])
    times, hello = time_rounds(site, asked)
    report(asked, times, hello, compared, site)


def check(asked):
    """Compare answers with what reading every row gives; return how many were compared.

    :raises SystemExit: if one differs.
    """
    wanted = {}
    for drawn in asked.values():
        for one in drawn:
            wanted[one] = by_substrings(one.question, CAP)
    wanted |= by_sounds([one for one, ranks in wanted.items() if ranks is None])
    for one, ranks in wanted.items():
        if found_by(one.question) != ranks[:CAP]:
            raise SystemExit(f"The answer to {one.address} differs from reading every row.")
    return len(wanted)


def found_by(question):
    """Return the ranks the index finds for what is written or spelled so, in order."""
    exact = [tier for tier in tiers(question.words, question.groups) if not tier.only_sounds]
    return sorted(rank for _tier, rank in index.page(index.MEDIATORS, exact, 0, CAP))


class Site:
    """The whole application, asked as a server would ask it."""

    def __init__(self, clock):
        self.clock = clock
        self.application = get_wsgi_application()

    def seconds(self, path, query=""):
        environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
        setup_testing_defaults(environ)
        statuses = []
        start = self.clock()
        response = self.application(environ, lambda status, headers: statuses.append(status))
        body = b"".join(response)
        taken = self.clock() - start
        response.close()
        if statuses[0] != "200 OK" or not body:
            raise SystemExit(f"{path}?{query} answered {statuses[0]}")
        return taken


def time_rounds(site, asked):
    """Return the seconds of each question by class, and of the empty view, taken in turns."""
    times, hello = {name: [] for name in asked}, []
    for _ in range(20):
        site.seconds("/hello/")
        site.seconds("/mediators/", "q=%E5%BC%A0")
    for turn in range(ROUNDS):
        for name, drawn in asked.items():
            hello += [site.seconds("/hello/") for _ in range(10)]
            times[name] += [site.seconds("/mediators/", one.address) for one in drawn[turn::ROUNDS]]
    return times, hello


def report(asked, times, hello, compared, site):
    base = median(hello)
    print(f"\n{MediatorRow.objects.count():,} mediators on {connection.vendor}.")
    print(f"{compared:,} answers are equal to reading every row.")
    print(f"An empty view behind the same middleware takes {base * 1000:.2f} ms (p50).\n")
    print("| class | p50 ms | p95 ms | p50 / hello | p95 / hello |\n|---|---|---|---|---|")
    worst = 0
    for name, seconds in times.items():
        middle, late = median(seconds), quantiles(seconds, n=20)[-1]
        worst = max(worst, late / base)
        shown = [
            f"{value:.1f}" for value in (middle * 1000, late * 1000, middle / base, late / base)
        ]
        print(f"| {name} | {' | '.join(shown)} |")
    everything = [second for seconds in times.values() for second in seconds]
    ratios = {
        "worst class, p95 / hello p50": worst,
        "a province / a county, p50": median(times["a province"]) / median(times["a county"]),
        "pages a second / hello a second, all classes": base / mean(everything),
        "icontains / ours, given names of two characters": against_icontains(asked, times, site),
        "ours / plain SQL, surnames": against_plain_sql(asked, times, site),
    }
    print("\n| what | ratio |\n|---|---|")
    for what, ratio in ratios.items():
        print(f"| {what} | {ratio:.3f} |")


def against_icontains(asked, times, site):
    name = "given name, two characters"
    seconds = [site.seconds("/icontains/", one.address) for one in asked[name][:PLAIN_SQL]]
    return median(seconds) / median(times[name])


def against_plain_sql(asked, times, site):
    """Return our page as a share of one scan that counts and one that reads the first page."""
    seconds = []
    for one in asked["surname"][:PLAIN_SQL]:
        start = site.clock()
        by_substrings(one.question, None)
        seconds.append(site.clock() - start)
    return median(times["surname"]) / median(seconds)
