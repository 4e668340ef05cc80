"""Chinese for the ear: an ordered list of forms, the most particular first, each with the way it is said.

Only form is looked at: digits, signs, and the words of measure and of naming beside them. A new row needs cases in
tests/unit/language/for_ear/texts.zh.tsv.
"""

import re
from collections.abc import Callable

from bot.language.zh.spoken_numbers import (
    NUMBER,
    clock_range,
    date,
    digit_by_digit,
    money,
    number,
    one_clock,
    percent,
    year,
)

_MEASURES = (
    "份|个|位|名|张|人|次|天|夜|年(?!级)|元|块|斤|户|件|家|条|间|台|辆|场|套|项|类|种|瓶|盒|周|小时|分钟|秒|米|公里|平方米|岁|桶|包|只|支|把|本|处|"
    "所|座|扇|根|颗|亩|公斤|倍|支|万|亿|千|百|成|批|页|节|课时|个月|星期|礼拜|工作日|遍|趟|回|口|队|顿|餐|客|刻"
)
_TWO_BEFORE = re.compile(rf"(?<![一二两三四五六七八九十百千万零点第初])二(?=(?:多|余)?(?:{_MEASURES})(?!月|号|日))")
_AMOUNT = (
    rf"(?:\s*(?:{_MEASURES}|多|余|几|来|平|吨|克|升|毫|厘|度|盏|分|起|例|宗|桌|头|匹|枚|架|栋|幢|层|步|集|积分|点|"
    r"号楼|％|%|\+|月|立方|千|百|伏|瓦|兆))"
)
"""What follows a number that counts something."""
_HOTLINES = "12345|12356|12348|12320|12333|12388|12315|12306|110|119|120|122|114|10086|10010|10000|95598"
_RINGING = "10086|10010|10000"
"""Hotlines that are round or common amounts too: numbers to be called only where words say so."""
_NAMING = (
    "电话|手机|编号|单号|预约号|工单号|尾号|号码|热线|拨打|拨|致电|末四位|后四位|短信|邮编|邮政编码|验证码|取件码|取货码|密码|"
    "卡号|账号|工号|学号|证号|门牌号|身份证|微信号|代码|编码"
)
_CALLING = rf"(?:{_NAMING})[^\d,。;!?\n]{{0,4}}"
_UNITS = {
    "km/h": "公里每小时", "㎡": "平方米", "m²": "平方米", "m2": "平方米", "m³": "立方米", "m3": "立方米", "km": "公里", "kg": "公斤",
    "cm": "厘米", "mm": "毫米", "mmHg": "毫米汞柱", "℃": "摄氏度", "°C": "摄氏度", "°": "度", "ml": "毫升", "mL": "毫升", "L": "升",
    "mg": "毫克", "g": "克", "t": "吨", "kWh": "千瓦时", "kW": "千瓦", "V": "伏", "MB": "兆", "m": "米", "h": "小时", "min": "分钟",
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_WEEKDAYS = dict(
    zip(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], (f"周{day}" for day in "一二三四五六日"), strict=True)
)
_COMPARED = {"≥": "大于等于", "≤": "小于等于", ">": "大于", "<": "小于", "≈": "约", "±": "正负", "=": "等于"}
_DASH = "[-–—~～]"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_HAN = "\u4e00-\u9fff"

Step = tuple[str, Callable[[re.Match[str]], str]]


def _signs() -> tuple[Step, ...]:
    """Signs that are written in many ways become one, before anything is read."""
    return (
        ("[\u2010\u2011\u2012\u2212]", lambda m: "-"),
        ("[①-⑳]", lambda m: f",{number(str(ord(m[0]) - 0x245F))},"),
        ("[Ⅰ-Ⅻ]", lambda m: number(str(ord(m[0]) - 0x215F))),
        (r"½", lambda m: "二分之一"),
        (r"№\s*(\d+)|\bN[oO]\.?\s*(\d+)", lambda m: f"{number(m[1] or m[2])}号"),
        (r"\bWi-?Fi\b", lambda m: "WiFi"),
        (r"(?<![\w.])([\w.]+)@([\w-]+(?:\.[\w-]+)+)", lambda m: f"{m[1]} at {m[2]}".replace(".", "点")),
        (r"(?<=\d)\s*[*×x]\s*(?=\d)", lambda m: "乘"),
        (r"(?<=\d)(m|cm|米)\s*[*×x]\s*(\d+(?:\.\d+)?)(?=\1)", lambda m: f"{m[1]}乘{m[2]}"),
        (r"(?m)^\s*(\d{1,2})[.)](?=[^\d\s])|(?<=[;。\n])(\d{1,2})[.)](?=[^\d\s])", lambda m: f"{m[1] or m[2]},"),
    )


