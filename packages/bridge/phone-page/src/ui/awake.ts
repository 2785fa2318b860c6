/** Keeps the screen on while codes are awaited, where the browser can. The system takes it back whenever the page leaves the screen. */
export class Awake {
  #wanted = false;
  #lock: WakeLockSentinel | undefined;

  set(on: boolean): void {
    this.#wanted = on;
    if (on) this.#ask();
    else this.#release();
  }

  #ask(): void {
    const { wakeLock } = navigator as { readonly wakeLock?: WakeLock };
    if (wakeLock === undefined || this.#lock?.released === false || document.visibilityState !== 'visible') return;
    wakeLock.request('screen').then(
      (lock) => {
        this.#lock = lock;
        if (!this.#wanted) this.#release();
      },
      // low battery: the screen goes dark as always
      () => undefined,
    );
  }

  #release(): void {
    this.#lock?.release().catch(() => undefined);
    this.#lock = undefined;
  }
}
