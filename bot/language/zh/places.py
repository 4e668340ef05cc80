"""Where: community, street, building, unit, room, or a landmark with “beside” or “in front of”."""

import re

from bot.language.communities import communities, names_community
from bot.language.en.places import exact_in_english, find_english_place, spot_in_english

_N = r"(?:[0-9]{1,4}|[一二两三四五六七八九十百零〇]{1,4})"
_HAN = "[㐀-鿿]"
_BLOCK = "(?:社区|小区|花园|新村|家园|公寓|大院|宿舍|新城|安置房|还建楼|[^\\W家门医学法我住]苑|[^\\W农乡本全我在们个]村(?!里|民|委)|[^\\W分小我们几]湾(?![^0-9一二三四五六七八九十]))"
_STREET = r"(?:大道|大街|路(?![灯口由过程])|街(?![道坊头])|巷(?!子)|巷子|弄(?=[0-9]+号))"
_LANDMARK = (
    "菜市场|农贸市场|菜场|市场|小学|中学|学校|幼儿园|卫生院|卫生服务站|卫生站|医院|诊所|药店|超市|便利店|公园|广场|银行|车站|公交站|加油站|"
    "派出所|停车场|车棚|凉亭|垃圾站|垃圾桶|垃圾房|充电桩|居委会|村委会|服务中心|服务站|服务大厅|助餐点|食堂|活动室|活动中心|老年大学|酒店|宾馆|网吧|"
    "商场|工地|工厂|水塔|电影院|体育馆|图书馆|文化站|健身房|早餐店|餐馆|饭店|理发店|五金店|祠堂|庙|教堂|门卫室|门卫|保安亭|配电房|水泵房|"
    "红绿灯|十字路口|丁字路口|路口|桥头|桥|河边|湖边|塘边|江边|后门|前门|大门|东门|西门|南门|北门|天桥|地下室|地下车库|车库|楼道|楼梯间|电梯"
)
_SIDE = r"(?:旁边|边上|旁|门口|大门口|对面|对过|后面|后头|背后|前面|前头|附近|隔壁|楼下|楼上|拐角|转角|里面|里头|外面|路口|巷口|口子上|口子|路边|斜对面|[东西南北][边侧面]|门前|门外|楼道里?|电梯里?|车库|地下室|广场|大门)"
_COMPONENT = re.compile(
    rf"(?P<block>{_HAN}{{1,7}}?{_BLOCK}(?!网格员|工作|书记|干部|主任|活动|服务质量|居民|的人|规划师|议事|代表))"
    rf"|(?P<street>{_HAN}{{1,6}}?{_STREET}(?:{_N}(?:号(?!楼|线)|弄))?(?:附{_N}号)?)"
    rf"|(?P<house>(?:第?{_N}|[A-Da-d])(?:号楼|栋|幢|座(?!位|机|谈)|号院|期(?={_N}))|{_N}单元|(?:(?<=[栋幢楼座])|(?<=单元)){_N}(?:楼|层|室|号房?|门|户)|(?:(?<=[栋幢座楼路街巷区])|(?<=单元))(?:(?:[0-9]{{2,4}}|[零〇一二三四五六七八九]{{3,4}})(?![0-9份个人点:.])(?:-[0-9]{{1,4}})*(?:号|室)?|{_N}(?:号|室))|{_N}室|{_N}号房"
    rf"|门牌{_N}号|{_N}-{_N}-{_N}(?!-)|{_N}号(?=[0-9]{{3,4}}))"
    rf"|(?P<mark>(?:{_LANDMARK})(?!费|卡|员|费用|价|预约|挂号|窗口|办|系统|平台))"
    rf"|(?P<side>{_SIDE})"
)
_LEAD = re.compile(
    r"^.*(?:送到|送至|送去|送往|住在|家住|位于|就在|地址是?:?|投诉|举报|反映|预约|请问|问一下|一下|查询|我要去|一哈|我们|你们|他们|咱们?|想去|要去|去到|想问|咨询|报修|挪到|改到|换到|不是"
    r"|[在到住是去往从给找问说要订查和跟与或我的吃进搞请哈想看来那约离成趟,]|昨天|今天|明天|下周|希望|参加|觉得|谢谢|认为|建议|一份|关于|帮我|坐落|有?几个|哪些|哪个|多少|街道(?!办))"
)
_NO_BLOCK = re.compile(
    r"^(?:个|各|这|那|哪|每|本|全|整|某|另|几|一|两|三|多|有|智慧|试点|住宅|什么|别的|其他|所有|个别|街道|多少|附近|平安|文明|哪些|这些|全部|八个|居民|农村|进|入|下|新农|上|本地|外地|隔壁|城中|我们|新|老|旧|大|小|好|党)+$"
)
"""Nothing but such words is no name of a block. None of them is made of others, as 一个 would be of 一 and 个."""
_NO_NAME = re.compile("[不了想是没我你他她什么怎吧呢吗就也都给把让被很太跑走喝睡]|时候|晚上|早上")
_NO_STREET = re.compile(
    r"(?:满|雪|整|全|沿|这|那|哪|个|每|趟|着|走|一|马|公|铁|道|线|思|电|水|半|迷|让|带|套|问|大马|修|老|同|顺|上|下|逛|门|网|过|小|这条|那条|条|一条|高速公|近|远|绕|高|生|财|出|赶|网络线|挡|占|堵|拦|通|后|退|前|回|十字|扫|开|车|陆|各|哪条|条马|铺|种|天|垫|头|面)$"
)
_JOIN = re.compile(r"[ ,]?(?:的|那个|这个|那|这|靠近|和)?(?:的)?$")
_AROUND = re.compile(
    r"^(?:(?:嗯|呃|哦|啊|那个|就|我家在|家在|家住在?|我|地址|住在?|在|送到?|到|是|位置|来|请|麻烦|应该是|发生在|[,:\s]|it is|it's|i live|we live|in|at|on|near(?!\w))(?!区))++"
    r"|(?:吧|啊|呢|哦|来|这里|这儿|那里|那儿|呀|[,。.!\s])++$",
    re.I,
)
_HESITATION = re.compile("(?<=[社小]区)的?[那这]个")
"""「老街社区那个金色年华KTV」"""
_NO_PLACE = re.compile(
    r"^(?:第[一二三四五六七八九十0-9]+|最后一?|[头前]一?)个[吧呢啊]*$|不知道|不清楚|不晓得|不告诉|不想|没有|人工|取消|算了|谢谢|什么|怎么|为什么|哪[里儿个]|谁|多少|请问|我要[^去]|我想|可以|再说|重复|听不|听得|不用|不对|返回|退出|投诉|查|干嘛|几点|等一下|\?|"
    r"^(?:你|他)们?|^(?:不?是的?|对|好的?|行|嗯|不|没|有|喂|你好)++$|\b(?:no|yes|ok|cancel|stop|human|agent|what|why|how|don't know|not sure|skip)\b",
    re.I,
)
_VILLAGES = ("村", "湾", "组", "苑")
_HOUSE_ALONE = re.compile(rf"(?:{_N}|[A-Da-d])(?:[栋幢室楼组]|单元|号(?!线))")
_ENGLISH_HOUSE = re.compile(r"\b(?:building|block|unit|room|flat)(?: number| no\.?)? ?\d+\w?", re.I)


