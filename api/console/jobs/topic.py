"""The pages of jobs in the console."""

from api.console.frame.topics import Pane, Place, Topic
from api.console.jobs import pages

TOPIC = Topic(
    routers=(pages.router,),
    places=(Place(60, "/staff/jobs", "jobs.read", "nav.jobs"),),
    records={"application": "/staff/jobs"},
    panes={"application": Pane("jobs/application.html", pages.application_values)},
)
