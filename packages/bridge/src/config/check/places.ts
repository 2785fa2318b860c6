import { formatKeyPath, type Finding, type KeyPath } from '../problem.js';
import { parseHostPort } from '../host-port.js';
import { say } from '../texts.js';
import { DEFAULT_LISTEN } from './onec.js';
import { fieldsOf, textAt, type Entry, type Outline } from './outline.js';

/** Where devices and tills are: given once, each to one user only. */
export function checkPlaces(outline: Outline): readonly Finding[] {
  return [...outline.readers.flatMap(readerPlace), ...outline.readers.flatMap(framingEnds), ...sharedPlaces(outline)];
}

function readerPlace(reader: Entry): readonly Finding[] {
  const type = textAt(reader, 'type');
  if (type === 'serial' || type === 'hid' || type === 'keyboard') return devicePlace(reader);
  if (type !== 'tcp') return [];
  const given = ['listen', 'connect'].filter((key) => key in reader.fields);
  if (given.length === 0) return [{ path: reader.path, text: say('noConnection') }];
  return given.slice(1).map((key) => tooMany(reader, key, given));
}

function devicePlace(reader: Entry): readonly Finding[] {
  const given = ['path', 'match', 'auto'].filter((key) => key in reader.fields);
  const findings: Finding[] = given.slice(1).map((key) => tooMany(reader, key, given));
  if (given.length === 0) findings.push({ path: reader.path, text: say('noPlace') });
  if (reader.fields['auto'] === false) findings.push({ path: [...reader.path, 'auto'], text: say('autoOff') });
  const match = fieldsOf(reader.fields['match']);
  if (match !== undefined && Object.keys(match).length === 0) findings.push({ path: [...reader.path, 'match'], at: 'key', text: say('emptyMatch') });
  return findings;
}

function tooMany(reader: Entry, key: string, given: readonly string[]): Finding {
  return { path: [...reader.path, key], at: 'key', text: say('twoPlaces', { names: given.map((name) => `\`${name}\``).join(', ') }) };
}

function framingEnds(reader: Entry): readonly Finding[] {
  const framing = fieldsOf(reader.fields['framing']);
  if (framing === undefined) return [];
  const suffix = framing['suffix'];
  const none = suffix === 'none' || (Array.isArray(suffix) && suffix.length === 0);
  const idle = framing['idleMs'];
  return none && (idle === 0 || idle === 'off' || idle === 'none') ? [{ path: [...reader.path, 'framing'], text: say('neverEnds') }] : [];
}

interface Use {
  readonly place: string;
  /** Of an identity: one scanner may have a serial port beside its HID interface. */
  readonly kind?: string | undefined;
  readonly path: KeyPath;
  readonly owner: Entry | undefined;
  /** `link`: we make it and write to it. */
  readonly how: 'device' | 'link' | 'listen';
}

function sharedPlaces(outline: Outline): readonly Finding[] {
  const first = new Map<string, Use>();
  const findings: Finding[] = [];
  for (const use of usesOf(outline)) {
    // COM ports are named in either case
    const key = `${use.kind ?? ''} ${/^com\d+$/i.test(use.place) ? use.place.toUpperCase() : use.place}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, use);
    else {
      const about = { name: use.place, other: formatKeyPath(other.owner?.path ?? other.path) };
      const tail = use.how !== other.how && (use.how === 'link' || other.how === 'link');
      findings.push({ path: use.path, text: say(tail ? 'ownTail' : 'sharedPlace', about) });
    }
  }
  return findings;
}

function usesOf(outline: Outline): readonly Use[] {
  const api = fieldsOf(outline.root['api']);
  const port = api?.['port'];
  const stations = fieldsOf(outline.root['stations']);
  return [
    ...(typeof port === 'number' && port !== 0 ? [{ place: `127.0.0.1:${port}`, path: ['api', 'port'], owner: undefined, how: 'listen' } as const] : []),
    ...outline.tills.flatMap((till) => [...useOf(till, 'link', 'link'), ...useOf(till, 'path', 'device')]),
    ...onecPorts(outline),
    ...outline.readers.flatMap((reader) => [...useOf(reader, 'path', 'device'), ...identityOf(reader), ...listenOf(reader), ...phonePorts(reader)]),
    ...(stations === undefined ? [] : listenOf({ path: ['stations'], fields: stations })),
  ];
}

function useOf(owner: Entry, key: string, how: Use['how']): readonly Use[] {
  const place = textAt(owner, key);
  return place === undefined ? [] : [{ place, path: [...owner.path, key], owner, how }];
}

/** Two readers that look for the same device, or that both take the only one. */
function identityOf(reader: Entry): readonly Use[] {
  if (reader.fields['auto'] === true) return [{ place: 'auto: true', kind: textAt(reader, 'type'), path: [...reader.path, 'auto'], owner: reader, how: 'device' }];
  const match = fieldsOf(reader.fields['match']);
  // contactless readers are told apart by name, which is a check of its own
  if (match === undefined || Object.keys(match).length === 0 || textAt(reader, 'type') === 'nfc') return [];
  const place = ['vid', 'pid', 'serial', 'port'].flatMap((key) => (key in match ? [`${key} ${String(match[key])}`] : [])).join(', ');
  return [{ place: place.toLowerCase(), kind: textAt(reader, 'type'), path: [...reader.path, 'match'], owner: reader, how: 'device' }];
}

/** The ports that drivers of 1C connect to: tills may share one. */
function onecPorts({ tills }: Outline): readonly Use[] {
  const uses = tills.filter((till) => textAt(till, 'adapter') === '1c' && textAt(till, 'transport') === 'addin').flatMap((till) => listenOf({ path: till.path, fields: { listen: DEFAULT_LISTEN, ...till.fields } }));
  return uses.filter(({ place }, i) => uses.findIndex((other) => other.place === place) === i);
}

function listenOf(reader: Entry): readonly Use[] {
  const address = parseHostPort(textAt(reader, 'listen') ?? '');
  if (address === undefined || address.port === 0) return [];
  const host = address.host === 'localhost' ? '127.0.0.1' : address.host;
  return [{ place: `${host}:${address.port}`, path: [...reader.path, 'listen'], owner: reader, how: 'listen' }];
}

/** The ports of a reader of phones, with their defaults. */
function phonePorts(reader: Entry): readonly Use[] {
  if (textAt(reader, 'type') !== 'mobile') return [];
  const { host = 'auto', port = 48_443, httpPort = 48_080 } = reader.fields;
  return Object.entries({ port, httpPort }).flatMap(([key, value]) =>
    typeof value !== 'number' || value === 0 ? [] : [{ place: `${String(host)}:${value}`, path: [...reader.path, ...(key in reader.fields ? [key] : [])], owner: reader, how: 'listen' as const }],
  );
}
