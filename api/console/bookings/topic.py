"""The pages of bookings in the console."""

from api.console.bookings import api, pages, sheet
from api.console.frame.topics import Place, Topic

TOPIC = Topic(
    routers=(sheet.router, pages.router, api.router),
    places=(Place(50, "/staff/bookings", "bookings.read", "nav.bookings"),),
    records={"booking": "/staff/bookings/{number}"},
)
