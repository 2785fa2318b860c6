/** A paired program. Its token is not kept, only what recognises it. */
export interface ClientRecord {
  readonly id: string;
  /** The name that was given when it was paired. */
  readonly name: string;
  readonly scopes: readonly string[];
  /** SHA-256 of the token, 32 bytes. */
  readonly tokenHash: Uint8Array;
  /** Unix time in milliseconds. */
  readonly created: number;
  /** Unix time in milliseconds of its last call; undefined: never. Kept to the minute or so, not to the call. */
  readonly lastSeen?: number;
}

/** One change of the list. */
export type ClientChange =
  | { readonly do: 'add'; readonly client: ClientRecord }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'seen'; readonly seen: readonly (readonly [id: string, time: number])[] };
