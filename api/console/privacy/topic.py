"""The pages about privacy in the console."""

from api.console.frame.topics import Place, Topic
from api.console.privacy import api, pages

TOPIC = Topic(
    routers=(pages.router, api.router),
    places=(Place(140, "/staff/privacy", "privacy.read", "nav.privacy"),),
)
