"""What /metrics counts: requests by route and status, turns by goal. No words, no numbers of residents."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("linyu_requests_total", "HTTP requests", ["method", "route", "status"])
REQUEST_SECONDS = Histogram("linyu_request_seconds", "Seconds until the answer", ["route"])
TURNS = Counter("linyu_turns_total", "Turns answered", ["goal"])
STREAMS = Gauge("linyu_streams", "Open voice streams")
