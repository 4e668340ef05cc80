"""How work is told: a posting in a few words, one in full, and what was wished for."""

from bot import wiring
from bot.language import words
from bot.services.jobs.jobs import Posting
from bot.services.jobs.wish import Wish


def joined(parts: list[str], language: str, gap: str = "、") -> str:
    return (", " if language == "en" else gap).join(part for part in parts if part)


def pay(posting: Posting, language: str) -> str:
    """What it pays a month, as far as it says."""
    low, high = posting.pay_from, posting.pay_to
    if low and high and low != high:
        return words.text("jobs.pay.range", language, low=low, high=high)
    amount = low or high
    return words.text("jobs.pay.one", language, amount=amount) if amount else words.text("jobs.pay.open", language)


def board(posting: Posting, language: str) -> str:
    """Lodging and meals, where they are given."""
    if posting.lodging and posting.meals:
        return words.text("jobs.board.both", language)
    given = "lodging" if posting.lodging else "meals" if posting.meals else ""
    return words.text(f"jobs.part.{given}", language) if given else ""


def shift(code: str, language: str) -> str:
    return words.text(f"jobs.shift.{code}", language) if code else ""


def name(posting: Posting, language: str) -> str:
    """The title as the employer wrote it; in English the trade as well."""
    trade = wiring.trades().trades.get(posting.trade)
    return f"{trade.title['en']} ({posting.title})" if language == "en" and trade else posting.title


def short(posting: Posting, language: str) -> str:
    """Title, pay, shift, lodging and meals: what a choice is called."""
    parts = [name(posting, language), pay(posting, language), shift(posting.shift, language), board(posting, language)]
    return joined(parts, language, "，")


def full(posting: Posting, language: str) -> str:
    """Everything a resident may know of it."""
    parts = [
        words.text("jobs.full", language, short=short(posting, language), employer=posting.employer),
        words.text("jobs.full.place", language, place=posting.place) if posting.place else "",
        words.text("jobs.full.details", language, details=posting.details) if posting.details else "",
        words.text("jobs.full.example", language) if posting.example else "",
    ]
    return (" " if language == "en" else "").join(part for part in parts if part)


def wish_words(wish: Wish, language: str) -> str:
    """What was searched for, in short."""
    trade = wiring.trades().trades.get(wish.trade)
    parts = [
        trade.title[language] if trade else "",
        words.text("jobs.pay.wanted", language, amount=wish.pay_from) if wish.pay_from else "",
        shift(wish.shift, language),
        *(
            words.text(f"jobs.part.{part}", language)
            for part in ("no_nights", "lodging", "meals")
            if getattr(wish, part)
        ),
        wish.place,
    ]
    return joined(parts, language)


def given_up_words(names: tuple[str, ...], language: str) -> str:
    return joined([words.text(f"jobs.part.{part}", language) for part in names], language)


def compared(postings: list[Posting], language: str) -> str:
    """First what all of them have in common, then each with what only it has."""
    rows = [
        {
            "pay": pay(one, language),
            "shift": shift(one.shift, language),
            "board": board(one, language) or words.text("jobs.board.none", language),
            "place": one.place,
        }
        for one in postings
    ]
    same = [name for name in rows[0] if len({row[name] for row in rows}) == 1 and rows[0][name]]
    parts = [
        words.text("jobs.compared.same", language, what=joined([rows[0][name] for name in same], language))
        if same
        else "",
        *(
            words.text(
                "jobs.compared.one",
                language,
                at=at,
                title=name(one, language),
                employer=one.employer,
                what=joined([row[key] for key in row if key not in same], language)
                or words.text("jobs.compared.no_more", language),
            )
            for at, (one, row) in enumerate(zip(postings, rows, strict=True), start=1)
        ),
        words.text("jobs.compared.which", language),
    ]
    return (" " if language == "en" else "").join(part for part in parts if part)
