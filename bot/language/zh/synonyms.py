"""Everyday and dialect words in the words the plan uses, so that a question and its answer share more of them.

A reviewed table: add a line when residents say something in a way that is not understood.
"""

import re

_POLITE = re.compile(
    "请问(?:一下|下)?|麻烦[您你]?|劳驾|[您你]好|我?想(?:请)?问(?:一下|下)?|我想(?:知道|了解)(?:一下|下)?"
    "|打听(?:一下|下)|[您你](?:晓得|知道)[不吗]|[您你]?(?:给我|帮我|跟我)?(?:讲讲|说说|介绍一下|讲一下|说一下|说下|讲下)"
    "|告诉我(?:一下|下)?|听(?:人|别人)?[说讲]|同志|师傅|[哎诶喂嗯呃啊呀哈咧撒嘞呢唦哦噢嘛吧]|那个|这个|一下"
)
"""Said out of politeness or while thinking; says nothing about the subject."""

_SAME = [
    (re.compile(said), plain)
    for said, plain in [
        # Question words, also those of Hubei.
        ("么样|咋样|怎样", "怎么样"),
        ("咋个|咋|么办", "怎么"),
        ("[为做](?:么事|么子|么东西|么|啥子|啥)", "为什么"),
        ("(?<![什怎那这多])么(?=时候|时间|名|地方|人|条件|材料|手续|事|子|东西|服务)|啥子|啥", "什么"),
        ("什么(?:事|子|东西)", "什么"),
        ("几多|好多(?=钱|人|个|张|家|件|户|项|岁|天|块|次|分|平)", "多少"),
        ("冇得|冇|没得|木有", "没有"),
        ("晓得", "知道"),
        ("哪块|哪边|哪儿|哪个地方|什么地方|哪里头", "哪里"),
        ("要不要钱|要钱|收费|价钱|价格|费用|几块钱|多少钱", "多少钱"),
        # People.
        (
            "爹爹婆婆|婆婆爹爹|爹爹|婆婆|老头子?|太婆|老年人|老年居民|老年群体|长者|老人家|老大爷|老太太",
            "老人",
        ),
        ("(?:年纪|岁数)大的人?|上了?年纪的人?", "老人"),
        ("细伢子?|伢子|伢|娃娃|娃子?|小朋友|小孩子?|儿童|孩子|子女", "孩子"),
        (
            "外来(?:打工|务工)?(?:人员|人口|工|的)?|外地(?:来)?(?:打工)?的?人?|农民工|打工[的人仔]|务工人员",
            "流动人口",
        ),
        ("住户|住家|街坊|老百姓|群众|大家|市民", "居民"),
        # Places, times and things.
        ("屋里", "家里"),
        ("礼拜|星期", "周"),
        ("周[天日]", "周末"),
        ("一刻钟", "15分钟"),
        ("公家|政府|街道办(?:事处)?", "街道"),
        ("薪水|工钱|薪资|待遇", "工资"),
        ("手机软件|软件|应用", "app"),
    ]
]

_SUBJECTS = {
    subject: re.compile(words)
    for subject, words in {
        "养老": "养老|敬老|老人院|福利院|样老|老人",
        "助餐": "助餐|吃饭|食堂|饭|餐",
        "助浴": "助浴|洗澡|擦身|主浴",
        "助医": "助医|看病|就医|医院|陪诊|体检",
        "床位": "床位|床|铺位",
        "大厅": "大厅|办事厅|服务厅",
        "窗口": "窗口|柜台",
        "电话": "热线|电话|号码|打哪个",
        "违建": "违建|违章|乱搭|私搭|乱建|搭棚",
        "纠纷": "纠纷|扯皮|吵架|矛盾",
        "工资": "工资|月薪|拿钱|补贴|补助|津贴",
        "流失": "流失|跳槽|离职|走人|留不住|辞职",
        "编制": "编制|公务员|事业编",
        "培训": "培训|学习|上课|教|学",
        "手机": "手机|智能机",
        "线上": "网上|线上|上网|网络|在线|数字",
        "社保": "社保|养老保险|社会保险",
        "医保": "医保|医疗保险",
        "入学": "入学|上学|读书|学校",
        "就业": "找工作|就业|招工|招聘|岗位",
        "积分": "积分|攒分|分数|得分",
        "志愿": "志愿|义工|做好事",
        "提案": "提案|建议|意见|主意",
        "议事": "议事会|协商|议事",
        "党员": "党员|党组织|支部",
        "试点": "试点|试验|先搞|先在|先试",
        "基金": "基金|专项",
        "捐资": "捐|赞助",
        "自助": "自助|机器|终端",
        "流动车": "服务车|流动车|流动的车|大巴",
        "场所": "场所|场地|活动室|场馆|球场|操场",
        "改造": "改造|翻新|整修|加装|扶手|无障碍",
        "隐私": "隐私|泄露|泄密|信息安全|数据安全|个人信息",
        "代办": "代办|上门|到家",
        "课后": "四点半|放学|课后|兴趣班",
        "人口": "人口|多少人|几个人|住了",
        "比例": "比例|占|几成|百分之|率|比重",
        "缩短": "缩短|快|减到|压缩|提速",
        "目标": "目标|要到|打算|计划|准备|将来|以后",
        "现状": "现在|如今|目前|眼下",
        "平台": "平台|系统",
        "领导": "领导|领头|牵头|书记|组长|负责",
    }.items()
}
"""Words that point to the same subject without meaning quite the same."""

