// Two short tones. Browsers allow sound only after something was pressed on the page.
let speaker = null;

export function ring() {
  speaker ??= new AudioContext();
  speaker.resume();
  for (const [place, pitch] of [660, 880].entries()) {
    const tone = speaker.createOscillator();
    const volume = speaker.createGain();
    const begins = speaker.currentTime + place * 0.25;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.24);
    tone.connect(volume).connect(speaker.destination);
    tone.start(begins);
    tone.stop(begins + 0.25);
  }
}
