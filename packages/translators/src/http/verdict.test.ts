import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseJson, type Tree } from './answer-tree.js';
import { compileRules, RuleProblem, type CompiledRule } from './judge.js';
import { answerRule, type AnswerRule } from './response-schema.js';
import { judgeLookUp } from './verdict.js';

const vars: Readonly<Record<string, readonly string[]>> = { blocked: ['4', '7'], none: [] };
const fill = (text: string): readonly string[] | undefined => {
  const name = /^\{\{vars\.(\w+)\}\}$/.exec(text)?.[1];
  return name === undefined ? [text] : vars[name];
};
const compiled = (rules: readonly AnswerRule[]): readonly CompiledRule<AnswerRule>[] => compileRules(rules.map((rule) => answerRule.parse(rule)), fill);
const treeOf = (body: string): Tree | undefined => {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
};
const judge = (rules: readonly CompiledRule<AnswerRule>[], status: number, body: string, call = 'byCard', accept = 'card') => judgeLookUp(rules, { status, empty: body === '', tree: treeOf(body) }, call, accept);

describe('what an answer means', () => {
  const rules = compiled([
    { path: 'errorCode', in: [3], then: 'notFound' },
    { path: 'errorCode', in: ['20', '29'], then: 'notFound', reason: 'badPhone' },
    { path: 'errorCode', in: ['{{vars.blocked}}'], then: 'blocked' },
    { path: 'errorCode', in: ['{{vars.none}}'], then: 'found' },
    { path: 'errorCode', exists: true, then: 'badResponse', reason: 'errorCode' },
    { http: ['4xx', 503], empty: true, then: 'unavailable' },
    { path: 'client.state', match: '^block', then: 'blocked' },
    { path: 'cards[*]', more: 1, then: 'ambiguous' },
    { path: 'only', exists: true, calls: ['byPhone'], then: 'codeUsed' },
    { path: 'only', exists: true, kinds: ['appCode'], then: 'codeExpired' },
    { path: 'client', exists: true, all: [{ path: 'status', in: ['ok', null] }], then: 'found' },
    { http: 200, empty: true, then: 'notFound', reason: 'empty' },
    { http: 200, format: false, then: 'unavailable', reason: 'page' },
  ]);

  it.each<readonly [number, string, string]>([
    [200, '{"errorCode":3}', '1 notFound'],
    [500, '{"errorCode":"29"}', '2 notFound badPhone'],
    [200, '{"errorCode":7}', '3 blocked'],
    [200, '{"errorCode":77,"client":{}}', '5 badResponse errorCode'],
    [200, '{"errorCode":null,"client":{"state":"blocked"}}', '7 blocked'],
    [200, '{"cards":[1,2]}', '8 ambiguous'],
    [200, '{"cards":[1],"client":{"state":"ok"},"status":"ok"}', '11 found'],
    [200, '{"client":{"state":"ok"},"status":null}', '11 found'],
    [200, '{"client":{"state":"ok"},"status":"no"}', '- badResponse noRule'],
    [500, '{"client":{"state":"ok"},"status":"ok"}', '- unavailable http500'],
    [302, '{"client":{"state":"ok"},"status":"ok"}', '- badResponse redirect'],
    [200, '', '12 notFound empty'],
    [404, '', '6 unavailable'],
    [404, '{}', '- badResponse http404'],
    [401, '{}', '- authError'],
    [429, '{}', '- rateLimited'],
    [502, '<html>', '- unavailable http502'],
    [200, '<html>', '13 unavailable page'],
    [200, '{"client":null}', '- badResponse noRule'],
  ])('%i %s is %s', (status, body, expected) => {
    const { verdict, reason, rule } = judge(rules, status, body);
    expect([rule ?? '-', verdict, ...(reason === undefined ? [] : [reason])].join(' ')).toBe(expected);
  });

  test('a rule for one call or one kind of code is for nothing else', () => {
    expect(judge(rules, 200, '{"only":1}', 'byPhone').verdict).toBe('codeUsed');
    expect(judge(rules, 200, '{"only":1}', 'byCard', 'appCode').verdict).toBe('codeExpired');
    expect(judge(rules, 200, '{"only":1}').verdict).toBe('badResponse');
  });

  test('without a rule that says so nobody is found, and nobody is told that he does not exist', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.json(), fc.boolean(), (status, body, empty) => {
        expect(['authError', 'rateLimited', 'unavailable', 'badResponse']).toContain(judge([], status, empty ? '' : body).verdict);
      }),
    );
  });

  test('whatever a platform answers, a refusing status never finds anybody unless its rule names the status', () => {
    const anyStatus = compiled([{ path: 'a', exists: true, then: 'found' }, { path: 'b', exists: true, http: ['4xx'], then: 'found' }]);
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), (status) => {
        expect(judge(anyStatus, status, '{"a":1}').verdict).not.toBe('found');
      }),
    );
    expect(judge(anyStatus, 404, '{"b":1}').verdict).toBe('found');
  });

  it.each<readonly [AnswerRule, string]>([
    [{ path: 'a[', in: ['x'], then: 'found' }, 'the path cannot be read'],
    [{ exists: true, then: 'found' }, 'need a path'],
    [{ path: 'a', then: 'found' }, 'a path needs'],
    [{ path: 'a', match: '(', then: 'found' }, 'match is no regular expression'],
    [{ all: [{}], then: 'found' }, 'need a path'],
  ])('%j: %s', (rule, problem) => {
    expect(() => compiled([{ http: 200, then: 'badResponse' }, rule])).toThrow(RuleProblem);
    expect(() => compiled([{ http: 200, then: 'badResponse' }, rule])).toThrow(problem);
    expect(() => compiled([{ http: 200, then: 'badResponse' }, rule])).toThrow('rule 2');
  });
});
