/**
 * The tangent and the band forces of an image, a row for each atom: VTST `NEB: Tangent`, VASP's own ` TANGENT  CHAIN-FORCE`
 * and ` CHAIN + TOTAL`.
 *
 * The mistake avoided here: taking VASP's `tangential force` for −dE/ds. It is the DFT force less the spring force along
 * another tangent (SCIENCE §3.4); the names say so.
 */
import type { NebTables, StockChain } from '../../../model/calculation.ts';
import { issue } from '../../../model/issues.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { rowNumbers } from '../fixed-columns.ts';
import { knownValues } from '../known-values.ts';
import type { Findings } from './energy-block.ts';
import { labelledAt, numbersBehind } from './labelled-value.ts';
import { linesBehind } from './text-lines.ts';

export interface NebRegion {
  readonly from: number;
  readonly to: number;
  readonly atoms: number | undefined;
}

interface AtomTable {
  readonly title: Uint8Array;
  /** Of what its columns hold, three for each name. */
  readonly names: readonly string[];
  readonly columns: 3 | 6;
}

const STOCK = 'nebTables.stockChain';
const TANGENT = needle('NEB: Tangent');
const CHAIN_FORCE = needle('CHAIN-FORCE (eV/Angst)');
const CHAIN_TOTAL = needle('CHAIN + TOTAL');
const TANGENTIAL = needle('tangential force (eV/A)');
const NEIGHBOURS = needle('left and right image');

/** Of the last step, in [from, to); undefined when it is no image of a band. */
export function readNebTables(scanner: ByteScanner, region: NebRegion, findings: Findings): NebTables | undefined {
  const tangent = readTable(scanner, region, findings, { title: TANGENT, names: ['nebTables.tangent'], columns: 3 });
  const stockChain = readStockChain(scanner, region, findings);
  if (tangent === undefined && stockChain === undefined) return undefined;
  return knownValues({ tangent: tangent?.[0], stockChain });
}

function readStockChain(scanner: ByteScanner, region: NebRegion, findings: Findings): StockChain | undefined {
  const last = (label: Uint8Array, names: readonly (keyof StockChain)[]): number[] => {
    const at = scanner.lastIndexOf(label, region.from, region.to);
    const line = at < 0 ? undefined : labelledAt(scanner, at, label, region.to);
    if (line === undefined) return [];
    const values = numbersBehind(scanner, line).slice(0, names.length);
    const place = { byteOffset: line.behind, byteLength: line.end - line.behind };
    for (const index of values.keys()) findings.places[`${STOCK}.${names[index]}`] = place;
    return values;
  };
  const inChain = [`${STOCK}.tangent`, `${STOCK}.chainForcesEvPerAngstrom`];
  const inTotal = [`${STOCK}.totalForcesEvPerAngstrom`];
  const chain = readTable(scanner, region, findings, { title: CHAIN_FORCE, names: inChain, columns: 6 });
  const total = readTable(scanner, region, findings, { title: CHAIN_TOTAL, names: inTotal, columns: 3 });
  const [previous, next] = last(NEIGHBOURS, ['distanceToPreviousAngstrom', 'distanceToNextAngstrom']);
  const values: StockChain = knownValues({
    realLessSpringForceEvPerAngstrom: last(TANGENTIAL, ['realLessSpringForceEvPerAngstrom'])[0],
    distanceToPreviousAngstrom: previous,
    distanceToNextAngstrom: next,
    tangent: chain?.[0],
    chainForcesEvPerAngstrom: chain?.[1],
    totalForcesEvPerAngstrom: total?.[0],
  });
  return Object.keys(values).length > 0 ? values : undefined;
}

/** Groups of three columns of the rows behind the title and its ruler, up to the next ruler or blank line. */
function readTable(
  scanner: ByteScanner,
  { from, to, atoms }: NebRegion,
  findings: Findings,
  { title, names, columns }: AtomTable,
): readonly Float64Array[] | undefined {
  const at = scanner.lastIndexOf(title, from, to);
  if (at < 0) return undefined;
  const groups: number[][] = columns === 3 ? [[]] : [[], []];
  let start = at;
  let end = at;
  let bad: string | undefined;
  for (const line of linesBehind(scanner, at, to)) {
    if (/^\s*-{4}/.test(line.text) && start === at) continue;
    if (line.text.trim() === '' || /^\s*(?:-{4}|[A-Za-z])/.test(line.text)) break;
    const row = rowNumbers(line.text, columns);
    if (row === undefined) bad ??= line.text.trim();
    else for (const [index, group] of groups.entries()) group.push(...row.slice(3 * index, 3 * index + 3));
    if (start === at) start = line.start;
    end = line.end;
  }
  const rows = (groups[0]?.length ?? 0) / 3;
  if (bad !== undefined || rows === 0 || rows !== (atoms ?? rows)) {
    const details = {
      expected: `${columns} numbers for each of ${atoms ?? 'all'} atoms`,
      found: bad ?? `${rows} rows`,
    };
    findings.issues.push(issue('W_UNPARSEABLE', details, { byteOffset: at, block: names.join(', ') }));
    return undefined;
  }
  for (const name of names) findings.places[name] = { byteOffset: start, byteLength: end - start };
  return groups.map((group) => Float64Array.from(group));
}
