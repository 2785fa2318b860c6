import { runRecognition, type RecognitionJob } from './recognition-run.js';

// bundled and started by recognition.ts: its job is its argument, its result what it prints
const job = JSON.parse(process.argv[2] ?? '{}') as RecognitionJob;
process.stdout.write(JSON.stringify(await runRecognition(job)));
