"""The topic of people: a call back."""

from actions.core.topics import Form, Topic

TOPIC = Topic(forms={"callback_form": Form(("purpose", "phone", "confirmation"))})
