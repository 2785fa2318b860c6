// The bench by hand: node test/usb-bench/run.ts [--log] [--console] [group ...]
import { runBench } from './host/bench.ts';

const argv = process.argv.slice(2);
const groups = argv.filter((word) => !word.startsWith('--'));
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());

const report = await runBench({ ...(groups.length > 0 ? { groups } : {}), say: (text) => console.log(text), signal: stop.signal });
for (const { ok, group, check, ms, note } of report.checks) console.log(`${ok ? 'ok    ' : 'FAILED'} ${group}: ${check} (${String(ms)} ms) ${note}`);
for (const failure of report.failures) console.log(`FAILED ${failure}`);
for (const { group, beginS, endS } of report.spans) console.log(`time   ${group}: ${(endS - beginS).toFixed(1)} s from ${beginS.toFixed(1)} s`);
const failed = report.checks.filter((check) => !check.ok).length + report.failures.length;
if (failed > 0 || argv.includes('--log')) console.log(`-- log\n${report.log.slice(-20_000)}`);
if (failed > 0 || argv.includes('--console')) console.log(`-- console\n${report.console.slice(-6000)}`);
console.log(`${String(report.checks.length)} checks, ${String(failed)} failed, ${report.seconds.toFixed(1)} s`);
process.exitCode = failed === 0 && report.checks.length > 0 ? 0 : 1;
