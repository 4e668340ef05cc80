"""Review in a flow."""

from api.console.frame.topics import Pane, Place, Topic
from api.console.review import pages

TOPIC = Topic(
    routers=(pages.router,),
    places=(Place(88, "/staff/review", "conversations.review", "nav.review"),),
    panes={"review": Pane("review/turn.html", pages.turn_values)},
)
