"""Rasa importer: the example questions of the knowledge pages are examples of `ask_policy`.

So a question is written once, on the page that answers it.
"""

from pathlib import Path
from typing import Dict, List, Optional, Text, Union

import frontmatter
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

QUESTION_HEADINGS = ("## 问法", "## Questions")


class KnowledgeImporter(TrainingDataImporter):
    """Adds NLU examples only; stories, domain and configuration come from Rasa's own importer."""

    def __init__(
        self,
        config_file: Optional[Text] = None,
        domain_path: Optional[Text] = None,
        training_data_paths: Optional[Union[List[Text], Text]] = None,
        folder: Text = "data/knowledge",
    ) -> None:
        self.folder = Path(folder)

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        pages = sorted(self.folder.glob("*.md"))
        questions = [q for page in pages for q in questions_of(frontmatter.load(str(page)).content)]
        return TrainingData([Message.build(text=q, intent="ask_policy") for q in questions])

    def get_domain(self) -> Domain:
        return Domain.empty()

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        return StoryGraph([])

    def get_config(self) -> Dict:
        return {}

    def get_config_file_for_auto_config(self) -> Optional[Text]:
        return None


def questions_of(markdown: str) -> List[str]:
    """The list items below the headings that hold example questions."""
    found: List[str] = []
    listening = False
    for line in markdown.splitlines():
        if line.startswith("## "):
            listening = line.strip() in QUESTION_HEADINGS
        elif listening and line.startswith("- "):
            found.append(line[2:].strip())
    return found
