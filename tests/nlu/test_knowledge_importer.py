from pathlib import Path

from bot.nlu.knowledge_importer import KnowledgeImporter, questions_of

PAGE = """---
id: beds
sections: ["6.1"]
---
## 中文
床位四百五十张。
- 这是正文里的一条,不是问题

## 问法
- 床位有多少
-  有几张床

## Questions
- How many beds are there?

## English
- not a question
"""


def test_only_the_questions_of_a_page_are_taken() -> None:
    assert questions_of(PAGE) == ["床位有多少", "有几张床", "How many beds are there?"]


def test_questions_of_all_pages_are_examples_of_asking(tmp_path: Path) -> None:
    (tmp_path / "beds.md").write_text(PAGE, "utf-8")
    (tmp_path / "meals.md").write_text("---\nid: meals\n---\n## 问法\n- 有没有饭吃\n", "utf-8")
    (tmp_path / "notes.txt").write_text("## 问法\n- 这不是一页\n", "utf-8")
    examples = KnowledgeImporter(folder=str(tmp_path)).get_nlu_data().intent_examples
    assert {e.get("text") for e in examples} == {"床位有多少", "有几张床", "How many beds are there?", "有没有饭吃"}
    assert {e.get("intent") for e in examples} == {"ask_policy"}


def test_it_adds_nothing_but_examples() -> None:
    importer = KnowledgeImporter()
    assert importer.get_stories().story_steps == []
    assert importer.get_config() == {}
    assert importer.get_domain().is_empty()


def test_the_real_pages_ask_in_both_languages() -> None:
    texts = [e.get("text") for e in KnowledgeImporter().get_nlu_data().intent_examples]
    assert len(texts) > 1000
    assert sum(text.isascii() for text in texts) > 300
