import type { Finding } from '../problem.js';
import { say } from '../texts.js';
import { textAt, type Outline } from './outline.js';

/** Cashier software that no listener lets in. */
export function clientWarnings({ root, tills, readers }: Outline): readonly Finding[] {
  const closed = (key: string): boolean => root[key] === 'off' || root[key] === 'none';
  if (!closed('api')) return [];
  const stations = root['stations'] !== undefined && !closed('stations');
  return [
    ...(stations ? [] : tills.filter((till) => textAt(till, 'adapter') === 'client').map((till) => ({ path: [...till.path, 'adapter'], text: say('noApi') }))),
    ...readers.filter((reader) => textAt(reader, 'type') === 'till').map((reader) => ({ path: [...reader.path, 'type'], text: say('noApi') })),
  ];
}
