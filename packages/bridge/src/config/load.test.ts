import { describe, expect, it } from 'vitest';
import { Secret } from '@tillbridge/core';
import { formatProblem, parseConfig } from './index.js';
import { fails, lines, load, VALID, withLines } from './test-support.js';

describe('a valid configuration', () => {
  it('gets every default', () => {
    const { config, warnings } = load(VALID);
    expect(warnings).toEqual([]);
    expect(config).toMatchObject({
      version: 1,
      readers: [
        {
          id: 'counter',
          baudRate: 9600,
          dataBits: 8,
          parity: 'none',
          stopBits: 1,
          rtscts: false,
          charset: 'utf8',
          fallbackCharset: 'windows-1251',
          unmatched: 'passThrough',
          framing: { suffix: ['CR', 'LF', 'CRLF', 'TAB', 'ETX'], idleMs: 120, quietMs: 20, maxBytes: 8192 },
          feedback: { applied: 'good', rejected: 'bad', superseded: 'none' },
        },
      ],
      on: { notFound: 'reject', unavailable: 'reject', blocked: 'reject', ambiguous: 'reject' },
      tills: [{ id: 'front', gapMs: 0, backlogMs: 2000, expireMs: 5000, duplicateMs: 2000 }],
      routes: [],
      api: { host: '127.0.0.1', port: 7843, origins: [], console: true },
      stations: 'off',
      receipts: { mode: 'off' },
      journal: { keepDays: 90 },
      log: { level: 'info', file: null },
    });
  });

  it('is the example of the documentation, as far as this version goes', () => {
    const { config } = load(`
version: 1
store: shop-12
machine: pos-1
readers:
  - id: counter
    type: serial
    path: /dev/ttyACM0             # or match: { vid: "1eab", pid: "0c06", serial: "..." } ; or auto: true
    baudRate: 9600
    framing: { suffix: [CR, LF, CRLF, TAB, ETX], idleMs: 120, quietMs: 20, maxBytes: 8192 }
    charset: utf8
    feedback: { applied: good, sent: good, rejected: bad, notFound: bad, expired: bad }
codes:
  - name: universal
    kind: card
    match: "^98(?<value>\\\\d{14})$"
    symbologies: [qr, code128]
    readers: [counter]
    oneTime: false
translators:
  - { type: rule, codes: [universal], number: "2{value:4..14}{ean13}" }
  - { type: table }
on: { notFound: reject, unavailable: reject, blocked: reject, ambiguous: reject }
tills:
  - id: front
    adapter: virtual-com
    transport: pty
    link: /run/tillbridge/front
    suffix: CR
    gapMs: 0
    expireMs: 5000
    duplicateMs: 2000
routes:
  - { readers: [counter], till: front, goods: front }
api: { host: 127.0.0.1, port: 7843, origins: [], console: true }
stations: off
receipts: { mode: off }
journal: { keepDays: 90 }
log: { level: info, file: null }
`);
    expect(config.codes[0]?.match).toBe('^98(?<value>\\d{14})$');
  });

  it('takes 0, off and none for what they say', () => {
    const { config } = load(
      withLines({
        readers: '  - { id: counter, type: serial, path: /dev/a, feedback: off, framing: { suffix: none, quietMs: off } }',
        tills: '  - { id: front, adapter: virtual-com, transport: pty, link: /run/f, gapMs: off, backlogMs: none, duplicateMs: 0, suffix: none }',
        rest: 'api: off\nstations: none\nlog: { file: none }',
      }),
    );
    expect(config.readers[0]).toMatchObject({ feedback: { sent: 'none', rejected: 'none' }, framing: { suffix: [], quietMs: 0 } });
    expect(config.tills[0]).toMatchObject({ gapMs: 0, backlogMs: 0, duplicateMs: 0, suffix: 'none' });
    expect(config).toMatchObject({ api: 'off', stations: 'off', log: { file: null } });
  });

  it('knows every reader and till of this version', () => {
    const { config } = load(
      `version: 1
readers:
  - { id: a, type: serial, match: { vid: "1EAB", pid: "0c06", serial: X }, framing: readline, dtr: true, fallbackCharset: latin1, unmatched: reject }
  - { id: b, type: serial, auto: true, parity: even, stopBits: 1.5, dataBits: 7, rtscts: true }
  - { id: c, type: tcp, listen: "127.0.0.1:0" }
  - { id: d, type: tcp, connect: "[fe80::1]:4001" }
codes: [{ name: u, kind: phone, match: "^7\\\\d{10}$" }]
translators: [{ type: rule, number: "{value}", kind: card }]
tills:
  - { id: t1, adapter: virtual-com, transport: port, path: COM5, requirePeer: dsr, track2: "000012885", pad: 13, prefix: P }
  - { id: t2, adapter: virtual-com, transport: pty, link: /run/x, mode: "0660", group: dialout, template: { card: ";778={number}\\r", coupon: "{number}\\r" } }
  - { id: t3, adapter: webhook, url: "https://till.example/x", secrets: { key: "\${env:KEY}" }, timeoutMs: 800 }
routes:
  - { readers: [a, b], till: t1 }
  - { readers: [c], till: t2, goods: t1 }
  - { readers: [d], till: t3, goods: none }
`,
      { env: { KEY: 'k' } },
    );
    expect(config.readers[0]).toMatchObject({ match: { vid: '1eab' }, framing: 'readline' });
    expect(config.tills.map((till) => till.adapter)).toEqual(['virtual-com', 'virtual-com', 'webhook']);
  });

  it('may be written as JSON, with a BOM and with CR LF', () => {
    const json = '\uFEFF' + JSON.stringify({ version: 1, readers: [{ id: 'r', type: 'serial', path: '/dev/a' }], tills: [{ id: 't', adapter: 'virtual-com', transport: 'pty', link: '/l' }] }, null, 1);
    expect(load(json.replaceAll('\n', '\r\n')).config.readers).toHaveLength(1);
  });
});

