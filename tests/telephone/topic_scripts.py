"""What those say who call about the topics of the plan: a script of a whole call for each."""

from dataclasses import dataclass

from bot.services.conversations import conversations
from bot.services.kernel.permissions import Actor
from bot.services.points import staff_points
from bot.store.points.tables import Volunteer
from evaluation.telephone.softphone import Softphone
from tests.telephone.conftest import Office

GREETING_BEGUN = 2.0
"""Seconds; callers who know us do not wait for the end of it."""
AT_ONCE = 3
"""Calls beside each other."""
STAFF = Actor("community-1", "community_staff")
EXAMPLE = "79000001"
"""The proposal of the demo data about charging points."""

DAUGHTER = "13900009901"
LONGEST_REPLY = 150
"""Seconds. Three bookings with their numbers, digit by digit."""


@dataclass
class Caller:
    """Somebody who says what they want, and hears every answer to its end where that matters."""

    office: Office
    phone: Softphone

    @property
    def conversation(self) -> str:
        return self.office.call_of(self.phone.number).conversation_id

    def says(self, name: str, *, form: str | None, awaiting: str | None) -> None:
        self.office.say(self.phone, name, form=form, awaiting=awaiting)

    def has_it_done(self) -> None:
        """Yes to the read-back, and listens to what came of it."""
        self.says("confirm", form=None, awaiting=None)
        self.office.hear_out(self.phone.number, LONGEST_REPLY)

    def asks(self, name: str) -> None:
        self.says(name, form=None, awaiting=None)
        self.office.hear_out(self.phone.number)

    def keys(self, digits: str, *, awaiting: str) -> None:
        """Press them and wait until that is asked next."""
        self.office.hear_out(self.phone.number)
        self.phone.press(digits)
        self.office.wait_for(
            self.phone.number, lambda: self.office.turns_of(self.phone.number)[-1].awaiting == awaiting
        )

    def of_this_call[R](self, table: type[R]) -> list[R]:
        return [row for row in self.office.rows(table) if row.conversation_id == self.conversation]


def proposals(caller: Caller) -> None:
    caller.says("suggest", form="submit_proposal", awaiting="description")
    caller.says("pavilion", form="submit_proposal", awaiting="phone")
    caller.says("you_may", form="submit_proposal", awaiting="confirmation")
    caller.has_it_done()
    caller.says("support_charger", form="support_proposal", awaiting="phone")
    caller.says("you_may", form="support_proposal", awaiting="confirmation")
    caller.has_it_done()
    caller.asks("follow_proposal")


def volunteering(caller: Caller) -> None:
    caller.says("volunteer", form="join_volunteering", awaiting="description")
    caller.says("deliver_meals", form="join_volunteering", awaiting="free_time")
    caller.says("weekend_free", form="join_volunteering", awaiting="name")
    caller.says("my_name", form="join_volunteering", awaiting="phone")
    caller.says("you_may", form="join_volunteering", awaiting="confirmation")
    caller.has_it_done()
    (volunteer,) = caller.of_this_call(Volunteer)
    now = caller.office.now()
    staff_points.confirm_hours(
        caller.office.store, STAFF, volunteer.number, hours=12, day=now.date(), activity="送餐", now=now
    )
    caller.asks("my_points")
    caller.says("redeem_rice", form="redeem_points", awaiting="confirmation")
    caller.has_it_done()


def taking_part(caller: Caller) -> None:
    caller.says("council", form="book_service", awaiting="date")
    caller.says("next_saturday", form="book_service", awaiting="name")
    caller.says("my_name", form="book_service", awaiting="phone")
    caller.says("you_may", form="book_service", awaiting="confirmation")
    caller.has_it_done()
    caller.says("planner", form="book_service", awaiting="date")
    caller.says("next_saturday", form="book_service", awaiting="name")
    caller.says("my_name", form="book_service", awaiting="phone")
    caller.says("you_may", form="book_service", awaiting="confirmation")
    caller.has_it_done()


def complaining(caller: Caller) -> None:
    caller.says("rude_clerk", form="file_complaint", awaiting="description")
    caller.says("in_dongfeng", form="file_complaint", awaiting="phone")
    caller.says("you_may", form="file_complaint", awaiting="confirmation")
    caller.has_it_done()


def work(caller: Caller) -> None:
    caller.asks("welder")
    caller.office.press(caller.phone, "1")
    caller.office.wait_for(
        caller.phone.number, lambda: caller.office.turns_of(caller.phone.number)[-1].awaiting == "wants"
    )
    caller.says("you_may", form="apply_job", awaiting="name")
    caller.says("my_name", form="apply_job", awaiting="phone")
    caller.says("you_may", form="apply_job", awaiting="confirmation")
    caller.has_it_done()


