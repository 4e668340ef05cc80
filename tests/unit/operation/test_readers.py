"""Readers are fitted when what they learn from has changed, and only then."""

from pathlib import Path

import pytest

from bot.language.readers.sentence_model import Example
from bot.operation import readers
from bot.operation.readers import Reader
from bot.settings import ROOT

pytestmark = pytest.mark.unit


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the examples of one reader, “lamps”."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "lamp.zh.txt").write_text("# 路灯\n路灯坏了\n\n路灯不亮\n门口路灯坏了\n", "utf-8")
    (folder / "lamp.en.txt").write_text("the lamp is broken\nmy lamp is broken\n", "utf-8")
    (folder / "meal.zh.txt").write_text("[meal_day, meal_time]\n订饭\n订两份饭\n[]\n我要订饭\n", "utf-8")
    monkeypatch.setattr(readers, "MODELS", tmp_path / "models")
    monkeypatch.setattr(readers, "READERS", {"lamps": Reader(str(folder))})
    return folder


def test_the_danger_reader_is_taught_enough_of_every_kind() -> None:
    """At least 150 sentences of each kind of danger in each language, and 600 near misses."""
    counts = {
        path.name: len(list(readers.read_file(path))) for path in sorted((ROOT / "data" / "danger").glob("*.txt"))
    }
    too_few = {name: count for name, count in counts.items() if count < (600 if name.startswith("none") else 150)}
    assert len(counts) == 12
    assert too_few == {}


def test_each_line_of_a_file_is_an_example_of_the_label_in_its_name(data: Path) -> None:
    assert list(readers.read_file(data / "lamp.zh.txt")) == [
        Example("路灯坏了", "lamp"), Example("路灯不亮", "lamp"), Example("门口路灯坏了", "lamp"),
    ]  # fmt: skip


def test_a_line_in_brackets_names_the_questions_that_were_asked(data: Path) -> None:
    assert list(readers.read_file(data / "meal.zh.txt")) == [
        Example("订饭", "meal", "meal_day"), Example("订饭", "meal", "meal_time"),
        Example("订两份饭", "meal", "meal_day"), Example("订两份饭", "meal", "meal_time"),
        Example("我要订饭", "meal"),
    ]  # fmt: skip


def test_what_the_program_adds_is_learnt_too(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = [Example("天气真好", "nothing"), Example("今天天气好", "nothing")]
    monkeypatch.setattr(readers, "READERS", {"lamps": Reader(str(data), lambda: more)})
    assert readers.ensure("lamps", None).rank("天气真好")[0][0] == "nothing"


def test_a_reader_is_trained_once_and_again_when_its_data_change(data: Path) -> None:
    said: list[str] = []
    readers.ensure_all(None, said.append)
    readers.ensure_all(None, said.append)
    assert len(said) == 1
    assert readers.ensure("lamps", None).rank("路灯不亮了")[0][0] == "lamp"
    (data / "meal.zh.txt").write_text("灯泡要换\n换灯泡\n灯泡\n", "utf-8")
    readers.ensure_all(None, said.append)
    assert len(said) == 2


def test_a_damaged_model_is_trained_anew(data: Path) -> None:
    readers.ensure("lamps", None)
    folder = readers.folder_of("lamps", None)
    (folder / "words.json").write_text("{}", "utf-8")
    assert not readers.is_sound(folder)
    assert readers.ensure("lamps", None).rank("路灯坏了")[0][0] == "lamp"
    assert readers.is_sound(folder)


def test_only_a_few_older_models_are_kept(data: Path) -> None:
    for number in range(6):
        (data / "meal.zh.txt").write_text(f"订{number}份饭\n订饭{number}\n", "utf-8")
        readers.ensure("lamps", None)
    assert len(list((readers.MODELS / "lamps").iterdir())) == readers.KEPT


def test_what_staff_taught_goes_before_the_files_and_belongs_to_one_model(data: Path, tmp_path: Path) -> None:
    model, learnt = tmp_path / "a-model.tar.gz", tmp_path / "learnt"
    (learnt / "lamps").mkdir(parents=True)
    (learnt / "lamps" / "meal.zh.txt").write_text("路灯坏了\n灶台灯下吃饭\n", "utf-8")
    assert Example("路灯坏了", "meal") in readers.examples_of("lamps", learnt)
    assert Example("路灯坏了", "lamp") not in readers.examples_of("lamps", learnt)
    readers.train_learnt("lamps", None, learnt, model)
    of_files = readers.in_force("lamps", None, None).rank("路灯坏了")
    assert readers.in_force("lamps", None, model).rank("路灯坏了") != of_files
    assert readers.in_force("lamps", None, tmp_path / "another.tar.gz").rank("路灯坏了") == of_files


def test_a_learnt_reader_of_an_older_program_is_left_out(data: Path, tmp_path: Path) -> None:
    model, learnt = tmp_path / "a-model.tar.gz", tmp_path / "learnt"
    (learnt / "lamps").mkdir(parents=True)
    (learnt / "lamps" / "cat.zh.txt").write_text("猫跑了\n猫不见了\n", "utf-8")
    readers.train_learnt("lamps", None, learnt, model)
    assert "cat" in readers.in_force("lamps", None, model).labels
    (data / "meal.zh.txt").write_text("订饭\n订三份饭\n", "utf-8")
    assert "cat" not in readers.in_force("lamps", None, model).labels


def test_nothing_taught_trains_nothing(data: Path, tmp_path: Path) -> None:
    readers.train_learnt("lamps", None, tmp_path / "learnt", tmp_path / "a-model.tar.gz")
    assert list(tmp_path.glob("*.readers")) == []
