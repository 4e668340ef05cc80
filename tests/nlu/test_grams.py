from bot.language.readers.grams import grams, normalise


def test_width_and_case_do_not_matter() -> None:
    assert normalise("ＡＰＰ　１２") == "app 12"
    assert grams("ＷｉＦｉ坏了") == grams("wifi坏了")


def test_punctuation_separates_and_is_not_counted() -> None:
    assert "好我" not in grams("你好，我订饭")
    assert "，" not in grams("你好，我订饭")


def test_a_misheard_word_keeps_its_sound() -> None:
    shared = set(grams("助餐")) & set(grams("助参"))
    assert "~zhu-can" in shared
    assert "助餐" not in shared


def test_beginning_and_end_of_a_chinese_phrase_are_told() -> None:
    assert {"^要", "饭$"} <= set(grams("要订饭"))


def test_english_gives_words_pairs_and_pieces() -> None:
    found = set(grams("Book lunch"))
    assert {"w:book", "w:lunch", "w:book lunch", "p:<boo", "p:nch>"} <= found


def test_words_that_share_their_beginning_share_pieces() -> None:
    assert {p for p in grams("booking") if p.startswith("p:")} & set(grams("booked"))


def test_empty_words_have_no_features() -> None:
    assert grams("") == []
    assert grams("？！…") == []
