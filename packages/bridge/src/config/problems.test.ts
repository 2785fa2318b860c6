import { describe, expect, it } from 'vitest';
import { fails, lines, load, VALID, withLines } from './test-support.js';

/** Sections with a ▸ where the only problem is, then its `key.path: message`; without a ▸ the place stands in front. */
type Row = readonly [name: string, sections: Parameters<typeof withLines>[0], problem: string];

/** The text without its mark, and the place of the mark. */
function unmark(marked: string): { readonly text: string; readonly place: string } {
  const before = marked.split('▸')[0] ?? '';
  const rows = before.split('\n');
  return { text: marked.replace('▸', ''), place: before === marked ? '' : `${rows.length}:${(rows.at(-1) ?? '').length + 1} ` };
}

const serial = (rest: string): string => `  - { id: counter, type: serial, ${rest} }`;
const pty = (rest: string): string => `  - { id: front, adapter: virtual-com, transport: pty, link: /run/f, ${rest} }`;

const schema: readonly Row[] = [
  ['a missing key', { readers: '  - id: counter\n    type: tcp\n    listen: "127.0.0.1:1"\n  - ▸type: serial\n    path: /dev/b' }, 'readers[1].id: required, and missing'],
  ['a missing type', { readers: '  - ▸id: counter\n    path: /dev/b' }, 'readers[0].type: required, and missing; known here: `serial`, `hid`, `keyboard`, `nfc`, `mobile`, `tcp`, `till`'],
  ['an empty value', { readers: '  - id: counter\n    type: serial\n    ▸path:' }, 'readers[0].path: has no value'],
  ['an unknown key', { rest: '▸jurnal: { keepDays: 3 }' }, 'jurnal: unknown key; did you mean `journal`?'],
  ['an unknown key without a near one', { rest: 'journal: { ▸colour: 3 }' }, 'journal.colour: unknown key; known here: `keepDays`'],
  ['a number in quotes', { readers: serial('path: /dev/a, baudRate: ▸"9600"') }, 'readers[0].baudRate: a number expected, this is a text'],
  ['a text without quotes', { readers: serial('match: { vid: ▸1234 }') }, 'readers[0].match.vid: a text expected, this is a whole number: put it in quotes'],
  ['a fraction', { readers: serial('path: /dev/a, baudRate: ▸9600.5') }, 'readers[0].baudRate: a whole number expected, this is a number'],
  ['yes instead of true', { readers: serial('path: /dev/a, rtscts: ▸yes') }, 'readers[0].rtscts: true or false expected, this is a text'],
  ['a list instead of keys', { rest: 'journal: ▸[90]' }, 'journal: a group of keys expected, this is a list'],
  ['keys instead of a list', { codes: '  ▸name: x' }, 'codes: a list expected, this is a group of keys'],
  ['too small a number', { rest: 'journal: { keepDays: ▸0 }' }, 'journal.keepDays: must be at least 1'],
  ['too large a number', { tills: pty('expireMs: ▸600001') }, 'tills[0].expireMs: must be at most 600000'],
  ['a negative time', { tills: pty('gapMs: ▸-1') }, 'tills[0].gapMs: must be at least 0'],
  ['a wrong number of a set', { readers: serial('path: /dev/a, dataBits: ▸9') }, 'readers[0].dataBits: unknown value `9`; known here: `5`, `6`, `7`, `8`'],
  ['a wrong word', { codes: "  - { name: universal, kind: ▸kard, match: '^9$' }" }, 'codes[0].kind: unknown value `kard`; did you mean `card`?'],
  ['a wrong word in a list', { codes: "  - { name: universal, kind: card, match: '^9$', symbologies: [qr, ▸code-128x] }" }, 'codes[0].symbologies[1]: unknown value `code-128x`; did you mean `code128`?'],
  ['a wrong terminator', { readers: serial('path: /dev/a, framing: { suffix: [CR, ▸FL] }') }, 'readers[0].framing.suffix[1]: unknown value `FL`; did you mean `LF`?'],
  ['a wrong key of a choice', { readers: serial('path: /dev/a, framing: { ▸idle_ms: 30 }') }, 'readers[0].framing.idle_ms: unknown key; did you mean `idleMs`?'],
  ['a word where a choice is', { rest: 'api: ▸of' }, 'api: a group of keys, `off` or `none` expected, this is a text; did you mean `off`?'],
  ['false for off', { rest: 'api: ▸false' }, 'api: a group of keys, `off` or `none` expected, this is true or false'],
  ['a bad id', { readers: '  - { id: ▸"каша", type: tcp, listen: "127.0.0.1:1" }' }, 'readers[0].id: a name of 1 to 64 letters, digits, `.`, `_`, `-`, beginning with a letter or digit, expected'],
  ['a reserved id', { tills: '  - { id: ▸none, adapter: virtual-com, transport: pty, link: /run/f }' }, 'tills[0].id: `none` has a meaning of its own here: choose another name'],
  ['a bad address', { readers: '  - { id: counter, type: tcp, listen: ▸":4001" }' }, 'readers[0].listen: HOST:PORT expected, such as 127.0.0.1:4001'],
  ['a port out of range', { readers: '  - { id: counter, type: tcp, connect: ▸"h:65536" }' }, 'readers[0].connect: HOST:PORT expected, such as 127.0.0.1:4001'],
  ['a bad USB id', { readers: serial('match: { vid: ▸"0x12" }') }, 'readers[0].match.vid: four hexadecimal digits in quotes expected, such as "1eab"'],
  ['an octal mode without quotes', { tills: pty('mode: ▸0660') }, 'tills[0].mode: a text expected, this is a whole number: put it in quotes'],
  ['a bad mode', { tills: pty('mode: ▸"0980"') }, 'tills[0].mode: three octal digits in quotes expected, such as "0660"'],
  ['a home path', { tills: '  - { id: front, adapter: virtual-com, transport: pty, link: ▸~/x }' }, 'tills[0].link: `~` is not expanded: write the whole path'],
  ['an open API', { rest: 'api: { host: ▸0.0.0.0 }' }, 'api.host: the API listens on this machine only: 127.0.0.1, ::1 or localhost'],
  ['an origin with a path', { rest: 'api: { origins: [▸"https://a.example/x"] }' }, 'api.origins[0]: an origin such as https://till.example expected, without a path'],
  ['no readers', { readers: '  ▸[]' }, 'readers: at least one reader is needed'],
  ['no tills', { tills: '  ▸[]' }, 'tills: at least one till is needed'],
  ['a transport that does not exist', { tills: '  - { id: front, adapter: virtual-com, transport: ▸pyt, link: /f }' }, 'tills[0].transport: unknown value `pyt`; did you mean `pty`?'],
];

