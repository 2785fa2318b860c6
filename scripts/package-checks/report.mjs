// Runs named checks, prints one line each, and counts.

const why = (error) => (error instanceof Error ? error.message : String(error)).trim().replaceAll('\n', '\n       ');

export class Report {
  #name;

  passed = 0;
  failed = 0;
  skipped = 0;

  /** @param name of what is checked, for the last line */
  constructor(name = 'packages') {
    this.#name = name;
  }

  /** Runs one check; it fails by throwing, or by giving a list of problems that is not empty. */
  async check(name, work) {
    try {
      const problems = (await work()) ?? [];
      if (problems.length > 0) throw new Error(problems.join('\n'));
      this.passed += 1;
      console.log(`ok     ${name}`);
    } catch (error) {
      this.failed += 1;
      console.log(`FAILED ${name}\n       ${why(error)}`);
    }
  }

  skip(name, reason) {
    this.skipped += 1;
    console.log(`skip   ${name}: ${reason}`);
  }

  get line() {
    return `${this.#name}: ${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }
}

/** Runs `jobs` (functions that give promises) at most `width` at a time. */
export async function inParallel(width, jobs) {
  const left = [...jobs];
  const worker = async () => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) await job();
  };
  await Promise.all(Array.from({ length: width }, worker));
}
