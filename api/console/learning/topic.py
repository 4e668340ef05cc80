"""The pages of learning in the console."""

from api.console.frame.topics import Place, Topic
from api.console.learning import api, pages

TOPIC = Topic(
    routers=(pages.router, api.router),
    places=(Place(100, "/staff/learning", "learning.read", "nav.learning"),),
)
