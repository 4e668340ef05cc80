"""The pages of staff accounts in the console."""

from api.console.frame.topics import Place, Topic
from api.console.people import api, pages

TOPIC = Topic(
    routers=(pages.router, api.router),
    places=(Place(130, "/staff/people", "people.read", "nav.people"),),
)
