"""The dashboard."""

from api.console.dashboard import api, pages
from api.console.frame.topics import Place, Topic

TOPIC = Topic(
    routers=(pages.router, api.router),
    places=(Place(120, "/staff/dashboard", "dashboard.read", "nav.dashboard"),),
)
