"""The grid worker's page for the telephone."""

from api.console.field import pages
from api.console.frame.topics import Place, Topic

TOPIC = Topic(routers=(pages.router, pages.api), places=(Place(35, "/staff/field", "cases.work", "nav.field"),))
