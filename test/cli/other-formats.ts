/** The example campaign as other people would have it on their disks: told by vasprun.xml, its outputs packed. */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { memorySource } from '../../model/byte-source.ts';
import { outcarParser } from '../../parsers/outcar.ts';
import { vasprunText } from '../pipeline/vasprun-text.ts';

const PACKERS = [
  ['zstd', '.zst'],
  ['bzip2', '.bz2'],
  ['xz', '.xz'],
] as const;

/** Instead of every OUTCAR a vasprun.xml that says the same. */
export function tellByVasprun(example: string, target: string): void {
  for (const outcar of copied(example, target)) {
    const record = outcarParser.parse(memorySource(readFileSync(outcar)));
    writeFileSync(join(dirname(outcar), 'vasprun.xml'), vasprunText(record));
    rmSync(outcar);
  }
}

/** Every OUTCAR packed, with one program after the other; every fourth stays as it is. */
export function packOutcars(example: string, target: string): void {
  for (const [at, outcar] of copied(example, target).entries()) {
    const packer = PACKERS[at % (PACKERS.length + 1)];
    if (packer === undefined) continue;
    const [program, suffix] = packer;
    writeFileSync(outcar + suffix, execFileSync(program, ['-c', outcar]));
    rmSync(outcar);
  }
}

function copied(example: string, target: string): readonly string[] {
  cpSync(example, target, { recursive: true });
  const paths = readdirSync(target, { recursive: true, encoding: 'utf8' }).sort();
  const outcars = paths.filter((path) => path.endsWith('/OUTCAR'));
  if (outcars.length === 0) throw new Error(`no OUTCAR in ${example}`);
  return outcars.map((path) => join(target, path));
}
