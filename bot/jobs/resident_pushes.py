"""News on devices that agreed: sent when it is due, and a device that is gone is forgotten."""

from datetime import datetime

from bot import state_folder
from bot.outbound.web_push import PushSender, is_service
from bot.services.kernel import tasks
from bot.services.push import push
from bot.settings import Settings

GONE = (404, 410)
LATER = (408, 425, 429)


class NotTaken(Exception):
    """The push service did not take it now; the worker tries again."""


class ResidentPushes:
    def __init__(self, sender: PushSender, services: str) -> None:
        """`services`: the push services that we send to, as in the settings."""
        self._sender, self._services = sender, services

    def send(self, store: tasks.Store, task: tasks.Task, now: datetime) -> None:
        """A handler of due tasks. Raises NotTaken where another try may help; what is refused for good is let be."""
        message = push.message_of(store, task, now)
        if message is None or not is_service(message.device.endpoint, self._services):
            return
        to = message.device
        answer = self._sender.send(to.endpoint, to.p256dh, to.auth, message.body, now)
        if answer in GONE:
            push.forget(store, to)
        elif isinstance(answer, str) or answer in LATER or answer >= 500:
            raise NotTaken(str(answer))


def push_handlers(settings: Settings) -> tasks.Handlers:
    """None where the office has not said how push services reach it: then no device can agree either."""
    if not settings.push_contact:
        return {}
    sender = PushSender(state_folder.vapid_key(settings), settings.push_contact)
    return {"push_device": ResidentPushes(sender, settings.push_services).send}
