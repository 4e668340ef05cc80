"""The pages of points in the console."""

from api.console.frame.topics import Place, Topic
from api.console.points import pages

TOPIC = Topic(
    routers=(pages.router,),
    places=(Place(80, "/staff/points", "points.read", "nav.points"),),
    records={"volunteer": "/staff/points/{number}"},
)
