"""Our Asterisk: its configuration, written from deploy/asterisk/ into the state folder, and how to start it."""

import os
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot import state_folder
from bot.operation.asterisk_program import AsteriskProgram
from bot.settings import ROOT, Settings

TEMPLATES = ROOT / "deploy" / "asterisk"
ANY_HOST = ("0.0.0.0", "::")  # noqa: S104


def write_configuration(settings: Settings, program: AsteriskProgram) -> Path:
    """The folder with Asterisk's configuration and all that it writes. Only its owner may read it: it holds secrets."""
    home = settings.state_dir.resolve() / "asterisk"
    for name in ("etc", "lib", "spool", "run", "log", "sounds"):
        (home / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    home.chmod(0o700)
    for name, text in configuration(settings, program, home).items():
        handle = os.open(home / "etc" / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(text)
    return home


def sounds_folder(settings: Settings) -> Path:
    """Where the announcements lie that Asterisk plays by itself."""
    return settings.state_dir.resolve() / "asterisk" / "sounds"


def configuration(settings: Settings, program: AsteriskProgram, home: Path) -> dict[str, str]:
    """Name and text of each file."""
    templates = Environment(  # noqa: S701  (no page: Asterisk reads these)
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    password = settings.sip_trunk_password
    values = {
        "home": home,
        "sounds": sounds_folder(settings),
        "modules": program.modules,
        "data": program.data,
        "secret": state_folder.telephone_secret(settings),
        "app_host": "127.0.0.1" if settings.host in ANY_HOST else settings.host,
        "app_port": settings.port,
        "ari_port": settings.ari_port,
        "sip_host": settings.sip_host,
        "sip_port": settings.sip_port,
        "rtp_first": settings.rtp_ports.partition("-")[0],
        "rtp_last": settings.rtp_ports.partition("-")[2],
        "trunk": settings.sip_trunk,
        "trunk_host": settings.sip_trunk.partition(":")[0],
        "trunk_user": settings.sip_trunk_user,
        "trunk_password": password.get_secret_value() if password else "",
        "sip_password": state_folder.sip_password(settings),
        "operator": _operator(settings),
        "operator_seconds": settings.operator_seconds,
    }
    return {name: templates.get_template(name).render(values) for name in sorted(templates.list_templates())}


def _operator(settings: Settings) -> str:
    """What Asterisk dials to reach a person."""
    number, _, host = settings.sip_operator.partition("@")
    if not number:
        return "${PJSIP_DIAL_CONTACTS(operator)}"
    line = "trunk" if settings.sip_trunk else "local"
    if host:
        return f"PJSIP/{line}/sip:{number}@{host}"
    return f"PJSIP/{number}@{line}"


def how_to_call(settings: Settings) -> list[str]:
    """What is printed at the start."""
    address = f"{settings.sip_host}:{settings.sip_port}"
    if settings.sip_trunk:
        return [f"telephone: {address} takes the calls of the trunk {settings.sip_trunk} (docs/telephone.md)"]
    given = settings.sip_password is not None
    password = "LINYU_SIP_PASSWORD" if given else f"in {state_folder.sip_password_file(settings)}"
    return [
        f"telephone: call sip:linyu@{address} with any softphone on this machine, without an account",
        f"telephone: the person who takes over registers a second softphone as sip:operator@{address}",
        f"telephone: the resident whom we call registers a third one as sip:local@{address}",
        f"telephone: the password of both is {password}",
    ]


def start_command(program: AsteriskProgram, home: Path) -> list[str]:
    """Asterisk in the foreground; it needs no root."""
    return [*program.command, "-f", "-C", str(home / "etc" / "asterisk.conf")]
