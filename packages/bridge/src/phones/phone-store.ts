import type { PhoneBook, PhoneRecord } from '@tillbridge/phone-link';

/** What can be changed about a phone. `till: null`: the default. */
export interface PhoneChange {
  readonly name?: string;
  readonly till?: string | null;
}

/** The paired phones, for those who look after them. */
export interface PhoneStore extends PhoneBook {
  list(): readonly PhoneRecord[];
  /** Durable when it resolves; undefined: there is no such phone. */
  change(id: string, change: PhoneChange): Promise<PhoneRecord | undefined>;
}
