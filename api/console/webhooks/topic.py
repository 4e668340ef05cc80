"""The pages of receivers and dead letters in the console."""

from api.console.frame.topics import Place, Topic
from api.console.webhooks import pages

TOPIC = Topic(
    routers=(pages.router,),
    places=(Place(145, "/staff/webhooks", "webhooks.read", "nav.webhooks", count="webhooks"),),
)
