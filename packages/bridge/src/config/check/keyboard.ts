import { known, profileNames, tillProfile } from '@tillbridge/adapter-device/till-profiles';
import { hintFor } from '../hint.js';
import type { Finding } from '../problem.js';
import { joined, say } from '../texts.js';
import { textAt, type Entry, type Outline } from './outline.js';

/** What the schema cannot see of tills that are typed into. */
export function checkKeyboard({ tills }: Outline): readonly Finding[] {
  return tills.filter((till) => textAt(till, 'adapter') === 'keyboard').flatMap(checkTill);
}

function checkTill(till: Entry): readonly Finding[] {
  const name = textAt(till, 'profile');
  const profile = name === undefined ? undefined : tillProfile(name);
  if (name !== undefined && profile === undefined) return [{ path: [...till.path, 'profile'], text: joined(say('unknownTillProfile', { name }), hintFor(name, profileNames())) }];
  // one that is given must be a window or `none`, which the schema sees
  const window = 'window' in till.fields || textAt(till, 'transport') === 'uinput' || known(profile?.window) !== undefined;
  return [...(window ? [] : [{ path: till.path, text: say(profile?.window === undefined ? 'noWindow' : 'guessedWindow', { name: profile?.window === undefined ? '' : JSON.stringify(profile.window.value) }) }])];
}
