import { TILL_PROFILES } from './data.js';
import type { Fact, TillProfile } from './profile.js';

export { TILL_PROFILES } from './data.js';
export type { Certainty, Fact, GoodsPath, TillProfile } from './profile.js';

export function profileNames(): readonly string[] {
  return TILL_PROFILES.map(({ name }) => name);
}

export function tillProfile(name: string): TillProfile | undefined {
  return TILL_PROFILES.find((profile) => profile.name === name);
}

/** A fact that may be used without anybody having looked: guesses are shown and never applied. */
export function known<T>(fact: Fact<T> | undefined): T | undefined {
  return fact?.certainty === 'documented' ? fact.value : undefined;
}
