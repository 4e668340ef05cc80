"""How Chinese words sound: the readings of the dictionaries, and where characters have several, the one that is meant."""

import re
from functools import cache

import jieba
import pypinyin

SOUNDS = {
    "大冶": "dà yě",
    "大夫": "dài fu",
    "数一数": "shǔ yi shǔ",
    "数一下": "shǔ yí xià",
    "量血压": "liáng xuè yā",
    "量体温": "liáng tǐ wēn",
    "量身高": "liáng shēn gāo",
    "量体重": "liáng tǐ zhòng",
    "量一下": "liáng yí xià",
    "多劳多得": "duō láo duō dé",
    "长者": "zhǎng zhě",
    "幺": "yāo",
    "调休": "tiáo xiū",
    "还款": "huán kuǎn",
    "还钱": "huán qián",
    "还书": "huán shū",
    "归还": "guī huán",
    "供养": "gōng yǎng",
    "圈养": "juàn yǎng",
    "提防": "dī fang",
    "相片": "xiàng piàn",
    "照片": "zhào piàn",
    "头发": "tóu fa",
    "时候": "shí hou",
    "什么时候": "shén me shí hou",
    "关系": "guān xi",
    "休息": "xiū xi",
    "先生": "xiān sheng",
    "称呼": "chēng hu",
    "行李": "xíng li",
    "地方": "dì fang",
    "东西": "dōng xi",
    "舍不得": "shě bu de",
    "奶奶": "nǎi nai",
    "爷爷": "yé ye",
    "师傅": "shī fu",
    "管得了": "guǎn de liǎo",
    "办得了": "bàn de liǎo",
    "走得了": "zǒu de liǎo",
    "空房子": "kōng fáng zi",
    "空房": "kōng fáng",
    "背书包": "bēi shū bāo",
    "落下": "là xia",
    "落在": "là zài",
    "想吐": "xiǎng tù",
    "吐了": "tù le",
    "削苹果": "xiāo píng guǒ",
    "处方": "chǔ fāng",
    "便秘": "biàn mì",
    "血糖": "xuè táng",
    "流血": "liú xuè",
    "空着手": "kōng zhe shǒu",
    "降压药": "jiàng yā yào",
}
"""Words where the dictionaries choose another reading than people do."""
_HAN = "\u4e00-\u9fff"
_TITLE = "先生|女士|阿姨|大爷|大妈|奶奶|爷爷|婆婆|爹爹|师傅|老师|主任|书记|医生|护士|同志|叔|姐|哥"
SURNAMES = {
    "单": "shan4", "任": "ren2", "曾": "zeng1", "解": "xie4", "仇": "qiu2", "查": "zha1", "华": "hua4", "朴": "piao2", "盖": "ge3",
    "乐": "yue4", "区": "ou1", "覃": "qin2", "翟": "zhai2", "尉": "wei4", "种": "chong2", "缪": "miao4", "燕": "yan1",
}  # fmt: skip
IN_CONTEXT = (
    # 得: after a verb, before how it is done; "must" after a person or an adverb; else it is got
    (rf"(?<=[{_HAN}])(?<![取获])得(?=很|更|太|快|慢|好|早|晚|稳|清|远|近|高|低|大|小|准|久|干净|怎么样|不错|动|起|下|上|见|了(?:您|你|我))", "de5"),
    (r"(?<=[您你我他她咱们人谁])得(?!到|了|过|出|知|益|意|奖|分)", "dei3"),
    (r"(?<=[须还就也都总可先要非只])得(?!到|了|出|知)", "dei3"),
    (r"(?<!获)(?<!取)(?<!值)(?<!所)得(?=先|提前|带|本人|自己|由|等|去|来|交|找|排)", "dei3"),
    (r"(?<=[得不])了(?=$|[,。,。!?吗呢]|这|那)", "liao3"),
    # 地: between how and what is done
    (rf"([{_HAN}])\1地(?=[说讲做办来去看听写想吃等问告放坐走休])", "de5"),
    # 行: a line of a form or a list, else to go
    (r"(?<=[这那每哪上下][一两几])行(?![人程动走])|(?<=第[一二三四五六七八九十])行|(?<=[一二三四五六七八九十两几])行(?=字|数字|文字|填|写)", "hang2"),
    # 重: once more, before what is done
    (r"(?<![严沉慎尊加注体超负多轻看着最病伤])重(?=做|来|写|填|报|念|拍|录|签|装|办|盖)", "chong2"),
    # 空: free, where nobody is or lives
    (r"空(?=着(?!手|肚))", "kong4"),
    (r"(?<!咀)嚼", "jiao2"),
    # 长: long, where something is measured
    (r"(?<=[很多太最较更不全])长(?=[^大高辈者]|$)", "chang2"),
    # 还: give back, after a thing that was lent or a debt
    (r"(?<=书要|钱要|时要|后要|先要|期要)还(?=$|[,。,。!?])|还(?=给[您你我他她它人])", "huan2"),
    (r"教(?=[您你我他她]|大家|老人)", "jiao1"),
    *((rf"{name}(?=(?:某|[{_HAN}])?(?:{_TITLE}))(?<![{_HAN}]{name})|(?<=姓){name}", sound) for name, sound in SURNAMES.items()),
)  # fmt: skip
"""Form around the last character of a match -> its sound there."""


def teach() -> None:
    """Tell the two libraries that read Chinese aloud: which characters are one word, and how it sounds."""
    pypinyin.load_phrases_dict({word: [[sound] for sound in sounds.split()] for word, sounds in SOUNDS.items()})
    for word in SOUNDS:
        jieba.add_word(word, freq=200_000)


def pinyin(text: str) -> list[list[str]]:
    """Syllables with their tone as a number, 5 for none, a list for each word: 长大 → [["zhang3", "da4"]].

    Call `teach` once before. The text holds Chinese characters only, or signs, which come back as they are.
    """
    decided = {match.end() - 1: sound for pattern, sound in _patterns() for match in pattern.finditer(text)}
    words, at = [], 0
    for word in jieba.lcut(text):
        sounds = pypinyin.lazy_pinyin(word, style=pypinyin.Style.TONE3, neutral_tone_with_five=True)
        if len(sounds) == len(word):
            sounds = [decided.get(at + index, sound) for index, sound in enumerate(sounds)]
        words.append(sounds)
        at += len(word)
    return words


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), sound) for pattern, sound in IN_CONTEXT)
