"""Rasa importer: each topic's part of the domain, from one file a topic, beside domain.yml, which all topics share."""

from pathlib import Path
from typing import Dict, List, Optional, Text, Union

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.training_data import TrainingData


class TopicDomains(TrainingDataImporter):
    """Adds domains only; Rasa merges them with what its other importers bring."""

    def __init__(
        self,
        config_file: Optional[Text] = None,
        domain_path: Optional[Text] = None,
        training_data_paths: Optional[Union[List[Text], Text]] = None,
        folder: Text = "data/domain",
    ) -> None:
        self.folder = Path(folder)

    def get_domain(self) -> Domain:
        return Domain.load(sorted(self.folder.glob("*.yml")))

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        return TrainingData()

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        return StoryGraph([])

    def get_config(self) -> Dict:
        return {}

    def get_config_file_for_auto_config(self) -> Optional[Text]:
        return None
