"""Names that are spelled: 弓长张, 美丽的丽, 石头的石."""

import re

_PARTS = (
    "弓长张|木子李|耳东陈|古月胡|口天吴|言午许|双木林|文刀刘|走肖赵|三横王|草头黄|大肚黄|立早章|双口吕|双人徐|日月明|禾呈程|"
    "人可何|三点汪|三点江|木易杨|马川冯|二马冯|草字头蒋|提手洪|四维罗|人未余|人余余|门吾闫|三撇彭|山令岑"
)
"""A surname told by the parts of its sign, as everybody learns it; the sign itself stands last."""
_SPELLED = re.compile(rf"(?:{_PARTS})(?![㐀-鿿]的)|(?P<word>[㐀-鿿]{{1,5}})的(?P<sign>[㐀-鿿])(?![㐀-鿿])")


def spelled(text: str) -> tuple[str, str]:
    """(the signs that are spelled, the text without their spelling)."""
    signs: list[str] = []

    def take(match: re.Match[str]) -> str:
        if match["word"] and match["sign"] not in match["word"]:
            return match[0]
        sign = match[0][-1]
        if not signs or signs[-1] != sign:
            signs.append(sign)
        return ","

    rest = _SPELLED.sub(take, text)
    return "".join(signs), rest
