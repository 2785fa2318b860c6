// Bare durable commits, what a loyalty scan is compared with: one row of a journal's size, one transaction, write-ahead log,
// synchronous=FULL. For each line "COUNT GAP_MS" on stdin: the nanoseconds of each commit, then "done".  node commits.mjs FILE
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';

const db = new DatabaseSync(process.argv[2]);
db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (seq INTEGER PRIMARY KEY, time INTEGER, scan TEXT, hash BLOB, text TEXT)');
const insert = db.prepare('INSERT INTO row (time, scan, hash, text) VALUES (?, ?, ?, ?)');
const hash = new Uint8Array(32).fill(7);
const text = 'x'.repeat(120);

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const [count, gapMs] = line.split(' ').map(Number);
  const out = [];
  for (let i = 0; i < count; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, gapMs));
    const start = process.hrtime.bigint();
    db.exec('BEGIN IMMEDIATE');
    insert.run(Number(start / 1_000_000n), '01KABCDEFGHJKMNPQRSTVWXYZ0', hash, text);
    db.exec('COMMIT');
    out.push(process.hrtime.bigint() - start);
  }
  console.log(`${out.join('\n')}\ndone`);
}
