import { NUMBER_KINDS } from '@tillbridge/core';
import type { Finding, KeyPath } from '../problem.js';
import { say } from '../texts.js';
import { fieldsOf, textAt, type Outline } from './outline.js';

type Fields = Readonly<Record<string, unknown>>;

/** What the schema cannot see of iiko tills that go through iikoCloud. */
export function checkIikoCloud({ tills }: Outline): readonly Finding[] {
  return tills
    .filter((till) => textAt(till, 'adapter') === 'iiko')
    .flatMap(({ path, fields }): readonly Finding[] => {
      const readBack = fieldsOf(fields['readBack']);
      if (fields['transport'] === 'pos-server') return readBack === undefined ? [] : oneLogin(readBack, [...path, 'readBack']);
      return fields['transport'] === 'cloud' ? [...oneLogin(fields, path), ...handedOn(fields, path)] : [];
    });
}

/** Either the application's id, secret and key, or the old login. */
function oneLogin(fields: Fields, path: KeyPath): readonly Finding[] {
  const secrets = fieldsOf(fields['secrets']);
  if (secrets === undefined) return [];
  const parts = [fields['appId'], secrets['clientSecret'], secrets['apiKey']].filter((part) => part !== undefined).length;
  const wrong = secrets['apiLogin'] === undefined ? parts !== 3 : parts !== 0;
  return wrong ? [{ path: [...path, 'secrets'], at: 'key', text: say('oneCloudLogin') }] : [];
}

function handedOn(fields: Fields, path: KeyPath): readonly Finding[] {
  const given = fieldsOf(fields['nativeIdentifier']) ?? {};
  const kind = fields['externalData'] === undefined ? NUMBER_KINDS.find((name) => given[name] === 'externalData') : undefined;
  return kind === undefined ? [] : [{ path: [...path, 'nativeIdentifier', kind], text: say('noExternalData') }];
}
