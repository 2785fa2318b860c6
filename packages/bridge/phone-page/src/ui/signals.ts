import type { Look } from '../app/shown.js';

/** Vibration in ms: on, off, on ... One short, two long, three: told apart in a pocket. */
const BUZZ: Readonly<Record<Look, number[]>> = { good: [60], bad: [200, 100, 200], unsure: [120, 80, 120, 80, 120] };

/** Tones in Hz and their length in s: rising is good, falling is bad. */
const TONES: Readonly<Record<Look, readonly { readonly hertz: number; readonly seconds: number }[]>> = {
  good: [{ hertz: 880, seconds: 0.08 }, { hertz: 1_320, seconds: 0.12 }],
  bad: [{ hertz: 440, seconds: 0.16 }, { hertz: 220, seconds: 0.28 }],
  unsure: [{ hertz: 440, seconds: 0.12 }, { hertz: 440, seconds: 0.12 }, { hertz: 440, seconds: 0.12 }],
};

const LOUDNESS = 0.2;

/** What is felt and heard of an answer, where the phone can. */
export class Signals {
  #audio: AudioContext | undefined;

  /** Browsers give sound only after a touch: call it on each one. */
  touched(): void {
    try {
      this.#audio ??= new AudioContext();
      if (this.#audio.state !== 'running') this.#audio.resume().catch(() => undefined);
    } catch {
      // no sound on this phone: the colour and the text say it all
    }
  }

  signal(look: Look): void {
    // iOS has no vibration for pages
    const phone = navigator as { readonly vibrate?: (pattern: number[]) => boolean };
    phone.vibrate?.(BUZZ[look]);
    const audio = this.#audio;
    if (audio?.state !== 'running') return;
    let at = audio.currentTime;
    for (const { hertz, seconds } of TONES[look]) {
      const [tone, volume] = [audio.createOscillator(), audio.createGain()];
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(LOUDNESS, at);
      // to silence in the end: cut off it clicks
      volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + seconds);
      at += seconds + 0.02;
    }
  }
}
