// A WAV file as it arrives: its rate first, then its samples piece by piece.

const LONGEST_HEADER_BYTES = 4096;

/** `began({rate, seconds})` once (seconds 0 when the file does not say), then `piece(pcm)` again and again. */
export async function readWav(body, { began, piece }) {
  const reader = body.getReader();
  let bytes = new Uint8Array();
  let hasBegun = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes = joined(bytes, value);
    if (!hasBegun) {
      const header = readHeader(bytes);
      if (header === null && bytes.length > LONGEST_HEADER_BYTES) throw new Error("no WAV file");
      if (header === null) continue;
      hasBegun = true;
      began(header);
      bytes = bytes.slice(header.length);
    }
    const whole = bytes.length - (bytes.length % 2); // a sample may be cut in two
    if (whole > 0) piece(bytes.slice(0, whole).buffer);
    bytes = bytes.slice(whole);
  }
  if (!hasBegun) throw new Error("no WAV file");
}

function joined(first, second) {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/* {rate, seconds, length}, or null while the sound has not begun. */
function readHeader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let rate = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    if (name === "fmt " && at + 16 <= bytes.length) rate = view.getUint32(at + 12, true);
    if (name === "data") {
      const isKnown = size > 0 && size < 0x7fffffff; // a file that is still being made does not know its length
      return { rate, seconds: isKnown ? size / 2 / rate : 0, length: at + 8 };
    }
    at += 8 + size + (size % 2);
  }
  return null;
}