const two = '  - { id: counter, type: serial, path: /dev/a }\n  - { id: tap, type: serial, path: /dev/b }';
const twoTills = '  - { id: front, adapter: virtual-com, transport: pty, link: /run/f }\n  - { id: hook, adapter: virtual-com, transport: pty, link: /run/g }';
const crossed: readonly Row[] = [
  ['a reader id twice', { readers: two.replace('tap', '▸counter') }, 'readers[1].id: `counter` is taken by readers[0]'],
  ['a till id twice', { tills: twoTills.replace('hook', '▸front'), rest: 'routes: [{ readers: [counter], till: front }]' }, 'tills[1].id: `front` is taken by tills[0]'],
  ['a code name twice', { codes: "  - { name: u, kind: card, match: '^1$' }\n  - { name: ▸u, kind: card, match: '^2$' }" }, 'codes[1].name: `u` is taken by codes[0]'],
  ['a code of an unknown reader', { codes: "  - { name: u, kind: card, match: '^1$', readers: [counter, ▸teller] }" }, 'codes[0].readers[1]: there is no reader `teller`; known here: `counter`'],
  ['a rule of an unknown code', { translators: '  - { type: rule, codes: [▸univers], number: "{value}" }' }, 'translators[0].codes[0]: there is no code `univers`; did you mean `universal`?'],
  ['two tables', { translators: '  - { type: table }\n  - ▸{ type: table, codes: [universal] }' }, 'translators[1]: there is one card table: translators[0] is it already'],
  ['a bad rule', { translators: '  - { type: rule, number: ▸"2{value:4..}" }' }, 'translators[0].number: the template is wrong at position 2: "4.." is neither a range such as 4..14 nor a width such as pad12'],
  ['a bad expression', { codes: "  - { name: u, kind: card, match: ▸'^[9$' }" }, 'codes[0].match: not a regular expression: Unterminated character class'],
  ['an expression that can take for ever', { codes: "  - { name: u, kind: card, match: ▸'^(\\d+-?)+$' }" }, 'codes[0].match: a repeated or optional part inside a repetition (`(\\d+-?)+`) can take for ever on a crafted code: write it without, for example as one class `[...]+`'],
  ['an expression that takes everything', { codes: "  - { name: u, kind: card, match: ▸'^.*$' }" }, 'codes[0].match: matches anything, an empty read too: every product would be taken for a loyalty code'],
  ['a template without the number', { tills: pty('template: ▸"778="') }, 'tills[0].template: the template is wrong at position 1: it does not contain {number}'],
  ['a bad template of one kind', { tills: pty('template: { card: "{number}", coupon: ▸"{nummer}" }') }, 'tills[0].template.coupon: the template is wrong at position 1: unknown placeholder {nummer}'],
  ['a template and its shorthands', { tills: pty('template: ▸"{number}", pad: 13') }, 'tills[0].template: the template is wrong at position 1: prefix, pad and track2 stand for a template: give one or the other'],
  ['no place', { readers: '  - ▸id: counter\n    type: serial' }, 'readers[0]: where is the device? `path`, `match` or `auto: true` is needed'],
  ['two places', { readers: serial('path: /dev/a, ▸auto: true') }, 'readers[0].auto: only one of `path`, `auto`'],
  ['auto: false', { readers: serial('auto: ▸false') }, 'readers[0].auto: only `auto: true` has a meaning: leave it out otherwise'],
  ['an empty match', { readers: serial('▸match: {}') }, 'readers[0].match: at least one of `vid`, `pid`, `serial`, `port` is needed'],
  ['no connection', { readers: '  - ▸id: counter\n    type: tcp' }, 'readers[0]: `listen` or `connect` is needed'],
  ['both directions', { readers: '  - { id: counter, type: tcp, listen: "127.0.0.1:1", ▸connect: "h:1" }' }, 'readers[0].connect: only one of `listen`, `connect`'],
  ['reads that never end', { readers: serial('path: /dev/a, framing: ▸{ suffix: [], idleMs: 0 }') }, 'readers[0].framing: without a suffix and without `idleMs` no read would ever end'],
  ['two readers on one port', { readers: two.replace('/dev/b', '▸/dev/a') }, 'readers[1].path: `/dev/a` is used by readers[0] already'],
  ['hid: no place', { readers: '  - ▸id: counter\n    type: hid' }, 'readers[0]: where is the device? `path`, `match` or `auto: true` is needed'],
  ['keyboard: two places', { readers: '  - { id: a, type: keyboard, path: /dev/input/event3, ▸auto: true }' }, 'readers[0].auto: only one of `path`, `auto`'],
  ['keyboard: a pause that is none', { readers: '  - { id: a, type: keyboard, auto: true, gapMs: ▸1 }' }, 'readers[0].gapMs: must be at least 5'],
  ['hid: a layout that is none', { readers: '  - { id: a, type: hid, auto: true, layout: ▸hpp }' }, 'readers[0].layout: a group of keys, `auto`, `hhp`, `newland`, `symbol`, `offset1` or `microscan` expected, this is a text; did you mean `hhp`?'],
  ['a socket that is none', { readers: '  - { id: a, type: hid, match: { port: ▸usb3 } }' }, 'readers[0].match.port: a USB socket as `tillbridge devices` shows it, such as "1-3.2"'],
  ['one socket for two', { readers: '  - { id: a, type: hid, match: { port: "1-3" } }\n  - { id: b, type: hid, match: ▸{ port: "1-3" } }' }, 'readers[1].match: `port 1-3` is used by readers[0] already'],
  ['two readers of one identity', { readers: '  - { id: a, type: serial, auto: true }\n  - { id: b, type: serial, auto: ▸true }' }, 'readers[1].auto: `auto: true` is used by readers[0] already'],
  ['two listeners on one port', { readers: '  - { id: a, type: tcp, listen: "127.0.0.1:9" }\n  - { id: b, type: tcp, listen: ▸"localhost:9" }' }, 'readers[1].listen: `127.0.0.1:9` is used by readers[0] already'],
  ['the port of the API', { readers: '  - { id: a, type: tcp, listen: ▸"127.0.0.1:9" }', rest: 'api: { port: 9 }' }, 'readers[0].listen: `127.0.0.1:9` is used by api.port already'],
  ['two tills on one link', { tills: twoTills.replace('/run/g', '▸/run/f'), rest: 'routes: [{ readers: [counter], till: front, goods: hook }]' }, 'tills[1].link: `/run/f` is used by tills[0] already'],
  ['a COM port in either case', { readers: serial('path: ▸com3'), tills: '  - { id: front, adapter: virtual-com, transport: port, path: COM3 }' }, 'readers[0].path: `com3` is used by tills[0] already'],
  ['a reader on the till of its own', { readers: serial('path: ▸/run/f'), tills: pty('gapMs: 1') }, 'readers[0].path: `/run/f` is written by tills[0]: it would read its own output'],
  ['several tills without routes', { tills: twoTills }, '1:1 routes: with several tills `routes` must say which reader goes to which till'],
  ['a route of an unknown reader', { rest: 'routes: [{ readers: [counter, ▸count], till: front }]' }, 'routes[0].readers[1]: there is no reader `count`; did you mean `counter`?'],
  ['a route to an unknown till', { rest: 'routes: [{ readers: [counter], till: ▸fornt }]' }, 'routes[0].till: there is no till `fornt`; did you mean `front`?'],
  ['goods to an unknown till', { rest: 'routes: [{ readers: [counter], till: front, goods: ▸non }]' }, 'routes[0].goods: there is no till `non`; did you mean `none`?'],
  ['a reader routed twice', { rest: 'routes: [{ readers: [counter], till: front }, { readers: [▸counter], till: front }]' }, 'routes[1].readers[0]: the reader `counter` is in routes[0] already: this route would never be used for it'],
  ['a reader without a route', { readers: two.replace('tap', '▸tap'), rest: 'routes: [{ readers: [counter], till: front }]' }, 'readers[1].id: no route names this reader: its reads would go nowhere'],
];

