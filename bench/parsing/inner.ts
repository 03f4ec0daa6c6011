/**
 * Parses files as the peers do, in a process that is already warm: `inner.ts last|all|tail FILE…` prints what it found
 * and how long opening, reading and parsing took, without the start of the process.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../../model/byte-source.ts';
import type { FileRecord } from '../../model/calculation.ts';
import { parserForName } from '../../parsers/index.ts';

const [mode = 'all', ...paths] = process.argv.slice(2);
let bytesRead = 0;
let last: FileRecord | undefined;
const start = performance.now();
for (const path of paths) last = parse(path);
const innerSeconds = (performance.now() - start) / 1000;
const step = last?.steps?.at(-1);
const answer = {
  innerSeconds,
  bytesRead,
  steps: last?.ionicStepCount,
  keptSteps: last?.steps?.length,
  energySigma0Ev: step?.energySigma0Ev,
  freeEnergyEv: step?.freeEnergyEv,
};
process.stdout.write(`${JSON.stringify(answer)}\n`);

function parse(path: string): FileRecord | undefined {
  const descriptor = openSync(path, 'r');
  try {
    const steps = mode === 'all' ? 'all' : 'last';
    return parserForName(path)?.parse(counted(descriptor), { steps, ...(mode === 'tail' && { tail: true }) });
  } finally {
    closeSync(descriptor);
  }
}

function counted(descriptor: number): ByteSource {
  const read: ByteSource['read'] = (target, offset) => {
    const count = readSync(descriptor, target, 0, target.length, offset);
    bytesRead += count;
    return count;
  };
  return { sizeBytes: fstatSync(descriptor).size, read };
}
