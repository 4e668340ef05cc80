"""The pages of cases in the console."""

from api.console.cases import api, escalations, filing, pages
from api.console.frame.topics import Pane, Place, Topic

TOPIC = Topic(
    routers=(filing.router, pages.router, escalations.router, escalations.api, api.router),
    places=(
        Place(30, "/staff/cases", "cases.read", "nav.cases"),
        Place(40, "/staff/escalations", "escalations.read", "nav.escalations", "escalations"),
    ),
    records={"case": "/staff/cases/{number}"},
    panes={"case": Pane("cases/body.html", pages.case_values)},
)