describe.each([
  ['keys and values', schema],
  ['what does not fit together', crossed],
])('%s', (_, rows) => {
  it.each(rows)('%s', (_name, sections, problem) => {
    const { text, place } = unmark(withLines(sections));
    expect(lines(text)).toEqual([`tillbridge.yaml:${place}${problem}`]);
  });
});

describe('webhook tills', () => {
  const hook = (url: string, rest = ''): string =>
    withLines({ tills: `  - { id: hook, adapter: webhook, url: "${url}", secrets: { key: "\${env:K}" } }`, rest });
  const env = { K: 'k' };

  it.each([
    ['ftp://x.example', 'an address that begins with http:// or https:// expected'],
    ['till.example', 'an address that begins with http:// or https:// expected'],
    ['https://anna:pass1234@x.example', 'a password in the address: secrets stand under `secrets`'],
  ])('refuses %s', (url, message) => {
    expect(lines(hook(url), { env })).toEqual([`tillbridge.yaml:9:40 tills[0].url: ${message}`]);
  });

  it('carry no goods: by choice an error, by default a warning', () => {
    expect(lines(hook('https://x.example', 'routes: [{ readers: [counter], till: hook, goods: hook }]'), { env })).toEqual([
      'tillbridge.yaml:10:51 routes[0].goods: the till `hook` cannot carry goods: name one that can, or `none`',
    ]);
    const messages = (text: string): readonly string[] => load(text, { env }).warnings.map((warning) => `${warning.keyPath}: ${warning.message}`);
    const dropped = 'the till `hook` cannot carry goods: products read here are dropped and counted';
    expect(messages(hook('https://x.example'))).toEqual([`tills[0].adapter: ${dropped}`]);
    expect(messages(hook('https://x.example', 'routes: [{ readers: [counter], till: hook }]'))).toEqual([`routes[0].till: ${dropped}`]);
    expect(messages(hook('https://x.example', 'routes: [{ readers: [counter], till: hook, goods: none }]'))).toEqual([]);
  });
});

