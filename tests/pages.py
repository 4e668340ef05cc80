"""A page of knowledge as an editor sends it."""


def form(**changes: str) -> dict[str, str]:
    """A page that may be saved."""
    return {
        "page_id": "meal_points_count", "topic": "meal", "title_zh": "助餐点有几个", "title_en": "Meal points",
        "text_zh": "有8个。", "text_en": "There are 8.", "spoken_zh": "有八个。", "spoken_en": "There are eight.",
        "sections": "7.3，3.2", "answers": "count", "questions_zh": "助餐点如今是多少\n", "questions_en": "How many now?",
    } | changes  # fmt: skip
