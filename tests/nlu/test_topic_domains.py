from collections import Counter
from pathlib import Path

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.utils.io import read_yaml_file

from bot.nlu.topic_domains import TopicDomains

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # Rasa warns of its own past at every domain

BATHS = """version: "3.1"
intents:
  - book_bath: {use_entities: []}
slots:
  water: {type: any, influence_conversation: false, mappings: [{type: custom}]}
responses:
  utter_bath:
    - text: "水放好了。"
"""


def test_the_domain_of_every_topic_is_added(tmp_path: Path) -> None:
    (tmp_path / "baths.yml").write_text(BATHS, "utf-8")
    (tmp_path / "teas.yml").write_text(BATHS.replace("bath", "tea").replace("water", "leaves"), "utf-8")
    domain = TopicDomains(folder=str(tmp_path)).get_domain()
    assert {"book_bath", "book_tea"} <= set(domain.intents)
    assert {"water", "leaves"} <= {slot.name for slot in domain.slots}
    assert set(domain.responses) == {"utter_bath", "utter_tea"}


def test_it_adds_nothing_but_domains() -> None:
    importer = TopicDomains()
    assert importer.get_stories().story_steps == []
    assert importer.get_nlu_data().intent_examples == []
    assert importer.get_config() == {}


def test_rasa_learns_what_all_share_and_what_each_topic_has() -> None:
    importer = TrainingDataImporter.load_from_config("config.yml", "domain.yml", ["data/nlu", "data/rules"])
    domain = importer.get_domain()
    assert {"utter_sorry", "utter_booked", "utter_case_filed", "utter_phone_welcome"} <= set(domain.responses)
    assert domain.required_slots_for_form("rate_service_form") == ["score"]
    assert domain.session_config.carry_over_slots


@pytest.mark.parametrize("section", ["intents", "slots", "forms", "actions", "responses"])
def test_nothing_stands_in_two_files(section: str) -> None:
    """Rasa would take the one of them and keep silent about the other."""
    files = [Path("domain.yml"), *Path("data/domain").glob("*.yml")]
    names = Counter(
        next(iter(one)) if isinstance(one, dict) else one
        for file in files
        for one in read_yaml_file(str(file)).get(section, ())
    )
    assert [name for name, times in names.items() if times > 1] == []