describe('version', () => {
  it.each([
    ['', '1:1 version: required, and missing: write `version: 1`'],
    ['version: 2', '1:10 version: written for a newer tillbridge; this one knows version 1'],
    ['version: 0', '1:10 version: unknown version: this tillbridge knows version 1'],
    ['version: "1"', '1:10 version: unknown version: this tillbridge knows version 1'],
    ['version:', '1:1 version: unknown version: this tillbridge knows version 1'],
  ])('%j is refused, and the rest is checked all the same', (line, problem) => {
    expect(lines(VALID.replace('version: 1', line))).toEqual([`tillbridge.yaml:${problem}`]);
    expect(fails(VALID.replace('version: 1', line).replace('serial', 'sreial'))).toHaveLength(2);
  });
});

describe('warnings', () => {
  it.each([
    ['no codes', { codes: '  []' }, 'codes: without `codes` every read is goods'],
    ['no translators', { translators: '  []' }, 'translators: without `translators` no loyalty code has a number'],
    ['an open end', { codes: "  - { name: u, kind: card, match: '^98\\d{14}' }" }, 'codes[0].match: without `^` and `$` a longer product code that only contains this is taken for loyalty'],
    ['a group of another name', { codes: "  - { name: u, kind: card, match: '^98(?<val>\\d+)$' }" }, 'codes[0].match: only the named group `value` has a meaning, not `val`'],
    ['a listener for the network', { readers: '  - { id: counter, type: tcp, listen: "0.0.0.0:4001" }' }, 'readers[0].listen: other machines can feed scans through this address'],
    ['a till that nothing leads to', { tills: twoTills, rest: 'routes: [{ readers: [counter], till: front }]' }, 'tills[1].id: no route leads to this till'],
  ])('%s', (_, sections, warning) => {
    expect(load(withLines(sections)).warnings.map((w) => `${w.keyPath}: ${w.message}`)).toEqual([warning]);
  });
});
