"""What a table says of itself, so that whatever goes over all of a resident's data finds it without a list."""

from typing import ClassVar, Literal

from sqlalchemy import false
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.encryption import EncryptedText

EXAMPLE_MARK = {"zh": "（示例）", "en": " (example)"}
"""Behind the names of what is made up, so that nobody takes it for real."""


class MadeInConversation:
    """A row that came out of a conversation; what has no life of its own is erased with it."""

    conversation_id: Mapped[str] = mapped_column(index=True)


class FiledByPhone:
    """A row that is found by the keyed hash of a telephone number: exported, erased and re-keyed with it."""

    phone: Mapped[str | None] = mapped_column(EncryptedText)
    phone_hash: Mapped[str | None] = mapped_column(index=True)


class MayBeExample:
    """A row that the office puts before residents, or one that is made up to show what could stand there.

    Its names are kept bare. Whatever shows them reads properties that add the mark, so that no place can forget it.
    """

    is_example: Mapped[bool] = mapped_column(server_default=false(), default=False)

    def marked(self, name: str, language: Literal["zh", "en"] = "zh") -> str:
        return name + EXAMPLE_MARK[language] if self.is_example else name


class Record(MadeInConversation, FiledByPhone):
    """Something filed for a resident, which they find again by its number."""

    number: Mapped[str] = mapped_column(unique=True)

    kind: ClassVar[str]
    """Its name in the public contract, such as "booking"."""
    first_digit: ClassVar[str]
    """Of its number: eight digits of which the first tells the kind."""
    personal: ClassVar[tuple[str, ...]]
    """Columns that are masked in front of staff until one of them says why they need to read them."""
    names: ClassVar[tuple[str, ...]]
    """Those of them that hold a name, a phone or a place and nothing else: blanked out wherever they are said."""
