import { describe, expect, it } from 'vitest';
import { CONTROL_CALLER, PUBLIC_CALLER, type Caller } from '../../control/scope.js';
import { checkAccess } from './access.js';
import { checkHost } from './host.js';
import { isOrigin } from '../../config/origin.js';
import { checkOrigin } from './origin.js';
import { checkPeer } from './peer.js';
import { checkSize, MAX_REQUEST_BYTES } from './size.js';
import { presentedToken } from './token.js';
import type { Verdict } from './verdict.js';

const verdict = (given: Verdict): string => (given.ok ? 'pass' : `${given.status} ${given.reason}`);

describe('the peer', () => {
  it.each([
    ['127.0.0.1', 'pass'],
    ['127.255.255.254', 'pass'],
    ['::1', 'pass'],
    ['0:0:0:0:0:0:0:1', '403 peer'], // no socket writes it so: whoever does is not the system
    ['::ffff:127.0.0.1', 'pass'],
    ['::FFFF:127.9.9.9', 'pass'],
    ['::ffff:7f00:1', '403 peer'],
    ['::ffff:10.0.0.1', '403 peer'],
    ['::127.0.0.1', '403 peer'],
    ['::2', '403 peer'],
    ['fe80::1', '403 peer'],
    ['::1%lo', '403 peer'],
    ['10.0.0.1', '403 peer'],
    ['0.0.0.0', '403 peer'],
    ['128.0.0.1', '403 peer'],
    ['12.7.0.0', '403 peer'],
    ['127.0.0.1.evil.example', '403 peer'],
    ['127.1', '403 peer'],
    ['localhost', '403 peer'],
    ['', '403 peer'],
    [undefined, '403 peer'],
  ])('%j: %s', (address, expected) => {
    expect(verdict(checkPeer(address))).toBe(expected);
  });
});

describe('the host', () => {
  const own = { host: '127.0.0.1', port: 7843 };
  it.each([
    ['127.0.0.1:7843', 'pass'],
    ['localhost:7843', 'pass'],
    ['LOCALHOST:7843', 'pass'],
    ['[::1]:7843', 'pass'],
    ['127.0.0.1', '403 host'],
    ['127.0.0.1:80', '403 host'],
    ['127.0.0.1:07843', '403 host'],
    ['127.0.0.1:7843 ', '403 host'],
    ['127.0.0.1:7843,evil.example', '403 host'],
    ['127.0.0.2:7843', '403 host'],
    ['127.1:7843', '403 host'],
    ['0.0.0.0:7843', '403 host'],
    ['2130706433:7843', '403 host'],
    ['0x7f.1:7843', '403 host'],
    ['::1:7843', '403 host'],
    ['[::]:7843', '403 host'],
    ['[0:0:0:0:0:0:0:1]:7843', '403 host'],
    ['[::ffff:127.0.0.1]:7843', '403 host'],
    ['localhost.:7843', '403 host'],
    ['localhost.evil.example:7843', '403 host'],
    ['evil.example:7843', '403 host'],
    ['127.0.0.1.nip.io:7843', '403 host'],
    ['127.0.0.1:7843@evil.example', '403 host'],
    ['user@127.0.0.1:7843', '403 host'],
    ['loc\u0430lhost:7843', '403 host'],
    ['', '403 host'],
  ])('%j: %s', (host, expected) => {
    expect(verdict(checkHost([host], own))).toBe(expected);
  });

  it('is there, once', () => {
    expect(verdict(checkHost([], own))).toBe('403 host');
    expect(verdict(checkHost(['127.0.0.1:7843', '127.0.0.1:7843'], own))).toBe('403 host');
    expect(verdict(checkHost(['127.0.0.1:7843', 'evil.example'], own))).toBe('403 host');
  });

  it('needs no port on the port of the scheme, and only there', () => {
    expect(verdict(checkHost(['localhost'], { host: '127.0.0.1', port: 80 }))).toBe('pass');
    expect(verdict(checkHost(['evil.example'], { host: '127.0.0.1', port: 80 }))).toBe('403 host');
  });

  it('may be the loopback address that we listen on', () => {
    expect(verdict(checkHost(['127.0.0.5:7843'], { host: '127.0.0.5', port: 7843 }))).toBe('pass');
    expect(verdict(checkHost(['[::1]:7843'], { host: '::1', port: 7843 }))).toBe('pass');
  });
});

