"""What callers say, and what was said on the line: words to sound, and recorded sound back to words.

Callers have a voice that replies never use. Their utterances lie in `utterances/` as a telephone carries them (8 kHz µ-law), so
that a test need not wait for a voice; `python -m tests.telephone.speech` makes those that are missing.
"""

from pathlib import Path

import numpy as np
import soundfile

from bot.language.text import language_of
from bot.settings import ROOT
from bot.speech.audio.resample import resample
from bot.speech.interface import EARS_HZ
from bot.speech.stt.ears import Ears
from bot.turns import Language
from evaluation.hearing.callers import Callers

CALLER = 2
"""Which of the evaluation's callers speaks."""
FOLDER = Path(__file__).with_name("utterances")
SAYINGS = {
    "ask_beds": "养老床位有多少张",
    "book_meal": "我想订明天中午的助餐",
    "at_dongfeng": "东风社区助餐点",
    "my_name": "我叫王秀英",
    "you_may": "可以",
    "rather_xinjie": "改成新街社区",
    "confirm": "确认",
    "noise": "楼下烧烤店半夜还在放音响吵得睡不着",
    "at_xinjie": "在新街社区",
    "go_on": "接着办",
    "cancel": "取消",
    "staff": "我是工作人员请讲",
    "suggest": "我想提个建议",
    "pavilion": "在新街社区的河边修一个凉亭",
    "my_points": "我的志愿积分还有多少",
    "welder": "有没有电焊工的工作",
    "who_handles": "残疾证归哪个部门管",
    "school": "孩子上学的手续一步一步教我",
    "from_away": "户口在外地",
    "primary": "上小学",
    "next_step": "下一步",
    "bus_laojie": "流动服务车哪天到老街社区",
    "support_charger": "我支持装充电桩的提案",
    "follow_proposal": "我的提案办到哪一步了",
    "volunteer": "我想报名当志愿者",
    "deliver_meals": "周末可以去给老人送餐",
    "redeem_rice": "我想用积分兑换大米",
    "council": "我想报名参加居民议事会",
    "planner": "帮我报名社区规划师活动",
    "rude_clerk": "我要投诉窗口的工作人员态度很差",
    "next_tuesday": "下周二上午",
    "package": "我妈要助餐助浴和助医",
    "weekend_free": "周末有空",
    "in_dongfeng": "在东风社区",
    "tomorrow_noon": "明天中午",
    "tuesday_nine": "下周二上午九点",
    "home_dongfeng": "东风社区三栋二单元",
    "eye_clinic": "人民医院眼科",
    "wednesday_morning": "下周三上午",
    "bathing_thursday": "助浴改到下周四上午十点",
    "next_saturday": "下周六上午",
    "training": "我想报名参加技能培训",
    "grid_worker": "我们这里的网格员是谁",
    "hall_saturday": "服务大厅星期六开门吗",
    "after_school": "给孩子报名四点半课堂",
    "little_ming": "小明七岁奶奶来接",
    "tuesday_afternoon": "下周二下午四点半",
    "sports_hall": "我想预约运动场馆",
    "let_daughter": "我想让我女儿替我办事",
    "everything": "都可以",
    "three_months": "三个月就行",
    "act_for_mother": "我替我妈代办她给我授权码了",
    "walks_with_stick": "我走路要拄拐杖请你们记一下",
    "i_agree": "同意",
    "bathing_laojie": "我想在老街社区约助浴",
    "leave_it": "算了不约了",
    "weekly_meal": "每周三中午在东风社区助餐点给我订一份饭",
    "two_weeks": "两个星期",
    "all_evening": "都改到晚上",
    "not_solved": "没有解决",
    "still_dark": "楼下的路灯还是不亮",
    "mailbox": "您好,您拨打的用户暂时无法接通,请在提示音后留言",
    "english_beds": "How many beds are there for elderly people?",
    "english_please": "English please",
    "speak_chinese": "请讲普通话",
}
"""What each file of `utterances/` says."""


def saying(name: str) -> Path:
    """A WAV file for the softphone."""
    return FOLDER / f"{name}.wav"


def words_in(recording: Path, ears: Ears, language: Language = "zh", *, after: float = 0.0) -> str:
    """Everything that is understood in a recording, from `after` seconds on."""
    sound, rate = soundfile.read(recording, dtype="int16")
    session = ears.listen(rate, language, None, hands_free=True)
    try:
        samples = np.concatenate([sound[int(after * rate) :], np.zeros(3 * rate, np.int16)])
        events = session.accept(samples.tobytes())
    finally:
        session.close()
    return "".join(event.utterance.text for event in events if hasattr(event, "utterance"))


def clues(heard: str, *expected: str) -> list[str]:
    """Which of these words of ours were recognised: a telephone line costs any single one of them now and then."""
    return [word for word in expected if word in heard]


def say_what_is_missing() -> None:
    callers = Callers(ROOT / "evaluation" / "results" / "callers")
    for name, words in SAYINGS.items():
        if not saying(name).exists():
            _, pcm = callers.say(words, language_of(words) or "zh", CALLER)
            samples = np.frombuffer(resample(pcm, EARS_HZ, 8000), np.int16)
            soundfile.write(saying(name), samples, 8000, subtype="ULAW")


if __name__ == "__main__":
    say_what_is_missing()
