"""Names, and who is to be served."""

import re

from bot.language.en.people import I_AM as ENGLISH_I_AM
from bot.language.en.people import SAID as ENGLISH_SAID
from bot.language.en.people import find_english_name
from bot.language.zh.lexicon import kind
from bot.language.zh.spelled_names import spelled

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐伍庞颜倪庄聂章鲁岳翟殷詹申欧"
    "耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉"
    "缪简连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑"
    "迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘闻厉伊仝区郜海阚花帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平索"
    "宣晋相初云容敬扈晁芮普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺慕危玉银亢嵇湛宾戎勾茅尉"
)
_COMMON = SURNAMES[: SURNAMES.index("缪")]
_DOUBLE = "欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|令狐|司徒|东方"
_TITLE = "大妈|大爷|大娘|大叔|大姐|大哥|奶奶|爷爷|婆婆|爹爹|阿姨|叔叔|师傅|老师|先生|女士|太太|小姐|医生|婆|姨|叔|爹|嫂|姐|哥"
_GIVEN = r"[㐀-鿿]"
_BOUNDARY = r"(?=$|[^㐀-鿿]|电话|手机|号码|住|家住|的|是|要|想|今年|我|在|来|这边|,|联系|订|预约|约|报|办|送|岁|你|吧|呢|啊|和|跟|他|她|以前|女$|男$)"
_NOT_IN_NAMES = (
    "的是电住要想在我你了吧呢啊吗嘛不这那什么哪谁去到没有和跟说叫请给帮把被让很都也就还岁号楼栋您们他她它个些"
)
_SURNAME = rf"(?:{_DOUBLE}|[{_COMMON}])"
_GIVEN_CHARACTER = rf"[^\W\dA-Za-z_{_NOT_IN_NAMES}零〇]"
NAME = rf"(?:{_SURNAME}(?:{_TITLE}){_BOUNDARY}|{_SURNAME}{_GIVEN_CHARACTER}{{1,2}}?{_BOUNDARY}|{_SURNAME}{_GIVEN_CHARACTER}{{1,2}}|[老小][{_COMMON}]{_BOUNDARY})"
_MARKED = re.compile(
    rf"(?:[我他她人家妈爸女儿子伴婆公母父奶爷孙]的?(?:名字)?(?:是叫|叫做|叫|名叫)|名字(?:叫做|叫|是)?[:,]?|姓名(?:是|叫)?[:,]?|联系人(?:是|叫)?[:,]?|[,。 ]叫|本人|户主(?:是|叫)?|(?:就)?叫我)(?P<name>{NAME})"
)
_I_AM = re.compile(rf"(?:我是|我系|这里是)(?:[^,。]{{1,8}}的)?(?P<name>{NAME})(?=$|[,。!?、 ])")
_BEFORE_PHONE = re.compile(
    rf"(?:^|[,。;、 ])(?P<name>(?:{_SURNAME}){_GIVEN_CHARACTER}{{1,2}}?)(?:[,、: ]{{0,2}}我?的?(?:电话|手机)号?码?是?[,: ]?|[,、: ]{{1,2}})(?=1[0-9]{{10}}(?![0-9]))"
)
"""「订饭,周梅,13900100714」"""
_SURNAME_ONLY = re.compile(rf"(?:我|免贵|他|她|敝|^|[,。 ])(?:免贵)?姓(?P<name>{_DOUBLE}|[{SURNAMES}])(?!名)")
_TITLED = re.compile(rf"{_SURNAME}(?:{_TITLE})|老[{_COMMON}](?=[,。!?、 在的家说跟和把]|$)")
_AROUND = re.compile(
    r"^(?:嗯|呃|哦|啊|那个|就|家长|大人|监护人|联系人|病人|喊我|叫我|我的|名字|姓名|我|他|她|是|叫|做|名|本人|免贵|姓|写|用|记|登记|[^,。是]{1,8}的(?:人|那个)?就?是|(?:my |the )?name(?: is|'s)|i am|i'm|it is|it's|this is|(?:put|use|write|note|sign|book|register|enter)(?: it| me| down| under| with| in)* (?:my|his|her|the|our) name\b|(?:put it |book it )?(?:under|for)(?: the name(?: of)?)?\b|(?:also|and|but|please|it should be)\b|[,.。:、 ])++"
    r"|(?:吧|啊|呢|哦|的|就行|就可以|就好|[,.。!、 ])++$",
    re.I,
)
_NO_NAME = re.compile(
    r"不|没|人工|取消|算了|谢|匿名|保密|什么|怎么|为什么|哪|谁|多少|请问|帮我|我要|我想|可以|对|好[的吧了啊]|等|重复|听|慢|再说|干嘛|返回|退出|预约|订餐|投诉|查|改|换|是的|\?"
)
_LIKE_A_WISH = re.compile(r"[查谢](?![一下看问询个])[㐀-鿿]{1,2}")
"""Surnames that begin wishes and thanks too: 查德海, 谢芳."""
_NO_ENGLISH_NAME = re.compile(
    r"\b(?:no|not|yes|yeah|ok|okay|why|what|how|who|where|when|cancel|stop|help|human|agent|person|please|want|don't|thanks?|hello|hi|sorry|repeat|can|could|do|is|are|the|anonymous|skip)\b",
    re.I,
)

