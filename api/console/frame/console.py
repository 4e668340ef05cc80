"""Joins all staff routes to the application: one line for each topic's pages and one for its API."""

from fastapi import FastAPI
from fastapi.params import Depends

from api.console.account import api as api_account
from api.console.account import login
from api.console.account import pages as account
from api.console.audit import api as api_audit
from api.console.audit import pages as audit
from api.console.bookings import api as api_bookings
from api.console.bookings import pages as bookings
from api.console.cases import api as api_cases
from api.console.cases import escalations
from api.console.cases import pages as cases
from api.console.conversations import api as api_conversations
from api.console.conversations import live
from api.console.conversations import pages as conversations
from api.console.dashboard import api as api_dashboard
from api.console.dashboard import pages as dashboard
from api.console.frame import home, reveal, static_files
from api.console.frame.failures import add_failure_pages
from api.console.jobs import pages as jobs
from api.console.knowledge import pages as knowledge
from api.console.knowledge import sound as knowledge_sound
from api.console.learning import api as api_learning
from api.console.learning import pages as learning
from api.console.people import api as api_people
from api.console.people import pages as people
from api.console.points import pages as points
from api.console.privacy import api as api_privacy
from api.console.privacy import pages as privacy
from api.console.proposals import pages as proposals
from api.console.queue import api as api_queue
from api.console.queue import pages as queue
from api.console.unmet import pages as unmet

ROUTERS = (
    static_files.router,
    login.router,
    account.router,
    home.router,
    queue.router,
    queue.office_router,
    live.router,
    cases.router,
    escalations.router,
    escalations.api,
    bookings.router,
    proposals.router,
    points.router,
    conversations.router,
    learning.router,
    jobs.router,
    knowledge.router,
    knowledge_sound.router,
    people.router,
    dashboard.router,
    unmet.router,
    privacy.router,
    audit.router,
    reveal.pages,
    reveal.api,
    api_account.router,
    api_people.router,
    api_cases.router,
    api_queue.queue,
    api_queue.settings,
    api_queue.live,
    api_bookings.router,
    api_conversations.router,
    api_learning.router,
    api_audit.router,
    api_privacy.router,
    api_dashboard.router,
)


def add_console(app: FastAPI, limited: Depends) -> None:
    """Call it after the exception handlers are there."""
    for router in ROUTERS:
        app.include_router(router, dependencies=[limited])
    add_failure_pages(app)
