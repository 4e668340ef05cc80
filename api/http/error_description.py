"""How a bug is told in the log: by its type and place, never by its message, which could hold what belongs to a resident."""

from bot.errors import AssistantError


def describe_error(error: BaseException) -> str:
    """Such as "KeyError in CallFlow._act:214"; a failure that we expect is told by its code."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_qualname}:{place.tb_lineno}" if place else "?"
    code = error.code if isinstance(error, AssistantError) else type(error).__name__
    return f"{code} in {where}"
