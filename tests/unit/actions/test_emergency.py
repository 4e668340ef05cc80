"""Danger to life now is heard; idioms, drills, memories and complaints are not taken for it."""

import pytest

from bot.language.emergency import danger_in

pytestmark = pytest.mark.unit

MEDICAL = """
救命啊|胸口痛得很,喘不过气|我胸口好闷|心口绞痛|我爹爹晕倒了|婆婆昏过去了喊不醒|他叫不醒了|老人没有呼吸了|我妈摔倒了起不来|屋里婆婆跌了一跤,爬不起来
快叫救护车|赶紧派辆救护车来|血止不住|他流了好多血|满脸是血|孩子抽搐|小孩口吐白沫|有人喝了农药|他吃了老鼠药|有人掉到河里了|小伢掉进塘里|有人触电了|孩子噎住了
爸爸中风了|嘴都歪了,半边身子动不了|有人被车撞了|我老婆要生了,羊水破了|一家人煤气中毒了|從樓上摔下來了,動不了|呼吸困难|上次也晕过,现在又晕倒了|我妈昨天摔倒了,到现在还起不来|他心梗了|老人休克了|快打120|我快不行了|有小孩落水了|房子塌了压到人了|門口出車禍了
My father has chest pain|I can't breathe|he is not breathing|she is unconscious|grandma passed out|he is having a heart attack
she is bleeding badly|my mother fell and can't get up|I need an ambulance|call an ambulance please|my child is choking|he was hit by a car just now
"""
FIRE = """
着火了|我家着火了|厨房起火啦|隔壁房子烧起来了|火很大快来|楼道里冒浓烟|煤气漏了|屋里煤气味很重|天然气在漏|闻到一股煤气味|液化气罐漏气了|车子烧着了|液化气爆炸了
my house is on fire|the kitchen is burning, the kitchen is on fire|there is a gas leak|I smell gas|it smells of gas here|there's a fire in the stairwell
"""
POLICE = """
有人拿着刀|门口有人持刀|我老公打我|他在打人|有人撬门|有人闯进我家了|他掐我|有人抢劫|我被人打了|我孙子不见了|孩子走丢了|爹爹走失了找不到了|他们打起来了|小偷在我屋里|我好怕,他拿着刀在门口|有人跟踪我,我害怕
a man with a knife is here|someone is breaking in|my husband is beating me|my child is missing|I am being robbed|please call the police
"""
CRISIS = """
我不想活了|活不下去了|我想死|我想自杀|我要跳楼|他要跳河|活着没意思,死了算了|她割腕了
I want to kill myself|I want to die|she is suicidal|I don't want to live any more
"""
NONE = """
热死了|急死人了|气死我了|累死了|想死你了|笑死我了|吵死人|臭死了|昨天消防演练|消防通道被堵了|楼道里没有灭火器|消防栓坏了|有没有急救知识讲座|急救培训怎么报名
去年我摔倒了起不来,后来好了|我妈上个月晕倒过,现在想问助医|车子占了救护车的路|乱停车救护车进不来|路灯按了没反应了|自助机没反应了|这个生意蛮火|火车站怎么走|楼下火锅店油烟大
飞线充电怕着火|电动车停在楼道容易起火|煤气费怎么交|天然气开户在哪里办|火灾怎么预防|电视里杀人了|医疗保险报销|死亡证明怎么办理|救护车多久能到|派出所电话多少|我要投诉邻居打麻将吵
他家狗咬人|家里没气了要充值煤气|小区打架的事去年处理了吗|公园里的水很深,小孩容易掉进河里|胸口痛的药能报销吗|心理健康讲座|打120要钱吗|我想活动活动|不想活动中心关门
被电动车挡住路了|被电话骚扰|我恼火得很|手机中毒了|砍价|刀削面馆占道|助餐点在哪|我想订饭|高血压老人可以助餐吗|他发火了|想死马当活马医|打火机没气了|你慢点吃,莫噎着了|报警电话是多少|这个空调不行了|预防煤气中毒的讲座
I am dying to see it|my feet are killing me|where is the fire station|the fire drill was yesterday|fire lane is blocked by cars|is there first aid training
how much is the gas bill|health insurance|my mother fell last year|I am starving|a movie about a murder|what if there is a fire|the bench at the bus stop collapsed
"""


def _said(block: str) -> list[str]:
    return [said for said in block.strip().replace("\n", "|").split("|") if said]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (said, kind)
        for block, kind in ((MEDICAL, "medical"), (FIRE, "fire"), (POLICE, "police"), (CRISIS, "crisis"))
        for said in _said(block)
    ],
)
def test_danger_now_is_heard(said: str, kind: str) -> None:
    assert danger_in(said) == kind


@pytest.mark.parametrize("said", _said(NONE))
def test_what_is_no_danger_now_is_left_to_the_assistant(said: str) -> None:
    assert danger_in(said) is None
