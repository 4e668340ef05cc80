"""A whole conversation with the actions, and Rasa's form loop as far as they need it; the intents are given."""

from dataclasses import dataclass, field
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from bot.dialogue.asked import asked_in
from bot.settings import ROOT

NOW = "2026-11-23T08:00:00+08:00"
DOMAINS = [
    yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "domain.yml", *(ROOT / "data/domain").glob("*.yml"))
]
REQUIRED = {form: given["required_slots"] for domain in DOMAINS for form, given in domain.get("forms", {}).items()}
RULES = [
    [next(iter(step.items())) for step in rule["steps"]]
    for name in ("rules", "forms")
    for rule in yaml.safe_load((ROOT / f"data/rules/{name}.yml").read_text("utf-8"))["rules"]
]
BY_INTENT = {
    rule[0][1]: rule[1][1] for rule in RULES if rule[0][0] == "intent" and len(rule) > 1 and rule[1][0] == "action"
}
COMPLETE = {rule[0][1]: rule[-1][1] for rule in RULES if rule[0][0] == "action"}


def all_actions() -> dict[str, Any]:
    executor = ActionExecutor()
    executor.register_package("actions")
    return executor.actions


@dataclass
class Walk:
    """`say` a sentence with its intent; `told` holds the names of the replies, `values` what stood in the last of each."""

    actions: dict[str, Any]
    slots: dict[str, Any] = field(default_factory=dict)
    form: str | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    count: int = 0
    conversation: str = "walk"
    language: str = "zh"

    def say(
        self, text: str, intent: str = "inform", *, act: str | None = None, also: str = "file_complaint", **details: str
    ) -> list[str]:
        """`also` is the goal that the words may have besides."""
        self.count += 1
        asked = asked_in(self.told, self.slots.get("requested_slot") if self.form else None)
        metadata = {
            "now": NOW,
            "conversation_id": self.conversation,
            "language": self.language,
            "client_message_id": f"m{self.count}",
            "asked": asked,
        }
        if act:
            metadata |= {"act": act, "act_sure": True}
        entities = [{"entity": name, "value": value} for name, value in details.items()]
        self.message = {
            "text": text, "metadata": metadata, "entities": entities, "intent": {"name": intent},
            "intent_ranking": [{"name": intent, "confidence": 0.9}, {"name": also, "confidence": 0.06}],
        }  # fmt: skip
        self.events.append({"event": "user"})
        self.told = []
        if self.form:
            validated = self._run(f"validate_{self.form}")
            if validated:
                self._go_on(validated)
                return self.told
        self._follow(BY_INTENT[intent])
        return self.told

    def _run(self, action: str) -> list[dict[str, Any]]:
        dispatcher = CollectingDispatcher()
        tracker = Tracker(
            self.conversation, dict(self.slots), self.message, list(self.events), False, None,
            {"name": self.form} if self.form else {}, "action_listen",
        )  # fmt: skip
        events: list[dict[str, Any]] = list(self.actions[action](dispatcher, tracker, {}))
        for message in dispatcher.messages:
            name = message.get("response") or ""
            self.told.append(name)
            self.values[name] = message
            self.events.append({"event": "bot", "metadata": {"utter_action": name}})
        self.slots |= {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        return events

    def _follow(self, action: str) -> None:
        while action:
            if action in REQUIRED:
                self.form = action
                self._go_on(self._run(f"validate_{action}"))
                return
            events = self._run(action) if action in self.actions else []
            action = next((event["name"] for event in events if event["event"] == "followup"), "")

    def _go_on(self, events: list[dict[str, Any]]) -> None:
        """Ask for the next slot, or end the form."""
        asked = [event["value"] for event in events if event["event"] == "slot" and event["name"] == "requested_slot"]
        form = str(self.form)
        if asked and asked[-1] is None:
            slot = None
        elif asked:
            slot = asked[-1]
        else:
            slot = next((name for name in REQUIRED[form] if self.slots.get(name) is None), None)
        self.slots["requested_slot"] = slot
        if slot:
            self._run(f"action_ask_{form}_{slot}")
            return
        self.form = None
        self._follow(COMPLETE[form])
