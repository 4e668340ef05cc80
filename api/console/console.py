"""Joins all staff routes to the application: one line for each topic's pages and one for its API."""

from fastapi import FastAPI
from fastapi.params import Depends

from api.console import (
    account,
    api_account,
    api_audit,
    api_bookings,
    api_cases,
    api_conversations,
    api_dashboard,
    api_learning,
    api_people,
    api_privacy,
    api_queue,
    audit,
    bookings,
    cases,
    conversations,
    dashboard,
    escalations,
    home,
    knowledge,
    knowledge_sound,
    learning,
    live,
    login,
    people,
    privacy,
    queue,
    reveal,
    static_files,
)
from api.console.failures import add_failure_pages

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
    conversations.router,
    learning.router,
    knowledge.router,
    knowledge_sound.router,
    people.router,
    dashboard.router,
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
