"""The queue of people who wait, and the office's hours."""

from api.console.frame.topics import Pane, Place, Topic
from api.console.queue import api, pages, panes

TOPIC = Topic(
    routers=(pages.router, pages.office_router, api.queue, api.settings, api.live),
    places=(
        Place(10, "/staff/queue", "queue.read", "nav.queue", "queue"),
        Place(150, "/staff/office", "queue.read", "nav.office"),
    ),
    records={"handover": "/staff/queue"},
    panes={"handover": Pane("queue/waiting.html", panes.waiting_values)},
)
