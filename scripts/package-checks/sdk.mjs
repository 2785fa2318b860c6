// The SDK as its users have it: installed from its tarball, as both module systems, and bundled for a web page.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { runOk } from './run.mjs';
import { withNode } from './runtimes.mjs';

/** The browser client, bundled, minified and compressed, may have this many bytes. */
export const BROWSER_LIMIT = 12 * 1024;

/** A whole sale with the bridge inside the program. */
const SALE = `
  const bridge = await createBridge({
    readers: [{ id: 'scanner', type: 'till', till: 'front' }],
    codes: [{ name: 'universal', kind: 'card', match: '^98(?<value>\\\\d{14})$' }],
    translators: [{ type: 'rule', number: '2{value:4..14}{ean13}' }],
    tills: [{ id: 'front', adapter: 'client' }],
  });
  const scanned = bridge.scan('9812345678901234', { wait: true });
  for await (const delivery of bridge.deliveries('front', { credit: 1 })) {
    const number = await delivery.claim();
    await delivery.done('applied');
    console.log(number.reveal(), String(number));
    break;
  }
  console.log((await scanned).outcome);
  await bridge.close();
`;
const PROGRAMS = {
  'sale.mjs': `import { createBridge } from '@tillbridge/sdk';\n${SALE}`,
  'sale.cjs': `const { createBridge } = require('@tillbridge/sdk');\n(async () => {${SALE}})().catch((error) => { console.error(error); process.exit(1); });`,
};

/** Runs a sale in a project that has the SDK installed, as an ES module and as CommonJS. Problems, if any. */
export async function sellsBothWays(project, nodeFolder) {
  const node = join(nodeFolder, process.platform === 'win32' ? 'node.exe' : 'node');
  const problems = [];
  for (const [name, program] of Object.entries(PROGRAMS)) {
    writeFileSync(join(project, name), program);
    const { stdout } = await runOk(node, [name], { cwd: project, env: withNode(nodeFolder), timeoutMs: 30_000 });
    if (stdout !== '2456789012341 ****2341\napplied\n') problems.push(`${name} printed ${JSON.stringify(stdout)}`);
  }
  return problems;
}

/** Bundles the browser client out of a project as a web page's author would, and looks at its size and at what it needs. */
export async function browserBundleProblems(project) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: "export * from '@tillbridge/sdk/browser';", resolveDir: project, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const text = outputFiles.map((file) => file.text).join('');
  const size = gzipSync(text, { level: 9 }).length;
  // what it would need of Node.js or of other packages that are not there, the bundler has refused already
  const foreign = Object.keys(metafile.inputs).filter((path) => path !== '<stdin>' && !path.includes('@tillbridge/sdk/'));
  return [...(size > BROWSER_LIMIT ? [`${size} bytes, more than ${BROWSER_LIMIT}`] : []), ...foreign.map((path) => `it brings ${path} along`)];
}
