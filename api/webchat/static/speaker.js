// Plays sound as it comes, piece after piece without a gap, knows how far it is, and stops at once.

const CONTEXT_HZ = 24_000; // the voice's own rate, so that nothing has to be converted between two pieces
const LEAD_SECONDS = 0.03;
const LOOK_EVERY_MS = 50;
const WAKING_MS = 700;

export class Speaker {
  #context = null;
  #gate = null; // everything that sounds goes through it
  #rate = CONTEXT_HZ;
  #pieces = []; // {at, from, seconds}: when it sounds, and its place in the whole
  #seconds = 0; // of sound so far
  #isComplete = false;
  #timer = 0;
  #listener = null;

  /** Call it from a press or a key: browsers let a page sound only after one. */
  wake() {
    if (!window.AudioContext) return;
    this.#context ??= new AudioContext({ sampleRate: CONTEXT_HZ });
    if (this.#context.state !== "running") this.#context.resume().catch(() => {});
  }

  /** Something sounds, or is about to. */
  get isOn() {
    return this.#listener !== null;
  }

  /** Seconds of sound that have been heard. */
  get position() {
    const now = this.#context?.currentTime ?? 0;
    const begun = this.#pieces.filter((each) => each.at <= now);
    const piece = begun[begun.length - 1];
    return piece ? piece.from + Math.min(now - piece.at, piece.seconds) : 0;
  }

  /** A new sound begins. `listener`: at(position) again and again, and silent() when all of it has been heard. */
  start(rate, listener) {
    this.stop();
    this.wake();
    this.#rate = rate;
    this.#pieces = [];
    this.#seconds = 0;
    this.#isComplete = false;
    this.#listener = listener;
    this.#gate = this.#context?.createGain();
    this.#gate?.connect(this.#context.destination);
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    setTimeout(() => this.#listener === listener && this.#checkThatItSounds(), WAKING_MS);
  }

  /** The next piece: 16-bit mono. */
  add(pcm) {
    const samples = new Int16Array(pcm);
    if (!this.isOn || !this.#context || samples.length === 0) return;
    const buffer = this.#context.createBuffer(1, samples.length, this.#rate);
    buffer.copyToChannel(Float32Array.from(samples, (sample) => sample / 32768), 0);
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#gate);
    const last = this.#pieces[this.#pieces.length - 1];
    const at = Math.max(this.#context.currentTime + LEAD_SECONDS, last ? last.at + last.seconds : 0);
    source.start(at);
    this.#pieces.push({ at, from: this.#seconds, seconds: buffer.duration });
    this.#seconds += buffer.duration;
  }

  /** Seconds of sound that have come so far. */
  get seconds() {
    return this.#seconds;
  }

  /** Nothing more will come. */
  complete() {
    this.#isComplete = true;
  }

  /** Be silent now. The listener is not told. */
  stop() {
    clearInterval(this.#timer);
    this.#gate?.disconnect();
    this.#gate = null;
    this.#listener = null;
  }

  #look() {
    const listener = this.#listener;
    listener.at(this.position);
    const last = this.#pieces[this.#pieces.length - 1];
    const isHeard = !last || this.#context.currentTime >= last.at + last.seconds;
    if (this.#listener === listener && this.#isComplete && isHeard) this.#finish();
  }

  /* Without a loudspeaker, or where the browser forbids sound, the words on the screen have to do. */
  #checkThatItSounds() {
    if (this.#context?.state !== "running") this.#finish();
  }

  #finish() {
    const { silent } = this.#listener;
    this.stop();
    silent();
  }
}
