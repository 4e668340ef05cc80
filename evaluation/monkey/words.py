"""What a resident without a plan may say at any moment; true to life, in both languages, made up for this program alone."""

from random import Random

DAYS = ("tomorrow", "the day after tomorrow", "next Friday"), ("明天", "后天", "下个星期五", "月底那天")
TIMES = ("noon", "three in the afternoon", "half past nine"), ("中午", "下午三点", "九点半", "早一点")
PLACES = ("Dongfeng building 3", "Xinjie community"), ("东风社区四栋", "新街那边", "老街菜场旁边")
NAMES = ("Ella Brown", "my name is Omar"), ("我姓贾,贾春来", "牛玉芬", "写我老伴的,覃有福")
PHONES = (
    ("13907230011", "one three nine zero seven two three zero zero one one"),
    ("13907230011", "一三九零七二三零零一一", "一三九零七"),
)
NUMBERS = ("12345678", "4455"), ("12345678", "四四五五")
WISHES = (
    ("a bath helper for my father", "lunch for two please", "the lift in our house is broken", "cancel my booking",
     "where is my complaint", "a person please", "I want to book the hall"),
    ("给我爸约个洗澡的", "订两份饭", "楼道灯坏了没人修", "我约的那个不要了", "我反映的事到哪步了", "叫个人跟我讲",
     "大厅预约", "想学用手机", "楼下天天有人摆摊堵路"),
)  # fmt: skip
QUESTIONS = (
    ("how many meal points are there", "what does it cost", "who sees my phone number", "is the hall open on Sunday"),
    ("助餐点有几个", "要不要钱", "我的电话会给别人看吗", "志愿者积分有么用", "一个网格管多少户"),
)
ANSWERS = (
    (
        "yes",
        "no",
        "that's right",
        "not that one",
        "the second one",
        "any",
        "I don't know",
        "anonymous",
        "wait a moment",
    ),
    ("对", "不是", "嗯", "第二个", "随便", "不晓得", "匿名", "等一下", "改一下", "还是原来那个"),
)
STRAY = (
    ("never mind the dog", "what a rainy day", "say that again", "thank you", "speak slower"),
    ("你莫吵,奶奶在打电话", "今天雨下得大", "再说一遍", "谢谢", "慢点说", "你是真人吗", "哎呀"),
)
STOP = ("forget it", "算了,不办了")
BYE = ("goodbye", "再见")
DANGER = (
    ("my husband fell and does not wake up", "there is fire in the kitchen"),
    ("我老伴倒在地上喊不醒", "厨房着火了,快来人"),
)
KINDS = (DAYS, TIMES, PLACES, NAMES, PHONES, NUMBERS, WISHES, QUESTIONS, ANSWERS, STRAY)
BY_AWAITED = {
    "date": DAYS,
    "time": TIMES,
    "place": PLACES,
    "name": NAMES,
    "phone": PHONES,
    "number": NUMBERS,
    "tail": NUMBERS,
    "service": WISHES,
    "description": WISHES,
    "confirmation": ANSWERS,
}
"""What answers the question."""
ANSWERS_SHARE = 0.7
"""How often the question is answered; else anything may be said."""
DANGER_SHARE = 0.02


def next_words(chance: Random, awaiting: str | None, english: bool) -> tuple[str, bool]:
    """The words, and whether they tell of danger."""
    side = 0 if english else 1
    if chance.random() < DANGER_SHARE:
        return chance.choice(DANGER[side]), True
    if awaiting in BY_AWAITED and chance.random() < ANSWERS_SHARE:
        return chance.choice(BY_AWAITED[awaiting][side]), False
    if awaiting is None:
        return chance.choice((*WISHES[side], *QUESTIONS[side])), False
    return chance.choice(chance.choice(KINDS)[side]), False
