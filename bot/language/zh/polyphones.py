"""Words whose characters have several sounds, where the dictionaries choose the wrong one."""

import jieba
import pypinyin

SOUNDS = {
    "大冶": "dà yě",
    "大夫": "dài fu",
    "数一数": "shǔ yi shǔ",
    "量血压": "liáng xuè yā",
    "量体温": "liáng tǐ wēn",
    "量一下": "liáng yí xià",
    "还得": "hái děi",
    "就得": "jiù děi",
    "也得": "yě děi",
    "都得": "dōu děi",
    "您得": "nín děi",
    "得带": "děi dài",
    "得先": "děi xiān",
    "得提前": "děi tí qián",
    "做得好": "zuò de hǎo",
    "办得好": "bàn de hǎo",
    "看得见": "kàn de jiàn",
    "管得了": "guǎn de liǎo",
    "看得到": "kàn de dào",
    "多劳多得": "duō láo duō dé",
    "长者": "zhǎng zhě",
    "幺": "yāo",
}


def teach() -> None:
    """Tell the two libraries that read Chinese aloud: which characters are one word, and how it sounds."""
    pypinyin.load_phrases_dict({word: [[sound] for sound in sounds.split()] for word, sounds in SOUNDS.items()})
    for word in SOUNDS:
        jieba.add_word(word, freq=200_000)
