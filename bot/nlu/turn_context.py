"""Rasa component: reads the same sentence differently by what the assistant has just asked.

The app sends the turn's circumstances as message metadata. `awaiting` names what was asked, `fits` tells
whether the sentence holds an answer to it. 「三点」 is an answer while a time is awaited and means nothing otherwise.
"""

from typing import Any, Dict, List, Optional, Text, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.sentence_classifier import INTENT_RANKING

Ranking = List[Dict[Text, Any]]

FREE_TEXT = {"description", "place", "name", "reason", "comment", "question", "trade", "free_time"}
"""Questions that nearly any words may answer."""
YES_OR_NO = {"confirmation", "keep_draft", "resume_draft", "wants"}
"""Questions that a plain yes or no answers."""
INTERRUPTIONS = {"human_agent", "repeat", "slower", "louder", "switch_language", "stop"}
"""What is never swallowed as an answer when it is meant."""
OPENS_FORM = {"book_service", "file_complaint"}
WANTS_NOTHING = "out_of_scope"
UNSURE = "unsure"
"""The intent of a sentence that we must ask back about."""
INTENT_OF_ACT = {"yes": "affirm", "no": "deny", "stop": "stop", "goodbye": "goodbye"}
"""What the app's reader of answers heard, in our intents. All other acts answer the question: `inform`."""
ANSWERING = ("affirm", "deny", "stop", "goodbye")
"""Not meant by a sentence that the reader takes for something else."""
CONTENT = "content"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class TurnContext(GraphComponent):
    """Re-weighs `intent_ranking` by the question in the air, and names what is too unsure to act on."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Chosen by cross-validation."""
        return {
            "answer_weight": 8.0,
            "free_text_weight": 12.0,
            "fits_weight": 40.0,
            "yes_no_weight": 6.0,
            "other_cancel_weight": 0.08,
            "not_an_answer_weight": 0.02,
            "sure_interruption": 0.4,
            "sure": 0.25,
            "sure_to_open_form": 0.8,
            "least_to_open_form": 0.55,
        }

    def __init__(self, config: Dict[Text, Any]) -> None:
        self.config = config

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TurnContext":
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = message.get(INTENT_RANKING)
            if ranking:
                self._read(message, ranking)
        return messages

    def _read(self, message: Message, ranking: Ranking) -> None:
        about = message.get(METADATA) or {}
        ranking = self.follow_reader(ranking, about)
        best = ranking[0]
        message.set(INTENT_RANKING, ranking, add_to_output=True)
        message.set(
            INTENT,
            best if self.is_sure(ranking, about.get("awaiting")) else {**best, "name": UNSURE},
            add_to_output=True,
        )
        if about.get("language"):
            turn_language = {"entity": "turn_language", "value": about["language"], "start": 0, "end": 0}
            message.set(ENTITIES, message.get(ENTITIES, []) + [turn_language], add_to_output=True)

    def follow_reader(self, ranking: Ranking, about: Dict[Text, Any]) -> Ranking:
        """The app has read the sentence as an answer to its question; where it is sure, that decides."""
        act = about.get("act") if about.get("act_sure") and about.get("asked") else None
        best = ranking[0]
        calls = best["name"] in INTERRUPTIONS - {"stop"} and best["confidence"] >= self.config["sure_interruption"]
        if act and act != CONTENT and not calls:
            meant = INTENT_OF_ACT.get(act, "inform")
            # the others keep their own probability: actions look at what else the words may have meant
            others = [row for row in ranking if row["name"] != meant]
            return [{"name": meant, "confidence": float(about["act_confidence"])}] + others
        if act == CONTENT:
            other = self.config["not_an_answer_weight"]
            ranking = sorted(
                (
                    {**row, "confidence": row["confidence"] * (other if row["name"] in ANSWERING else 1)}
                    for row in ranking
                ),
                key=lambda row: -row["confidence"],
            )
        return self.weigh(ranking, about.get("awaiting"), bool(about.get("fits")))

    def weigh(self, ranking: Ranking, awaiting: Optional[str], fits: bool) -> Ranking:
        """The ranking after Bayes: each intent's probability times how likely it is to follow that question."""
        best = ranking[0]
        if best["name"] in INTERRUPTIONS and best["confidence"] >= self.config["sure_interruption"]:
            return ranking
        # "cancel it" is about the form that is open; with none open, about a booking
        weights: Dict[str, float] = {
            "cancel_booking" if awaiting else "stop": self.config["other_cancel_weight"],
        }
        if not awaiting:
            weights["inform"] = 0.0
        elif awaiting in YES_OR_NO:
            weights["affirm"] = weights["deny"] = self.config["yes_no_weight"]
            weights["inform"] = self.config["fits_weight"] if fits else 1.0
        elif fits:
            weights["inform"] = self.config["fits_weight"]
        elif awaiting in FREE_TEXT:
            weights["inform"] = self.config["free_text_weight"]
        else:
            weights["inform"] = self.config["answer_weight"]
        weighed = [{**row, "confidence": row["confidence"] * weights.get(row["name"], 1.0)} for row in ranking]
        total = sum(row["confidence"] for row in weighed) or 1.0
        for row in weighed:
            row["confidence"] /= total
        return sorted(weighed, key=lambda row: -row["confidence"])

    def is_sure(self, ranking: Ranking, awaiting: Optional[str]) -> bool:
        """False when acting on the best guess could do what nobody asked for.

        `sure_to_open_form` compares the form's goal with talk that wants nothing: 0.8 is odds of four to one.
        `least_to_open_form` keeps out what is as likely another wish: a question, a proposal, a change of what was booked.
        """
        best = ranking[0]
        if best["confidence"] < self.config["sure"]:
            return False
        if best["name"] not in OPENS_FORM or awaiting:
            return True
        if best["confidence"] < self.config["least_to_open_form"]:
            return False
        nothing = sum(row["confidence"] for row in ranking if row["name"] == WANTS_NOTHING)
        return bool(best["confidence"] / (best["confidence"] + nothing) >= self.config["sure_to_open_form"])

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TurnContext":
        return cls(config)

    @staticmethod
    def required_components() -> List[Type]:
        return []

    @staticmethod
    def required_packages() -> List[Text]:
        return []

    @staticmethod
    def supported_languages() -> Optional[List[Text]]:
        return None

    @staticmethod
    def not_supported_languages() -> Optional[List[Text]]:
        return None
