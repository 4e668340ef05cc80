"""The audit in the console."""

from api.console.audit import api, pages
from api.console.frame.topics import Place, Topic

TOPIC = Topic(
    routers=(pages.router, api.router),
    places=(Place(160, "/staff/audit", "audit.read", "nav.audit"),),
)
