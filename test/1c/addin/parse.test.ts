// The driver's own parsers, under the address checker, against JSON.parse and against what was written.
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { checkedProgram } from './support/built.js';

const program = (): string => checkedProgram('parse', ['json.c', 'settings.c', 'settings_xml.c', 'text.c', 'port_posix.c']);

/** What the driver makes of each input. All in one go: starting a checked program takes its time. */
function parsed(kind: 'json' | 'xml', inputs: readonly Uint8Array[]): string[] {
  const { status, stdout, stderr } = spawnSync(program(), [], { input: inputs.map((bytes) => `${kind} ${Buffer.from(bytes).toString('hex')}\n`).join(''), encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr.slice(0, 3000));
  return stdout.split('\n').slice(0, -1);
}

const hasControls = (value: string): boolean => Array.from(value).some((c) => c < ' ' || c === '\u007f');
const isBroken = (value: string): boolean => /[\ud800-\udfff]/u.test(value);
const depth = (value: unknown): number => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0);

/** The same line by the rules of the protocol, with JSON.parse. */
function expected(bytes: Uint8Array): string {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return 'no';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth(value) > 4) return 'no';
  const members = Object.entries(value);
  // a key of a control character, half a character or more than 64 bytes is none that we have
  if (members.length > 32 || members.some(([key]) => Buffer.from(key).length > 64 || hasControls(key) || isBroken(key))) return 'no';
  const units = (string: string): string => Array.from({ length: string.length }, (_, at) => string.charCodeAt(at).toString(16).padStart(4, '0')).join('');
  const told = (member: unknown): string => (typeof member === 'string' ? `s:${units(member)}` : typeof member === 'number' ? 'n' : typeof member === 'object' && member !== null ? 'nested' : String(member));
  return ['yes', ...members.map(([key, member]) => `${Buffer.from(key).toString('hex')}=${told(member)}`)].join(' ');
}

/** Numbers are compared on their own; order of members that look like numbers is JSON.parse's own affair. */
const plain = (line: string): string => line.replace(/=n:\w+/g, '=n').split(' ').sort().join(' ');

const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.replaceAll('\ud800', ''));
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 5, depthSize: 'large' }, text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(text, tie('any'), { maxKeys: 3, noNullPrototype: true })),
})).any;
const message = fc.dictionary(text.filter((key) => key !== '__proto__'), value, { maxKeys: 6, noNullPrototype: true }).map((object) => Buffer.from(JSON.stringify(object)));
const broken = fc.tuple(message, fc.array(fc.tuple(fc.nat(), fc.constantFrom(...Buffer.from('{}[]":,\\u0d8e+-. \u0000\u00ff', 'latin1'))), { minLength: 1, maxLength: 4 })).map(([bytes, changes]) => {
  const copy = Buffer.from(bytes);
  for (const [at, byte] of changes) copy[at % copy.length] = byte;
  return copy;
});

/** Whether a key comes twice, which JSON.parse does not tell. */
function repeatsKey(bytes: Buffer): boolean {
  const seen: string[] = [];
  try {
    JSON.parse(bytes.toString(), function (this: unknown, key, member: unknown) {
      seen.push(key);
      return member;
    });
  } catch {
    return false;
  }
  const keys = [...bytes.toString().matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)].length;
  return keys > seen.filter((key) => key !== '').length;
}

