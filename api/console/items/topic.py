"""The pages of items in the console."""

from api.console.frame.topics import Place, Topic
from api.console.items import pages

TOPIC = Topic(routers=(pages.router,), places=(Place(115, "/staff/items", "items.read", "nav.items"),))
