"""Text for the ear: no digits, symbols or addresses, read the way people in Hubei say numbers."""

import re

from bot.language.en.ear import for_english_ear
from bot.language.text import CHINESE
from bot.language.zh.ear import for_chinese_ear


def for_ear(text: str, language: str = "zh") -> str:
    """The same message as it should be spoken. Saying it again changes nothing."""
    text = re.sub("[\uff01-\uff5e]", lambda m: chr(ord(m[0]) - 0xFEE0), text)  # full-width signs
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(rf"(?:https?://|www\.)[^\s{CHINESE},,。;)]+", "", text)
    text = re.sub(r"(?<![\d*])(?:[*#`_]{1,3}|~~)(?=[^\s\d*])|(?<=[^\s\d*])(?:[*`_]{1,3}|~~)(?![\d*])", "", text)
    return for_english_ear(text) if language == "en" else _tidied(for_chinese_ear(text))


def _tidied(text: str) -> str:
    text = re.sub(r"[（(【\[「『《〈〔]\s*[）)】\]」』》〉〕]", "", text)
    text = re.sub(r"[（(【\[〔]", ",", text)
    text = re.sub(r"[）)】\]〕](?=[,,。.!?！？;；:、]|\s*$)", "", text)
    text = re.sub(r"[）)】\]〕]", ",", text)
    text = re.sub(r"[「」『』《》〈〉“”\"‘’|*`•·●■◆★☆→←↑↓<>^=\\@#$/_~～—–]", " ", text)
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
