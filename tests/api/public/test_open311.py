"""Other systems read our cases without persons and file cases of theirs, by Open311 GeoReport v2 in XML and JSON."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.cases import cases, staff_cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import Actor
from bot.services.webhooks import partner_keys
from bot.settings import Settings
from bot.store.cases import queries
from bot.store.store import Store
from tests.records import advance_case
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

ADMIN = Actor("admin-1", "admin")
V2 = "/open311/v2"
TEXT, MOMENT = {"type": "string"}, {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
MAYBE = {"type": ["string", "null"]}
"""What follows is the tables of the specification (wiki.open311.org/GeoReport_v2) as JSON schemas."""
SERVICES = {
    "type": "array",
    "minItems": 1,
    "items": {
        "required": ["service_code", "service_name", "type", "metadata", "description", "keywords", "group"],
        "properties": {
            "service_code": TEXT,
            "service_name": TEXT,
            "metadata": {"type": "boolean"},
            "type": {"enum": ["realtime", "batch", "blackbox"]},
        },
    },
}
DEFINITION = {
    "required": ["service_code", "attributes"],
    "properties": {
        "attributes": {
            "type": "array",
            "items": {
                "required": [
                    "variable",
                    "code",
                    "datatype",
                    "required",
                    "datatype_description",
                    "order",
                    "description",
                ],
                "properties": {
                    "variable": {"type": "boolean"},
                    "required": {"type": "boolean"},
                    "order": {"type": "integer"},
                    "datatype": {"enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]},
                },
            },
        }
    },
}
REQUESTS = {
    "type": "array",
    "items": {
        "required": ["service_request_id", "status", "service_code", "requested_datetime"],
        "additionalProperties": False,
        "properties": {
            "service_request_id": TEXT,
            "status": {"enum": ["open", "closed"]},
            "service_name": TEXT,
            "service_code": TEXT,
            "requested_datetime": MOMENT,
            "updated_datetime": MOMENT,
            "expected_datetime": MOMENT,
            "lat": {"type": ["number", "null"]},
            "long": {"type": ["number", "null"]},
            **dict.fromkeys(
                ("status_notes", "description", "agency_responsible", "service_notice", "address", "address_id",
                 "zipcode", "media_url"),
                MAYBE,
            ),
        },
    },
}  # fmt: skip


@pytest.fixture
def client(settings: Settings, make_app: Callable[..., FastAPI]) -> Iterator[TestClient]:
    chosen = settings.model_copy(update={"open311": True, "open311_posts_per_minute": 6})
    with TestClient(make_app(chosen), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def key(store: Store) -> str:
    return partner_keys.add(store, ADMIN, "城市平台", wiring.now())


def sent(key: str, **changes: str) -> dict[str, str]:
    usual = {
        "api_key": key, "service_code": "public_facility", "address_string": "新街社区菜场门口", "description": "路灯坏了",
        "first_name": "小明", "last_name": "王", "phone": "13900001234",
    }  # fmt: skip
    return usual | changes


def complaint(**changes: Any) -> ComplaintRequest:
    values = {
        "category": "noise", "place": "东风社区3栋501", "text": "楼上太吵", "anonymous": False, "name": "李大爷",
        "phone": "13900005678", "conversation_id": "talk", "client_message_id": "m", "language": "zh", "channel": "web",
    } | changes  # fmt: skip
    return ComplaintRequest(**values)


def rows(client: TestClient, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"{V2}/requests.json{query}")
    assert answer.status_code == 200
    found = answer.json()
    jsonschema.validate(found, REQUESTS)
    return list(found)


def test_services_and_their_definition_are_those_of_the_specification(client: TestClient) -> None:
    services = client.get(f"{V2}/services.json").json()
    jsonschema.validate(services, SERVICES)
    assert "staff_conduct" not in {one["service_code"] for one in services}
    jsonschema.validate(client.get(f"{V2}/services/noise.json").json(), DEFINITION)
    answer = client.get(f"{V2}/services.xml")
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.text)
    assert (root.tag, {one.tag for one in root}) == ("services", {"service"})
    assert {one.findtext("service_code") for one in root} == {one["service_code"] for one in services}
    definition = ElementTree.fromstring(client.get(f"{V2}/services/noise.xml").text)
    assert definition.findtext("attributes/attribute/code") == "when"
    assert client.get(f"{V2}/services/staff_conduct.json").status_code == 404
    assert client.get(f"{V2}/services.yaml").status_code == 404


def test_a_request_of_another_system_becomes_a_case_that_is_followed_to_its_end(
    client: TestClient, store: Store, key: str
) -> None:
    answer = client.post(f"{V2}/requests.xml", data=sent(key, **{"attribute[when]": "昨晚"}))
    assert answer.status_code == 201
    filed = ElementTree.fromstring(answer.text).findtext("request/service_request_id")
    assert filed
    with store.reading() as unit:
        [row] = queries.public(unit, ids=[filed], most=5)
        assert (row.name, row.phone, row.place, row.channel) == ("王小明", "13900001234", "新街社区菜场门口", "open311")
        assert row.text == "路灯坏了 （时间：昨晚）"
        number = row.number
    [seen] = rows(client)
    assert (seen["service_request_id"], seen["status"]) == (filed, "open")
    now = wiring.now()
    staff_cases.dispatch(store, Actor("d", "dispatcher"), number, department="市政所", community="新街社区", now=now)
    for state, told in (("handling", None), ("answered", "已修好")):
        advance_case(store, number, state, actor="w", note=None, now=now, answer=told)
    [seen] = client.get(f"{V2}/requests/{filed}.json").json()
    assert (seen["status"], seen["agency_responsible"], seen["address"]) == ("closed", "市政所", "新街社区")
    [resolved] = client.get(f"{V2}/tokens/{filed}.json").json()
    assert resolved["service_request_id"] == filed
    page = StaffClient(client, enter(store, "dispatcher", now)).get(f"/staff/cases/{number}")
    assert page.status_code == 200
    assert "open311-1" not in page.text, "there is no conversation to read"


def test_nothing_of_a_person_and_no_number_goes_out(client: TestClient, store: Store, key: str) -> None:
    number = cases.file_case(store, complaint(), wiring.now(), targets=Targets()).number
    cases.file_case(store, complaint(category="staff_conduct", client_message_id="m2"), wiring.now(), targets=Targets())
    for query in ("", f"?api_key={key}"):
        for form in ("json", "xml"):
            text = client.get(f"{V2}/requests.{form}{query}").text
            for hidden in (number, "李大爷", "13900005678", "5678", "501", "太吵", "staff_conduct", "talk"):
                assert hidden not in text
    [seen] = rows(client)
    assert seen["requested_datetime"].endswith("T00:00:00+08:00"), "a minute might tell a neighbour whose it was"
    [exact] = rows(client, f"?api_key={key}")
    assert exact["requested_datetime"] != seen["requested_datetime"]


def test_the_same_sent_twice_is_one_case(client: TestClient, key: str) -> None:
    first, again = (client.post(f"{V2}/requests.json", data=sent(key)).json() for _ in range(2))
    assert first == again
    other = client.post(f"{V2}/requests.json", data=sent(key, description="井盖没了")).json()
    assert other[0]["service_request_id"] != first[0]["service_request_id"]


def test_danger_in_the_words_is_answered_with_the_number_to_call(client: TestClient, key: str) -> None:
    [filed] = client.post(f"{V2}/requests.json", data=sent(key, description="楼里着火了，快来人")).json()
    assert "119" in filed["service_notice"]


@pytest.mark.parametrize(
    ("changes", "status", "wrong"),
    [
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "guessed"}, 403, "api_key"),
        ({"service_code": "staff_conduct"}, 400, "service_code"),
        ({"address_string": ""}, 400, "address_string"),
        ({"address_string": "", "lat": "91", "long": "nan"}, 400, "address_string"),
        ({"description": ""}, 400, "description"),
        ({"description": "长" * 4001}, 400, "description"),
        ({"phone": "12"}, 400, "phone"),
    ],
)
def test_what_is_wrong_is_told_in_the_format_that_was_asked(
    client: TestClient, key: str, changes: dict[str, str], status: int, wrong: str
) -> None:
    answer = client.post(f"{V2}/requests.json", data=sent(key, **changes))
    assert (answer.status_code, answer.json()) == (status, [{"code": str(status), "description": wrong}])
    root = ElementTree.fromstring(client.post(f"{V2}/requests.xml", data=sent(key, **changes)).text)
    assert (root.tag, root.findtext("error/description")) == ("errors", wrong)
    assert rows(client) == []


def test_a_point_on_the_map_is_a_place(client: TestClient, store: Store, key: str) -> None:
    answer = client.post(f"{V2}/requests.json", data=sent(key, address_string="", lat="30.1", long="114.97"))
    assert answer.status_code == 201
    with store.reading() as unit:
        [row] = queries.public(unit, most=5)
        assert row.place == "30.100000, 114.970000"


def test_a_partner_files_so_many_a_minute_and_none_once_its_key_has_ended(
    client: TestClient, store: Store, key: str
) -> None:
    answers = [client.post(f"{V2}/requests.json", data=sent(key, description=f"第{one}处")) for one in range(7)]
    assert [one.status_code for one in answers] == [201] * 6 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    admin = StaffClient(client, enter(store, "admin", wiring.now()))
    assert admin.post("/staff/webhooks/partners/1/end").status_code == 303
    assert client.post(f"{V2}/requests.json", data=sent(key)).status_code == 403


def test_the_list_is_narrowed_by_kind_state_and_days(client: TestClient, key: str) -> None:
    client.post(f"{V2}/requests.json", data=sent(key))
    client.post(f"{V2}/requests.json", data=sent(key, service_code="noise"))
    assert [one["service_code"] for one in rows(client, "?service_code=noise&status=open")] == ["noise"]
    assert rows(client, "?status=closed") == []
    assert rows(client, "?start_date=2020-01-01T00:00:00%2B08:00&end_date=2020-02-01T00:00:00%2B08:00") == []
    assert len(rows(client, "?start_date=2020-01-01T00:00:00Z")) == 0, "no more than 90 days from there"
    for wrong in ("?status=lost", "?start_date=yesterday", "?end_date=0001-01-02T00:00:00Z"):
        assert client.get(f"{V2}/requests.json{wrong}").status_code == 400


def test_it_is_closed_unless_the_office_opens_it(settings: Settings, make_app: Callable[..., FastAPI]) -> None:
    with TestClient(make_app(settings)) as client:
        assert client.get(f"{V2}/services.json").status_code == 404
