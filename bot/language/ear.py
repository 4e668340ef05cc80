"""Text for the ear: no digits, symbols or addresses, read the way people in Hubei say numbers."""

import re

import cn2an

from bot.language.text import CHINESE

_PLAIN = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_MEASURES = (
    "份|个|位|名|张|人|次|天|年(?!级)|元|块|斤|户|件|家|条|间|台|辆|场|套|项|类|种|瓶|盒|周|小时|分钟|秒|米|公里|平方米|岁|桶|包|只|支|把|本|处|"
    "所|座|扇|根|颗|亩|公斤|倍|支|万|亿|千|百|成|批|页|节|课时|个月|星期|礼拜|工作日|遍|趟|回|口|队|顿|餐|客|刻"
)
_TWO_BEFORE = re.compile(rf"(?<![一二两三四五六七八九十百千万零点第初])二(?=(?:多|余)?(?:{_MEASURES})(?!月|号|日))")
_UNITS = {
    "㎡": "平方米",
    "m²": "平方米",
    "m2": "平方米",
    "km": "公里",
    "kg": "公斤",
    "cm": "厘米",
    "℃": "摄氏度",
    "°C": "摄氏度",
    "m": "米",
    "h": "小时",
    "min": "分钟",
}
_WEEKDAYS = dict(
    zip(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], (f"周{day}" for day in "一二三四五六日"), strict=True)
)
_GROUPS = {11: (3, 4, 4), 12: (4, 4, 4), 8: (4, 4), 7: (3, 4), 10: (3, 3, 4), 6: (3, 3), 18: (6, 4, 4, 4)}
_HOTLINES = "12345|12356|12320|12333|12388|12315|12306|110|119|120|122|114|10086|10000|95598"
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"


def for_ear(text: str, language: str = "zh") -> str:
    """The same message as it should be spoken. Saying it again changes nothing."""
    text = re.sub("[\uff01-\uff5e]", lambda m: chr(ord(m[0]) - 0xFEE0), text)  # full-width signs
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(rf"(?:https?://|www\.)[^\s{CHINESE},,。;)]+", "", text)
    text = re.sub(r"[*#`_~]{1,3}(?=\S)|(?<=\S)[*`_~]{1,3}", "", text) if not re.search(r"\d[*~]\d", text) else text
    return _english(text) if language == "en" else _chinese(text)


def _chinese(text: str) -> str:
    text = re.sub(r"(\d)\s*(㎡|m²|m2|km|kg|cm|℃|°C|min|h|m)(?![A-Za-z0-9²])", lambda m: m[1] + _UNITS[m[2]], text)
    text = text.replace("㎡", "平方米").replace("m²", "平方米")
    for pattern, say in _CHINESE_STEPS:
        text = pattern.sub(say, text)
    text = _TWO_BEFORE.sub("两", text)
    return _tidied(text)


def digit_by_digit(digits: str) -> str:
    """In small groups, as a number is dictated; 1 is 幺."""
    said = "".join("幺" if c == "1" else _PLAIN[c] for c in digits)
    if len(said) <= 5:
        return said
    groups, rest = [], said
    sizes = list(_GROUPS.get(len(said), ()))
    while rest:
        size = sizes.pop(0) if sizes else 4 if len(rest) != 5 else 3
        groups.append(rest[:size])
        rest = rest[size:]
    return ",".join(groups)


def _number(digits: str) -> str:
    """450 → 四百五十; 12.5 → 十二点五."""
    digits = digits.replace(",", "")
    whole, _, part = digits.partition(".")
    said = str(cn2an.an2cn(whole.lstrip("0") or "0", "low")) if len(whole) < 13 else digit_by_digit(whole)
    return said + ("点" + "".join(_PLAIN[c] for c in part) if part else "")


def _year(digits: str) -> str:
    return "".join(_PLAIN[c] for c in digits)


