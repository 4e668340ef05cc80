"""The topic of the plan: what a page of it answers."""

from actions.core.topics import Topic
from actions.knowledge.knowledge import answer_plainly

TOPIC = Topic(answers=answer_plainly)