needs('gcc')('the driver for 1C: its parsers', () => {
  beforeAll(() => void program(), 300_000);

  test('JSON: takes what JSON.parse takes within the bounds, with the same values, and nothing else', () => {
    const inputs = [...fc.sample(message, 800), ...fc.sample(broken, 1600), ...fc.sample(fc.uint8Array({ maxLength: 40 }), 200).map((bytes) => Buffer.from(bytes))];
    const answers = parsed('json', inputs);
    expect(answers).toHaveLength(inputs.length);
    let taken = 0;
    inputs.forEach((bytes, at) => {
      const answer = answers[at] ?? '';
      // stricter than JSON.parse in this alone
      if (answer === 'no' && repeatsKey(bytes)) return;
      expect(plain(answer), bytes.toString()).toBe(plain(expected(bytes)));
      if (answer !== 'no') taken += 1;
    });
    expect(taken).toBeGreaterThan(500);
  });

  test('JSON: bounds and whole numbers', () => {
    const TAKEN: unknown = expect.stringMatching(/^yes/);
    const cases: Readonly<Record<string, unknown>> = {
      '{"a":1,"a":2}': 'no',
      '{"a":1,"\\u0061":2}': 'no',
      '{"n":9007199254740991}': 'yes 6e=n:9007199254740991',
      '{"n":9007199254740992}': 'yes 6e=n:other',
      '{"n":99999999999999999999999}': 'yes 6e=n:other',
      '{"n":-1}': 'yes 6e=n:other',
      '{"n":1e3}': 'yes 6e=n:other',
      '{"n":01}': 'no',
      '{"n":1.}': 'no',
      '{"s":"\\ud83d\\ude00\\u0000"}': 'yes 73=s:d83dde000000',
      ['{"s":"\u0001"}']: 'no',
      '{"s":"\\x"}': 'no',
      '{"a":{"b":{"c":[1]}}}': 'yes 61=nested',
      '{"a":{"b":{"c":[[1]]}}}': 'no',
      ['﻿{"a":1}']: 'no',
      '{"a":1}x': 'no',
      '{"a":1,}': 'no',
      '': 'no',
      [`{${Array.from({ length: 32 }, (_, i) => `"k${String(i)}":0`).join(',')}}`]: TAKEN,
      [`{${Array.from({ length: 33 }, (_, i) => `"k${String(i)}":0`).join(',')}}`]: 'no',
      [`{"${'k'.repeat(64)}":0}`]: TAKEN,
      [`{"${'k'.repeat(65)}":0}`]: 'no',
    };
    const answers = parsed('json', Object.keys(cases).map((line) => Buffer.from(line)));
    expect(Object.fromEntries(Object.keys(cases).map((line, at) => [line, answers[at]]))).toEqual(cases);
  });

  test('XML of a connection: what is written is read, whatever else is in it', () => {
    const entity: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };
    const escape = (raw: string): string => raw.replace(/[&<>"']/g, (c) => entity[c] ?? c);
    // a tab or a line's end is no token
    const token = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((raw) => raw.trim()).filter((raw) => raw !== '' && !hasControls(raw) && !/[\u00a0\ufeff]/.test(raw));
    const cases = fc.sample(fc.record({ token, port: fc.integer({ min: 1, max: 65535 }), other: fc.string({ maxLength: 20 }).filter((raw) => !raw.includes('\0')), quote: fc.constantFrom('"', "'"), space: fc.constantFrom(' ', '\n', '\t  ') }), 300);
    const documents = cases.map(({ token: value, port, other, quote: q, space }) => Buffer.from(`<?xml version="1.0"?><Parameters>${space}<Parameter${space}Value=${q}${String(port)}${q}${space}Name=${q}Port${q}/><Parameter Name="Other" Value="${escape(other)}"/><Parameter Name='token' Value=${q}${escape(value)}${q}${space}></Parameter></Parameters>`));
    const answers = parsed('xml', documents);
    cases.forEach(({ token: value, port }, at) => expect(answers[at], documents[at]?.toString()).toBe(`0 ${String(port)} ${Buffer.from(value).toString('hex')}`));
  });

  test('XML of a connection: anything at all does no harm', () => {
    const seed = Buffer.from('<Parameters><Parameter Name="Port" Value="77&#48;&amp;"/><Parameter Name="Token" Value="t&lt;"/></Parameters>');
    const changes = fc.array(fc.tuple(fc.nat(seed.length - 1), fc.constantFrom(...Buffer.from('<>&;#x"\'=/ P0'))), { maxLength: 6 });
    const inputs = fc.sample(fc.tuple(changes, fc.nat(seed.length)), 2000).map(([list, length]) => {
      const copy = Buffer.from(seed);
      for (const [at, byte] of list) copy[at] = byte;
      return copy.subarray(0, length);
    });
    const answers = parsed('xml', inputs);
    expect(answers).toHaveLength(inputs.length);
    for (const answer of answers) expect(answer).toMatch(/^[0-6] \d+ ([0-9a-f]{2})*$/);
    expect(parsed('xml', [Buffer.from('<Parameters/>'), Buffer.from('<Parameters><Parameter Name="Port" Value="0"/></Parameters>'), Buffer.from('no XML')]).map((line) => line[0])).toEqual(['0', '3', '6']);
  });
});
