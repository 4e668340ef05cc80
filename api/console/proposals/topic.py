"""The pages of proposals in the console."""

from api.console.frame.topics import Pane, Place, Topic
from api.console.proposals import pages

TOPIC = Topic(
    routers=(pages.router,),
    places=(Place(70, "/staff/proposals", "proposals.read", "nav.proposals"),),
    records={"proposal": "/staff/proposals/{number}"},
    panes={"proposal": Pane("proposals/body.html", pages.proposal_values)},
)
