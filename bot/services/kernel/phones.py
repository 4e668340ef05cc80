"""One way to write a phone number down, so that the same phone is always found again."""


def plain_phone(phone: str) -> str:
    """Digits only, without the country code of China; 138-0013-8000 and +86 13800138000 are the same."""
    digits = "".join(character for character in phone if character.isascii() and character.isdigit())
    if len(digits) == 13 and digits.startswith("86"):
        return digits[2:]
    if len(digits) == 15 and digits.startswith("0086"):
        return digits[4:]
    return digits


def phone_last4(phone: str) -> str:
    """The last four digits."""
    return plain_phone(phone)[-4:]
