"""Which published proposals want the same as what a resident has just said: shown first, so that they may support one."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.language.text import normalise
from bot.language.text_similarity import overlap
from bot.services.proposals.proposals import Proposal

MOST = 3
ALIKE = 0.5
"""Of what the two have in common, 0 to 1."""
_WRAPPING = re.compile(
    r"^[\s,。]*(?:您好|你好|喂|那个|就是)*(?:我|我们)?(?:想|要|来)?(?:给|跟|向)?(?:社区|街道|你们|您)?(?:提|交|出)?(?:一?[个条份])?"
    r"(?:建议|提议|提案|主意|意见|点子)?[:,是]*(?:希望|建议|能不能|可不可以|应该)?|(?:行不行|好不好|可以吗|行吗|怎么样|吧|吗|呢)[?。!]*$"
    r"|^(?:please|i|we|would|like|to|suggest|propose|my|idea|is|that|could|you|the|community|should|[\s:,'])+",
    re.IGNORECASE,
)
"""What is said around a proposal and would make any two of them look alike."""


class Encoder(Protocol):
    def encode(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]: ...
    def __hash__(self) -> int: ...


def similar(said: str, proposals: Iterable[Proposal], encoder: Encoder | None = None) -> list[Proposal]:
    """At most three, the likest first. By shared letters, and where there is an encoder by meaning."""
    every = [one for one in proposals if one.title]
    if not every:
        return []
    core = bare(said)
    likes = [max(overlap(core, bare(one.title or "")), overlap(core, bare(one.text or ""))) for one in every]
    if encoder:
        wanted = encoder.encode([core])[0]
        vectors = [_vector(encoder, one.number, one.title or "") for one in every]
        likes = [max(like, near(float(wanted @ other))) for like, other in zip(likes, vectors, strict=True)]
    ranked = sorted(zip(likes, every, strict=True), key=lambda pair: -pair[0])
    return [one for like, one in ranked if like >= ALIKE][:MOST]


def meant(said: str, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those that are named by what they are about: 「我支持装充电桩的提案」. Most of what is said of it stands in the
    proposal, which may say much more. Empty when nothing is said of it."""
    wanted, every = _pairs(_SUPPORTING.sub(" ", normalise(said))), list(proposals)
    if not wanted:
        return []
    shares = {one.number: len(wanted & _pairs(normalise(f"{one.title} {one.text}"))) / len(wanted) for one in every}
    most = max(shares.values(), default=0.0)
    return [one for one in every if shares[one.number] == most][:MOST] if most >= ALIKE else []


def _pairs(text: str) -> set[str]:
    """Chinese signs that stand side by side; a single one names nothing."""
    return {word[at : at + 2] for word in re.findall(r"[㐀-鿿]+", text) for at in range(len(word) - 1)}


_SUPPORTING = re.compile(
    r"支持|赞成|赞同|同意|附议|联名|联署|点赞|投票|投|一票|登记|签名|提案|议案|建议|意见|大家|街坊|邻居|楼上|别人|有人|他们?|我们?|你们?|您|[这那第][一二三四五六七八九十]?[个条份]|一下"
    r"|[的了吧呢啊个条份想要给帮替也都就再跟为把算记顶撑提]"
)
"""What is said around what the proposal is about."""


@lru_cache(maxsize=1000)
def _vector(encoder: Encoder, _number: str, title: str) -> npt.NDArray[np.float32]:
    """Of a title, which stays the same while sentences come and go."""
    vector: npt.NDArray[np.float32] = encoder.encode([bare(title)])[0]
    return vector


def near(cosine: float) -> float:
    """From a cosine to the scale of `ALIKE`: the encoder puts even strangers close together."""
    return (cosine - NOT_NEAR) / (1 - NOT_NEAR)


NOT_NEAR = 0.6
"""Cosine of sentences that have nothing in common but the language and the subject of a neighbourhood."""


def bare(text: str) -> str:
    """What is proposed, without the words around it."""
    plain = normalise(text).rstrip(" ,。.?!")
    return _WRAPPING.sub("", plain).rstrip(" ,。.?!") or plain
