"""More than one host: secrets are given, never made; addresses are settings; each program sees what it needs."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import state_folder
from bot.operation import environment
from bot.operation.program import SECRETS, seen_by
from bot.settings import Settings

pytestmark = pytest.mark.unit
LONG = SecretStr("x" * 44)


def of_many(tmp_path: Path, **given: object) -> Settings:
    everything: dict[str, object] = {
        "state_dir": tmp_path,
        "hosts": "many",
        "trackers": "database",
        "data_key": LONG,
        "token": LONG,
        "database_url": SecretStr("postgresql://linyu@db/linyu"),
        "redis": SecretStr("redis://redis/0"),
        "shared_dir": tmp_path / "shared",
    }
    return Settings(**{**everything, **given})  # type: ignore[arg-type]


def test_with_everything_given_many_hosts_may_start(tmp_path: Path) -> None:
    state_folder.check_given(of_many(tmp_path))


@pytest.mark.parametrize("name", ["data_key", "token", "database_url", "redis", "shared_dir"])
def test_what_would_differ_from_host_to_host_has_to_be_given(name: str, tmp_path: Path) -> None:
    with pytest.raises(state_folder.BadSecret, match=f"LINYU_{name.upper()}"):
        state_folder.check_given(of_many(tmp_path, **{name: None}))


def test_a_file_of_one_host_is_no_memory_of_many_rasas(tmp_path: Path) -> None:
    with pytest.raises(state_folder.BadSecret, match="LINYU_TRACKERS=database"):
        state_folder.check_given(of_many(tmp_path, trackers="file"))
    with pytest.raises(state_folder.BadSecret, match="PostgreSQL"):
        state_folder.check_given(Settings(state_dir=tmp_path, trackers="database"))


def test_the_telephone_s_secret_is_needed_where_there_is_a_telephone(tmp_path: Path) -> None:
    with pytest.raises(state_folder.BadSecret, match="LINYU_TELEPHONE_SECRET"):
        state_folder.check_given(of_many(tmp_path, telephone="asterisk"))


def test_no_secret_is_made_where_each_host_would_make_its_own(tmp_path: Path) -> None:
    settings = of_many(tmp_path, token=None, data_key=None)
    for read in (state_folder.token, state_folder.data_keys, state_folder.telephone_secret):
        with pytest.raises(state_folder.BadSecret, match="has to be given"):
            read(settings)
    assert not (tmp_path / "secrets").exists()
    assert len(state_folder.token(Settings(state_dir=tmp_path))) >= 32, "one host makes its own"


def test_addresses_are_settings(tmp_path: Path) -> None:
    alone = Settings(state_dir=tmp_path, rasa_port=1005, actions_port=1055)
    assert (alone.rasa_address, alone.actions_address) == ("http://127.0.0.1:1005", "http://127.0.0.1:1055")
    settings = of_many(tmp_path, rasa_url="http://rasa.inner:5005/", actions_url="http://10.0.0.9:5055")
    assert (settings.rasa_address, settings.actions_address) == ("http://rasa.inner:5005", "http://10.0.0.9:5055")
    given = environment.environment(settings)
    assert given["LINYU_ACTIONS_URL"] == "http://10.0.0.9:5055"
    assert given["LINYU_TRACKERS"] == "database"


def test_an_application_has_a_name_only_among_others(tmp_path: Path) -> None:
    assert Settings(state_dir=tmp_path).server_name is None
    names = {of_many(tmp_path, port=port).server_name for port in (8001, 8002)}
    assert len(names) == 2


def test_rasa_sees_the_redis_that_it_locks_in() -> None:
    everything = dict.fromkeys(SECRETS, "secret")
    assert "LINYU_REDIS" in seen_by("rasa", everything)
    assert "LINYU_REDIS" not in seen_by("voices-small", everything)
