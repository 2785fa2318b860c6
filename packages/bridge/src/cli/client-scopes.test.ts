import { describe, expect, it } from 'vitest';
import { parseScopes } from './client-scopes.js';

describe('--scope', () => {
  it('takes a list, each word once', () => {
    expect(parseScopes('scan:read, status:read,scan:read', undefined)).toEqual(['scan:read', 'status:read']);
    expect(parseScopes('delivery:front,till:bar-2', undefined)).toEqual(['delivery:front', 'till:bar-2']);
  });

  it('completes delivery and till with --till, and leaves those of other tills alone', () => {
    expect(parseScopes('delivery,till,delivery:bar', 'front')).toEqual(['delivery:front', 'till:front', 'delivery:bar']);
  });

  it.each([
    ['', undefined, 'at least one'],
    [' , ', undefined, 'at least one'],
    ['delivery', undefined, '--till'],
    ['delivery', 'a b', 'no name of a till'],
    ['scan:raed', undefined, 'did you mean "scan:read"'],
    ['admin', undefined, 'no scope "admin"'],
    ['delivery:', undefined, 'no scope'],
    ['*', undefined, 'no scope'],
  ])('refuses %j with till %j', (list, till, why) => {
    expect(() => parseScopes(list, till)).toThrow(why);
  });
});
