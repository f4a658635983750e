"""What the server of the benchmark of exams serves: the site, and a view that does nothing."""

import os
from pathlib import Path

from benchmarks.__main__ import set_up

set_up(Path(os.environ["BENCHMARK_DIR"]))

# Only now: it needs Django started with the settings above.
from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
