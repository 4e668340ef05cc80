"""Rasa as a short play: certain words get certain answers. What the telephone makes of them is real."""

from typing import Any

from bot.dialogue.rasa_client import RasaAnswer
from bot.errors import DialogueUnavailable

Line = tuple[str, str, str | None, str | None]
"""Intent, reply, form, what is awaited."""
LINES: dict[str, Line] = {
    "慢一点": ("slower", "好的,我说慢一点。", None, None),
    "大声": ("louder", "好的,我说大声一点。", None, None),
    "床位": ("ask_policy", "到2025年,养老床位要增加到450张。", None, None),
    "助浴": ("book_service", "", "book_service_form", "place"),
    "养老服务中心": ("inform", "您想约哪一天?", "book_service_form", "date"),
    "订": ("book_service", "您想约哪一天?", "book_service_form", "date"),
    "明天": ("inform", "请留一个电话号码。", "book_service_form", "phone"),
    "电话": ("inform", "请留一个电话号码。", "book_service_form", "phone"),
    "取消": ("cancel_booking", "要取消这个预约吗?", "cancel_booking_form", "confirmation"),
    "人工": ("human_agent", "已经登记。", None, None),
    "删掉": ("erase_my_data", "已经登记,由工作人员办理。", None, None),
    "再见": ("goodbye", "再见。", None, None),
}


class ScriptedRasa:
    """Stands in for RasaClient; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.about: list[dict[str, Any]] = []
        """What went with each of them."""
        self.down = False
        self._open: tuple[str, str | None, str | None] = ("", None, None)
        """The last question, its form and what is awaited."""

    async def turn(self, sender: str, message_id: str, text: str, about: dict[str, Any]) -> RasaAnswer:
        if self.down:
            raise DialogueUnavailable
        self.asked.append(text)
        self.about.append(about)
        told: tuple[str, ...] = ()
        if text.isdigit():
            line: Line = ("inform", f"我念一遍:电话{text}。确认吗?", "book_service_form", "confirmation")
            told = ("utter_confirm_booking",)
        else:
            line = next(
                (line for key, line in LINES.items() if key in text), ("out_of_scope", "这件事我帮不上忙。", None, None)
            )
        intent, reply, form, awaited = line
        question, *asked = self._open
        if intent == "goodbye" and question:  # as the model does: the form stays, and its question is asked again
            return RasaAnswer([{"text": reply}, {"text": question}], intent, 0.99, *asked, {})
        self._open = (reply, form, awaited) if form else ("", None, None)
        message: dict[str, Any] = {"text": reply}
        if "助浴" in text:
            titles = ["东风社区养老服务中心", "新街社区养老服务中心"]
            message["text"] = f"助浴有{'、'.join(titles)}。您去哪一处方便？"
            message["custom"] = {"choices": [{"title": one, "payload": one} for one in titles]}
        if intent == "erase_my_data":
            message["custom"] = {"card": {"kind": "handover", "number": "12345678", "purpose": "erase"}}
        return RasaAnswer([message], intent, 0.99, form, awaited, {}, told)

    async def reading(self, text: str) -> tuple[str, float]:
        if self.down:
            raise DialogueUnavailable
        return ("ask_policy", 0.95) if "beds" in text or "床位" in text else ("out_of_scope", 0.4)

    async def forget(self, sender: str) -> None:
        """Nothing is remembered."""

    async def is_ready(self) -> bool:
        return not self.down

    async def close(self) -> None:
        """Nothing is open."""
