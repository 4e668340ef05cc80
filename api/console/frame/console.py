"""Joins all staff routes to the application: those of the frame, and those of each topic."""

from fastapi import FastAPI
from fastapi.params import Depends

from api.console.frame import home, reveal, static_files, topics
from api.console.frame.failures import add_failure_pages


def add_console(app: FastAPI, limited: Depends) -> None:
    """Call it after the exception handlers are there."""
    frame = (static_files.router, home.router, reveal.pages, reveal.api)
    for router in (*frame, *(one for topic in topics.topics().values() for one in topic.routers)):
        app.include_router(router, dependencies=[limited])
    add_failure_pages(app)
