"""How a trained model reads sentences, without a server: `python -m bot.nlu.read_sentences MODEL < lines > lines`.

A line in is {"said", "about"}, with what our channel would send as metadata; a line out is {"ranking", "intent",
"entities"}. For comparing two models on the same sentences.
"""

import asyncio
import json
import sys
from typing import Any, Dict

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage


async def read_all(model: str) -> None:
    agent = Agent.load(model)
    for line in sys.stdin:
        print(json.dumps(await read(agent, json.loads(line)), ensure_ascii=False), flush=True)


async def read(agent: Any, case: Dict[str, Any]) -> Dict[str, Any]:
    message = UserMessage(text=case["said"], sender_id="evaluation", metadata=case["about"])
    parsed = await agent.processor.parse_message(message)
    return {
        "ranking": parsed.get("intent_ranking", [])[:5],
        "intent": parsed["intent"]["name"],
        "entities": {entity["entity"]: entity["value"] for entity in parsed["entities"]},
    }


if __name__ == "__main__":
    asyncio.run(read_all(sys.argv[1]))
