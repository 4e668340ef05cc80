"""The inbox of the office."""

from api.console.frame.topics import Place, Topic
from api.console.inbox import events, pages, search

TOPIC = Topic(
    routers=(events.router, search.router, pages.router),
    places=(Place(5, "/staff/inbox", "inbox.read", "nav.inbox"),),
)
