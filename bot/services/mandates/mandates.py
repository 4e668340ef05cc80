"""Mandates: one gives another leave to act, with a code or by a yes in our call; takes it up; hears of it; ends it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from bot.errors import NotFound, WrongState
from bot.language import words
from bot.services.audit import audit, behalf
from bot.services.kernel import tasks
from bot.services.kernel.lockout import open_record, same_digits
from bot.services.kernel.notices import notify_in
from bot.services.kernel.permissions import Actor
from bot.services.kernel.phones import plain_phone
from bot.services.kernel.record_numbers import SECURE_RANDOM, new_number
from bot.services.mandates.errors import TooManyMandates, WrongCode
from bot.store.kernel import idempotency_queries
from bot.store.mandates import queries
from bot.store.mandates.states import LIVE, MandateState, Powers
from bot.store.mandates.tables import Mandate as MandateRow
from bot.store.mandates.tables import MandateAct, MandateUse
from bot.store.store import Store, UnitOfWork
from bot.turns import Reply

__all__ = ["LIVE", "Act", "Mandate", "Powers", "Request", "answer", "ask", "end", "find", "get", "give", "news"]

CODE_MINUTES = 15
CODE_DIGITS = 6
USUAL_DAYS = 90
"""How long it holds where nothing else is said."""
LONGEST_DAYS = 366
MOST_PER_HOUR = 5
"""Given or asked for in one conversation."""
MOST_ASKED_A_DAY = 3
"""Calls to one phone that ask for a mandate: nobody is pestered."""
TOLD_AT_ONCE = 3
"""Acts that are told by name when somebody calls; of more than these, how many."""
ASKED_BY_CALL = "mandate_asked"


@dataclass(frozen=True)
class Request:
    """To give a mandate, or to ask for one."""

    phone: str
    """Of the one it acts for."""
    helper: str
    """Who may act, as said: 我儿子; the name of the one who asks."""
    powers: str
    ends: date
    conversation_id: str
    client_message_id: str
    language: str
    channel: str
    tell_by_call: bool = False
    relation: str | None = None
    helper_phone: str = ""


@dataclass(frozen=True)
class Act:
    at: datetime
    verb: str
    kind: str
    number: str
    subject: str
    helper: str
    """Empty when it is not known any more."""


@dataclass(frozen=True)
class Mandate:
    number: str
    state: str
    """Of MandateState, or "expired"."""
    powers: str
    ends: date
    helper: str
    """The name of who acts, once one does; before that as the one who gave it said."""
    said_helper: str
    relation: str | None
    phone_tail: str
    proven: bool
    tell_by_call: bool
    acts: tuple[Act, ...]
    """Oldest first."""


def give(store: Store, request: Request, now: datetime, *, random: Random = SECURE_RANDOM) -> tuple[Mandate, str]:
    """A new mandate and its six digits, good for a short time; an older code of this phone is good no more.

    Proven when it is said in a call from that phone. Raises TooManyMandates.
    """
    phone = plain_phone(request.phone)
    with store.unit() as unit:
        scope = request.conversation_id, request.client_message_id, "give mandate"
        done = idempotency_queries.claim(unit, *scope, now)
        row = queries.lock(unit, done.number or "") if done is not None else None
        if row is None:
            _refuse_many(unit, request.conversation_id, now)
            for old in queries.of_phone(unit, phone, (MandateState.OFFERED,)):
                old.state, old.code, old.changed = MandateState.ENDED, None, now
            row = _new(unit, request, phone, MandateState.OFFERED, now, random)
            row.proven = queries.calls_from(unit, request.conversation_id, phone)
            idempotency_queries.record(unit, *scope, row.number)
        code = "".join(random.choices("0123456789", k=CODE_DIGITS))
        row.code, row.code_ends = unit.keys.keyed_hash(code), now + timedelta(minutes=CODE_MINUTES)
        _audit(unit, row, "given", now)
        unit.commit()
        return mandate_of(row, now), code


def ask(store: Store, request: Request, now: datetime, *, random: Random = SECURE_RANDOM) -> Mandate:
    """Somebody wants to act for whoever has this phone: they are called and asked. Raises TooManyMandates."""
    phone = plain_phone(request.phone)
    with store.unit() as unit:
        scope = request.conversation_id, request.client_message_id, "ask mandate"
        done = idempotency_queries.claim(unit, *scope, now)
        if done is not None:
            return mandate_of(_found(queries.mandate(unit, done.number or "")), now)
        _refuse_many(unit, request.conversation_id, now)
        if queries.count_asked_of(unit, phone, now - timedelta(days=1)) >= MOST_ASKED_A_DAY:
            raise TooManyMandates
        row = _new(unit, request, phone, MandateState.ASKED, now, random)
        row.conversation_id = ""  # that of the one it acts for, once they are reached
        _use(unit, row, request, now)
        tasks.plan_call(unit, ASKED_BY_CALL, row.number, now)
        _audit(unit, row, "asked", now)
        idempotency_queries.record(unit, *scope, row.number)
        unit.commit()
        return mandate_of(row, now)


def take_up(store: Store, request: Request, code: str, now: datetime) -> Mandate:
    """Act under it in this conversation from now on: with its six digits, or again with its number.

    The number alone opens it only for the helper who has taken it up before, known by their own phone.
    Raises WrongCode, or Locked after five wrong tries.
    """
    phone = plain_phone(request.phone)
    with store.reading() as unit:
        whose = unit.keys.keyed_hash(phone)

    def match(unit: UnitOfWork) -> str | None:
        if len(code) != CODE_DIGITS:
            return _known_helper(unit, code, phone, plain_phone(request.helper_phone), now)
        hashes = unit.keys.keyed_hashes(code)
        fitting = [row for row in queries.of_phone(unit, phone, (MandateState.OFFERED,)) if row.code in hashes]
        return next((row.number for row in fitting if row.code_ends is not None and row.code_ends > now), None)

    try:
        number = open_record(store, match, number=f"mandate {whose}", asker=request.conversation_id, now=now)
    except NotFound:
        raise WrongCode from None
    with store.unit() as unit:
        row = queries.lock(unit, number)
        if row is None or row.state not in (MandateState.OFFERED, MandateState.ACTIVE):
            raise WrongCode
        if row.state == MandateState.OFFERED:
            row.state, row.code, row.code_ends = MandateState.ACTIVE, None, None
        row.changed, row.relation = now, request.relation or row.relation
        _use(unit, row, request, now)
        _audit(unit, row, "taken_up", now)
        unit.commit()
        return mandate_of(row, now)


def answer(store: Store, number: str, *, agreed: bool, conversation_id: str, now: datetime) -> Mandate:
    """What the one who was called said. Raises NotFound, WrongState when nobody waits for it any more."""
    with store.unit() as unit:
        row = _found(queries.lock(unit, number))
        if row.state != MandateState.ASKED:
            raise WrongState
        row.state = MandateState.ACTIVE if agreed else MandateState.REFUSED
        row.proven, row.conversation_id, row.changed = agreed, conversation_id, now
        verb = "agreed" if agreed else "refused"
        _audit(unit, row, verb, now)
        _tell_helpers(unit, row, verb, now)
        unit.commit()
        return mandate_of(row, now)


def end(store: Store, number: str, now: datetime, *, actor: Actor | None = None, reason: str = "") -> Mandate:
    """From now on nothing is done under it; what was done stays. Again changes nothing. Raises NotFound."""
    with store.unit() as unit:
        row = _found(queries.lock(unit, number))
        if row.state in LIVE:
            row.state, row.code, row.code_ends, row.changed = MandateState.ENDED, None, None, now
            audit.write(unit, actor or _actor(row), "mandate.ended", "mandate", number, now, reason=reason)
            _tell_helpers(unit, row, "ended", now)
            unit.commit()
        return mandate_of(row, now)


def get(store: Store, number: str, now: datetime) -> Mandate:
    """By its number alone, for one who may see it. Raises NotFound."""
    with store.reading() as unit:
        return mandate_of(_found(queries.mandate(unit, number)), now)


def of_conversation(store: Store, conversation_id: str, now: datetime) -> list[Mandate]:
    """Those that were given in it, or by whoever calls in it; oldest first."""
    with store.reading() as unit:
        return [mandate_of(row, now) for row in queries.given_in(unit, conversation_id)]


def used_in(store: Store, conversation_id: str, now: datetime) -> list[Mandate]:
    """Those under which this conversation acts, the one taken up last first."""
    with store.reading() as unit:
        return [mandate_of(use.mandate, now) for use in queries.uses(unit, conversation_id)]


def find(store: Store, number: str, tail: str, *, asker: str, now: datetime) -> Mandate:
    """By its number and the last four digits of the phone it acts for, or of a helper. Raises NotFound, Locked."""

    def match(unit: UnitOfWork) -> Mandate | None:
        row = queries.mandate(unit, number)
        phones = [row.phone, *(use.phone for use in row.uses)] if row is not None else []
        known = [same_digits(tail, phone[-4:]) for phone in phones if phone]
        return mandate_of(row, now) if row is not None and any(known) else None

    return open_record(store, match, number=number, asker=asker, now=now)


def news(store: Store, phone: str, language: str, now: datetime) -> str | None:
    """What was done for whoever has this phone since they heard last, in a sentence or two; told by that."""
    digits = plain_phone(phone)
    with store.unit() as unit:
        acts = queries.untold(unit, digits)
        if not acts:
            return None
        for act in acts:
            act.told = now
        told = [_sentence(unit, act, language) for act in acts[-TOLD_AT_ONCE:]]
        more = len(acts) - len(told)
        unit.commit()
    gap = " " if language == "en" else ""
    rest = words.text("mandates.news.more", language, count=more) if more else ""
    return gap.join([*told, rest, words.text("mandates.news.end", language)]).strip()


def mandate_of(row: MandateRow, now: datetime) -> Mandate:
    names = {use.id: use.name for use in row.uses}
    expired = row.state == MandateState.ACTIVE and row.ends < now.date()
    return Mandate(
        number=row.number,
        state="expired" if expired else row.state,
        powers=row.powers,
        ends=row.ends,
        helper=row.uses[-1].name if row.uses else row.helper,
        said_helper=row.helper,
        relation=row.relation,
        phone_tail=(row.phone or "")[-4:],
        proven=row.proven,
        tell_by_call=row.tell_by_call,
        acts=tuple(
            Act(act.at, act.verb, act.kind, act.number, act.subject, names.get(act.use_id or 0, "")) for act in row.acts
        ),
    )


def deed_of(act: Act, language: str) -> str:
    """What was done: 约了助餐."""
    return behalf.deed(act, language)


def last_day(wished: date | None, now: datetime) -> date:
    """As wished, within a year; three months where nothing was wished."""
    longest = now.date() + timedelta(days=LONGEST_DAYS)
    return min(max(wished, now.date()), longest) if wished else now.date() + timedelta(days=USUAL_DAYS)


def _new(
    unit: UnitOfWork, request: Request, phone: str, state: MandateState, now: datetime, random: Random
) -> MandateRow:
    row = MandateRow(
        number=new_number(unit, MandateRow, random),
        state=state,
        powers=request.powers,
        phone=phone,
        phone_hash=unit.keys.keyed_hash(phone),
        helper=request.helper,
        relation=request.relation,
        tell_by_call=request.tell_by_call,
        ends=request.ends,
        conversation_id=request.conversation_id,
        channel=request.channel,
        language=request.language,
        proven=False,
        made=now,
        changed=now,
    )
    unit.add(row)
    unit.flush()
    return row


def _use(unit: UnitOfWork, row: MandateRow, request: Request, now: datetime) -> None:
    """The helper acts under it in this conversation, from now on before any other that is used here."""
    contact = plain_phone(request.helper_phone)
    use = next((one for one in row.uses if one.conversation_id == request.conversation_id), None)
    if use is None:
        use = MandateUse(mandate_id=row.id, conversation_id=request.conversation_id)
        row.uses.append(use)
    use.name, use.since, use.phone = request.helper, now, contact or None
    use.phone_hash = unit.keys.keyed_hash(contact) if contact else None
    unit.flush()


def _known_helper(unit: UnitOfWork, number: str, phone: str, contact: str, now: datetime) -> str | None:
    row = queries.mandate(unit, number)
    if row is None or not behalf.is_live(row, now) or row.phone != phone or not contact:
        return None
    return number if any(use.phone == contact for use in row.uses) else None


def _refuse_many(unit: UnitOfWork, conversation_id: str, now: datetime) -> None:
    given = queries.count_in_conversation(unit, conversation_id, now - timedelta(hours=1))
    if given + len(queries.uses(unit, conversation_id)) >= MOST_PER_HOUR:
        raise TooManyMandates


def _tell_helpers(unit: UnitOfWork, row: MandateRow, news_of: str, now: datetime) -> None:
    for use in row.uses:
        whom = row.relation or words.text("mandates.they", row.language)
        text = words.text(f"mandates.notice.{news_of}", row.language, whom=whom)
        spoken = words.spoken(f"mandates.notice.{news_of}", row.language, whom=whom).strip()
        notify_in(unit, use.conversation_id, behalf.GOAL, Reply(text=text, spoken=spoken), now)


def _sentence(unit: UnitOfWork, act: MandateAct, language: str) -> str:
    row = unit.session.get(MandateRow, act.mandate_id)
    assert row is not None
    helper = next((use.name for use in row.uses if use.id == act.use_id), row.helper)
    return words.text("mandates.news.act", language, helper=helper, deed=behalf.deed(act, language))


def _actor(row: MandateRow) -> Actor:
    return Actor(f"mandate {row.number}", "resident")


def _audit(unit: UnitOfWork, row: MandateRow, verb: str, now: datetime) -> None:
    audit.write(unit, _actor(row), f"mandate.{verb}", "mandate", row.number, now, details={"powers": row.powers})


def _found(row: MandateRow | None) -> MandateRow:
    """Raises NotFound."""
    if row is None:
        raise NotFound
    return row
