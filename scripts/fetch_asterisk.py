"""Get Asterisk without being root: Debian's own packages, unpacked into .tools/asterisk and started from there.

Needed only where no Asterisk 22.8 or newer is installed: for `make phone` and for the telephone tests. A street office
installs its distribution's package or runs a container instead (docs/telephone.md).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.operation.asterisk_program import PRIVATE, find_asterisk  # after the path is set

PACKAGES = PRIVATE.with_name("asterisk-packages")
"""Kept, because Debian's unstable suite moves on and old versions leave its mirrors."""
SUITE = "sid"
REMEDY = (
    "Asterisk 22.8 or newer is needed for the telephone and could not be fetched. Install it yourself (a package of "
    "your distribution, or built from source) so that `asterisk -V` works, or set LINYU_TELEPHONE=off."
)
SETTINGS = """\
Dir::Etc::sourcelist "{root}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "{root}/state";
Dir::State::status "{root}/status";
Dir::Cache "{root}/cache";
Dir::Cache::archives "{packages}";
Dir::Log "{root}";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
APT::Install-Recommends "false";
APT::Sandbox::User "";
APT::Keep-Downloaded-Packages "true";
Debug::NoLocking "true";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
#clear DPkg::Pre-Install-Pkgs;
"""


def main() -> None:
    if find_asterisk():
        return
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        sys.exit(f"linyu: this is no Debian. {REMEDY}")
    print("linyu: fetching Asterisk (about 60 MB, once) …", flush=True)
    if not list(PACKAGES.glob("asterisk_*.deb")):
        download()
    unpack()
    if not find_asterisk():
        sys.exit(f"linyu: the Asterisk that was fetched does not start. {REMEDY}")


def download() -> None:
    """The package and all it depends on, by an apt that knows of no installed package."""
    (PACKAGES / "partial").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="linyu-apt-") as folder:
        root = Path(folder)
        for name in ("state/lists/partial", "cache"):
            (root / name).mkdir(parents=True)
        (root / "status").touch()
        (root / "sources.list").write_text(f"deb {_signed_by()}{_mirror()} {SUITE} main\n")
        (root / "apt.conf").write_text(SETTINGS.format(root=root, packages=PACKAGES))
        for arguments in (["update"], ["install", "--yes", "--download-only", "asterisk"]):
            _apt(root / "apt.conf", arguments)


def _apt(configuration: Path, arguments: list[str]) -> None:
    done = subprocess.run(
        ["apt-get", "-q", "-c", str(configuration), *arguments],
        env={**os.environ, "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-15:]), file=sys.stderr)
        sys.exit(f"linyu: apt-get {arguments[0]} failed; the lines above say why. {REMEDY}")


def _mirror() -> str:
    """The Debian mirror that this machine already uses."""
    wanted = ["Created-By: Packages", "Component: main"]
    shape = "$(ORIGIN) $(LABEL) $(REPO_URI)"
    targets = subprocess.run(
        ["apt-get", "indextargets", "--format", shape, *wanted], stdout=subprocess.PIPE, text=True
    ).stdout
    for line in targets.splitlines():
        origin, _, address = line.rpartition(" ")
        if origin == "Debian Debian":
            return address
    sys.exit(f"linyu: apt knows no Debian mirror (try `apt-get update` first). {REMEDY}")


def _signed_by() -> str:
    """apt trusts the machine's own keys; images without them in apt's folder have the package's file."""
    keys = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
    return f"[signed-by={keys}] " if keys.exists() else ""


def unpack() -> None:
    """All of it or nothing: an interrupted start leaves no half Asterisk behind."""
    fresh = PRIVATE.with_name("asterisk-new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for package in sorted(PACKAGES.glob("*.deb")):
        if subprocess.run(["dpkg-deb", "-x", str(package), str(fresh)]).returncode:
            sys.exit(f"linyu: {package.name} is broken: remove {PACKAGES} and try again")
    shutil.rmtree(PRIVATE, ignore_errors=True)
    fresh.rename(PRIVATE)


if __name__ == "__main__":
    main()
