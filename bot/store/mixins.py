"""What a table says of itself, so that whatever goes over all of a resident's data finds it without a list."""

from typing import ClassVar, Literal

from sqlalchemy import false
from sqlalchemy.orm import Mapped, mapped_column

from bot.language import words
from bot.store.encryption import EncryptedText


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
        return words.text("examples.marked", language, name=name) if self.is_example else name


class ExampleWithPlace(MayBeExample):
    """One that has a title and a place, each in both languages."""

    bare_title: Mapped[str] = mapped_column("title")
    bare_title_en: Mapped[str] = mapped_column("title_en")
    bare_place: Mapped[str] = mapped_column("place")
    bare_place_en: Mapped[str] = mapped_column("place_en")

    @property
    def title(self) -> str:
        """As everybody reads it."""
        return self.marked(self.bare_title)

    @property
    def title_en(self) -> str:
        return self.marked(self.bare_title_en, "en")

    @property
    def place(self) -> str:
        return self.marked(self.bare_place)

    @property
    def place_en(self) -> str:
        return self.marked(self.bare_place_en, "en")


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
