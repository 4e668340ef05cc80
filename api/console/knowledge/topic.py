"""The pages of knowledge in the console."""

from api.console.frame.topics import Place, Topic
from api.console.knowledge import pages, sound

TOPIC = Topic(
    routers=(pages.router, sound.router),
    places=(Place(110, "/staff/knowledge", "knowledge.read", "nav.knowledge"),),
)
