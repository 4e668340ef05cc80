"""How dates, times and codes are put into words for the eye, in the resident's language."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Protocol

from actions.core.choices import plainly
from bot.language.times import say_day, say_time, say_window
from bot.services.bookings.offerings import Window
from bot.turns import Button

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
    "council": ("居民议事会", "the residents' council"),
    "planner": ("社区规划师", "the community planners"),
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
    "staff_conduct": ("工作人员作风", "the conduct of our staff"),
    "other": ("其他问题", "another matter"),
}
BOOKING_STATES = {
    "confirmed": ("已预约", "booked"),
    "waiting": ("排队等候中", "on the waiting list"),
    "offered": ("有空位了，等您确认", "a place is free and held for you"),
    "cancelled": ("已取消", "cancelled"),
    "done": ("已完成", "done"),
    "expired": ("已过期", "expired"),
    "no_show": ("没有来", "missed"),
}
CASE_STATES = {
    "filed": ("记下了，还没交给部门", "recorded, not yet with a department"),
    "dispatched": ("已经交给部门", "with the department"),
    "handling": ("正在办", "being handled"),
    "answered": ("已经答复", "answered"),
    "settled": ("已经办完", "settled"),
    "closed": ("已经办完", "closed"),
    "reopened": ("重新办理中", "reopened"),
}
NONE_FREE = ("暂时没有", "none at the moment")
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


def time_choices(windows: Sequence[HasWindow], language: str) -> list[Button]:
    """Each window from its start to its end; its start is the answer."""
    return [Button(say_window(w.starts, w.ends, language), say_time(w.starts, language)) for w in windows]


def alternatives(free: Sequence[tuple[date, Window]], language: str) -> list[Button]:
    """The next free times, each with its day."""
    gap = "" if language == "zh" else " "
    ordered = sorted(free, key=lambda one: (one[0], one[1].starts))
    return plainly([say_day(day, language) + gap + say_time(window.starts, language) for day, window in ordered])


def party_words(party: int, service: str, language: str) -> str:
    if language == "zh":
        return f"{party}份" if service == "meal" else f"{party}人"
    if service == "meal":
        return f"{party} meal" + ("s" if party > 1 else "")
    return f"{party} " + ("people" if party > 1 else "person")


def most_words(party: int, service: str, language: str) -> str:
    """The most of one booking: 订5份; 5个人; 5 people."""
    if language == "en":
        return party_words(party, service, language)
    return f"订{party}份" if service == "meal" else f"{party}个人"


def ahead_words(position: int, language: str) -> str:
    """Where somebody stands on the waiting list; 1 is the first."""
    if position <= 1:
        return "you are first" if language == "en" else "您排在第一位"
    return f"there are {position - 1} ahead of you" if language == "en" else f"前面还有{position - 1}位"


def notice_words(hours: float, language: str) -> str:
    """How long before: 一天 rather than 24 hours."""
    days, rest = divmod(hours, 24)
    if rest or not days:
        return f"{hours:g} hours" if language == "en" else f"{hours:g}小时"
    if language == "en":
        return "a day" if days == 1 else f"{days:g} days"
    return {1: "一天", 2: "两天"}.get(int(days), f"{days:g}天")


def moment_words(moment: datetime, language: str) -> str:
    gap = "" if language == "zh" else " "
    return say_day(moment.date(), language) + gap + say_time(moment.timetz().replace(tzinfo=None), language)
