"""Open311 GeoReport v2 as XML and as JSON: the same values, by the Spark convention."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from fastapi import Response

from api.http.headers import HEADERS

FORMATS = ("xml", "json")
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Row = Mapping[str, Any]


def listed(form: str, whole: str, each: str, rows: Sequence[Row], *, status: int = 200) -> Response:
    """A list: `<whole><each>…` in XML, an array in JSON."""
    if form == "json":
        return _answer(json.dumps(rows, ensure_ascii=False), "application/json", status)
    root = ElementTree.Element(whole)
    for row in rows:
        _fill(ElementTree.SubElement(root, each), row)
    return _xml(root, status)


def one(form: str, whole: str, row: Row) -> Response:
    if form == "json":
        return _answer(json.dumps(row, ensure_ascii=False), "application/json", 200)
    root = ElementTree.Element(whole)
    _fill(root, row)
    return _xml(root, 200)


def error(form: str, status: int, description: str) -> Response:
    form = form if form in FORMATS else "xml"
    return listed(form, "errors", "error", [{"code": str(status), "description": description}], status=status)


def _fill(element: ElementTree.Element, row: Row) -> None:
    for name, value in row.items():
        child = ElementTree.SubElement(element, name)
        if isinstance(value, list):
            for part in value:
                _fill(ElementTree.SubElement(child, name.removesuffix("s")), part)
        elif isinstance(value, bool):
            child.text = "true" if value else "false"
        elif value is not None:
            child.text = NOT_IN_XML.sub("", str(value))


def _xml(root: ElementTree.Element, status: int) -> Response:
    body = ElementTree.tostring(root, encoding="unicode")
    return _answer(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', "text/xml", status)


def _answer(body: str, media_type: str, status: int) -> Response:
    headers = HEADERS | {"Cache-Control": "no-store"}
    return Response(body, status, media_type=f"{media_type}; charset=utf-8", headers=headers)
