"""What a question asks for: a price, a place, a number, a reason …"""

import re
from typing import Literal

Kind = Literal[
    "price",
    "place",
    "hours",
    "phone",
    "documents",
    "eligibility",
    "apply",
    "count",
    "when",
    "who",
    "why",
    "how",
    "what",
]

_CHINESE: list[tuple[Kind, str]] = [
    (
        "phone",
        "电话(?:号码?)?(?:是|多少|几|呢|$)|(?:什么|多少|哪个|几号|有没有|有)的?电话|号码|联系方式|怎么(?:样)?联系|打哪个",
    ),
    (
        "documents",
        "(?:什么|哪些|要|带|交|准备|需|拿).{0,4}(?:材料|证件|手续|证明|资料|复印件)|(?:材料|证件|手续|证明)(?:要|有|是|清单|多)"
        "|带什么|要带|要不要带|需要带|什么证|哪些证|要填表",
    ),
    (
        "price",
        "多少钱|几块|几元|免费|贵不贵|贵吗|便宜|什么价|要不要(?:交|出|给|掏|付)?钱|收不收钱|收钱|不要钱|怎么(?:样)?收(?:费|钱|$)"
        "|白(?:给|送)|自费|罚款?多少|罚多少|处罚|加钱|掏钱|押金|交多少|缴多少",
    ),
    (
        "hours",
        "几点|哪一?[天日]|周几|几号(?!窗)|下次|下一[次期]|什么时间(?:开|上|下|关)|开门|关门|开放时间|营业|开饭|(?:上班|下班)时间|上不上班"
        "|(?:周[一二三四五六末]|节假日|过年|中午|晚上|半夜|夜里).{0,8}(?:开|上班|有没有人|有人|休息|打烊|能办|可以办|接)|(?:天天|每天)开",
    ),
    (
        "place",
        "(?<!花)(?<!存)在哪(?!些|方面|几)|(?<!从)(?<!花在)(?<!用到)(?<!做到)哪里(?!来|提|的|出|去了|头|好|不)|(?<!用在)什么地方|哪条路|地址|怎么(?:样)?(?:走|去|找到)|多远|哪个位置"
        "|(?<!用)(?<!做)到哪(?!年|些|一|步)|设在|位置|网址|链接|哪(?:几|一|些)?个?社区|停哪|几路|离.{1,8}远",
    ),
    (
        "eligibility",
        "什么条件|有条件|条件(?:是|吗)|资格(?!持|证|执)|多大(?:年纪|岁数|可以|能|才)|几岁|多少岁|年龄"
        "|谁(?:能|可以|有资格)|(?:哪些|什么)人(?:能|可以|才)|能不能一起|符合|[生人]能(?:去|报|参加|上)|户口.{0,4}(?:吗|要求)"
        "|(?:我|外地人|流动人口|家属|老伴|别的社区).{0,6}(?:能不能|可不可以|可以|能).{0,3}(?:参加|申请|享受|吃|用|住|上|去)(?!什么)",
    ),
    (
        "apply",
        "(?:怎么|如何|在?哪里?|找谁|到哪|什么时候|怎样).{0,4}(?:报名|申请|参加|加入|注册)|(?:报名|申请)(?:流程|条件|方式|表)|怎么才能",
    ),
    ("why", "为什么|怎么会|原因|为何|凭什么"),
    ("when", "什么时候|哪一?[年月]|几时|几月|何时|多久|几天|多长时间|期限"),
    ("who", "谁|哪个(?:人|部门|领导|单位|管|负责|来?[当领牵带])|哪家|哪些部门|什么部门|叫什么名|什么人"),
    (
        "count",
        "(?<!电话)(?<!号码)(?<!号码是)多少(?!钱|岁)|[有是]?几[个张家件户项名支所间次场台条成]|比例|占比|百分之|数量|总共|一共|人数|率(?:是|有|$)|面积|多[大高]",
    ),
    ("how", "怎么(?!回事|说|看)|如何|流程|步骤|办法|方式"),
    (
        "what",
        "是什么|什么意思|什么叫|叫什么|怎么回事|介绍|讲一讲|(?:哪|什么)些|有什么|干什么|(?:包括|都有|分)(?:哪|什么)|指的",
    ),
]
_ENGLISH: list[tuple[Kind, str]] = [
    (
        "phone",
        r"phone number|telephone|hotline number|(?:which|what) number|number (?:do i|to|can i) (?:call|ring|dial)|\bcontact\b",
    ),
    (
        "documents",
        r"(?:which|what|any) (?:documents?|papers?|paperwork|certificates?|proof|id)\b(?!.* (?:behind|covers?))"
        r"|(?:documents?|papers?) .*\b(?:need|bring|required)|(?:need|have) to bring|should i bring|must i bring",
    ),
    (
        "price",
        r"\b(?:cost|price|fee|deposit)s?\b(?<!staff costs)(?<!running costs)(?<!follow prices)|(?<!step-)\bfree\b|charged?\b(?<!in charge)"
        r"|expensive|\bcheap|how much (?:is|are|do i pay|for|will)\b(?!.*\b(?:wage|pay|paid|earn|salary|allotted|revenue|used|spent)\b)"
        r"|\bpay for\b|\bfines\b",
    ),
    (
        "hours",
        r"opening (?:hours|times?)|what time|(?:what|which) day|when (?:is|does|will) the next|open\b.*\b(?:on|at|until|late|weekends?|today)\b|when (?:is|are|does|do) .*\b(?:open|close)"
        r"|o'?clock|office hours|closed?\b(?= on| at)|closing time",
    ),
    (
        "place",
        r"\bwhere\b(?!.*\b(?:money|funds?|come from)\b)|\baddress\b|located|location|how do i get to|directions|nearest"
        r"|how far (?:is|do i)|which (?:street|road|building)",
    ),
    (
        "eligibility",
        r"who (?:can|may|is allowed|is entitled|qualifies)(?! get the)|eligible|entitled|qualify|requirements?|conditions?\b"
        r"|how old (?:do|must|should)|age limit|am i allowed|can (?:migrants?|outsiders?|anyone|my (?:wife|husband)) (?:use|join|eat|apply|attend|come)",
    ),
    (
        "apply",
        r"how (?:do|can|could|should) (?:i|we|my \w+) (?:apply|join|sign up|register|enrol|become|get into|take part)|where .*\b(?:apply|sign up|register)\b",
    ),
    ("why", r"\bwhy\b|reason"),
    (
        "when",
        r"\bwhen\b|what (?:date|year)|which (?:year|month)|how (?:long|soon|often|quickly|fast)|deadline",
    ),
    ("who", r"\bwho\b|which (?:department|office|company|person)|whose|in charge"),
    (
        "count",
        r"how (?:many|large|big|high)|how much(?! (?:is|are|does|do i|for|will|a)\b)|what (?:share|percentage|proportion|rate|number)|number of|percent",
    ),
    ("how", r"\bhow\b(?! (?:many|much|big|large|long|often|high|far|old))|steps|what do i do|procedure"),
    ("what", r"^what(?:'s| is| are| does| do)\b|\bmean\b|tell me about|explain|is there|are there|which"),
]
_PATTERNS = {
    "zh": [(kind, re.compile(words)) for kind, words in _CHINESE],
    "en": [(kind, re.compile(words, re.I)) for kind, words in _ENGLISH],
}


def kinds_of(question: str, language: str) -> list[Kind]:
    """Everything the question asks for, the surest first; empty when its words do not say.

    Chinese questions come in plain words (`synonyms.plain`).
    """
    return [kind for kind, words in _PATTERNS[language] if words.search(question)]
