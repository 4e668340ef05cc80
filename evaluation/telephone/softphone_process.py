"""A real SIP telephone (PJSIP) in a process of its own: calls or is called, plays a sound file, presses keys, records.

Run by `Softphone`; reads one JSON command per line, writes one JSON event per line. PJSIP keeps its state in the whole
process, so every telephone has its own.
"""

import json
import re
import select
import sys
import time
from typing import Any

import pjsua2 as pj

Json = dict[str, Any]


def tell(**event: Any) -> None:
    print(json.dumps({"at": time.time(), **event}), flush=True)


def without_key_events(sdp: str) -> str:
    """An offer of sound alone, as old telephones make it."""
    types = re.findall(r"a=rtpmap:(\d+) telephone-event", sdp)
    lines = [
        line for line in sdp.splitlines() if not any(re.match(rf"a=(rtpmap|fmtp):{kind}\b", line) for kind in types)
    ]
    for kind in types:
        lines = [re.sub(rf" {kind}\b", "", line) if line.startswith("m=audio") else line for line in lines]
    return "\r\n".join([*lines, ""])


class OneCall(pj.Call):  # type: ignore[misc]
    recorder: Any = None
    player: Any = None
    recording = ""
    offers_keys = True

    def onCallSdpCreated(self, prm: Any) -> None:
        if not self.offers_keys:
            prm.sdp.wholeSdp = without_key_events(prm.sdp.wholeSdp)

    def onCallState(self, prm: Any) -> None:
        info = self.getInfo()
        tell(event="state", state=info.stateText, code=info.lastStatusCode)

    def onCallTransferStatus(self, prm: Any) -> None:
        tell(event="transfer", code=prm.statusCode)

    def record(self) -> None:
        """Begin as soon as there is sound."""
        if self.recorder is None and self.isActive() and self.hasMedia():
            recorder = pj.AudioMediaRecorder()
            recorder.createRecorder(self.recording)
            self.getAudioMedia(-1).startTransmit(recorder)
            self.recorder = recorder
            tell(event="media")

    def play(self, path: str) -> None:
        if self.player is not None:
            self.player.stopTransmit(self.getAudioMedia(-1))
        self.player = pj.AudioMediaPlayer()
        self.player.createPlayer(path, pj.PJMEDIA_FILE_NO_LOOP)
        self.player.startTransmit(self.getAudioMedia(-1))


class Line(pj.Account):  # type: ignore[misc]
    call: OneCall | None = None
    recording = ""
    reply = 200
    offers_keys = True

    def onRegState(self, prm: Any) -> None:
        if prm.code == 200:
            tell(event="registered")

    def onIncomingCall(self, prm: Any) -> None:
        call = OneCall(self, prm.callId)
        call.recording, self.call = self.recording, call
        tell(event="ringing", caller=call.getInfo().remoteUri)
        answer = pj.CallOpParam()
        answer.statusCode = self.reply
        call.answer(answer)


def main() -> None:
    offers_keys = sys.argv[-1] != "no-key-events"
    if not offers_keys:
        sys.argv.pop()
    number, port, recording, reply = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    endpoint = pj.Endpoint()
    endpoint.libCreate()
    settings = pj.EpConfig()
    settings.logConfig.level = settings.logConfig.consoleLevel = 0
    settings.uaConfig.threadCnt, settings.uaConfig.mainThreadOnly = 0, True
    settings.medConfig.clockRate = settings.medConfig.sndClockRate = 8000
    settings.medConfig.ecTailLen, settings.medConfig.noVad = 0, True
    endpoint.libInit(settings)
    transport = pj.TransportConfig()
    transport.port, transport.boundAddress = port, "127.0.0.1"
    endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, transport)
    endpoint.audDevManager().setNullDev()
    endpoint.libStart()
    account = pj.AccountConfig()
    account.idUri = f"sip:{number}@127.0.0.1:{port}"
    if len(sys.argv) > 5:
        exchange, password = sys.argv[5:7]
        account.idUri = f"sip:{number}@{exchange}"
        account.regConfig.registrarUri = f"sip:{exchange}"
        account.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", number, 0, password))
    account.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
    line = Line()
    line.recording, line.reply, line.offers_keys = recording, reply, offers_keys
    line.create(account)
    tell(event="ready")
    while True:
        endpoint.libHandleEvents(10)
        if line.call is not None:
            line.call.record()
        if select.select([sys.stdin], [], [], 0)[0]:
            said = sys.stdin.readline()
            if not said or not obey(line, json.loads(said)):
                break
    if line.call is not None and line.call.isActive():
        line.call.hangup(pj.CallOpParam())
    for _ in range(20):
        endpoint.libHandleEvents(10)
    line.call = None
    del line
    endpoint.libDestroy()


def obey(line: Line, command: Json) -> bool:
    """False to stop."""
    if command["do"] == "call":
        line.call = OneCall(line)
        line.call.recording, line.call.offers_keys = line.recording, line.offers_keys
        options = pj.CallOpParam(True)
        options.opt.audioCount, options.opt.videoCount = 1, 0
        line.call.makeCall(command["to"], options)
    elif command["do"] == "stop":
        return False
    elif line.call is not None and line.call.isActive():
        if command["do"] == "play":
            line.call.play(command["path"])
            tell(event="playing")
        elif command["do"] == "keys":
            line.call.dialDtmf(command["keys"])
            tell(event="pressed")
        elif command["do"] == "hold":
            line.call.setHold(pj.CallOpParam(True))
        elif command["do"] == "resume":
            again = pj.CallOpParam(True)
            again.opt.flag = pj.PJSUA_CALL_UNHOLD
            line.call.reinvite(again)
        elif command["do"] == "transfer":
            line.call.xfer(command["to"], pj.CallOpParam(True))
        elif command["do"] == "hang_up":
            line.call.hangup(pj.CallOpParam())
    return True


if __name__ == "__main__":
    main()
