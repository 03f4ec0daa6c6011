/**
 * Which calculations the gate cannot tell apart: of thousands in a tree there are few kinds, and what was compared for two
 * kinds need not be compared again for other calculations of them.
 */
import type { Calculation } from '../../model/calculation.ts';
import { numberedLattices, numberedSettings, numberedTexts } from './numbered.ts';
import { formulaOf } from './remembered.ts';
import { MAGNETIC_LIMIT_BOHR, settingsSummary } from './settings-summary.ts';

/** The kinds of one calculation, numbered in the order in which they are met. */
export interface Kinds {
  /** Equal when settings and POTCARs are. */
  readonly settings: number;
  /** Equal when the atoms are the same too: nothing else of a slab is held against an isolated atom. */
  readonly atoms: number;
  /** Equal when the gate cannot tell the calculations apart. */
  readonly all: number;
}

/** Names and parallel layout say nothing about energies, and differ from run to run. */
const INCOMPARABLE = new Set(['SYSTEM', 'NPAR', 'NCORE', 'KPAR', 'NSIM', 'LPLANE', 'LSCALU', 'LWAVE', 'LCHARG']);

export function kindsByNumber(): (calculation: Calculation) => Kinds {
  const known = new Map<Calculation, Kinds>();
  const numberOf = {
    settings: numberedSettings(INCOMPARABLE),
    lattice: numberedLattices(),
    atoms: numberedTexts(),
    all: numberedTexts(),
  };
  return (calculation) => {
    const found = known.get(calculation);
    if (found !== undefined) return found;
    const { structure, kpoints, final } = calculation;
    const settings = numberOf.settings(calculation.settings, besideSettings(calculation));
    const isKnown = final?.energySigma0Ev !== undefined;
    const atoms = numberOf.atoms(`${settings} ${structure && formulaOf(structure)} ${isKnown}`);
    const lattice = structure && numberOf.lattice(structure.latticeAngstrom);
    const points = kpoints === undefined ? '' : JSON.stringify(kpoints);
    const all = numberOf.all(`${atoms} ${lattice} ${settingsSummary(calculation).openAxes().join()} ${points}`);
    const kinds = { settings, atoms, all };
    known.set(calculation, kinds);
    return kinds;
  };
}

/** What else the rules about settings look at. */
function besideSettings({ potcars, version, source, final }: Calculation): readonly string[] {
  const moment = final?.maxAtomMagnetisationBohr ?? final?.totalMagnetisationBohr;
  const isMagnetic = moment === undefined ? 'unknown' : Math.abs(moment) >= MAGNETIC_LIMIT_BOHR;
  return [JSON.stringify(potcars), `${version} ${source} ${isMagnetic}`];
}
