"""The console's own account pages: signing in and out, password, second factor."""

from api.console.account import api, login, pages
from api.console.frame.topics import Topic

TOPIC = Topic(
    routers=(login.router, pages.router, api.router),
)
