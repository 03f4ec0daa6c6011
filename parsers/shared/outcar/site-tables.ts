/**
 * Charges and moments of the ions in the last complete ionic step, and the potentials at their cores.
 *
 * Runs with LORBIT print the tables behind the forces of each step and again at the end of the run, where the forces of a
 * linear response may stand between: the last whole table counts. The moments of a non-collinear run are vectors.
 */

import { issue } from '../../../model/issues.ts';
import type { SiteTables } from '../../../model/sites.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { knownValues } from '../known-values.ts';
import { readCorePotentials } from './core-potentials.ts';
import type { Findings } from './energy-block.ts';
import { boundedLine } from './labelled-value.ts';
import { MAGNETISATION_BLOCK, type MagnetisationTables, readMagnetisationTables } from './magnetisation-table.ts';
import { readSiteTable, type SiteTable } from './site-table.ts';

export interface SiteRegion {
  /** Start of the last electronic iteration. */
  readonly from: number;
  readonly energyBlock: number;
  /** Start of what is no more part of the step. */
  readonly to: number;
  readonly atoms: number | undefined;
}

const CHARGE_TITLE = needle(' total charge');

/** Undefined when the step has none of them. */
export function readSiteTables(scanner: ByteScanner, region: SiteRegion, findings: Findings): SiteTables | undefined {
  const { from, energyBlock, to, atoms } = region;
  const totals = (name: string, table: SiteTable | undefined): Float64Array | undefined => {
    if (table === undefined) return undefined;
    if (table.totals === undefined || table.totals.length !== (atoms ?? table.totals.length)) {
      const found = table.damaged?.text.trim() ?? `${table.totals?.length ?? 0} rows`;
      const expected = `a row for each of ${atoms ?? 'the'} ions in ${name}`;
      const block = name === 'chargesE' ? 'total charge' : MAGNETISATION_BLOCK;
      const { byteOffset } = table.place;
      findings.issues.push(issue('W_UNPARSEABLE', { expected, found }, { byteOffset, block }));
      return undefined;
    }
    findings.places[`sites.${name}`] = table.place;
    return table.totals;
  };
  const cores = readCorePotentials(scanner, from, energyBlock, atoms);
  findings.issues.push(...cores.issues);
  if (cores.place !== undefined) findings.places['sites.corePotentialsEv'] = cores.place;
  const sites = knownValues({
    chargesE: totals('chargesE', lastCharges(scanner, from, to)),
    ...moments(readMagnetisationTables(scanner, from, to), totals),
    corePotentialsEv: cores.potentialsEv,
  });
  return Object.keys(sites).length > 0 ? sites : undefined;
}

/** ` total charge` alone in its line; ` total charge-density along one line` is something else. */
function lastCharges(scanner: ByteScanner, from: number, to: number): SiteTable | undefined {
  let at = scanner.lastIndexOf(CHARGE_TITLE, from, to);
  while (at >= 0) {
    const isTitle = scanner.text(at, boundedLine(scanner, at, to).end).trim() === 'total charge';
    const table = isTitle ? readSiteTable(scanner, at, to) : undefined;
    if (table !== undefined) return table;
    at = scanner.lastIndexOf(CHARGE_TITLE, from, at);
  }
  return undefined;
}

function moments(
  tables: MagnetisationTables,
  totals: (name: string, table: SiteTable | undefined) => Float64Array | undefined,
): Pick<SiteTables, 'momentsBohr' | 'momentVectorsBohr'> {
  const { x, y, z } = tables;
  if (y === undefined && z === undefined) return knownValues({ momentsBohr: totals('momentsBohr', x) });
  const [mx, my, mz] = [x, y, z].map((table) => totals('momentVectorsBohr', table));
  if (mx === undefined || my === undefined || mz === undefined) return {};
  const vectors = new Float64Array(3 * mx.length);
  for (const [component, values] of [mx, my, mz].entries()) {
    for (const [atom, value] of values.entries()) vectors[3 * atom + component] = value;
  }
  return { momentVectorsBohr: vectors };
}
