"""What a proxy and a monitor ask: does the process live, and can it do its work?"""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult, get_date_max

TASKS_ARE_LATE_AFTER = timedelta(minutes=10)
PROBE = "readyz"


@never_cache
@require_safe
def healthz(request):
    """Answer without asking anything else, so that only a dead process is restarted."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request):
    """Answer 503 while this node cannot serve; late background work is told, and serves on."""
    faults = {name: fault for name, test in TESTS.items() if (fault := _fault(test))}
    tasks = "unknown" if faults else background_work(timezone.now())
    answers = {name: faults.get(name, "ok") for name in TESTS}
    return JsonResponse({**answers, "tasks": tasks}, status=503 if faults else 200)


def _fault(test):
    try:
        return test()
    except Exception as error:  # noqa: BLE001 - whatever fails, the answer is "not ready"
        return type(error).__name__


def database_fault():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def migrations_fault():
    """Say so when this version of the code waits for a migration."""
    executor = MigrationExecutor(connection)
    return "pending" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else None


def cache_fault():
    cache.set(PROBE, "ok", timeout=10)
    return None if cache.get(PROBE) == "ok" else "lost"


TESTS = {"database": database_fault, "migrations": migrations_fault, "cache": cache_fault}


def background_work(now):
    """Tell whether a worker takes what is queued, from the oldest task that waits for one."""
    limit = now - TASKS_ARE_LATE_AFTER
    at_once = Q(run_after=get_date_max(), enqueued_at__lt=limit)
    waiting = DBTaskResult.objects.filter(at_once | Q(run_after__lt=limit), status="READY")
    return "late" if waiting.exists() else "ok"
