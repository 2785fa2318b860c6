import { DatabaseSync } from 'node:sqlite';
import { silentLog, systemClock } from '@tillbridge/core';
import { describeJournal } from '@tillbridge/testkit/suites';
import { afterCrash, temporaryFolder } from './fixture.js';
import { openJournal, type SqliteJournal } from './sqlite-journal.js';
import { verifyJournal } from './verify.js';

const processUrl = new URL('../../dist/journal-process.js', import.meta.url);

describeJournal('on SQLite', async () => {
  const places = [temporaryFolder()];
  const journals: SqliteJournal[] = [];
  const place = (): (typeof places)[number] => places.at(-1)!;
  const open = async (): Promise<SqliteJournal> => {
    const journal = await openJournal({ folder: place().folder, clock: systemClock, log: silentLog, processUrl });
    journals.push(journal);
    return journal;
  };
  return {
    journal: await open(),
    durable: () => {
      if (!verifyJournal(place().folder).ok) throw new Error('the chain is broken');
      const db = new DatabaseSync(place().folder.file('journal.db'), { readOnly: true });
      const entries = db.prepare("SELECT type || ' ' || scan_id AS entry FROM entries ORDER BY seq").all();
      db.close();
      return entries.map(({ entry }) => String(entry));
    },
    crash: () => {
      places.push(afterCrash(place().folder));
      return open();
    },
    dispose: async () => {
      await Promise.all(journals.map((journal) => journal.close()));
      for (const one of places) one.dispose();
    },
  };
});
