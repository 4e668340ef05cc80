"""The forms of the record flow, which every topic uses."""

from actions.core.topics import Form, Topic

TOPIC = Topic(forms={"find_record_form": Form(("purpose", "number", "tail", "record"))})
