import { describe, expect, it, test } from 'vitest';
import { digestChallenge, digestHeader, type DigestChallenge } from './digest.js';

const given = (headers: readonly string[]): DigestChallenge => {
  const challenge = digestChallenge(headers);
  if (challenge === undefined) throw new Error('it should have been a challenge');
  return challenge;
};

describe('HTTP Digest', () => {
  // RFC 7616, 3.9.1: Mufasa asks for /dir/index.html
  const rfc = (algorithm: string): string =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const request = { method: 'GET', uri: '/dir/index.html', count: 1, cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' };

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('answers as the RFC does with %s', (algorithm, response) => {
    const header = digestHeader(given([rfc(algorithm)]), 'Mufasa', 'Circle of Life', request);
    expect(header).toContain(`response="${response}"`);
    expect(header).toContain('nc=00000001');
    expect(header).toContain('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"');
  });

  test('takes the strongest of several, in one header or in two', () => {
    expect(given([rfc('MD5'), rfc('SHA-256')]).algorithm).toBe('SHA-256');
    expect(given([`Basic realm="x", ${rfc('MD5')}, ${rfc('SHA-256')}`]).algorithm).toBe('SHA-256');
  });

  it.each([
    ['none', []],
    ['only basic', ['Basic realm="a"']],
    ['an algorithm that nobody knows', ['Digest realm="a", nonce="b", algorithm=MD4']],
    ['no nonce', ['Digest realm="a"']],
    ['only auth-int', ['Digest realm="a", nonce="b", qop="auth-int"']],
    ['too much of it', [`Digest realm="${'x'.repeat(5000)}", nonce="b"`]],
  ])('%s cannot be answered', (_, headers) => {
    expect(digestChallenge(headers)).toBeUndefined();
  });

  test('a server without qop, a stale nonce, and quotes inside a name', () => {
    const old = given(['Digest realm="a \\"b\\"", nonce="n", stale=TRUE']);
    expect(old).toMatchObject({ realm: 'a "b"', qop: false, stale: true, algorithm: 'MD5' });
    expect(digestHeader(old, 'u"x', 'p', { method: 'GET', uri: '/', count: 1 })).toMatch(/^Digest username="u\\"x", realm="a \\"b\\"".*response="[0-9a-f]{32}"$/);
  });
});
