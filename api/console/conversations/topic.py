"""The pages of conversations in the console."""

from api.console.conversations import api, live, pages
from api.console.frame.topics import Place, Topic

TOPIC = Topic(
    routers=(live.router, pages.router, api.router),
    places=(
        Place(20, "/staff/live", "conversations.read", "nav.live"),
        Place(90, "/staff/conversations", "conversations.read", "nav.conversations"),
    ),
    records={"conversation": "/staff/conversations/{number}"},
)