_ENGLISH_SAME = {
    word: plain
    for plain, words in {
        "elder": "elderly old older senior seniors aged grandma grandpa grandmother grandfather pensioner pensioners",
        "child": "children kid kids child son daughter pupil pupils student students",
        "price": "price prices cost costs fee fees charge charges expensive free cheap",
        "where": "where address located location place",
        "phone": "phone telephone call hotline",
        "work": "job jobs work employment vacancy vacancies",
        "resident": "resident residents people inhabitants citizens folk neighbours population",
        "subdistrict": "subdistrict street township neighbourhood district",
        "dispute": "dispute disputes quarrel quarrels conflict conflicts",
        "share": "share percent percentage proportion rate",
        "wage": "wage wages salary salaries earn earns paid pay income",
        "machine": "machine machines terminal terminals kiosk kiosks",
        "bus": "bus van vehicle",
        "course": "class classes course courses lesson lessons training",
        "money": "money fund funds funding budget yuan financial finance",
        "idea": "opinion opinions suggestion suggestions proposal proposals idea ideas propose suggest",
        "quit": "quit leave leaving turnover resign",
        "migrant": "migrant migrants newcomer newcomers outsider outsiders",
        "doctor": "doctor doctors hospital medical health clinic",
        "meal": "meal meals food lunch dinner canteen eat",
        "bath": "bath bathing wash washing shower",
        "bed": "bed beds",
        "building": "building buildings construction structure structures built",
        "window": "window windows counter counters desk desks",
        "online": "online internet digital web",
        "app": "app application",
        "leader": "leader leads lead head heads boss chair chairs charge",
        "aim": "aim aims goal goals target targets plan plans planned",
        "satisfied": "satisfied satisfaction happy pleased content",
        "volunteer": "volunteer volunteers volunteering",
    }.items()
    for word in words.split()
}
_ENGLISH_FILLER = re.compile(
    r"\b(?:the|a|an|is|are|was|were|am|be|do|does|did|of|to|in|for|i|you|it|can|could|would|will|shall|me|my|we|our|us"
    r"|your|there|that|this|on|at|and|or|please|tell|know|want|like|about|hello|hi|have|has|had|get|by|with|any|so)\b"
)


def plain(text: str) -> str:
    """A Chinese question without politeness, in standard words; the text itself when nothing would be left."""
    text = text.lower()
    for said, standard in _SAME:
        text = said.sub(standard, text)
    short = _POLITE.sub("", text)
    return short if len(short) >= 2 else text


def subjects(text: str) -> list[str]:
    """What a plain Chinese text is about, as far as the table knows: 住养老院要几张床 → 养老, 床位."""
    return [subject for subject, words in _SUBJECTS.items() if words.search(text)]


def english_words(text: str) -> list[str]:
    """Words of an English text that carry its subject, in one form: older people's beds → elder, resident, bed."""
    text = _ENGLISH_FILLER.sub(" ", text.lower().replace("'s", ""))
    words = re.findall(r"[a-z]+|\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", "", text))
    return [_ENGLISH_SAME.get(word) or _stem(word) for word in words]


def _stem(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return re.sub(r"(?<=[a-z]{3})(?:s|ed|ing)$", "", word)