_NEVER_GIVEN = "的是了吗呢吧啊嘛不这那么哪谁们您你我他她它零〇"
"""Not in a given name, even where a name is asked for; 和, 来 and 有 are."""
_ANY_GIVEN = rf"[^\W\dA-Za-z_{_NEVER_GIVEN}]"
_NO_NAME_KINDS = frozenset({"a", "ad", "an", "b", "c", "d", "m", "p", "r", "u", "y"})
"""Words of these kinds answer no question for a name: 高兴, 马上, 万一. 向前 and 建国 do."""

KIN = (
    "妈妈|爸爸|母亲|父亲|老妈|老爸|姆妈|爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆|岳父|岳母|丈母娘|老丈人|老伴儿?|老婆|老公|爱人|妻子|丈夫|儿子|女儿|"
    "儿媳妇?|媳妇|女婿|孙子|孙女|外孙女?|邻居|嫂子|大嫂|哥哥|姐姐|弟弟|妹妹|大哥|大姐|姑妈|姑姑|姨妈|舅舅|舅妈|叔叔|婶婶|伯伯|伯母|大伯|老头子|老头|"
    "老太太|老太婆|家公|家婆|家里老人|老人家|老人|孩子|小孩|娃|太婆|太爷|爹爹|细伢|伢|室友|同事|朋友|工友|亲戚|妈|爸|爹|娘|爷|奶|哥|姐|弟|妹"
)
_WHO = rf"(?:(?:我们?家?(?:里|屋里)?的?|屋里的?|家里的?|俺)?(?:{KIN})(?!们))"
_SERVED = re.compile(
    rf"(?:给|帮|替|为|代|帮忙给)(?:我的)?(?P<who>{_WHO}|(?:{_SURNAME}(?:{_TITLE}))|{_SURNAME}{_GIVEN_CHARACTER}{{1,2}}(?=订|预约|约|报名|申请|叫|登记|点餐))"
    rf"|(?:是|就是)(?P<who2>我们?家?(?:里|屋里)?的?(?:{KIN}))(?=要|想|去|用|吃|洗|的|,|$|需要)"
    rf"|(?P<who3>我们?家?(?:里|屋里)?的?(?!邻居|朋友|同事|室友)(?:{KIN}))(?:他|她)?(?=要[^求]|想|需要|(?:预?约|订|报名)(?![了过])|今年|得去|行动|腿脚|身体不|[0-9六七八九]十?[0-9一二三四五六七八九]?岁)"
)
_SELF = re.compile(r"(?:给|帮|替|为)(?:我)?(?:自己|本人)|我(?:自己|本人)(?:用|吃|去|要|来|洗|的)|就我自己")
_ENGLISH_KIN = "mother|mum|mom|father|dad|grandmother|grandma|grandfather|grandpa|wife|husband|son|daughter|neighbou?r|friend|sister|brother|aunt|uncle|parents|child|roommate|colleague"
_ENGLISH_SERVED = re.compile(rf"\bfor (?P<who>my (?:{_ENGLISH_KIN})|myself)\b", re.I)


_STUTTER = re.compile(r"(?P<one>[㐀-鿿])(?:…+|\.{2,})(?=(?P=one))")
"""徐…徐菊香."""


def _is_a_word(text: str) -> bool:
    """True for 高兴 and 高中生, which begin like names."""
    if text[0] in "老小":
        return False
    return any(kind(part) and not kind(part).startswith("nr") for part in {text, text[:2] if len(text) == 3 else text})


_EXPLAINED = re.compile(
    rf"\W*(?:我叫|他叫|她叫|名字[是叫]?|叫|写|登记|就写)?(?P<name>(?:{_DOUBLE}|[{SURNAMES}])(?P<given>{_ANY_GIVEN}{{1,2}}))[,， ]?(?P<rest>[㐀-鿿]{{3,}})"
)
MOST_GIVEN = 2
"""Signs of a given name."""


