import { PRESET_IDS, presetOf } from '@tillbridge/translators/presets';
import { describe, expect, it, test } from 'vitest';
import { hostsOf, parseConfig, type LoadedConfig } from './index.js';
import { platformOf, type HttpConfig } from './platform.js';

const env = { KEY: 'k-1234567890', USER: 'u-1234567890' };
const load = (translator: string) =>
  parseConfig(`version: 1\nreaders:\n  - { id: counter, type: tcp, listen: "127.0.0.1:0" }\ntills:\n  - { id: front, adapter: client }\ntranslators:\n${translator}\n`, { path: 'tillbridge.yaml', env, readFile: () => new Uint8Array() });
const problems = (translator: string): readonly string[] => {
  const loaded = load(translator);
  return loaded.ok ? [] : loaded.problems.map(({ keyPath, message }) => `${keyPath}: ${message}`);
};
const loaded = (translator: string): LoadedConfig => {
  const config = load(translator);
  if (!config.ok) throw new Error(config.problems.map(({ message }) => message).join());
  return config;
};
const httpOf = ({ config }: LoadedConfig): HttpConfig => {
  const [translator] = config.translators;
  if (translator?.type !== 'http') throw new Error('no http translator');
  return translator;
};

const OWN = `  - type: http
    baseUrl: https://cards.example/api
    accept: [{ kind: card, when: '^\\d{8,19}$', call: find }]
    calls: { find: { path: '/card/{{id}}' } }
    response: { rules: [{ http: 404, then: notFound }, { path: card, exists: true, then: found }], fields: { number: [card] } }`;

describe('a platform in the configuration', () => {
  test('is a preset and its settings', () => {
    const config = loaded('  - { type: http, preset: maxma, secrets: { key: "${env:KEY}" }, vars: { shop: S-01 }, limits: { perSecond: 3 }, cache: { foundMs: 0 } }');
    expect(hostsOf(config.config)).toEqual(['api.maxma.com']);
    const definition = platformOf(httpOf(config));
    expect(definition).toMatchObject({ id: 'maxma', limits: { perSecond: 3 }, cache: { foundMs: 0, notFoundMs: 30_000 } });
    expect(definition?.calls).toEqual(presetOf('maxma')?.calls);
  });

  test('or all of it, in a few lines', () => {
    const config = loaded(OWN);
    expect(hostsOf(config.config)).toEqual(['cards.example']);
    expect(platformOf(httpOf(config))).toMatchObject({ id: 'own', enabled: true, response: { format: 'json' } });
  });

  it.each<readonly [string, string, RegExp]>([
    ['a preset that there is not', '  - { type: http, preset: maxna }', /preset: .*maxna.*maxma/],
    ['a secret that is missing', '  - { type: http, preset: maxma }', /^translators\[0\]: `secrets\.key` is missing: /],
    ['a secret in line', '  - { type: http, preset: maxma, secrets: { key: abc } }', /secret/],
    ['an address without TLS', '  - { type: http, preset: maxma, baseUrl: "http://maxma.example", secrets: { key: "${env:KEY}" } }', /baseUrl: without TLS/],
    ['an address that is none', '  - { type: http, preset: maxma, baseUrl: "maxma.example", secrets: { key: "${env:KEY}" } }', /baseUrl: an address with http or https/],
    ['a password in the address', '  - { type: http, preset: maxma, baseUrl: "https://a:b@maxma.example", secrets: { key: "${env:KEY}" } }', /baseUrl: an address/],
    ['an own platform with half of it', '  - { type: http, baseUrl: "https://a.example" }', /without `preset` needs `accept`/],
    ['a filter that there is not', OWN.replace('{{id}}', '{{id|eval}}'), /no filter eval/],
    ['a name that there is not', OWN.replace('{{id}}', '{{card}}'), /\{\{card\}\} is nothing that there is/],
    ['a call that there is not', OWN.replace('call: find', 'call: search'), /there is no call search/],
    ['a path that is none', OWN.replace('path: card,', 'path: "card[",'), /the path cannot be read/],
    ['a verdict that there is not', OWN.replace('then: notFound', 'then: unknown'), /then: .*unknown/],
    ['an expression that can take for ever', OWN.replace('^\\d{8,19}$', '^(\\d+)+$'), /accept\[0\]\.when: /],
    ['one over answers', OWN.replace('{ path: card, exists: true, then: found }', "{ path: card, match: '(a+)+$', then: found }"), /response\.rules\[1\]\.match: /],
    ['a key that there is not', OWN.replace('baseUrl', 'retries: 3\n    baseUrl'), /retries: unknown key/],
    ['a limit that there is not', OWN + '\n    limits: { perSeconds: 3 }', /perSeconds: unknown key.*perSecond/],
  ])('%s is named', (_, translator, problem) => {
    expect(problems(translator).join('\n')).toMatch(problem);
  });

  test('http is for this machine, or for who says so', () => {
    expect(problems('  - { type: http, preset: maxma, baseUrl: "http://127.0.0.1:8080/x", secrets: { key: "${env:KEY}" } }')).toEqual([]);
    expect(problems('  - { type: http, preset: maxma, baseUrl: "http://10.0.0.7", allowInsecureLan: true, secrets: { key: "${env:KEY}" } }')).toEqual([]);
  });

  test.each([['', ['translators[0]']], [', oneTime: true', []]])('codes for one time that no rule calls so are spoken of (%s)', (once, expected) => {
    const uds = '  - { type: http, preset: uds, vars: { company: "1" }, secrets: { key: "${env:KEY}" } }';
    const warned = (codes: string): readonly string[] => loaded(`${uds}\ncodes:\n${codes}`).warnings.filter(({ message }) => message.includes('oneTime')).map(({ keyPath }) => keyPath);
    expect(warned(`  - { name: app, kind: card, match: '^\\d{6}$'${once} }`)).toEqual(expected);
    expect(warned("  - { name: tel, kind: phone, match: '^\\+7\\d{10}$' }")).toEqual([]);
  });

  test('one that is left out needs nothing and contacts nobody', () => {
    const config = loaded('  - { type: http, preset: maxma, enabled: false }');
    expect(hostsOf(config.config)).toEqual([]);
  });

  it.each(PRESET_IDS)('%s: a guess has to be switched on, and every required setting is asked for', (id) => {
    const preset = presetOf(id);
    const guess = preset?.enabled === false;
    const said = problems(`  - { type: http, preset: ${id}${guess ? '' : ', enabled: true'} }`).join('\n');
    if (guess) expect(said).toContain('enabled: true');
    const required = (preset?.settings ?? []).filter((setting) => setting.required !== false && setting.default === undefined && (setting.key !== 'baseUrl' || preset?.baseUrl === undefined));
    const on = problems(`  - { type: http, preset: ${id}, enabled: true }`).join('\n');
    for (const { key } of required) expect(on).toContain(`\`${key}\` is missing`);
    if (required.length === 0 && preset?.baseUrl !== undefined) expect(on).toBe('');
  });
});
