import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PlainPlugin {
  readonly name: string;
  readonly kind: 'adapter' | 'reader' | 'translator';
  /** JavaScript of its entry. */
  readonly code: string;
  /** Put over what a manifest of this kind has. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Put over its package.json. */
  readonly file?: Readonly<Record<string, unknown>>;
}

const CAPABILITIES = {
  adapter: { goods: false, best: 'applied', verify: true },
  reader: { feedback: false },
  translator: {},
} as const;

/** Writes a plugin where npm would have installed it: into `node_modules` of `folder`. Gives its own folder. */
export function installPlugin(folder: string, { name, kind, code, manifest, file }: PlainPlugin): string {
  const own = join(folder, 'node_modules', name);
  mkdirSync(own, { recursive: true });
  const plugin = { kind, api: '^1', entry: './index.js', capabilities: CAPABILITIES[kind], ...manifest };
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name, version: '1.2.3', type: 'module', tillbridge: { plugin }, ...file }));
  writeFileSync(join(own, 'index.js'), code);
  return own;
}

/** An adapter that applies every number; `body` stands in its constructor's place, `deliver` in its delivery. */
export function adapterCode({ top = '', create = '', deliver = "return outcome('applied');", verify = "return outcome('unknown', 'noIdea');", open = '' }: { readonly top?: string; readonly create?: string; readonly deliver?: string; readonly verify?: string; readonly open?: string }): string {
  return `
import { defineAdapter, outcome, PartStatusKeeper } from '@tillbridge/plugin';
${top}
export default defineAdapter(({ id, clock, log, options, secrets }) => {
  const status = new PartStatusKeeper(clock);
  ${create}
  return {
    id,
    capabilities: { goods: false, best: 'applied', verify: true },
    get state() { return status.state; },
    async open(inbound) { status.attach(inbound); ${open} status.set('ready'); },
    async probe() { return [{ level: 'ok', id: 'till', text: 'here' }]; },
    async deliver(delivery, signal) { ${deliver} },
    async verify(delivery) { ${verify} },
    async close() { status.set('closed'); },
  };
});
`;
}

export function translatorCode(translate: string, top = ''): string {
  return `
import { defineTranslator, NativeNumber } from '@tillbridge/plugin';
${top}
export default defineTranslator(({ id, options, log }) => ({
  id, type: 'test', capabilities: { remote: true, hosts: [] },
  async translate(code, context, signal) { ${translate} },
  async close() {},
}));
`;
}
