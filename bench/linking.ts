/**
 * How long it takes to say what belongs together, and how that grows from 100 to 10,000 calculations:
 * `npx tsx bench/linking.ts [--calculations 100,1000,10000] [--own-references] [--keep]`. With `--own-references` every
 * family brings an atom and a metal of its own, so that the choice is one among hundreds: the time must not grow faster.
 *
 * Timed is everything between the parsed records and the systems with their links: merging the files of each run, roles,
 * links, facets, paths. The answer is checked: every system and every link that was put in has to come out.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type Assembly, assembleScreening } from '../pipeline/assemble-screening.ts';
import { type SyntheticTree, syntheticTree } from './linking/synthetic-tree.ts';

const { values } = parseArgs({
  options: {
    calculations: { type: 'string', default: '100,300,1000,3000,10000' },
    'own-references': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const sizes = values.calculations.split(',').map(Number);
const ownReferences = values['own-references'];

// The first run pays for the compiler.
time(syntheticTree(sizes[0] ?? 100, { ownReferences }));
const figures = sizes.map((size) => time(syntheticTree(size, { ownReferences })));
process.stdout.write(['| calculations | seconds | ms each |', '|---|---|---|', ...figures.map(row), ''].join('\n'));
if (values.keep) {
  const date = new Date().toISOString().slice(0, 10);
  const machine = { processor: cpus()[0]?.model, cores: cpus().length, node: process.version };
  const name = ownReferences ? 'linking-own-references' : 'linking';
  writeFileSync(`bench/runs/${name}-${date}.json`, `${JSON.stringify({ date, machine, figures }, undefined, 2)}\n`);
}

interface Figure {
  readonly calculations: number;
  readonly seconds: number;
}

function time(made: SyntheticTree): Figure {
  const start = performance.now();
  const assembly = assembleScreening(made.tree, { ion: 'Li' });
  const seconds = (performance.now() - start) / 1000;
  checkAnswer(assembly, made);
  return { calculations: assembly.calculations.length, seconds };
}

function checkAnswer({ calculations, systems, paths }: Assembly, { expected }: SyntheticTree): void {
  const linked = (kind: string): number =>
    systems.reduce((sum, { links }) => sum + links.filter((link) => link.kind === kind).length, 0);
  const barriers = paths.filter(({ barrier }) => barrier.available).length;
  const found = {
    calculations: calculations.length,
    systems: systems.length,
    adsorbed: linked('clean-slab'),
    atoms: linked('atom-reference'),
    metals: linked('bulk-reference'),
    bulks: linked('slab-bulk'),
    barriers,
    faceted: systems.filter(({ exposedFacet }) => exposedFacet?.family.join() === '0,0,1').length,
  };
  const { adsorbed, systems: families } = expected;
  const all = {
    ...expected,
    atoms: adsorbed,
    metals: adsorbed,
    bulks: families,
    barriers: families,
    faceted: families,
  };
  for (const [what, count] of Object.entries(found)) {
    const wanted = all[what as keyof typeof all]; // the same keys as `found`
    if (count !== wanted) throw new Error(`${what}: ${count} found, ${wanted} put in`);
  }
}

function row({ calculations, seconds }: Figure): string {
  return `| ${calculations} | ${seconds.toFixed(3)} | ${((1000 * seconds) / calculations).toFixed(3)} |`;
}