def _clock(hour: str, minute: str, before: str = "") -> str:
    number, minutes = int(hour), int(minute)
    if number > 24 or minutes > 59:
        return f"{_number(hour)}比{_number(minute)}"
    part = ""
    if number >= 13 and not re.search(r"下午|晚上|傍晚|到|至|-|中午|夜", before):
        part = "下午" if number < 18 else "晚上"
    number = number - 12 if 13 <= number <= 23 and (part or re.search("下午|晚上|傍晚|中午", before)) else number
    said = "两" if number == 2 else _number(str(number))
    tail = {0: "", 30: "半", 15: "一刻"}.get(minutes, ("零" if minutes < 10 else "") + _number(str(minutes)) + "分")
    return f"{part}{said}点{tail}"


def _clock_range(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 3) : match.start()]
    first = _clock(match[1], match[2], before)
    same = first.startswith(("下午", "晚上")) or re.search("下午|晚上", before)
    if int(match[1]) >= 13:
        evening_begins = int(match[1]) < 18 <= int(match[3])
        second = _clock(match[3], match[4], "" if evening_begins else "下午")
    else:
        second = _clock(match[3], match[4], "下午" if same and int(match[3]) >= 13 else "")
    return f"{first}到{second}"


def _one_clock(match: re.Match[str]) -> str:
    return _clock(match[1], match[2], match.string[max(0, match.start() - 3) : match.start()])


def _date(match: re.Match[str]) -> str:
    year, month, day = match[1], match[2], match[3]
    return (f"{_year(year)}年" if year else "") + f"{_number(month)}月{_number(day)}号"


def _latin(match: re.Match[str]) -> str:
    """APP → A P P; ordinary words stay."""
    word = match[0]
    return " ".join(word) if word.isupper() and 1 < len(word) <= 5 else word


