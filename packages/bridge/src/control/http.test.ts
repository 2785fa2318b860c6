import { TillbridgeError } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRouter, defineCall, errorResponse, languageOf, ok, type Call } from './http.js';

const call = (method: 'GET' | 'POST', path: string): Call => defineCall({ method, path, summary: '', access: 'control', answers: {}, handler: () => ok(path) });
const route = createRouter([call('GET', '/hello'), call('POST', '/v1/scans'), call('GET', '/v1/scans'), call('POST', '/v1/tills/:id/order')]);

describe('router', () => {
  test('finds a call by method and whole path', () => {
    expect(route('GET', '/hello')?.call.path).toBe('/hello');
    expect(route('POST', '/v1/scans')?.call.method).toBe('POST');
    expect(route('GET', '/v1/scans')?.call.method).toBe('GET');
    for (const [method, path] of [['POST', '/hello'], ['GET', '/hello/'], ['GET', '/'], ['GET', ''], ['GET', '/v1'], ['HEAD', '/hello']]) expect(route(method ?? '', path ?? '')).toBeUndefined();
  });

  test('parameters are decoded; empty or broken ones match nothing', () => {
    expect(route('POST', '/v1/tills/front/order')?.params).toEqual({ id: 'front' });
    expect(route('POST', '/v1/tills/a%2Fb/order')?.params).toEqual({ id: 'a/b' });
    expect(route('POST', '/v1/tills//order')).toBeUndefined();
    expect(route('POST', '/v1/tills/%zz/order')).toBeUndefined();
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (method, path) => {
      route(method, `/v1/tills/${path}/order`);
      route(method, path);
    }));
  });
});

test('errors become the answers of the contract; foreign ones lose their text', () => {
  expect(errorResponse(new TillbridgeError('TB_API_NOT_FOUND', { what: 'GET /x' }))).toMatchObject({ status: 404, body: { error: { code: 'TB_API_NOT_FOUND', retryable: false } } });
  expect(errorResponse(new TillbridgeError('TB_SCAN_EMPTY'), 'ru')).toMatchObject({ status: 400, body: { error: { message: 'код пуст' } } });
  const foreign = errorResponse(new Error('card 9812345678901234'));
  expect(foreign.status).toBe(500);
  expect(JSON.stringify(foreign)).not.toContain('9812345678901234');
});

test.each([
  ['ru', 'ru'],
  ['ru-RU,ru;q=0.9', 'ru'],
  ['RU', 'ru'],
  ['en', 'en'],
  ['rural', 'en'],
  ['en, ru', 'en'],
  [undefined, 'en'],
])('Accept-Language %s: %s', (header, wanted) => {
  expect(languageOf(header)).toBe(wanted);
});
