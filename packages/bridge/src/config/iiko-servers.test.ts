import { describe, expect, it } from 'vitest';
import { hostsOf } from './index.js';
import { lines, load, withLines } from './test-support.js';

const env = { S: 'client-secret', K: 'api-key', L: 'api-login', P: 'password' };
const APP = 'appId: 5d4b1a2c-0000-4000-8000-000000000001';
const V2 = `${APP}, secrets: { clientSecret: "\${env:S}", apiKey: "\${env:K}" }`;
const V1 = 'secrets: { apiLogin: "${env:L}" }';
const CARD = 'nativeIdentifier: { card: iikoCardNumber }';
const config = (fields: string): string => withLines({ tills: `  - { id: front, adapter: iiko, ${fields} }` });
const problems = (fields: string): readonly string[] => lines(config(fields), { env }).map((line) => line.replace(/^[^ ]+ /, ''));

describe('iiko through iikoCloud', () => {
  it('needs a login and what the numbers are', () => {
    const loaded = load(config(`transport: cloud, ${V2}, ${CARD}`), { env });
    expect(loaded.config.tills[0]).toMatchObject({ url: 'https://api-ru.iiko.services', order: 'context', expireMs: 30_000, timeoutMs: 8000, guestName: 'Гость', phone: 'e164' });
    expect(hostsOf(loaded.config)).toEqual(['api-ru.iiko.services']);
  });

  it('Syrve is another address', () => {
    expect(hostsOf(load(config(`transport: cloud, url: https://api-eu.syrve.live, ${V1}, ${CARD}`), { env }).config)).toEqual(['api-eu.syrve.live']);
  });

  it.each([
    ['no secret at all', `transport: cloud, secrets: {}, ${CARD}`, 'tills[0].secrets: one login is needed'],
    ['half of a login', `transport: cloud, secrets: { clientSecret: "\${env:S}", apiKey: "\${env:K}" }, ${CARD}`, 'one login is needed'],
    ['two logins', `transport: cloud, ${APP}, secrets: { clientSecret: "\${env:S}", apiKey: "\${env:K}", apiLogin: "\${env:L}" }, ${CARD}`, 'one login is needed'],
    ['a secret in line', `transport: cloud, secrets: { apiLogin: hello }, ${CARD}`, 'tills[0].secrets.apiLogin'],
    ['no meaning of the numbers', `transport: cloud, ${V1}`, 'nativeIdentifier'],
    ['a meaning that the cloud cannot serve', `transport: cloud, ${V1}, nativeIdentifier: { card: rmsDiscountCard }`, 'tills[0].nativeIdentifier.card'],
    ['a text for another plugin without a key', `transport: cloud, ${V1}, nativeIdentifier: { card: externalData }`, 'tills[0].nativeIdentifier.card: `externalData` must say'],
    ['a table by its number', `transport: cloud, ${V1}, ${CARD}, order: { tables: [5] }`, 'tills[0].order'],
    ['a password in the address', `transport: cloud, url: "https://u:p@host", ${V1}, ${CARD}`, 'tills[0].url'],
    ['a code whose kind means nothing', `transport: cloud, ${V1}, nativeIdentifier: { phone: iikoCardPhone }`, 'tills[0].nativeIdentifier'],
  ])('%s is refused', (_name, fields, problem) => {
    expect(problems(fields)).toEqual([expect.stringContaining(problem)]);
  });
});

describe('iiko through the POS server', () => {
  const server = 'transport: pos-server, user: pos, secrets: { password: "${env:P}" }';

  it('needs a user, and reads back where it is told how', () => {
    const loaded = load(config(`${server}, ${CARD}`), { env });
    expect(loaded.config.tills[0]).toMatchObject({ url: 'http://localhost:7001', timeoutMs: 2500, expireMs: 10_000 });
    expect(hostsOf(load(config(`${server}, ${CARD}, readBack: { ${V2} }`), { env }).config)).toEqual(['api-ru.iiko.services', 'localhost:7001']);
  });

  it.each([
    ['a coupon, which it cannot serve', `${server}, nativeIdentifier: { card: iikoCardNumber, coupon: iikoCardCoupon }`, 'coupon'],
    ['reading back without a login', `${server}, ${CARD}, readBack: { secrets: {} }`, 'tills[0].readBack.secrets: one login'],
  ])('%s is refused', (_name, fields, problem) => {
    expect(problems(fields)).toEqual([expect.stringContaining(problem)]);
  });
});
