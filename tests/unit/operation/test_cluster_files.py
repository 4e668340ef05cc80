"""What lies in deploy/ is understood by the programs that it is for: each file is checked by its own tool."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from bot.operation.roles import ROLES
from bot.settings import ROOT, Settings

pytestmark = pytest.mark.unit
DEPLOY = ROOT / "deploy"
CLUSTER = DEPLOY / "cluster"
WHERE = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def tool(name: str) -> str:
    found = shutil.which(name, path=WHERE)
    if found is None:
        pytest.fail(f"{name} is missing; the remedy: scripts/setup-tests")
    return found


def run(*command: str, **environment: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key, a certificate, and both in one file."""
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "fullchain.pem"
    run(
        tool("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=linyu.example",
        "-keyout", str(key), "-out", str(made),
    )  # fmt: skip
    (folder / "both.pem").write_text(made.read_text() + key.read_text())
    return folder


def test_haproxy_takes_its_configuration(tmp_path: Path, certificate: Path) -> None:
    file = tmp_path / "haproxy.cfg"
    file.write_text((CLUSTER / "haproxy.cfg").read_text("utf-8").replace("/etc/ssl/linyu", str(certificate)))
    told = run(tool("haproxy"), "-c", "-f", str(file), LINYU_TOKEN="secret")
    assert "valid" in told
    assert "[WARNING]" not in told


@pytest.mark.parametrize("file", [DEPLOY / "nginx.conf", CLUSTER / "nginx.conf"], ids=["one host", "several"])
def test_nginx_takes_its_configuration(file: Path, tmp_path: Path, certificate: Path) -> None:
    ours = file.read_text("utf-8").replace("/etc/ssl/linyu", str(certificate)).replace("/var/log/nginx", str(tmp_path))
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\nclient_body_temp_path {tmp_path}/body;\n"
        f"proxy_temp_path {tmp_path}/proxy;\nfastcgi_temp_path {tmp_path}/f;\nuwsgi_temp_path {tmp_path}/u;\n"
        f"scgi_temp_path {tmp_path}/s;\n{ours}\n}}\n"
    )
    assert "successful" in run(tool("nginx"), "-t", "-c", str(whole))


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """What they start need not be where they will find it, so a program that is there stands for it."""
    for file in [*DEPLOY.glob("linyu*.service"), *DEPLOY.glob("linyu*.timer"), *CLUSTER.glob("linyu*.*")]:
        if file.suffix in (".service", ".timer", ".target"):
            text = re.sub(r"/opt/linyu/\S+|/usr/bin/find", "/bin/true", file.read_text("utf-8"))
            (tmp_path / file.name).write_text(text)
    (tmp_path / "linyu@.service").rename(tmp_path / "linyu@api.service")
    told = run(tool("systemd-analyze"), "verify", *(str(one) for one in tmp_path.iterdir()))
    assert not [line for line in told.splitlines() if str(tmp_path) in line or "linyu" in line], told


def test_every_role_can_be_started_by_the_template() -> None:
    assert "--role %i" in (CLUSTER / "linyu@.service").read_text("utf-8")
    first = (CLUSTER / "linyu@.service").read_text("utf-8").splitlines()[0]
    assert all(f"linyu@{role}" in first for role in ROLES)


def test_compose_takes_its_file() -> None:
    run(
        str(ROOT / ".venv" / "bin" / "check-jsonschema"),
        "--builtin-schema",
        "vendor.compose-spec",
        str(CLUSTER / "compose.yaml"),
    )


def test_kubernetes_takes_every_manifest() -> None:
    found = list(yaml.safe_load_all((CLUSTER / "kubernetes.yaml").read_text("utf-8")))
    for manifest in found:
        kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)
    started = [
        word
        for manifest in found
        if manifest["kind"] == "Deployment"
        for container in manifest["spec"]["template"]["spec"]["containers"]
        for word in container["args"]
        if word not in ("serve", "--role")
    ]
    assert sorted(started) == sorted(ROLES), "each role once"


def test_the_settings_named_in_deploy_are_settings() -> None:
    known = {f"LINYU_{name.upper()}" for name in Settings.model_fields} | {"LINYU_PYTHON310"}
    for file in CLUSTER.iterdir():
        named = set(re.findall(r"LINYU_[A-Z0-9_]+", file.read_text("utf-8")))
        assert named <= known, file.name


def test_the_balancers_know_the_hosts_of_compose() -> None:
    text = (CLUSTER / "compose.yaml").read_text("utf-8")
    hosts = {address for address in re.findall(r"10\.0\.0\.\d+", text) if address.endswith((".11", ".12"))}
    for name in ("haproxy.cfg", "nginx.conf"):
        assert hosts == set(re.findall(r"server (?:\S+ )?(10\.0\.0\.\d+):8000", (CLUSTER / name).read_text("utf-8")))
