// node scripts/sbom.mjs FILE: what the published packages bring along, as CycloneDX JSON; without times, so that the same lock gives the same file.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { root } from './packages.mjs';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node scripts/sbom.mjs FILE');
  process.exit(2);
}
const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
const bom = JSON.parse(text);
delete bom.serialNumber;
delete bom.metadata.timestamp;
writeFileSync(file, `${JSON.stringify(bom, undefined, 2)}\n`);
console.log(`${file}: ${String(bom.components.length)} components`);
