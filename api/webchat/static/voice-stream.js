// The line to the server's ears and voice: sound goes up; words, turns and speech come down.
// A broken line is mended by itself; the server then tells again what was missed.

const WAITS_SECONDS = [0.5, 1, 2, 4];
const LONGEST_WAITING_BYTES = 320_000; // ten seconds of sound kept while the line is being mended
const FOR_GOOD = [4404, 4408, 4409]; // the conversation is gone; nobody spoke; another window has taken over

export class VoiceStream {
  #address;
  #hear;
  #socket = null;
  #start = null; // what was asked for at the beginning; null when nobody wants the line
  #waiting = []; // what is to be sent as soon as the line stands
  #lastSeq = 0;
  #tries = 0;
  #timer = 0;

  /** `address()`: a promise of where to connect, with a fresh ticket. `hear(event)`: what came; sound is {type: "sound"}. */
  constructor(address, hear) {
    this.#address = address;
    this.#hear = hear;
  }

  /** Somebody wants the line; it may be in the making. */
  get isOpen() {
    return this.#start !== null;
  }

  open(start) {
    this.close();
    this.#start = start;
    this.#lastSeq = 0;
    this.#tries = 0;
    this.#connect();
  }

  close() {
    clearTimeout(this.#timer);
    this.#start = null;
    this.#waiting = [];
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
  }

  send(message) {
    this.#put(JSON.stringify(message));
  }

  sound(pcm) {
    this.#put(pcm);
  }

  #put(data) {
    if (!this.isOpen) return;
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(data);
      return;
    }
    this.#waiting.push(data);
    let bytes = this.#waiting.reduce((sum, each) => sum + (each.byteLength || 0), 0);
    while (bytes > LONGEST_WAITING_BYTES) {
      const oldest = this.#waiting.findIndex((each) => each.byteLength);
      bytes -= this.#waiting[oldest].byteLength;
      this.#waiting.splice(oldest, 1);
    }
  }

  async #connect() {
    const start = this.#start;
    let address;
    try {
      address = await this.#address();
    } catch (problem) {
      if (this.#start === start) this.#broken(problem.isGone);
      return;
    }
    if (this.#start !== start) return;
    const socket = (this.#socket = new WebSocket(address));
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      const resume = this.#lastSeq > 0 ? { resume_after: this.#lastSeq } : {};
      socket.send(JSON.stringify({ type: "start", ...start, ...resume }));
      for (const data of this.#waiting) socket.send(data);
      this.#waiting = [];
    };
    socket.onmessage = ({ data }) => this.#socket === socket && this.#received(data);
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#broken(FOR_GOOD.includes(code));
    };
  }

  #received(data) {
    if (data instanceof ArrayBuffer) {
      this.#hear({ type: "sound", pcm: data });
      return;
    }
    const event = JSON.parse(data);
    this.#lastSeq = event.seq;
    this.#tries = 0;
    this.#hear(event);
  }

  #broken(isForGood) {
    const seconds = WAITS_SECONDS[this.#tries++];
    if (isForGood || seconds === undefined) {
      this.close();
      this.#hear({ type: "lost" });
      return;
    }
    this.#hear({ type: "mending" });
    this.#timer = setTimeout(() => this.#connect(), seconds * 1000);
  }
}
