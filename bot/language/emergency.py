"""Words of danger, looked for before anything else, so that no form and no fault can swallow them.

Only danger to life now: a fire drill, a blocked fire lane, last year's fall or 「热死了」 are none. What these words
miss, the classifier's goal `emergency` catches; a sentence that both tells of danger and of something else counts.
"""

import re
from typing import Literal

from bot.language.text import normalise

Danger = Literal["medical", "fire", "police", "crisis", "any"]

_WHO = r"(?:老公|老婆|男人|丈夫|前夫|男朋友|爱人|儿子|爸爸?|爹|妈妈?|有人|别人|他们?|她|邻居|隔壁|一个人|一伙人|几个人)"

CRISIS = re.compile(
    r"不想活(?!动)|活不下去|活着(?:没|冇)(?:得)?(?:什么)?意思|想(?:去|要)?死(?!你|他|她|那|这|我了|心|马)|(?:想|要|准备|打算)?自杀|要?轻生|寻短见"
    r"|(?:想|要|准备|站在.{0,8})跳(?:楼|河|江)|割腕|了结(?:自己|算了|这条命)|死了算了|(?:吃|喝)药死|遗书|想了结|伤害(?:我)?自己|往下跳|(?:想|要)从.{1,8}跳下去|"
    r"\b(?:kill(?:ing)? (?:myself|himself|herself)|(?:want|going) to jump(?= *$|,|\.)|suicid(?:e|al)|want(?:s)? to die|end(?:ing)? my life|don't want to live|hurt(?:ing)? myself)\b",
    re.IGNORECASE,
)
FIRE = re.compile(
    r"(?:着|起|失)火(?:了|啦|哒|咧|,|。|$)|着火|(?:火(?:很大|蛮大|好大|烧起来)|烧起来了|正?在烧.{0,6}(?:房|屋|楼)|(?:房|屋|楼|车)子?.{0,4}烧着)"
    r"|(?:煤气|燃气|天然气|液化气|瓦斯|煤炉)(?:管|罐|灶|瓶)?.{0,6}(?:泄漏|泄露|漏气?(?:了|哒)|在漏|漏得|味(?:道|儿)?.{0,3}[大重浓]|爆炸)"
    r"|(?:闻到|有|一股)[^,。]{0,6}(?:煤气|燃气|天然气|液化气|瓦斯)味|爆炸了|冒(?:大|浓|黑)烟|浓烟|(?:往外|在)喷火|(?:快|帮我)(?:打|叫)(?:119|消防)|失火了|"
    r"\b(?:on fire|(?:house|flat|building|kitchen|room) is burning|there(?:'s| is) a fire(?! (?:station|lane|drill|exit))|gas (?:is )?leak(?:ing)?|"
    r"smell(?:s|ing)? (?:of )?gas|leaking gas|explosion|exploded|heavy smoke|smoke everywhere|(?:house|home) fire|call 119)\b",
    re.IGNORECASE,
)
POLICE = re.compile(
    r"拿(?:着|起)?(?:菜)?刀|持刀|动刀|(?:在|要|被)?砍(?:人|我|死)|(?:要|在|说)?杀(?:人|我)(?:了|啦|,|。|$)|抢(?:劫|我的?(?:包|钱|手机))|入室|绑架|强奸|跟踪我"
    rf"|{_WHO}[^,。]{{0,6}}(?:打我|在打(?:人|我|她|他|孩子|老人)|要打死|往死里打|掐(?:我|着)|追(?:着)?(?:我|打)|撬(?:门|锁|我)|闯进|翻(?:窗|墙)进)"
    r"|被(?:人)?(?:打|捅|砍|抢)(?:了|伤|得)|家暴|(?:正在|在)(?:撬门|打架|打群架|斗殴)|打起来了|小偷(?:就|还)?(?:在|进)|进贼了|(?:快|帮我|请|要|^)(?:快|请|帮我)?报警(?!电话|器|装置|系统|点|柱|要|怎|有|吗)|快打110"
    r"|(?:孩子|小孩|伢|娃|孙子|孙女|儿子|女儿|爹爹|婆婆|老人|妈妈?|爸爸?)[^,。]{0,6}(?:不见了|走失了?|走丢(?:了|哒)?|搞丢了|丢了|找不到了|找不着了)|"
    r"\b(?:with a knife|has a (?:knife|gun)|break(?:ing|s)? in(?:to)?|broke into|(?:is|keeps) (?:beating|hitting|choking|attacking)|robb(?:ing|ed) me|being robbed|"
    r"(?:child|son|daughter|kid|mother|father|grandma|grandpa) (?:is|has gone|went) missing|being attacked|threaten(?:ing|s) to kill|going to kill me|fighting with knives|thief in my|breaking (?:down )?my door|can't find my (?:son|daughter|child)|call the police|call 110)\b",
    re.IGNORECASE,
)
MEDICAL = re.compile(
    r"救命|(?:快|赶紧|马上|要|叫|喊)(?:点)?(?:叫|喊|打|派)?(?:一?辆|个)?救护车|快打120|急救(?=啊|!|$)"
    r"|(?:胸口?|心口|心脏)(?:突然|一直|好|很|蛮|特别|有点)?(?:绞)?[痛疼闷](?!的药)|喘不(?:过|上|了)来?气|(?:呼吸|出气)(?:很|好|蛮)?(?:困难|不了|不过来)"
    r"|(?:没|冇得?)(?:有)?(?:呼吸|心跳)(?:了|哒)?|(?:没|冇得?)气(?:了|哒)(?!球|的煤|煤)|晕(?:倒|过去|死过去)|昏(?:倒|迷|过去|死)|休克|不省人事|(?:叫|喊|推|摇)不醒|没(?:有)?反应了"
    r"|大出血|血(?:一直|还)?(?:在)?止不住|止不住血|流(?:了|好|很)(?:好|很|蛮)?多血|满(?:脸|头|身|地)(?:都)?是血"
    r"|(?:摔|跌|绊|滚)(?:倒|伤|断|下来|了|到)[^。]{0,12}(?:起不来|爬不起|站不起|动不了|不能动|动不得|断了|起不得)|(?:从楼|从梯)[^,。]{0,4}(?:摔|掉|跌)下来|抽搐|口吐白沫|抽筋倒"
    r"|中毒了|喝了?农药|(?:吃|喝)(?:了|错).{0,4}(?:老鼠药|农药|安眠药)|溺水|掉(?:到|进|下)(?:河|水|湖|塘|井|江)(?:里|去)?|触电了|被电(?:到|倒|了)|噎(?:住|到|着)|卡(?:住|到|在)(?:喉咙|气管)"
    r"|中风了?(?=$|[,。!]*(?:快|嘴|救|动|倒|发作))|脑溢血|脑梗(?:了|发作)|心梗|半边(?:身子|身体)?(?:动不了|不能动|没知觉)|嘴(?:巴)?(?:都)?歪了|被(?:车|电动车|摩托车?|汽车)撞|撞(?:倒|伤)(?:了|人)|烫伤了|要生了|羊水破|(?:快|帮我|请|要|^)打?(?:打|叫)120(?!.{0,4}(?:要|收|多少|吗|怎))|(?:我|他|她|快|人)(?:快|要|都)?(?:要)?不行了|出人命|死人了|落水|淹(?:了|到)人|投河|敌敌畏|车祸|(?:房子?|房顶|墙).{0,3}(?:塌|垮|倒)(?:了|下来)|(?:压|埋|砸)(?:到|了|住)人|(?:抽风|头破)了|"
    r"\b(?:chest pains?|(?:chest|heart) hurts|can(?:no|')?t breathe|(?:not|stopped|trouble|hard to) breath(?:e|ing)|unconscious|passed out|(?:he|she|man|woman|mother|father|grandma|grandpa|has) (?:just )?(?:collapsed|fainted)|"
    r"(?:having|had) a (?:heart attack|stroke)|heart attack|bleeding (?:a lot|badly|heavily)|won't wake up|(?:fell|fallen)\b.{0,24}\b(?:can(?:no|')?t (?:get up|move|stand)|not moving)|"
    r"overdose|poisoned|(?:took|swallowed) (?:all|a whole bottle of|too many)[^,.]{0,16}pills|pesticide|(?:is )?having a seizure|water broke|electric shock|stabbed|has a stroke|call 120|snake bit|drowning|choking|electrocuted|hit by a (?:car|bus|truck|scooter)|(?:call|need|send|want) (?:me )?an ambulance|help me please|save (?:me|him|her))\b",
    re.IGNORECASE,
)
NOT_NOW = re.compile(
    r"演练|演习|讲座|知识|宣传|培训|课|预防|防范|怎么(?:办理|预防|急救)|证明|通道|消防(?:栓|器|车)?(?!.*着火)|灭火器|保险|以前|从前|曾经|小时候|前几[天年]|去年|前年|上个?(?:月|周|星期|礼拜)|上(?:次|回)|那年|年前"
    r"|电视|电影|新闻|故事|小说|游戏|歌|多久能?到|占(?:用|了|道|着)?.{0,6}(?:救护车|消防)|救护车.{0,8}(?:进不|开不进|过不|堵|挡)|(?:路灯|灯泡|灯|电话|屏幕|机器|水|空调|暖气|广播|网络|自助机).{0,4}(?:没反应|没气)"
    r"|\b(?:drills?|insurance|last (?:year|month|week|time)|years? ago|used to|movie|on tv|in a film|story|course|class|training|lecture|how to prevent)\b",
    re.IGNORECASE,
)
STILL = re.compile(
    r"现在(?:又|还|正|在|也|就)|正在|刚才|刚刚|快点?来|赶紧|救命|还在|right now|\bnow\b|help|hurry", re.IGNORECASE
)
"""Words that make a past or feared danger a present one: 上次也是这样,现在又晕倒了."""
FIGURE = re.compile(
    r"(?:护栏|栏杆|杆子?|树|路灯|围墙|大门|垃圾桶|站牌)[^,。]{0,4}被[^,。]{0,4}撞[^,。]{0,2}|别抢|打火机[^,。]{0,3}气(?:了|哒)?|(?:莫|别|不要|小心|当心|慢点)[^,。]{0,4}(?:噎|卡|烫|摔|跌)[^,。]{0,3}|(?:急|气|累|热|冷|笑|烦|吵|饿|困|吓|忙|痛|丑|臭|黑|羡慕|无聊)死(?:了|人|我)|想死(?:你|他|她|我)|火(?:了|起来)的?(?:歌|店|景点|视频)|生意火|发火|恼火|上火|火锅|火车|火得很"
    r"|救命钱|救命稻草|杀价|砍价|杀毒|刀削面|菜刀(?:在哪|怎么买)|心痛钱|心疼(?:钱|孩子|你)|(?:没|冇得)气球|中毒了?的?(?:电脑|手机)|(?:电脑|手机).{0,3}中毒|触电影"
    r"|被电(?:话|梯|视|动车(?!撞)|脑)|(?:家里|屋里|灶|煤气|天然气)[^,。]{0,4}(?:没|冇得?)气|(?:没|冇得?)气(?:了|哒)?[^,。]{0,4}(?:充|换|买)"
    r"|(?:怕|担心|万一|如果|要是|假如|会不会|容易|差点|差一点|以免|免得|避免|防止)[^,。]{1,12}"
    r"|\b(?:afraid of|might|could|in case|what if|what happens if|if there)\b[^,.]*"
    r"|\b(?:dying to|to die for|killing me|starving|fire station|firefighters?|on fire today|gas bill|gas station|stroke of luck)\b",
    re.IGNORECASE,
)
"""Idioms and what is only feared; they are taken out before anything is looked for."""


def danger_in(text: str) -> Danger | None:
    """The kind of danger that the words tell of now, or None."""
    plain = FIGURE.sub(" ", normalise(text))
    if NOT_NOW.search(plain) and not STILL.search(plain):
        return (
            "crisis"
            if CRISIS.search(plain) and not re.search(r"电视|电影|新闻|小说|游戏|讲座|知识|预防|宣传", plain)
            else None
        )
    kinds: tuple[tuple[Danger, re.Pattern[str]], ...] = (
        ("crisis", CRISIS),
        ("fire", FIRE),
        ("medical", MEDICAL),
        ("police", POLICE),
    )
    return next((kind for kind, words in kinds if words.search(plain)), None)