_NOT_IN_NUMBER = r"(?<![0-9.:/A-Za-z])"
_CHINESE_STEPS = tuple(
    (re.compile(pattern), say)
    for pattern, say in (
        (r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b", lambda m: _WEEKDAYS[m[0]]),
        (r"(?<=周[一二三四五六日])\s*[-–—~]\s*(?=周)", lambda m: "到"),
        # whole dates and times first, since their digits are no amounts
        (r"(?<!\d)(20\d\d|19\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", _date),
        (r"(?<!\d)(?:(20\d\d|19\d\d)年)?(\d{1,2})月(\d{1,2})[日号]", _date),
        (
            r"(?<!\d)((?:19|20)\d\d)\s*(?:—|–|-|~|至|到)\s*((?:19|20)\d\d)(?=年)",
            lambda m: f"{_year(m[1])}到{_year(m[2])}",
        ),
        (r"(?<!\d)((?:19|20)\d\d)(?=年)(?!年[的]?(?:时间|以上|以内))", lambda m: _year(m[1])),
        (r"(?<!\d)(\d{1,2}):(\d{2})\s*(?:-|—|–|~|至|到)\s*(\d{1,2}):(\d{2})(?!\d)", _clock_range),
        (r"(?<!\d)(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)", _one_clock),
        (r"(?<![\d.:])2(?=点(?!\d))", lambda m: "两"),
        (
            r"(?<![\d-])(\d{1,2})-(\d{1,2})-(\d{3,4})(?![\d-])",
            lambda m: "杠".join(digit_by_digit(part) for part in m.groups()),
        ),
        # numbers that are names: phones, hotlines, records
        (r"(?<!\d)(0\d{2,3})[- ](\d{7,8})(?!\d)", lambda m: f"{digit_by_digit(m[1])},{digit_by_digit(m[2])}"),
        (
            r"(?<!\d)(?:\+86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)",
            lambda m: digit_by_digit(m[1] + m[2] + m[3]),
        ),
        (
            rf"(?<![\d.])(?:{_HOTLINES})(?![\d.%]|\s*(?:元|块|万|人|张|户|平|个|名|份|件|项|次|天|米|公里|岁|号楼|分))",
            lambda m: digit_by_digit(m[0]),
        ),
        (
            r"((?:电话|手机|编号|单号|预约号|工单号|尾号|号码|热线|拨打|末四位|后四位|短信|号)[^\d,。;!?\n]{0,4})(\d{3,})(?![\d.]|[元块张份])",
            lambda m: m[1] + digit_by_digit(m[2]),
        ),
        (r"(?<![\d.])(\d{4})(?=室|房(?!屋))", lambda m: digit_by_digit(m[1])),
        (r"(?<![\d.])(\d{3})(?=室|房(?!屋))", lambda m: digit_by_digit(m[1])),
        (
            r"(?<![\d.,])(\d{17}[\dXx])(?!\d)",
            lambda m: digit_by_digit(m[1][:17]) + (digit_by_digit(m[1][17]) if m[1][17].isdigit() else "叉"),
        ),
        (
            r"(?<![\d.,])(\d{5,})(?!\d|\.\d|,\d|\s*(?:元|块|万|亿|人|张|户|平|个|名|份|件|项|次|天|米|公里|多|余|家|条|小时|斤|亩|辆|%))",
            lambda m: digit_by_digit(m[1]),
        ),
        # amounts
        (r"1\s*\+\s*N", lambda m: "一加恩"),
        (r"(?<=\d)\s*\+\s*(?=[\dN])", lambda m: "加"),
        (r"(?<=加)N", lambda m: "恩"),
        (rf"[¥\uffe5]\s*({_NUMBER})(万|亿)?", lambda m: _number(m[1]) + (m[2] or "") + "元"),
        (
            rf"(?<!\d)({_NUMBER})\s*[%％]?\s*(?:—|–|-|~|～|至|到)\s*({_NUMBER})\s*[%％]",
            lambda m: f"百分之{_number(m[1])}到百分之{_number(m[2])}",
        ),
        (rf"(?<!\d)({_NUMBER})\s*[%％]", lambda m: f"百分之{_number(m[1])}"),
        (rf"(?<!\d)({_NUMBER})\s*‰", lambda m: f"千分之{_number(m[1])}"),
        (r"(?<=[\d一二三四五六七八九十点半日号元月年])\s*(?:—|–|-|~|～)\s*(?=\d)", lambda m: "到"),
        (r"(?<!\d)(\d{1,3})/(\d{1,3})(?=[^\d]|$)", lambda m: f"{_number(m[2])}分之{_number(m[1])}"),
        (r"(?<=\d)/(?=\D)", lambda m: "每"),
        (r"(?<=[元人里米])/(?=[\u4e00-\u9fff])", lambda m: "每"),
        (r"(?<=[\u4e00-\u9fffA-Za-z])/(?=[\u4e00-\u9fffA-Za-z])", lambda m: ","),
        (_NUMBER, lambda m: _number(m[0])),
        # letters and signs
        (r"(?<![A-Za-z])[A-Z]{2,5}(?![a-z])", _latin),
        (r"[℃]", lambda m: "摄氏度"),
        (r"[&＆]", lambda m: "和"),
        (r"(?<=[\u4e00-\u9fff])\s*\+\s*(?=[\u4e00-\u9fff])", lambda m: "加"),
        (r"(?<=[\u4e00-\u9fff])\s*(?:——|—|–|-|~|→)\s*(?=[\u4e00-\u9fff])", lambda m: ","),
    )
)


def _tidied(text: str) -> str:
    text = re.sub(r"[（(【\[「『《〈〔]\s*[）)】\]」』》〉〕]", "", text)
    text = re.sub(r"[（(【\[〔]", ",", text)
    text = re.sub(r"[）)】\]〕](?=[,,。.!?！？;；:、]|\s*$)", "", text)
    text = re.sub(r"[）)】\]〕]", ",", text)
    text = re.sub(r"[「」『』《》〈〉“”\"‘’|•·●■◆★☆→←↑↓<>^=\\@#$/_~～—–]", " ", text)
    text = "".join(
        c for c in text if not 0x1F000 <= ord(c) <= 0x1FAFF and not 0x2600 <= ord(c) <= 0x27BF and ord(c) != 0xFE0F
    )
    text = re.sub(r"\s*\n\s*", "。", text.strip())
    text = re.sub(r"\s{2,}", " ", text)
    text = re.sub(rf"(?<=[{CHINESE},。]) (?=[{CHINESE},。])", "", text)
    text = re.sub(r"([,,。!?！？;；:、])\s*[,,、]+", r"\1", text)
    text = re.sub(r"[,,、]+([。!?！？;；])", r"\1", text)
    text = re.sub(r"([。!?！？;；:：,，])\s*。+", r"\1", text)
    return text.strip(" ,、")


_EN_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_EN_UNITS = {"㎡": " square metres", "m²": " square metres", "km": " kilometres", "kg": " kilograms", "℃": " degrees"}


def _english_digits(digits: str) -> str:
    groups, rest = [], digits
    sizes = list(_GROUPS.get(len(digits), ()))
    while rest:
        size = sizes.pop(0) if sizes else 4
        groups.append(" ".join(_EN_DIGITS[int(c)] for c in rest[:size]))
        rest = rest[size:]
    return ", ".join(groups)


def _english_clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    half = match[3] or ("" if hour < 13 else "pm")
    said = f"{hour - 12 if hour > 12 else hour}" + (f" {'oh ' if minute < 10 else ''}{minute}" if minute else "")
    return f"{said} {' '.join(half.replace('.', ''))}".strip() if half else said + ("" if minute else " o'clock")


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _english_date(match: re.Match[str]) -> str:
    month = int(match[2])
    return f"{int(match[3])} {_MONTHS[month - 1]} {match[1]}" if 1 <= month <= 12 else match[0]


def _english(text: str) -> str:
    text = re.sub(r"\b(20\d\d)[-/](\d{1,2})[-/](\d{1,2})\b", _english_date, text)
    text = re.sub(r"\b(\d{1,2}):(\d{2})(?:\s*([ap]\.?m\b\.?))?", _english_clock, text)
    text = re.sub(
        r"(?<![\d.])(0\d{2,3})[- ](\d{7,8})\b", lambda m: _english_digits(m[1]) + ", " + _english_digits(m[2]), text
    )
    text = re.sub(
        r"(?<!\d)(?:\+86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)",
        lambda m: _english_digits(m[1] + m[2] + m[3]),
        text,
    )
    text = re.sub(
        rf"(?<![\d.,])(?:\d{{6,}}|{_HOTLINES})(?![\d.,%]\d|\d|%| (?:people|beds|yuan|square))",
        lambda m: _english_digits(m[0]),
        text,
    )
    text = re.sub(
        r"((?:phone|number|no\.|ending in|digits)\W{0,3})(\d{3,5})\b(?!\s*(?:people|yuan))",
        lambda m: m[1] + _english_digits(m[2]),
        text,
        flags=re.I,
    )
    text = re.sub(r"(?<=\d)\s*(㎡|m²|km|kg|℃)", lambda m: _EN_UNITS[m[1]], text)
    text = re.sub(r"[¥\uffe5]\s*([\d,.]*\d)", r"\1 yuan", text)
    text = re.sub(r"(?<=\d)\s*%", " percent", text)
    text = re.sub(r"(?<=\d)\s*[-–—~]\s*(?=\d)", " to ", text)
    text = re.sub(r"\b1\s*\+\s*N\b", "one plus N", text).replace("&", " and ")
    text = re.sub(r"\bAPP\b", "app", text)
    text = re.sub(r"\s*\n\s*", ". ", text.strip())
    text = re.sub(r"[(\[]", ", ", text)
    text = re.sub(r"[)\]](?=[,.!?;:]|\s*$)", "", text)
    text = re.sub(r"[)\]]", ", ", text)
    text = re.sub(r"[•·●■◆★☆→<>^=\\@|\"“”]", " ", text)
    text = re.sub(r"\s+([,.!?;:])", r"\1", re.sub(r"\s{2,}", " ", text))
    return re.sub(r"([.!?;:,])\s*(?:[,.]\s*)+", r"\1 ", text).strip(" ,")
