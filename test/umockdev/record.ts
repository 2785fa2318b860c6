// Records anew what the suites here play back: node test/umockdev/record.ts
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runBench } from '../usb-bench/host/bench.ts';

const here = import.meta.dirname;
const report = await runBench({ folder: join(here, 'record'), say: (text) => console.log(text) });
const wrong = [...report.failures, ...report.checks.filter((check) => !check.ok).map((check) => `${check.check}: ${check.note}`)];
if (wrong.length > 0) {
  console.error(wrong.join('\n'), report.log.slice(-4000));
  process.exitCode = 1;
} else {
  await mkdir(join(here, 'recorded'), { recursive: true });
  for (const [name, content] of report.files) await writeFile(join(here, 'recorded', name), content);
  console.log(`recorded ${[...report.files.keys()].join(', ')} in ${report.seconds.toFixed(0)} s`);
}
