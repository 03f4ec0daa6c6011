/**
 * `npm run chaos`: everything is killed while folders are screened, and nothing may be lost.
 *
 * Workers and the API get SIGKILL, Redis and PostgreSQL are restarted, submissions are repeated until they are
 * acknowledged. At the end every acknowledged submission must be there once, every folder must have one result, and
 * every ranking and list of calculations must be, byte for byte, what `adatom screen` writes for the same folder.
 */
import { parseArgs } from 'node:util';
import { runChaos } from './chaos/run-chaos.ts';

const { values } = parseArgs({
  options: {
    folders: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '50' },
    restarts: { type: 'string', default: '5' },
  },
});
const figures = await runChaos({
  folders: Number(values.folders),
  workerKills: Number(values.kills),
  restarts: Number(values.restarts),
  note: (text) => process.stderr.write(`${text}\n`),
});
process.stdout.write(`${JSON.stringify(figures, null, 1)}\n`);
process.exitCode = figures.problems.length === 0 ? 0 : 1;
