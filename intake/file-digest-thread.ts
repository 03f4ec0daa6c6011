/** The code of the thread that hashes a file while another thread parses it. */
import { parentPort, workerData } from 'node:worker_threads';
import { type DigestTask, digestOf } from './file-digest.ts';

// `as`: what `digestInThread` sends.
const digest = digestOf(workerData as DigestTask);
parentPort?.postMessage(digest, [digest.lines.newlinesBefore.buffer as ArrayBuffer]);
