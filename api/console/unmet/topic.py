"""The page of unmet wishes in the console."""

from api.console.frame.topics import Place, Topic
from api.console.unmet import pages

TOPIC = Topic(routers=(pages.router,), places=(Place(125, "/staff/unmet", "unmet.read", "nav.unmet"),))
