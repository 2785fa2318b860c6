import { known, profileNames, tillProfile } from '@tillbridge/adapter-device/till-profiles';
import { hintFor } from '../hint.js';
import type { Finding } from '../problem.js';
import { joined, say } from '../texts.js';
import { checkExpression } from './codes.js';
import { fieldsOf, textAt, type Entry, type Outline } from './outline.js';

/** What the schema cannot see of tills that are typed into. */
export function checkKeyboard({ tills }: Outline): readonly Finding[] {
  return tills.flatMap(keyboardOf).flatMap(checkTill);
}

/** The keyboard till itself, or the one that another till has as its device. */
function keyboardOf(till: Entry): readonly Entry[] {
  const device = fieldsOf(till.fields['device']);
  const nested: Entry = { path: [...till.path, 'device'], fields: device ?? {} };
  return [till, nested].filter((entry) => textAt(entry, 'adapter') === 'keyboard');
}

function checkTill(till: Entry): readonly Finding[] {
  const name = textAt(till, 'profile');
  const profile = name === undefined ? undefined : tillProfile(name);
  if (name !== undefined && profile === undefined) return [{ path: [...till.path, 'profile'], text: joined(say('unknownTillProfile', { name }), hintFor(name, profileNames())) }];
  // one that is given must be a window or `none`, which the schema sees
  const window = 'window' in till.fields || textAt(till, 'transport') === 'uinput' || known(profile?.window) !== undefined;
  const title = fieldsOf(till.fields['window'])?.['title'];
  const pattern = typeof title === 'string' ? /^\/(.+)\/$/s.exec(title)?.[1] : undefined;
  return [
    ...(pattern === undefined ? [] : checkExpression(pattern, [...till.path, 'window', 'title'])),
    ...(window ? [] : [{ path: till.path, text: say(profile?.window === undefined ? 'noWindow' : 'guessedWindow', { name: profile?.window === undefined ? '' : JSON.stringify(profile.window.value) }) }]),
  ];
}
