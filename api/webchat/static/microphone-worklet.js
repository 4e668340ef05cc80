// Runs beside the page, in the sound thread: gathers the microphone's samples into pieces of 40 ms.

const PIECE_SECONDS = 0.04;

class MicrophonePieces extends AudioWorkletProcessor {
  #piece = new Int16Array(Math.round(sampleRate * PIECE_SECONDS));
  #filled = 0;
  #energy = 0;

  process([input]) {
    const samples = input[0]; // one channel; none while nothing is connected
    if (!samples) return true;
    for (const sample of samples) {
      const kept = Math.max(-1, Math.min(1, sample));
      this.#energy += kept * kept;
      this.#piece[this.#filled++] = Math.round(kept * 32767);
      if (this.#filled === this.#piece.length) this.#give();
    }
    return true;
  }

  #give() {
    const level = Math.sqrt(this.#energy / this.#piece.length);
    const sound = this.#piece.slice().buffer;
    this.port.postMessage({ sound, level }, [sound]);
    this.#filled = 0;
    this.#energy = 0;
  }
}

registerProcessor("microphone-pieces", MicrophonePieces);
