"""What all tables share.

Personal columns are EncryptedText; everything else may be read by whoever holds the file. conversation_id is a plain
column outside `turns`: bookings and cases outlive the conversation they were made in.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from bot.store.utc_datetime import UtcDateTime


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {datetime: UtcDateTime}
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
