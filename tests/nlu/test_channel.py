"""What Rasa's only route does when Rasa gives up."""

from types import SimpleNamespace

from bot.nlu.channel import LinyuInput, action_failed


def test_a_circuit_break_is_a_failed_turn() -> None:
    endpoint = SimpleNamespace(url="http://127.0.0.1:1", headers={})
    processor = SimpleNamespace(action_endpoint=endpoint, tracker_store=None)
    LinyuInput._watch(SimpleNamespace(tracker_store=object(), processor=processor))
    failures = []
    action_failed.set(failures)
    processor.on_circuit_break("tracker", "output channel", "nlg")
    assert failures == ["CircuitBreak"]
