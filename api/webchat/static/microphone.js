// The resident's microphone: 16-bit mono sound in pieces of 40 ms, and how loud each is.

const WANTED_HZ = 16_000; // what the ears work with; saves two thirds of the way compared to 48 kHz
const WORKLET = new URL("./microphone-worklet.js", import.meta.url);
const SOUND = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const QUIETEST_DB = -60;
const LOUDEST_DB = -15;

// The browser's name for what went wrong, and our text for it.
const REASONS = {
  NotAllowedError: "mic_refused",
  SecurityError: "mic_refused",
  NotFoundError: "mic_missing",
  OverconstrainedError: "mic_missing",
  NotReadableError: "mic_taken",
  AbortError: "mic_taken",
};

export class MicrophoneProblem extends Error {
  /** `key` names a text that tells the resident what to do. */
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/** Why nobody can speak here, as the key of a text; empty when it may be tried. */
export function whyNoMicrophone() {
  if (!window.isSecureContext) return "mic_insecure";
  const canRecord = navigator.mediaDevices?.getUserMedia && window.AudioContext && window.AudioWorkletNode;
  return canRecord && window.WebSocket ? "" : "mic_unsupported";
}

export class Microphone {
  #opening = null; // the try that is running or has succeeded
  #stream = null;
  #context = null;
  #lost;

  /** `lost()`: the microphone was pulled out or taken away while it was open. */
  constructor(lost) {
    this.#lost = lost;
  }

  /** From the first press on: it is open, or the browser is asking for it. */
  get isWanted() {
    return this.#opening !== null;
  }

  get isOpen() {
    return this.#context !== null;
  }

  /** Start to record. Gives the samples per second, or null when it was closed meanwhile; throws MicrophoneProblem. */
  open(take) {
    this.#opening ??= this.#open(take).catch((problem) => {
      this.close();
      throw problem;
    });
    return this.#opening;
  }

  close() {
    this.#opening = null;
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.#context?.close();
    this.#context = null;
  }

  async #open(take) {
    const isStillWanted = () => this.#opening === mine;
    await null; // so that #opening is set
    const mine = this.#opening;
    const stream = await askForMicrophone();
    const { context, source } = connect(stream);
    const giveUp = () => {
      stream.getTracks().forEach((track) => track.stop());
      context.close();
      return null;
    };
    if (!isStillWanted()) return giveUp();
    try {
      await context.audioWorklet.addModule(WORKLET);
      await context.resume();
    } catch {
      giveUp();
      throw new MicrophoneProblem("mic_failed");
    }
    if (!isStillWanted()) return giveUp();
    const pieces = new AudioWorkletNode(context, "microphone-pieces", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    pieces.port.onmessage = ({ data }) => this.#context === context && take(data.sound, inSteps(data.level));
    source.connect(pieces);
    stream.getAudioTracks()[0].onended = () => this.#context === context && this.#lost();
    this.#stream = stream;
    this.#context = context;
    return context.sampleRate;
  }
}

async function askForMicrophone() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: SOUND });
  } catch (error) {
    throw new MicrophoneProblem(REASONS[error.name] || "mic_failed");
  }
}

/* Firefox records at the device's own rate only. */
function connect(stream) {
  for (const options of [{ sampleRate: WANTED_HZ }, {}]) {
    const context = new AudioContext(options);
    try {
      return { context, source: context.createMediaStreamSource(stream) };
    } catch {
      context.close();
    }
  }
  stream.getTracks().forEach((track) => track.stop());
  throw new MicrophoneProblem("mic_failed");
}

/** Loudness as people hear it: 0 for silence, 1 for a voice close by. */
function inSteps(level) {
  const decibels = 20 * Math.log10(level + 1e-6);
  return Math.max(0, Math.min(1, (decibels - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)));
}
