"""Guides for everybody, to read at once and to print: `/guides`, and each with its case chosen by links."""

from fastapi import APIRouter, Request, Response

from api.parts import WithParts
from api.public.frame import language_of, page
from bot import wiring
from bot.services.guides import confirmations

pages = APIRouter(include_in_schema=False)


@pages.api_route("/guides", methods=["GET", "HEAD"])
def guides_page(request: Request) -> Response:
    return page(request, "guides.html", guides=list(wiring.guides().guides.values()))


@pages.api_route("/guides/{guide_id}", methods=["GET", "HEAD"])
def guide_page(request: Request, parts: WithParts, guide_id: str) -> Response:
    """Its next question as links, or all steps of the case that stands in the address."""
    guide = wiring.guides().guides.get(guide_id)
    if guide is None:
        return page(request, "guides.html", guides=list(wiring.guides().guides.values()), status=404)
    asked, case = request.query_params, {}
    for question in guide.questions:
        if asked.get(question.id) in {option.id for option in question.options}:
            case[question.id] = str(asked[question.id])
    open_question = guide.next_question(case)
    chosen = [
        option.words[language_of(request)]
        for one in guide.questions
        for option in one.options
        if case.get(one.id) == option.id
    ]
    steps = [] if open_question else guide.steps_of(case)
    return page(
        request,
        "guide.html",
        guide=guide,
        question=open_question,
        chosen=chosen,
        steps=steps,
        example=confirmations.is_example(parts.store, guide),
    )