def asking(caller: Caller) -> None:
    caller.asks("who_handles")
    caller.asks("bus_laojie")
    caller.says("school", form="guide", awaiting="question")
    caller.says("from_away", form="guide", awaiting="question")
    caller.says("primary", form="guide", awaiting="step")
    caller.says("next_step", form="guide", awaiting="step")
    caller.office.hear_out(caller.phone.number)


def learning(caller: Caller) -> None:
    caller.says("training", form="book_service", awaiting="place")
    caller.says("in_dongfeng", form="book_service", awaiting="date")
    caller.says("next_tuesday", form="book_service", awaiting="name")
    caller.says("my_name", form="book_service", awaiting="phone")
    caller.says("you_may", form="book_service", awaiting="confirmation")
    caller.has_it_done()


def family(caller: Caller) -> None:
    """Who looks after our street, when the hall is open, a class for the child, and an hour of sports."""
    caller.asks("grid_worker")
    caller.asks("hall_saturday")
    caller.says("after_school", form="book_service", awaiting="place")
    caller.says("at_xinjie", form="book_service", awaiting="description")
    caller.says("little_ming", form="book_service", awaiting="date")
    caller.says("tuesday_afternoon", form="book_service", awaiting="name")
    caller.says("my_name", form="book_service", awaiting="phone")
    caller.says("you_may", form="book_service", awaiting="confirmation")
    caller.has_it_done()
    caller.says("sports_hall", form="book_service", awaiting="date")
    caller.says("next_saturday", form="book_service", awaiting="name")
    caller.says("my_name", form="book_service", awaiting="phone")
    caller.says("you_may", form="book_service", awaiting="confirmation")
    caller.has_it_done()


def package(caller: Caller) -> None:
    caller.says("package", form="book_service", awaiting="place")
    caller.says("at_dongfeng", form="book_service", awaiting="date")
    caller.says("tomorrow_noon", form="book_service", awaiting="date")
    caller.says("tuesday_nine", form="book_service", awaiting="place")
    caller.says("home_dongfeng", form="book_service", awaiting="description")
    caller.says("eye_clinic", form="book_service", awaiting="date")
    caller.says("wednesday_morning", form="book_service", awaiting="name")
    caller.says("my_name", form="book_service", awaiting="phone")
    caller.says("you_may", form="book_service", awaiting="confirmation")
    caller.says("bathing_thursday", form="book_service", awaiting="confirmation")
    caller.has_it_done()


def mandate(caller: Caller) -> None:
    """A mother gives it; her daughter, at another telephone, keys the code in and orders a meal for her."""
    caller.says("let_daughter", form="mandate", awaiting="powers")
    caller.says("everything", form="mandate", awaiting="date")
    caller.says("three_months", form="mandate", awaiting="phone")
    caller.says("you_may", form="mandate", awaiting="confirmation")
    caller.has_it_done()
    done = conversations.last_turn(caller.office.store, caller.conversation)
    assert done is not None
    (code,) = (reply.card["code"] for reply in done.replies if reply.card and "code" in reply.card)
    caller.phone.hang_up()
    with Softphone(DAUGHTER, caller.office.folder) as phone:
        daughter = Caller(caller.office, phone)
        phone.call(caller.office.address)
        phone.hear_speech(GREETING_BEGUN)
        daughter.says("act_for_mother", form="act_for_other", awaiting="code")
        daughter.keys(f"{code}#", awaiting="phone")
        daughter.keys(f"{caller.phone.number}#", awaiting="name")
        daughter.says("my_name", form="act_for_other", awaiting="contact")
        daughter.says("you_may", form=None, awaiting=None)
        daughter.says("book_meal", form="book_service", awaiting="place")
        daughter.says("at_dongfeng", form="book_service", awaiting="name")
        daughter.says("my_name", form="book_service", awaiting="confirmation")
        daughter.has_it_done()
        phone.hang_up()


def known_once(caller: Caller) -> None:
    """Who is remembered asks for what there is not, then books a series without being asked who they are, and moves all of it."""
    caller.says("walks_with_stick", form="profile", awaiting="agreed")
    caller.says("i_agree", form="profile", awaiting="name")
    caller.says("my_name", form="profile", awaiting="place")
    caller.says("home_dongfeng", form="profile", awaiting="phone")
    caller.says("you_may", form="profile", awaiting="confirmation")
    caller.has_it_done()
    caller.says("bathing_laojie", form="book_service", awaiting="place")
    caller.says("leave_it", form=None, awaiting=None)
    caller.says("weekly_meal", form="book_service", awaiting="repeat")
    caller.says("two_weeks", form="book_service", awaiting="confirmation")
    caller.has_it_done()
    caller.says("all_evening", form="change_booking", awaiting="confirmation")
    caller.has_it_done()
