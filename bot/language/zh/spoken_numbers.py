"""Numbers as a clerk in Hubei says them: amounts, years, times, and digits one by one."""

import re

import cn2an

PLAIN = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_GROUPS = {
    11: (3, 4, 4),
    12: (4, 4, 4),
    8: (4, 4),
    7: (3, 4),
    10: (3, 3, 4),
    6: (3, 3),
    17: (6, 4, 4, 3),
    18: (6, 4, 4, 4),
}


def grouped(digits: str) -> list[str]:
    """Small groups, as a number is dictated."""
    if len(digits) <= 5:
        return [digits]
    groups, rest = [], digits
    sizes = list(_GROUPS.get(len(digits), ()))
    while rest:
        size = sizes.pop(0) if sizes else 4 if len(rest) != 5 else 3
        groups.append(rest[:size])
        rest = rest[size:]
    return groups


def digit_by_digit(digits: str) -> str:
    """In small groups, as a number is dictated; 1 is 幺, and an X at the end of an identity number is 叉."""
    said = {**PLAIN, "1": "幺", "X": "叉", "x": "叉"}
    return ",".join("".join(said[c] for c in group) for group in grouped(digits))


def number(digits: str) -> str:
    """450 → 四百五十; 12.5 → 十二点五."""
    digits = digits.replace(",", "")
    whole, _, part = digits.partition(".")
    said = str(cn2an.an2cn(whole.lstrip("0") or "0", "low")) if len(whole) < 13 else digit_by_digit(whole)
    return said + ("点" + "".join(PLAIN[c] for c in part) if part else "")


def money(digits: str) -> str:
    """12.50 → 十二点五: nobody says the last zeros of a price."""
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    return number(f"{whole}.{part}" if part else whole)


def percent(digits: str) -> str:
    """100 → 百分之百."""
    return "百分之" + ("百" if digits == "100" else number(digits))


def year(digits: str) -> str:
    """2026 → 二零二六."""
    return "".join(PLAIN[c] for c in digits)


def date(match: re.Match[str]) -> str:
    """Of year (or nothing), month and day."""
    said, month, day = match[1], match[2], match[3]
    return (f"{year(said)}年" if said else "") + f"{number(month)}月{number(day)}号"


def clock(hour: str, minute: str, before: str = "") -> str:
    """14:30 → 下午两点半, without the part of the day where `before` tells it. What is no time is a proportion."""
    hours, minutes = int(hour), int(minute)
    if hours > 24 or minutes > 59 or re.search(r"比例?为?$|配比$|比分$", before):
        return f"{number(hour)}比{number(minute)}"
    part = ""
    if 13 <= hours < 24 and not re.search(r"下午|晚上|傍晚|到|至|-|中午|夜", before):
        part = "下午" if hours < 18 else "晚上"
    hours = hours - 12 if 13 <= hours <= 23 and (part or re.search("下午|晚上|傍晚|中午", before)) else hours
    said = "两" if hours == 2 else number(str(hours))
    tail = {0: "", 30: "半", 15: "一刻"}.get(minutes, ("零" if minutes < 10 else "") + number(str(minutes)) + "分")
    return f"{part}{said}点{tail}"


def one_clock(match: re.Match[str]) -> str:
    return clock(match[1], match[2], match.string[max(0, match.start() - 3) : match.start()])


def clock_range(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 3) : match.start()]
    first = clock(match[1], match[2], before)
    same = first.startswith(("下午", "晚上")) or re.search("下午|晚上", before)
    part_changes = int(match[1]) < 18 <= int(match[3]) and int(match[1]) >= 13
    if (int(match[1]) >= 13 and not part_changes) or (same and int(match[3]) >= 13 and not part_changes):
        return f"{first}到{clock(match[3], match[4], '下午')}"
    return f"{first}到{clock(match[3], match[4])}"
