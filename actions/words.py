"""How dates, times and codes are put into words for the eye, in the resident's language."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Protocol

from bot.language.times import say_day, say_time, say_window
from bot.services.offerings import Window

SERVICE_TITLES = {
    "meal": ("助餐", "meals"),
    "bathing": ("助浴", "bathing help"),
    "medical_escort": ("助医", "help with medical visits"),
    "home_errand": ("上门代办", "home errands"),
    "registration": ("预约挂号", "a doctor's appointment"),
    "hall_appointment": ("大厅预约", "an appointment at the service hall"),
    "mobile_bus": ("流动服务车", "the mobile service bus"),
    "job_training": ("技能培训", "skills training"),
    "digital_class": ("手机班", "the smartphone class"),
    "after_school": ("四点半课堂和兴趣班", "after-school classes"),
    "venue": ("场馆", "sports hall or activity room"),
}
CATEGORY_TITLES = {
    "noise": ("噪音扰民", "noise"),
    "illegal_construction": ("违章建筑", "illegal construction"),
    "sanitation": ("环境卫生", "sanitation"),
    "public_facility": ("公共设施", "public facilities"),
    "street_vending": ("占道经营", "street vending"),
    "parking": ("停车问题", "parking"),
    "neighbour_dispute": ("邻里纠纷", "a dispute between neighbours"),
    "property_management": ("物业问题", "property management"),
    "other": ("其他问题", "another matter"),
}
BOOKING_STATES = {
    "confirmed": ("已预约", "booked"),
    "waiting": ("排队等候中", "on the waiting list"),
    "offered": ("有空位了,等您确认", "a place is free and held for you"),
    "cancelled": ("已取消", "cancelled"),
    "done": ("已完成", "done"),
    "expired": ("已过期", "expired"),
    "no_show": ("没有来", "missed"),
}
CASE_STATES = {
    "filed": ("已登记,等待派单", "filed, waiting to be dispatched"),
    "dispatched": ("已派单", "dispatched"),
    "handling": ("办理中", "being handled"),
    "answered": ("已答复", "answered"),
    "settled": ("已办结", "settled"),
    "closed": ("已关闭", "closed"),
    "reopened": ("重新办理中", "reopened"),
}
PARTS = {
    "morning": ("上午", "in the morning"),
    "noon": ("中午", "at noon"),
    "afternoon": ("下午", "in the afternoon"),
    "evening": ("晚上", "in the evening"),
}


class HasWindow(Protocol):
    @property
    def starts(self) -> time: ...
    @property
    def ends(self) -> time: ...


def pick(pair: tuple[str, str], language: str) -> str:
    return pair[language == "en"]


def say_when(at: time | None, language: str) -> str:
    return say_time(at, language) if at else ""


def part_words(part: str | None, language: str) -> str:
    return pick(PARTS[part], language) if part else ""


def window_words(windows: Sequence[HasWindow], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(say_window(w.starts, w.ends, language) for w in windows)


def alternatives_words(alternatives: Sequence[tuple[date, Window]], language: str) -> str:
    """The next free times, or that there are none."""
    if not alternatives:
        return "暂时没有" if language == "zh" else "none at the moment"
    gap = "" if language == "zh" else " "
    return (";" if language == "zh" else "; ").join(
        say_day(day, language) + gap + say_time(window.starts, language)
        for day, window in sorted(alternatives, key=lambda one: (one[0], one[1].starts))
    )


def alternatives_buttons(alternatives: Sequence[tuple[date, Window]], language: str) -> list[dict[str, str]]:
    """Each of the next free times, to be chosen by one tap."""
    ordered = sorted(alternatives, key=lambda one: (one[0], one[1].starts))
    words = [alternatives_words([one], language) for one in ordered]
    return [{"title": each, "payload": each} for each in words]


def party_words(party: int, service: str, language: str) -> str:
    if language == "zh":
        return f"{party}份" if service == "meal" else f"{party}人"
    if service == "meal":
        return f"{party} meal" + ("s" if party > 1 else "")
    return f"{party} " + ("people" if party > 1 else "person")


def moment_words(moment: datetime, language: str) -> str:
    gap = "" if language == "zh" else " "
    return say_day(moment.date(), language) + gap + say_time(moment.timetz().replace(tzinfo=None), language)
