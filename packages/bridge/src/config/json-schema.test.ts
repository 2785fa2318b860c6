import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configJsonSchema } from './index.js';
import { fails, lines } from './test-support.js';

interface Node {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: unknown;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

const schema = configJsonSchema() as Node;

function walk(node: Node, path: string, visit: (node: Node, path: string) => void): void {
  visit(node, path);
  for (const [key, child] of Object.entries(node.properties ?? {})) walk(child, `${path}.${key}`, visit);
  for (const child of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.items === undefined ? [] : [node.items])]) walk(child, path, visit);
}

describe('the JSON Schema', () => {
  it('describes every key and allows no other', () => {
    const bare: string[] = [];
    let keys = 0;
    walk(schema, '', (node, path) => {
      for (const [key, child] of Object.entries(node.properties ?? {})) {
        keys += 1;
        if ((child.description ?? '').length < 8) bare.push(`${path}.${key}`);
      }
      if (node.properties !== undefined) expect(node.additionalProperties, path).toBe(false);
    });
    expect(bare).toEqual([]);
    expect(keys).toBeGreaterThan(100);
  });

  it('has every key that the documentation names', () => {
    const found = new Set<string>();
    walk(schema, '', (_, path) => found.add(path.slice(1)));
    const keys = [
      'version', 'store', 'machine', 'readers.id', 'readers.type', 'readers.path', 'readers.match.vid', 'readers.match.pid', 'readers.match.serial', 'readers.match.port', 'readers.layout', 'readers.layout.data.offset', 'readers.redirect', 'readers.flushMs', 'readers.suffix', 'readers.gapMs', 'readers.access', 'readers.gs',
      'readers.auto', 'readers.baudRate', 'readers.dataBits', 'readers.parity', 'readers.stopBits', 'readers.rtscts', 'readers.dtr',
      'readers.framing.suffix', 'readers.framing.idleMs', 'readers.framing.quietMs', 'readers.framing.maxBytes', 'readers.charset',
      'readers.fallbackCharset', 'readers.feedback.applied', 'readers.unmatched', 'readers.listen', 'readers.connect', 'codes.name', 'codes.kind',
      'codes.match', 'codes.symbologies', 'codes.requireSymbology', 'codes.readers', 'codes.oneTime', 'translators.type', 'translators.codes',
      'translators.number', 'on.notFound', 'on.unavailable', 'on.blocked', 'on.ambiguous', 'tills.id', 'tills.adapter', 'tills.transport',
      'tills.link', 'tills.path', 'tills.suffix', 'tills.prefix', 'tills.pad', 'tills.track2', 'tills.template.card', 'tills.gapMs',
      'tills.backlogMs', 'tills.expireMs', 'tills.duplicateMs', 'tills.requirePeer', 'tills.url', 'tills.secrets.key', 'tills.timeoutMs',
      'routes.readers', 'routes.till', 'routes.goods', 'api.host', 'api.port', 'api.origins', 'api.console', 'stations.listen', 'stations.tls.cert',
      'stations.tls.key', 'stations.peers.id', 'stations.peers.till', 'stations.peers.allow', 'stations.peers.secrets.token', 'receipts.mode',
      'journal.keepDays', 'log.level', 'log.file',
    ];
    expect(keys.filter((key) => !found.has(key))).toEqual([]);
  });

  it('tells defaults, of what is transformed too', () => {
    const told = new Map<string, Set<string>>();
    walk(schema, '', ({ default: value }, path) => {
      if (value !== undefined) told.set(path.slice(1), (told.get(path.slice(1)) ?? new Set()).add(JSON.stringify(value)));
    });
    const defaults = (path: string) => [...(told.get(path) ?? [])].sort();
    expect(defaults('readers.baudRate')).toEqual(['9600']);
    expect(defaults('readers.framing.idleMs')).toEqual(['120']);
    expect(defaults('readers.framing.quietMs')).toEqual(['20']);
    expect(defaults('readers.framing.suffix')).toEqual(['["CR","LF","CRLF","TAB","ETX"]']);
    expect(defaults('tills.duplicateMs')).toEqual(['2000']);
    expect(defaults('tills.backlogMs')).toEqual(['2000']);
    expect(defaults('tills.gapMs')).toEqual(['0', '100']);
    // what has none tells none
    expect(defaults('readers.path')).toEqual([]);
  });

  it('agrees with the program about files', () => {
    const external = z.fromJSONSchema(configJsonSchema());
    const valid = {
      version: 1,
      readers: [{ id: 'a', type: 'serial', path: '/dev/a', framing: { idleMs: 'off' } }],
      tills: [{ id: 'h', adapter: 'webhook', url: 'https://x.example', secrets: { key: '${env:K}' } }],
      api: 'off',
    };
    const wrong = [
      { ...valid, version: 2 },
      { ...valid, extra: 1 },
      { ...valid, readers: [{ id: 'a', type: 'mobil' }] },
      { ...valid, tills: [{ ...valid.tills[0], secrets: { key: 'in-line' } }] },
      { ...valid, api: 'of' },
      { ...valid, tills: undefined },
    ];
    expect(external.safeParse(valid).success).toBe(true);
    expect(lines(JSON.stringify(valid), { env: { K: 'k' } })).toEqual([]);
    for (const document of wrong) {
      expect(external.safeParse(document).success).toBe(false);
      expect(fails(JSON.stringify(document), { env: { K: 'k' } })).not.toEqual([]);
    }
  });
});
