import type { SuffixName } from '@tillbridge/core';
import type { WindowGuard } from '../keyboard/injector.js';

/**
 * How well a fact is known. `documented`: the maker or a public description says so. `assumed`: a guess that somebody should check at a till;
 * what is assumed is not used unless it is written into the configuration.
 */
export type Certainty = 'documented' | 'assumed';

export interface Fact<T> {
  readonly value: T;
  readonly certainty: Certainty;
  /** Where it is said, in words that lead there. */
  readonly source: string;
}

/** How goods reach the program beside typed numbers. */
export type GoodsPath = 'keyboard' | 'serial' | 'driver';

/** What is known of a cashier program that is typed into. */
export interface TillProfile {
  readonly name: string;
  readonly title: string;
  readonly systems: readonly ('windows' | 'linux')[];
  readonly window?: Fact<WindowGuard>;
  /** Whether it reads characters or key codes. */
  readonly mode?: Fact<'unicode' | 'vk'>;
  readonly prefix?: Fact<string>;
  readonly suffix?: Fact<SuffixName>;
  readonly template?: Fact<string>;
  readonly keyDelayMs?: Fact<number>;
  /** The way of marked goods into it, with their GS characters. */
  readonly goods: Fact<GoodsPath>;
  /** A better way than typing, where there is one. */
  readonly better?: string;
}
