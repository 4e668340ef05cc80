"""The pages of residents' needs in the console."""

from api.console.frame.topics import Place, Topic
from api.console.profiles import pages

TOPIC = Topic(
    routers=(pages.router,),
    places=(Place(76, "/staff/profiles", "profiles.read", "nav.profiles"),),
    records={"profile": "/staff/profiles/{number}"},
)
