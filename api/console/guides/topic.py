"""The pages of guides in the console."""

from api.console.frame.topics import Place, Topic
from api.console.guides import pages

TOPIC = Topic(routers=(pages.router,), places=(Place(117, "/staff/guides", "items.read", "nav.guides"),))
