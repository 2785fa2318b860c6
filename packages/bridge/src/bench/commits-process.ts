// Bare durable commits, what a loyalty scan is compared with: one row of a journal's size, one transaction, write-ahead log,
// synchronous=FULL. For each line "COUNT GAP_MS" on stdin: the nanoseconds of each commit, then "done".
//   commits-process FILE
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { sleep, systemClock } from '@tillbridge/core';

const ID = '01KABCDEFGHJKMNPQRSTVWXYZ0';
const db = new DatabaseSync(process.argv[2] ?? '');
db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (seq INTEGER PRIMARY KEY, time INTEGER, scan TEXT, hash BLOB, text TEXT)');
const insert = db.prepare('INSERT INTO row (time, scan, hash, text) VALUES (?, ?, ?, ?)');
const hash = new Uint8Array(32).fill(7);
const text = 'x'.repeat(120);

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const [count = 0, gapMs = 0] = line.split(' ').map(Number);
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    await sleep(systemClock, gapMs);
    const start = systemClock.mono();
    db.exec('BEGIN IMMEDIATE');
    insert.run(Math.round(start), ID, hash, text);
    db.exec('COMMIT');
    times.push(Math.round((systemClock.mono() - start) * 1e6));
  }
  process.stdout.write(`${times.join('\n')}\ndone\n`);
}
db.close();