def find_name(text: str, *, asked: bool) -> str | None:
    """A name that is said as one; `asked`: a bare answer counts."""
    text = _STUTTER.sub("", text)
    if not re.search(_GIVEN, text):
        return find_english_name(text, asked=asked)
    if asked and (explained := _explained(text)):
        return explained
    signs, rest = spelled(text) if asked else ("", text)
    for pattern in (_MARKED, _I_AM, ENGLISH_SAID):
        match = pattern.search(rest)
        if match and not (pattern is _I_AM and _is_a_word(match["name"])):
            return match["name"].strip()
    if (match := _BEFORE_PHONE.search(rest)) and not _is_a_word(match["name"]):
        return match["name"]
    surname = _SURNAME_ONLY.search(rest)
    others = f"{rest[: surname.start()]},{rest[surname.end() :]}" if surname else rest
    bare = _bare_name(others) if asked else None
    if surname and (whole := re.search(rf"{surname['name']}{_GIVEN_CHARACTER}{{1,2}}{_BOUNDARY}", others)):
        return whole[0]  # 我姓佘,叫佘春桃
    if surname and not (bare and bare.startswith(surname["name"])):
        given = signs.removeprefix(surname["name"])
        return str(surname["name"]) + (given if len(given) <= MOST_GIVEN else "")  # 姓覃,大小的大,元旦的元
    return bare or (signs if signs and signs[0] in SURNAMES else None)


def _explained(text: str) -> str | None:
    """The name of which each sign is told right behind it, with nothing between: 陈火旺火旺就是火焰的火."""
    found = _EXPLAINED.match(text)
    if not found:
        return None
    given, rest = found["given"], found["rest"]
    again = rest.startswith(given) or (rest[0] in given and re.match(r".{1,2}?(?:字)?(?:就)?是", rest))
    return found["name"] if again and _is_spelling(rest) else None


def _is_spelling(rest: str) -> bool:
    return bool(re.search(r"是|的|那个|字", rest))


def is_a_persons_name(who: str) -> bool:
    """True for 张大妈 and 李强, False for 我妈 and 孙子."""
    return who[0] in SURNAMES and not re.fullmatch(KIN, who)


def name_spans(text: str) -> list[tuple[int, int]]:
    """Every place where a name is said as one, also 王大妈 and 帮李强订."""
    spans = [
        m.span("name")
        for pattern in (_MARKED, _SURNAME_ONLY, ENGLISH_SAID, ENGLISH_I_AM)
        for m in pattern.finditer(text)
    ]
    spans += [m.span("name") for p in (_I_AM, _BEFORE_PHONE) for m in p.finditer(text) if not _is_a_word(m["name"])]
    spans += [m.span() for m in _TITLED.finditer(text)]
    return spans + [m.span("who") for m in _SERVED.finditer(text) if m["who"] and is_a_persons_name(m["who"])]


def name_as_said(text: str) -> str:
    """What was answered to the question for a name, without what stands around it: 我叫查德海 is 查德海."""
    return _AROUND.sub("", text.strip()) or text.strip()


def _bare_name(text: str) -> str | None:
    for piece in re.split("[,。;!]|这个|那个", text):
        bare = _AROUND.sub("", piece.strip())
        if re.fullmatch(r"[A-Za-z][A-Za-z .'·-]{1,40}", bare):
            if _NO_ENGLISH_NAME.search(bare) or len(bare.split()) > 4:
                continue  # please, Anna Petrova
            return bare
        bare = re.split(r"(?<=.)(?:电话|手机|[0-9])", bare)[0]
        if _NO_NAME.search(bare[1:] if _LIKE_A_WISH.fullmatch(bare) else bare) or re.fullmatch(KIN, bare):
            continue
        if re.fullmatch(
            rf"(?:{_SURNAME}|[{SURNAMES}])(?:{_TITLE}|{_GIVEN_CHARACTER}{{1,2}})|[老小][{_COMMON}]|{_DOUBLE}|[{SURNAMES}]",
            bare,
        ) and (len(bare) == 1 or not _is_a_word(bare)):
            return bare
        if re.fullmatch(rf"(?:{_DOUBLE}|[{SURNAMES}]){_ANY_GIVEN}{{1,2}}", bare) and kind(bare) not in _NO_NAME_KINDS:
            return bare
        if re.fullmatch(
            rf"(?:(?![来办问事随便住行用])(?!.*[事一二三下]){_GIVEN_CHARACTER}){{2,4}}|{_GIVEN}{{2,8}}·{_GIVEN}{{1,8}}",
            bare,
        ) and not _is_a_word(bare):
            return bare
    return None


def find_beneficiary(text: str, *, asked: bool) -> str | None:
    """Who is served, as said (我妈); 本人 or myself for the speaker."""
    if _SELF.search(text):
        return "本人"
    for pattern in (_SERVED, _ENGLISH_SERVED):
        if match := pattern.search(text):
            return next(who for who in match.groups() if who)
    if not asked:
        return None
    if match := re.search(rf"{_WHO}|{_SURNAME}(?:{_TITLE})|\bmy (?:{_ENGLISH_KIN})\b", text, re.I):
        return match[0]
    if re.search(r"自己|本人|^(?:就是|是|就|给)?我(?:用|吃|去|要|来|洗|一个人?|的)?[吧啊呀,。]*$", text):
        return "本人"
    if re.search(r"\b(?:me|myself)\b", text, re.I):
        return "myself"
    return find_name(text, asked=True)