def find_place(text: str, *, asked: bool, bare_ok: bool = True) -> str | None:
    """A place as said; `asked`: nearly any answer counts, unless `bare_ok` says that it holds other things too."""
    groups = _groups(text)
    if asked and len(groups) > 1 and names_community(groups[0]) and not any(map(names_community, groups[1:])):
        groups = ["".join(groups)]  # 新街社区,老井边上,二栋
    group = max(groups, key=len, default=None)
    group = group or find_english_place(text)
    if not asked:
        return group
    bare = _HESITATION.sub("", _AROUND.sub("", text))
    if not any(char.isalnum() for char in bare):  # a face, a row of dots
        return group
    if group and (not bare_ok or len(bare) > 24 or re.search("[,。;]", bare)):
        return group
    if not bare or not bare_ok or (_NO_PLACE.search(bare) and not group) or len(bare) > 60:
        return group
    return group if group and _NO_PLACE.search(bare) else bare


def is_exact(text: str) -> bool:
    """Is a building, a room, a street or a village named, so that somebody finds the way? 「他下不了楼」 names none, nor does
    a community."""
    for one in communities():
        text = text.replace(one.name, " ").replace(one.short, " ")
    exact = any(kind in ("house", "street") or text[:end].endswith(_VILLAGES) for kind, _, end in _components(text))
    return exact or bool(_HOUSE_ALONE.search(text) or exact_in_english(text))


def names_a_spot(text: str) -> bool:
    """Is anything named by which a spot within a community is found: a house, a street, a shop, 门口, "next to"?"""
    for one in communities():
        text = text.replace(one.name, " ").replace(one.short, " ")
    return bool(_components(text) or spot_in_english(text))


def house_spans(text: str) -> list[tuple[int, int]]:
    """Where buildings, units, rooms and street numbers stand; the names of communities are left out."""
    spans = [
        (a, b) for kind, a, b in _components(text) if kind == "house" or (kind == "street" and text[b - 1] in "号弄")
    ]
    return spans + [match.span() for match in _ENGLISH_HOUSE.finditer(text)]


def _groups(text: str) -> list[str]:
    """Neighbouring components joined; a group must say more than “upstairs” or a bare landmark."""
    groups: list[str] = []
    start = end = -1
    kinds: set[str] = set()
    for kind, a, b in [*_components(text), ("", len(text) + 9, 0)]:
        if (
            end >= 0
            and a >= end
            and len(text[end:a]) <= 4
            and a < len(text)
            and _JOIN.fullmatch(text[end:a])
            and (kind == "house" or "," not in text[end:a])
        ):
            end = b
            kinds.add(kind)
            continue
        if kinds & {"block", "street"} or kinds >= {"mark", "side"} or "house" in kinds:
            groups.append(text[start:end])
        start, end, kinds = (a, b, {kind}) if kind != "side" else (-1, -1, set())
    return groups


def _components(text: str) -> list[tuple[str, int, int]]:
    """(kind, start, end) of every component, without the words that lead to it (送到, 住在)."""
    found = []
    for match in _COMPONENT.finditer(text):
        kind, (start, end) = match.lastgroup or "", match.span()
        if kind in ("block", "street"):
            lead = _LEAD.match(match[0][:-1])
            start += lead.end() if lead else 0
            name = re.split(_BLOCK if kind == "block" else _STREET, text[start:end])[0]
            suffix_eats_name = text[start:end].endswith(("村", "苑", "湾", "组"))
            if (
                kind == "block"
                and not suffix_eats_name
                and (len(name) < 2 or _NO_BLOCK.match(name) or _NO_NAME.search(name))
            ):
                continue
            if kind == "street" and (not name or _NO_STREET.search(name) or _NO_NAME.search(name)):
                continue
            if end - start < 3 and kind == "block":
                continue
        found.append((kind, start, end))
    return found
