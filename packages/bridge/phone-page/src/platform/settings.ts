/** Small things that the phone remembers: nothing secret. Every browser setting may forbid it: then they last as long as the page. */
export class Settings {
  readonly #storage: Storage | undefined;
  readonly #here = new Map<string, string>();

  constructor(storage: () => Storage) {
    try {
      this.#storage = storage();
    } catch {
      // reading the property alone throws where storage is forbidden
    }
  }

  get(name: 'till' | 'camera'): string | undefined {
    try {
      return this.#here.get(name) ?? this.#storage?.getItem(`tillbridge.${name}`) ?? undefined;
    } catch {
      return undefined;
    }
  }

  set(name: 'till' | 'camera', value: string): void {
    this.#here.set(name, value);
    try {
      this.#storage?.setItem(`tillbridge.${name}`, value);
    } catch {
      // full or forbidden: it lasts as long as the page
    }
  }
}
