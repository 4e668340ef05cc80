"""The topic of ratings."""

from actions.core.topics import Form, Topic

TOPIC = Topic(forms={"rate_service_form": Form(("score",))})
