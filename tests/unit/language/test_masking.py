"""What must not reach an index or a screen is gone; the rest stays readable."""

import pytest

from bot.language.masking import ANSWER, mask, mask_answer
from bot.services.kernel.topics import draft_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("电话13800001234", "电话〔电话〕"), ("138 0000 1234谢谢", "〔电话〕谢谢"), ("138-0000-1234", "〔电话〕"), ("+86 13800001234", "+〔电话〕"),
        ("一三八 零零零零 一二三四", "〔电话〕"), ("我电话幺三八零零零零幺二三四", "我电话〔电话〕"), ("幺三八,零零零零,幺二三四", "〔电话〕"),
        ("座机0714-8765432", "座机〔电话〕"), ("电话是8765432", "电话是〔电话〕"), ("１３８００００１２３４", "〔电话〕"), ("138****1234", "〔电话〕"),
        ("身份证420281195501011234", "身份证〔证件〕"), ("42028119550101123X", "〔证件〕"), ("四二零二八一一九五五零一零一一二三四", "〔证件〕"),
        ("银行卡6222021234567890123", "银行卡〔号码〕"), ("编号84261973", "编号〔号码〕"), ("八四二六一九七三", "〔号码〕"), ("尾号1234", "尾号〔号码〕"),
        ("后四位是一二三四", "后四位是〔号码〕"), ("1234", "〔号码〕"), ("我叫王秀英", "我叫〔姓名〕"), ("姓何,东风社区六栋", "姓〔姓名〕,东风社区〔地址〕"),
        ("我姓李", "我姓〔姓名〕"), ("订一份,李梅,13800001111", "订一份,〔姓名〕,〔电话〕"),
        ("我是张建国,我要投诉", "我是〔姓名〕,我要投诉"), ("帮张大妈订一份饭", "帮〔姓名〕订一份饭"), ("隔壁王师傅太吵", "隔壁〔姓名〕太吵"),
        ("我女儿叫李娜", "我女儿叫〔姓名〕"), ("联系人:刘洋", "联系人:〔姓名〕"), ("送到东风社区三栋二单元302", "送到东风社区〔地址〕"),
        ("我住三栋二单元", "我住〔地址〕"), ("人民路12号", "〔地址〕"), ("新街社区5号楼501室太吵", "新街社区〔地址〕太吵"), ("3-2-501", "〔地址〕"),
        ("my number is one three eight zero zero zero zero one two three four", "my number is 〔电话〕"), ("My name is John Smith", "My name is 〔姓名〕"),
        ("building 3 unit 2", "〔地址〕"), ("鄂B12345乱停", "〔号码〕乱停"), ("邮箱a.b@example.org", "邮箱〔号码〕"), ("微信号是wang_xiuying88", "微信〔号码〕"),
    ],
)  # fmt: skip
def test_what_tells_who_or_where_is_masked(said: str, expected: str) -> None:
    assert mask(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        "东风社区门口的路灯坏了", "订明天中午的饭两份", "下午三点半", "12月4号上午9点", "养老床位450张", "2025年满意度90%", "我要投诉噪音",
        "助餐多少钱一份", "打120", "12345热线", "菜场旁边有人占道", "我提三点建议",
        "给孙子报课后班",
        "预约挂号怎么弄",
        "一元二次方程", "", "一二三", "人工", "谢谢你", "我今年六十八岁",
    ],
)  # fmt: skip
def test_the_rest_stays_readable(said: str) -> None:
    assert mask(said) == said


@pytest.mark.parametrize(
    ("said", "awaiting", "expected"),
    [
        ("王秀英", "name", "〔姓名〕"), ("John Smith", "name", "〔姓名〕"), ("菜场旁边那个路口", "place", "〔地址〕"), ("三八零零", "tail", "〔号码〕"),
        ("一三八零零", "phone", "〔电话〕"), ("84261", "number", "〔号码〕"), ("转人工", "name", "转人工"), ("不知道", "place", "不知道"), ("没有电话", "phone", "没有电话"),
        ("取消", "number", "取消"), ("王秀英", "description", "王秀英"), ("我不想说", "name", "我不想说"), ("one three eight", "phone", "〔电话〕"), ("什么意思", "tail", "什么意思"),
        ("我住老菜场后头第二家", "place", "〔地址〕"), ("cancel please", "name", "cancel please"), ("小翠", "name", "〔姓名〕"),
    ],
)  # fmt: skip
def test_the_answer_to_a_personal_question_goes_whole(said: str, awaiting: str, expected: str) -> None:
    assert mask(said, awaiting=awaiting) == expected


@pytest.mark.parametrize(
    ("said", "known", "expected"),
    [
        ("王秀英来过", ["王秀英"], "〔姓名〕来过"), ("老地方翠竹轩", ["翠竹轩"], "老地方〔姓名〕"), ("尾数一二三四那个", ["13800001234"], "尾数〔号码〕那个"),
        ("就是1234", ["13800001234"], "就是〔号码〕"), ("在菜场旁边那个路口等", ["菜场旁边那个路口"], "在〔地址〕等"),
        ("八四二六,一九七三办好了", ["84261973"], "〔号码〕办好了"), ("我是李", ["李"], "我是李"), ("三月三", ["13800001234"], "三月三"),
        ("John called", ["john"], "〔姓名〕 called"), ("幺三八零零零零幺二三四", ["13800001234"], "〔电话〕"),
    ],
)  # fmt: skip
def test_known_values_go_wherever_they_stand(said: str, known: list[str], expected: str) -> None:
    assert mask(said, known=known) == expected


def test_a_long_sentence_loses_all_of_them() -> None:
    said = "我叫王秀英,身份证420281195501011234,电话一三八零零零零一二三四,住东风社区三栋二单元,编号84261973"
    assert mask(said) == "我叫〔姓名〕,身份证〔证件〕,电话〔电话〕,住东风社区〔地址〕,编号〔号码〕"


def test_masking_again_changes_nothing() -> None:
    once = mask("我叫王秀英,电话13800001234,住三栋")
    assert mask(once) == once


@pytest.mark.parametrize("awaiting", ["phone", "place", "date", "time", "name", "confirmation"])
@pytest.mark.parametrize("form", ["book_service", "file_complaint", "callback"])
def test_a_name_at_any_prompt_of_a_form_is_masked(form: str, awaiting: str) -> None:
    assert "李建国" not in mask_answer("李建国", asks_who=draft_of(form).asks_who, awaiting=awaiting)


@pytest.mark.parametrize(
    ("said", "awaiting"), [("明天下午三点", "date"), ("第二个", "place"), ("好的", "confirmation"), ("人工", "phone")]
)
def test_what_names_nobody_stays_readable(said: str, awaiting: str) -> None:
    assert mask_answer(said, asks_who=draft_of("book_service").asks_who, awaiting=awaiting) == said


def test_outside_such_a_form_and_for_what_happened_words_stay() -> None:
    assert mask_answer("路灯坏了", asks_who=draft_of("file_complaint").asks_who, awaiting="description") == "路灯坏了"
    assert mask_answer("今天天气好", asks_who=False, awaiting=None) == "今天天气好"
    assert mask_answer("今天天气好", asks_who=draft_of("book_service").asks_who, awaiting="phone") == ANSWER


@pytest.mark.parametrize(
    ("said", "expected"),
    [("东风社区柿子湾九栋", "〔地址〕"), ("东风社区三栋楼下烧烤太吵", "东风社区〔地址〕楼下烧烤太吵")],
)
def test_an_address_goes_whole_where_something_else_was_asked(said: str, expected: str) -> None:
    assert mask_answer(said, asks_who=True, awaiting="description") == expected
