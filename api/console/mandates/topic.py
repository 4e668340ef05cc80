"""The pages of mandates in the console."""

from api.console.frame.topics import Place, Topic
from api.console.mandates import pages

TOPIC = Topic(
    routers=(pages.router,),
    places=(Place(85, "/staff/mandates", "mandates.read", "nav.mandates"),),
    records={"mandate": "/staff/mandates/{number}"},
)
