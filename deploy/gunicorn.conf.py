"""Threads rather than processes: a request mostly waits for the database."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8001")
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 5_000
max_requests_jitter = 500
# Longer heads and lines than a browser sends are refused before Django sees them.
limit_request_line = 4_094
limit_request_fields = 60
# The proxy keeps the access log; gunicorn's own words go to the journal.
accesslog = None
errorlog = "-"
wsgi_app = "portal.wsgi:application"