describe('every mistake is said at once', () => {
  const text = `version: 1
readers:
  - id: counter
    type: serail
  - id: tap
    type: mobile
    host: 8.8.8.8
  - id: counter
    type: serial
    path: /dev/ttyACM0
    baud: 12
    framing: { idleMs: of }
codes:
  - { name: universal, kind: card, match: "^98(" }
translators:
  - { type: rule, codes: [univrsal], number: "2{valu}" }
tills:
  - { id: hook, adapter: webhook, url: "https://x.example", secrets: { key: abcdefgh } }
api: { port: 99999 }
`;

  it('each with its place, key, and a hint', () => {
    expect(fails(text)).toEqual([
      'tillbridge.yaml:4:11 readers[0].type: unknown value `serail`; did you mean `serial`?',
      'tillbridge.yaml:7:11 readers[1].host: `auto`, or a private address of this machine (10.x, 172.16-31.x, 192.168.x) expected: phones are never served from the internet',
      'tillbridge.yaml:8:9 readers[2].id: `counter` is taken by readers[0]',
      'tillbridge.yaml:11:5 readers[2].baud: unknown key; did you mean `baudRate`?',
      'tillbridge.yaml:12:24 readers[2].framing.idleMs: a number, `off` or `none` expected, this is a text; did you mean `off`?',
      'tillbridge.yaml:14:43 codes[0].match: not a regular expression: Unterminated group',
      'tillbridge.yaml:16:27 translators[0].codes[0]: there is no code `univrsal`; did you mean `universal`?',
      'tillbridge.yaml:16:46 translators[0].number: the template is wrong at position 2: unknown placeholder {valu}',
      'tillbridge.yaml:18:77 tills[0].secrets.key: a secret does not stand in this file: write `${env:NAME}` or `${file:PATH}`',
      'tillbridge.yaml:19:14 api.port: must be at most 65535',
    ]);
  });

  it('in Russian too, with the same places', () => {
    const parsed = parseConfig(text, { path: 'tillbridge.yaml', env: {}, readFile: () => new Uint8Array(), language: 'ru' });
    if (parsed.ok) throw new Error('accepted');
    const russian = parsed.problems.map(formatProblem);
    const place = (line: string): string | undefined => /^\S+ \S+:/.exec(line)?.[0];
    expect(russian.map(place)).toEqual(fails(text).map(place));
    expect(russian[0]).toBe('tillbridge.yaml:4:11 readers[0].type: неизвестное значение `serail`; возможно, `serial`?');
    for (const problem of parsed.problems) expect(problem.message).toMatch(/[а-яё]/i);
  });
});