def _times() -> tuple[Step, ...]:
    """Whole dates and times first, since their digits are no amounts."""
    return (
        (r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b", lambda m: _WEEKDAYS[m[0]]),
        (rf"(?<=(?:周|期|初)[一二三四五六七八九十日天])\s*{_DASH}\s*(?=周|星期|初)", lambda m: "到"),
        (r"(?<!\d)(20\d\d|19\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", date),
        (
            rf"(?<!\d)(\d{{1,2}}月)(\d{{1,2}})[日号]?\s*(?:{_DASH}|至|到)\s*(\d{{1,2}})[日号]",
            lambda m: f"{m[1]}{number(m[2])}{'号' if m[0][len(m[1] + m[2])] in '日号' else ''}到{number(m[3])}号",
        ),
        (r"(?<!\d)(?:(20\d\d|19\d\d)年)?(\d{1,2})月(\d{1,2})[日号]", date),
        (
            rf"(?<!\d)((?:19|20)\d\d)\s*(?:{_DASH}|至|到)\s*((?:19|20)\d\d)(?=[年学]|[^\d{_HAN}]|$)(?![-.\d])",
            lambda m: f"{year(m[1])}到{year(m[2])}",
        ),
        (
            rf"(?<!\d)(20)(\d\d)\s*{_DASH}\s*(\d\d)(?=学年|年度)",
            lambda m: f"{year(m[1] + m[2])}到{year(m[1] + m[3])}",
        ),
        (r"(?<![\d-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\d-])", lambda m: f"{year(m[1])}年{number(m[2])}月"),
        (r"(?<!\d)((?:19|20)\d\d)(?=年|届|级(?!别)|版|学年)(?!年[的]?(?:时间|以上|以内))", lambda m: year(m[1])),
        (r"(?<!\d)(\d0)(?=后(?!面|天|来|台|门))", lambda m: year(m[1])),
        (r"(?<!\d)(\d{1,2}):(\d{2})\s*(?:-|—|–|~|至|到)\s*(\d{1,2}):(\d{2})(?!\d)", clock_range),
        (r"(?<!\d)(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)", one_clock),
        (r"(?<!\d)(\d{1,2}):(\d)(?!\d)", lambda m: f"{number(m[1])}比{number(m[2])}"),
        (r"(?<![\d.:])2(?=点(?!\d))", lambda m: "两"),
        (r"(?<![\d.·])(\d{1,2})·(\d{1,2})(?![\d·])", lambda m: digit_by_digit(m[1] + m[2])),
    )


def _names() -> tuple[Step, ...]:
    """Numbers that are names: telephones, hotlines, records, rooms, roads."""
    return (
        (
            r"(?<![\d-])(\d{1,2})-(\d{1,2})-(\d{3,4})(?![\d-])",
            lambda m: "杠".join(digit_by_digit(part) for part in m.groups()),
        ),
        (
            rf"(?<!\d)(?:\((0\d{{2,3}})\)|(0\d{{2,3}}))(?:\s*{_DASH}\s*|\s*)(\d{{3,4}}) ?{_DASH}?(\d{{4}})(?:{_DASH}|转)?(?:(?<=[-–—~～转])(\d{{1,4}}))?(?!\d)",
            lambda m: (
                f"{digit_by_digit(m[1] or m[2])},{digit_by_digit(m[3] + m[4])}"
                + (f"转{digit_by_digit(m[5])}" if m[5] else "")
            ),
        ),
        (
            rf"(?<!\d)([48]00){_DASH}?(\d{{3}}){_DASH}?(\d{{4}})(?!\d)",
            lambda m: ",".join(digit_by_digit(part) for part in m.groups()),
        ),
        (
            rf"(?<!\d)(?:\+86[- ]?)?(1[3-9]\d)(?:{_DASH}| )?(\d{{4}})(?:{_DASH}| )?(\d{{4}})(?!\d)",
            lambda m: digit_by_digit(m[1] + m[2] + m[3]),
        ),
        (
            r"(?<!\d)(\d{3,6})\*{3,}(\d{3,4})(?!\d)",
            lambda m: f"{digit_by_digit(m[1]).replace(',', '')},尾号{digit_by_digit(m[2])}",
        ),
        (
            rf"(?<![\d.,])(?:{_HOTLINES})(?:/(?:{_HOTLINES}))+(?!\d)",
            lambda m: ",".join(digit_by_digit(part) for part in m[0].split("/")),
        ),
        (rf"(?<=积分)(?:{_RINGING})(?!\d)", lambda m: number(m[0])),
        (
            rf"(?<![\d.])(?:{_HOTLINES})(?![\d.]|/\d|{_AMOUNT})(?!(?<=10000|10010)[{_HAN}])",
            lambda m: digit_by_digit(m[0]),
        ),
        (
            rf"({_CALLING})([A-Z]{{0,3}})(\d{{3,}})(?![\d.]|[元块张份人件])",
            lambda m: m[1] + " ".join(m[2]) + digit_by_digit(m[3]),
        ),
        (r"((?<!\d)号)(\d{3,})(?![\d.]|[元块张份人件])", lambda m: m[1] + digit_by_digit(m[2])),
        (
            rf"([{_PROVINCES}][A-Z])[· ]?([A-Z]?)(\d{{4,5}})(?!\d)",
            lambda m: f"{m[1]}{' ' + m[2] if m[2] else ''}{''.join(digit_by_digit(c) for c in m[3])}",
        ),
        (r"(?<=[A-Z])(\d{3,4})(?=室|房|号|国道|省道)", lambda m: digit_by_digit(m[1])),
        (r"(?<=[A-Z]座)(\d{3,4})(?!\d)", lambda m: digit_by_digit(m[1])),
        (
            rf"(?<![\d.])(\d{{1,2}}){_DASH}(\d{{3,4}})(?=室|$|[,。;])",
            lambda m: f"{number(m[1])}杠{digit_by_digit(m[2])}",
        ),
        (r"(?<![\d.])(\d{3,4})(?=室|房(?!屋)|教室|病房|国道|省道|路(?:公交|车))", lambda m: digit_by_digit(m[1])),
        (r"(?<=单元|号楼|\d[栋幢])(\d{3,4})(?![\d.]|[元块张份人件户])", lambda m: digit_by_digit(m[1])),
        (r"(?<=转)(\d{3,4})(?![\d.]|[元块张份人件户])", lambda m: digit_by_digit(m[1])),
        (r"(?<!\d)(\d{1,2})/(\d{1,2})(?=单元|号楼|[栋幢楼层]|号线)", lambda m: f"{number(m[1])},{number(m[2])}"),
        (r"(?<![\d.])(\d{1,3})#\s*(?=楼|栋|幢)", lambda m: number(m[1]) + "号"),
        (r"(?<![\d.])(\d{1,3})#\s*(\d{3,4})?(?!\d)", lambda m: number(m[1]) + "号" + digit_by_digit(m[2] or "")),
        (r"(?<![\d.,])(\d{17}[\dXx])(?!\d)", lambda m: digit_by_digit(m[1])),
        (
            rf"(?<![\d.,])(?!\d{{1,10}}00(?!\d))(\d{{5,}})(?!\d|\.\d|,\d|{_AMOUNT}|[{_HAN}])",
            lambda m: digit_by_digit(m[1]),
        ),
        (rf"(?<![\d.,])(\d{{7,}})(?!\d|\.\d|,\d|{_AMOUNT})", lambda m: digit_by_digit(m[1])),
        (r"(?<![\d.])(?<!\d,)(0\d{2,3})(?![\d.])", lambda m: digit_by_digit(m[1])),
        (r"(?<=(?<![A-Za-z])N)(\d{2})(?!\d)", lambda m: digit_by_digit(m[1])),
        (r"(?<!\d)(\d)/(\d)G(?![A-Za-z])", lambda m: f"{number(m[1])}G,{number(m[2])}G"),
    )


def _amounts() -> tuple[Step, ...]:
    n = NUMBER
    return (
        (rf"(?<![\d日])-(?=(?:{n})\s*(?:(?:{_DASH}|到|至)\s*-?(?:{n})\s*)?(?:℃|°C|摄氏度|度))", lambda m: "零下"),
        (
            rf"(?<![\d{_HAN}A-Za-z.)%％℃])-(?=\d)|(?<=[{_HAN}])(?<![楼层日月年号度])-(?=\d+(?:\.\d+)?%|\d+[楼层])",
            lambda m: "负",
        ),
        (rf"[{''.join(_COMPARED)}](?=\s*[-负]?\d)", lambda m: _COMPARED[m[0]]),
        (r"1\s*\+\s*N", lambda m: "一加恩"),
        (r"(?<=\d)\s*\+\s*(?=[\dN])", lambda m: "加"),
        (r"(?<=加)N", lambda m: "恩"),
        (r"(?<=\d)\+(?=[人项名件户位家场次])", lambda m: "多"),
        (r"(?<=[\d岁])\+", lambda m: "以上"),
        (rf"[¥\uffe5]\s*({n})(万|亿)?", lambda m: money(m[1]) + (m[2] or "") + "元"),
        (rf"([$€])\s*({n})(万|亿)?", lambda m: money(m[2]) + (m[3] or "") + {"$": "美元", "€": "欧元"}[m[1]]),
        (rf"(?<![\d.])({n})(?=元|块)", lambda m: money(m[1])),
        (r"(\d+)/(\d+)\s*mmHg", lambda m: f"{number(m[1])},{number(m[2])}毫米汞柱"),
        (r"(?<=血压)(\d+)/(\d+)", lambda m: f"{number(m[1])},{number(m[2])}"),
        (rf"({n})\s*({_UNIT})(?![A-Za-z0-9²³])", lambda m: money(m[1]) + _UNITS[m[2]]),
        (
            rf"(?<!\d)({n})\s*[%％]?\s*(?:{_DASH}|至|到)\s*({n})\s*[%％]",
            lambda m: f"{percent(m[1])}到{percent(m[2])}",
        ),
        (rf"(?<!\d)({n})\s*[%％]", lambda m: percent(m[1])),
        (rf"(?<!\d)({n})\s*‰", lambda m: f"千分之{number(m[1])}"),
        (r"(?<![\d-])(\d{1,3})-(\d{1,2})(?=号)", _house_or_range),
        (
            rf"(?<=[\d一二三四五六七八九十点半日号元月年楼层组岁度])\s*{_DASH}\s*(?=[\d一二三四五六七八九十]|零下)",
            lambda m: "到",
        ),
        (r"(?<!\d)(\d{1,3})/(\d{1,3})(?=[^\d]|$)", lambda m: f"{number(m[2])}分之{number(m[1])}"),
        (rf"(?<=\d[{_HAN}])/(?=[{_HAN}㎡])|(?<=\d)/(?=\D)", lambda m: "每"),
        (r"(?<=[元人里米])/(?=[\u4e00-\u9fff㎡])", lambda m: "每"),
        ("㎡|m²", lambda m: "平方米"),
        ("m³", lambda m: "立方米"),
        (rf"(?<=[{_HAN}A-Za-z])/(?=[{_HAN}A-Za-z])|(?<=G)/(?=\d)", lambda m: ","),
        (n, lambda m: number(m[0])),
    )


def _house_or_range(match: re.Match[str]) -> str:
    """18-2号 is a door, 3-5号 are three days."""
    between = "杠" if int(match[2]) < int(match[1]) else "到"
    return number(match[1]) + between + number(match[2])


def _letters() -> tuple[Step, ...]:
    return (
        (r"(?<![A-Za-z])[A-Z]{2,5}(?![a-z])", lambda m: " ".join(m[0])),
        (r"(?<=[A-Za-z])-(?=[A-Za-z])", lambda m: " "),
        ("[℃]", lambda m: "摄氏度"),
        ("[&＆]", lambda m: "和"),
        (rf"(?<=[{_HAN}])\s*\+\s*(?=[{_HAN}])", lambda m: "加"),
        (rf"(?<=[{_HAN}])\s*(?:——|—|–|-|~|→)\s*(?=[{_HAN}])", lambda m: ","),
    )


_STEPS = tuple((re.compile(p), say) for p, say in (*_signs(), *_times(), *_names(), *_amounts(), *_letters()))


def for_chinese_ear(text: str) -> str:
    """Without digits and signs; what is not to be heard is gone. Tidying is the caller's."""
    for pattern, say in _STEPS:
        text = pattern.sub(say, text)
    return _TWO_BEFORE.sub("两", text)
