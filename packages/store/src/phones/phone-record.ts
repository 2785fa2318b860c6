/** A paired phone, as it is kept. */
export interface KeptPhone {
  readonly id: string;
  /** Its public key for this till, 32 bytes. */
  readonly key: Uint8Array;
  readonly name: string;
  readonly model: string;
  readonly till?: string;
  /** Unix time in milliseconds. */
  readonly created: number;
  /** Unix time in milliseconds; undefined: never. Kept to the minute or so, not to the scan. */
  readonly lastSeen?: number;
}

/** One change of the list. `put` adds a phone, or changes what is known of it. */
export type PhoneListChange =
  | { readonly do: 'put'; readonly phone: KeptPhone }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'seen'; readonly seen: readonly (readonly [id: string, time: number])[] };