describe('the origin', () => {
  const listed = ['https://till.example', 'http://10.0.0.5:8080'];
  it.each([
    ['https://till.example', 'pass'],
    ['http://10.0.0.5:8080', 'pass'],
    ['http://till.example', '403 origin'],
    ['https://till.example:443', '403 origin'],
    ['https://till.example:8443', '403 origin'],
    ['https://till.example.', '403 origin'],
    ['https://till.example/', '403 origin'],
    ['https://TILL.example', '403 origin'],
    ['https://till.example.evil.example', '403 origin'],
    ['https://eviltill.example', '403 origin'],
    ['https://evil.till.example', '403 origin'],
    ['https://till-example', '403 origin'],
    ['https://till.exampl\u0435', '403 origin'],
    ['https://till.example@evil.example', '403 origin'],
    ['https://till.example, https://evil.example', '403 origin'],
    ['https://till.example https://evil.example', '403 origin'],
    [' https://till.example', '403 origin'],
    ['http://10.0.0.5', '403 origin'],
    ['http://10.0.0.50:8080', '403 origin'],
    ['http://127.0.0.1:7843', '403 origin'],
    ['http://localhost', '403 origin'],
    ['null', '403 origin'],
    ['file://', '403 origin'],
    ['chrome-extension://abcdefgh', '403 origin'],
    ['*', '403 origin'],
    ['', '403 origin'],
  ])('%j: %s', (origin, expected) => {
    expect(verdict(checkOrigin({ origin, fetchSite: undefined }, listed))).toBe(expected);
  });

  it('of nobody is listed where the list is empty', () => {
    for (const origin of ['null', '', 'https://till.example', 'undefined']) expect(verdict(checkOrigin({ origin, fetchSite: undefined }, []))).toBe('403 origin');
  });

  it.each([
    [undefined, 'pass'],
    ['none', 'pass'],
    ['same-origin', 'pass'],
    ['same-site', '403 crossSite'],
    ['cross-site', '403 crossSite'],
    ['', '403 crossSite'],
    ['none, cross-site', '403 crossSite'],
    ['Cross-Site', '403 crossSite'],
  ])('absent, with Sec-Fetch-Site %j: %s', (fetchSite, expected) => {
    expect(verdict(checkOrigin({ origin: undefined, fetchSite }, listed))).toBe(expected);
  });

  it('that is listed may be cross-site: that is what the list is for', () => {
    expect(verdict(checkOrigin({ origin: 'https://till.example', fetchSite: 'cross-site' }, listed))).toBe('pass');
  });

  it.each([
    ['https://till.example', true],
    ['http://10.0.0.5:8080', true],
    ['http://[::1]:3000', true],
    ['https://till.example:443', false],
    ['https://till.example/', false],
    ['https://Till.example', false],
    ['https://user@till.example', false],
    ['https://каша.рф', false],
    ['ftp://till.example', false],
    ['null', false],
    ['*', false],
  ])('as browsers write it: %j is %s', (text, expected) => {
    expect(isOrigin(text)).toBe(expected);
  });
});

describe('the token', () => {
  const token = `tb_c0123456789_${'A'.repeat(43)}`;
  it.each([
    ['no headers', undefined, undefined, undefined],
    ['a header', `Bearer ${token}`, undefined, token],
    ['the scheme in lower case, two blanks', `bearer  ${token}`, undefined, token],
    ['another scheme', `Basic ${token}`, undefined, ''],
    ['a header without a token', 'Bearer', undefined, ''],
    ['two tokens in one header', `Bearer ${token} ${token}`, undefined, ''],
    ['a token with what has no place in one', 'Bearer tb_x;DROP', undefined, ''],
    ['an endless one', `Bearer ${'A'.repeat(201)}`, undefined, ''],
    ['a subprotocol', undefined, `tillbridge.v1, bearer.${token}`, token],
    ['a subprotocol in front', undefined, `bearer.${token},tillbridge.v1`, token],
    ['other subprotocols', undefined, 'tillbridge.v1, chat', undefined],
    ['two of them', undefined, `bearer.${token}, bearer.${token}`, ''],
    ['an empty one', undefined, 'bearer.', ''],
    ['a wrong header beside a right subprotocol', 'Basic x', `bearer.${token}`, ''],
  ])('%s', (_, authorization, protocols, expected) => {
    expect(presentedToken({ authorization, protocols })).toBe(expected);
  });
});

describe('the access', () => {
  const client = (...scopes: string[]): Caller => ({ kind: 'client', id: 'c1', name: 'x', scopes: scopes as never });
  const tillScope = ({ id = '' }: Readonly<Record<string, string>>): `till:${string}` => `till:${id}`;
  it.each([
    ['a public call, by anybody', 'public', PUBLIC_CALLER, {}, 'pass'],
    ['a call with a scope, by nobody', 'scan:read', PUBLIC_CALLER, {}, '401 token'],
    ['a call for clients, by nobody', 'client', PUBLIC_CALLER, {}, '401 token'],
    ['a call for clients, by one without a scope', 'client', client(), {}, 'pass'],
    ['its scope', 'scan:read', client('scan:read'), {}, 'pass'],
    ['another scope', 'scan:read', client('scan:inject', 'number:reveal'), {}, '403 scope'],
    ['a scope that begins alike', 'scan:read', client('scan:reader'), {}, '403 scope'],
    ['a scope in capitals', 'scan:read', client('SCAN:READ'), {}, '403 scope'],
    ['the scope of its till', tillScope, client('till:front'), { id: 'front' }, 'pass'],
    ['the scope of another till', tillScope, client('till:front'), { id: 'back' }, '403 scope'],
    ['the scope of a till that begins alike', tillScope, client('till:front'), { id: 'front2' }, '403 scope'],
    ['a bare till scope', tillScope, client('till'), { id: 'front' }, '403 scope'],
    ['a star', tillScope, client('till:*'), { id: 'front' }, '403 scope'],
    ['what is for the owner alone, by a client with all scopes', 'control', client('status:read', 'scan:read', 'control'), {}, '403 scope'],
    ['what is for the owner alone, by nobody', 'control', PUBLIC_CALLER, {}, '401 token'],
    ['what is for the owner alone, by the owner', 'control', CONTROL_CALLER, {}, 'pass'],
    ['anything, by the owner', 'number:reveal', CONTROL_CALLER, {}, 'pass'],
  ] as const)('%s', (_, access, caller, params, expected) => {
    expect(verdict(checkAccess(access, caller, params))).toBe(expected);
  });
});

describe('the size', () => {
  it.each([
    [undefined, 'pass'],
    ['0', 'pass'],
    [String(MAX_REQUEST_BYTES), 'pass'],
    [String(MAX_REQUEST_BYTES + 1), '413 size'],
    ['999999999999999', '413 size'],
    ['1e3', '413 size'],
    ['-1', '413 size'],
    ['0x10', '413 size'],
    ['', '413 size'],
    ['10, 10', '413 size'],
  ])('%j: %s', (length, expected) => {
    expect(verdict(checkSize(length))).toBe(expected);
  });
});
