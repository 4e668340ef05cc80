"""Trains and compares candidate models in processes of their own, behind everything else the machine does."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.operation import training
from bot.operation.environment import APP_BIN, RASA_PYTHON, training_environment
from bot.operation.training import TrainingFailed
from bot.settings import ROOT, Settings

BEHIND_OTHERS = ("nice", "-n", "19")


class Candidates:
    """`folder` holds what was trained here; it lies in the state folder, since it was made of residents' sentences."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.trained_models

    def train(
        self, model_id: str, examples: Mapping[str, str], pages: Mapping[str, str], readers: Mapping[str, str]
    ) -> tuple[str, str]:
        """The file's SHA-256 and the fingerprint of the program's files. Raises TrainingFailed."""
        made_for = training.fingerprint(self.settings)
        work = (self.settings.state_dir / "training" / model_id).resolve()
        try:
            _lay_out(work, examples, pages, readers)
            self._run_rasa(model_id, work)
            self._train_readers(model_id, work / "readers")
        finally:
            shutil.rmtree(work, ignore_errors=True)  # sentences of residents, though masked
        file = self.folder / f"{model_id}.tar.gz"
        if not file.exists():
            raise TrainingFailed
        return hashlib.sha256(file.read_bytes()).hexdigest(), made_for

    def compare(self, model_id: str, active_id: str | None) -> dict[str, Any]:
        """Both on the fixed cases. Raises TrainingFailed when one cannot be loaded."""
        active = self.folder / f"{active_id}.tar.gz" if active_id else training.model_of_files(self.settings)
        command = [*BEHIND_OTHERS, str(APP_BIN / "python"), "-m", "evaluation.offline"]
        command += [str(self.folder / f"{model_id}.tar.gz"), str(active)]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=training_environment(self.settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        if done.returncode:
            raise TrainingFailed
        result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return result

    def group(self, sentences: Sequence[str]) -> list[list[int]]:
        """Places of sentences that mean the same, the largest group first. Raises TrainingFailed."""
        done = subprocess.run(
            [*BEHIND_OTHERS, str(RASA_PYTHON), "-W", "ignore", "-m", "bot.nlu.group_questions"],
            cwd=ROOT,
            env=training_environment(self.settings),
            input=json.dumps(list(sentences)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        if done.returncode:
            raise TrainingFailed
        found: list[list[int]] = json.loads(done.stdout)
        return found

    def _train_readers(self, model_id: str, learnt: Path) -> None:
        command = [*BEHIND_OTHERS, str(APP_BIN / "python"), "-m", "bot.learn_readers", str(learnt)]
        done = subprocess.run(
            [*command, str((self.folder / f"{model_id}.tar.gz").resolve())],
            cwd=ROOT,
            env=training_environment(self.settings),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if done.returncode:
            raise TrainingFailed

    def _run_rasa(self, model_id: str, work: Path) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = [
            *BEHIND_OTHERS, str(RASA_PYTHON), "-W", "ignore", "-m", "rasa", "train", "--out", str(self.folder.resolve()),
            "--fixed-model-name", model_id, "--config", str(work / "config.yml"), "--domain", str(work / "domain.yml"),
            "--data", str(work / "nlu"), str(work / "rules"),
        ]  # fmt: skip
        # What Rasa prints may quote sentences, so none of it is kept.
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=training_environment(self.settings),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if done.returncode:
            raise TrainingFailed


def _lay_out(work: Path, examples: Mapping[str, str], pages: Mapping[str, str], readers: Mapping[str, str]) -> None:
    """The program's own training data, the live pages in place of the files, and the approved examples."""
    work.mkdir(mode=0o700, parents=True)
    shutil.copytree(ROOT / "data" / "nlu", work / "nlu")
    shutil.copytree(ROOT / "data" / "rules", work / "rules")
    shutil.copy(ROOT / "domain.yml", work / "domain.yml")
    shutil.copytree(ROOT / "data" / "domain", work / "domain")
    for language, text in examples.items():
        (work / "nlu" / f"learnt.{language}.yml").write_text(text, "utf-8")
    for path, text in readers.items():
        file = work / "readers" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (work / "knowledge").mkdir()
    for page_id, text in pages.items():
        (work / "knowledge" / f"{page_id}.md").write_text(text, "utf-8")
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    for importer in config["importers"]:
        if importer["name"].endswith("KnowledgeImporter"):
            importer["folder"] = str(work / "knowledge")
        elif importer["name"].endswith("TopicDomains"):
            importer["folder"] = str(work / "domain")
    (work / "config.yml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")