describe('secrets', () => {
  const hook = (key: string): string =>
    withLines({ tills: `  - { id: hook, adapter: webhook, url: "https://till.example/x", secrets: { key: ${key} } }` });
  const enoent = (): never => {
    throw Object.assign(new Error('ENOENT: /secret/place/key'), { code: 'ENOENT' });
  };

  it('come from the environment and from files, without the line end', () => {
    const file = load(hook('"${file:keys/hook}"'), { readFile: (path) => Buffer.from(path === 'keys/hook' ? 'hidden-key\r\n' : '') });
    const till = file.config.tills[0];
    expect(till).toMatchObject({ secrets: { key: expect.any(Secret) as Secret } });
    expect(till?.adapter === 'webhook' && till.secrets.key.reveal()).toBe('hidden-key');
    const env = load(hook('"${env:HOOK}"'), { env: { HOOK: 'from-env' } }).config.tills[0];
    expect(env?.adapter === 'webhook' && env.secrets.key.reveal()).toBe('from-env');
    expect(JSON.stringify([file, env])).not.toMatch(/hidden-key|from-env/);
  });

  it.each([
    ['supersecret', 'a secret does not stand in this file: write `${env:NAME}` or `${file:PATH}`'],
    ['123456789', 'a secret does not stand in this file: write `${env:NAME}` or `${file:PATH}`'],
    ['"prefix-${env:SET}"', 'a secret does not stand in this file: write `${env:NAME}` or `${file:PATH}`'],
    ['"${env:MISSING}"', 'the environment variable MISSING is not set'],
    ['"${env:EMPTY}"', 'the environment variable EMPTY is empty'],
    ['"${env:toString}"', 'the environment variable toString is not set'],
    ['"${file:nowhere}"', 'the file nowhere does not exist'],
    ['"${vault:x}"', 'a reference reads `${env:NAME}` or `${file:PATH}`'],
    ['', 'has no value'],
  ])('%s is refused without showing anything', (key, message) => {
    const problems = lines(hook(key), { env: { SET: 'clear-text', EMPTY: '' }, readFile: enoent });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`tills[0].secrets.key: ${message}`);
    expect(problems[0]).not.toMatch(/supersecret|123456789|clear-text|secret\/place/);
  });

  it('one that is not there is not judged by its rules as well', () => {
    const till = '  - { id: front, adapter: 1c, transport: addin, listen: "127.0.0.1:7844", secrets: { token: "${env:MISSING}" } }';
    const problems = lines(withLines({ tills: till }), { env: {}, readFile: enoent });
    expect(problems).toEqual([expect.stringContaining('tills[0].secrets.token: the environment variable MISSING is not set')]);
  });

  it.each([
    [Buffer.alloc(70_000, 'a'), 'is not one line of UTF-8 text'],
    [Buffer.from([0xff, 0xfe]), 'is not one line of UTF-8 text'],
    [Buffer.from('two\nlines'), 'is not one line of UTF-8 text'],
    [Buffer.from('\n'), 'is empty'],
  ])('a key file that holds no key is refused', (bytes, message) => {
    expect(lines(hook('"${file:k}"'), { readFile: () => bytes })[0]).toContain(message);
  });

  it('a private key in PEM is a secret of several lines; anything else of several lines is none', () => {
    const pem = '-----BEGIN EC PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED\r\n\r\nMHcCAQEE\r\n-----END EC PRIVATE KEY-----';
    const file = load(hook('"${file:k}"'), { readFile: () => Buffer.from(`${pem}\r\n`) });
    const till = file.config.tills[0];
    expect(till?.adapter === 'webhook' && till.secrets.key.reveal()).toBe(pem);
    for (const wrong of [`${pem}\nmore`, pem.slice(0, -5), `x\n${pem}`, pem.replace('MHcC', 'MH\0C')]) {
      expect(lines(hook('"${file:k}"'), { readFile: () => Buffer.from(wrong) })[0]).toContain('is not one line of UTF-8 text');
    }
    // where it is no secret, a value is one line
    const elsewhere = withLines({ tills: '  - { id: front, adapter: virtual-com, transport: pty, link: "${file:k}" }' });
    expect(lines(elsewhere, { readFile: () => Buffer.from(pem) })[0]).toContain('is not one line of UTF-8 text');
  });

  it('references elsewhere are resolved, and a wrong value of one is not shown', () => {
    const tills = '  - { id: front, adapter: virtual-com, transport: pty, link: "/run/${env:NAME}/front" }';
    const loaded = load(withLines({ tills }), { env: { NAME: 'shop' } });
    expect(loaded.config.tills[0]).toMatchObject({ link: '/run/shop/front' });
    expect(loaded.referenced).toEqual(['tills[0].link']);
    const wrong = lines(withLines({ rest: 'log: { level: "${env:LEVEL}" }\njournal: { keepDays: "${env:LEVEL}" }' }), { env: { LEVEL: 'hush-hush' } });
    expect(wrong).toHaveLength(2);
    expect(wrong.join('\n')).not.toContain('hush');
    const named = lines(
      withLines({
        readers: '  - { id: "${env:ID}", type: serial, path: /dev/a }',
        codes: "  - { name: '${env:ID}', kind: card, match: '(${env:ID}{' }",
        rest: 'routes: [{ readers: [hash-hush, "${env:LEVEL}"], till: front }]',
      }),
      { env: { ID: 'hush-hush', LEVEL: 'h9' } },
    );
    expect(named.length).toBeGreaterThan(2);
    expect(named.join('\n')).not.toMatch(/hush-hush|h9/);
    expect(named.join('\n')).toContain('did you mean `****`?');
    const part = lines(withLines({ translators: '  - { type: rule, number: "{${env:LEVEL}}" }', rest: 'api: "${env:OF}"' }), { env: { LEVEL: 'h9', OF: 'of' } });
    expect(part).toEqual([
      'tillbridge.yaml:7:27 translators[0].number: what the reference gives does not fit here',
      'tillbridge.yaml:10:6 api: a group of keys, `off` or `none` expected, this is a text; a reference always gives a text',
    ]);
  });
});
