/**
 * The lattice that a SPEC on the command line means: the one place that decides what it can be.
 */
import { LATTICE_FORMS, latticeOfText } from '../../descriptors/shared/coincidence/lattice-text.ts';
import { AdatomError } from '../../model/errors.ts';
import { type Issue, issue } from '../../model/issues.ts';
import type { PlaneLattice } from '../../model/plane-lattice.ts';
import { type FileFacet, fileFacets, namesFile } from './facet-spec.ts';
import { visible } from './terminal.ts';

export interface SpecifiedLattice {
  /** As it was asked for. */
  readonly name: string;
  /** Where its numbers are from, as far as they tell. */
  readonly source: string;
  /** Absent when the numbers make none; an issue says why. */
  readonly lattice?: PlaneLattice;
  readonly issues: readonly Issue[];
  /** Of a lattice that is a facet of a structure file. */
  readonly facet?: FileFacet;
}

export interface SpecifiedLattices {
  readonly lattices: readonly SpecifiedLattice[];
  /** Of files that gave none. */
  readonly issues: readonly Issue[];
}

export const SPEC_HELP = `one of ${LATTICE_FORMS} (Å, degrees; centred = the rectangle with a point in its middle), or a structure file with indices: Zn.vasp:0,0,1, ZnO.cif:10-10; FILE:all or a folder of files for all facets`;

/** What a SPEC means: a lattice in numbers, a facet of a file, or all facets of files. Throws `AdatomError`. */
export async function specifiedLattices(spec: string, option: string, maxMiller: number): Promise<SpecifiedLattices> {
  const read = latticeOfText(spec);
  if (read.isLattice) return alone({ name: spec, source: 'given numbers', lattice: read.lattice, issues: [] });
  if (read.isForm) {
    const reason = `${option.replace('--', '')}: ${read.reason}`;
    return alone({ name: spec, source: 'given numbers', issues: [issue('E_LATTICE', { reason })] });
  }
  if (!namesFile(spec)) {
    throw new AdatomError('request', visible(`${option}: ${read.reason}, nor is there a file or folder of this name`));
  }
  const { facets, issues } = await fileFacets(spec, maxMiller);
  const lattices = facets.map(
    (facet): SpecifiedLattice => ({
      name: facet.name,
      source: facet.file,
      lattice: facet.facet.lattice,
      issues: [],
      facet,
    }),
  );
  return { lattices, issues };
}

function alone(lattice: SpecifiedLattice): SpecifiedLattices {
  return { lattices: [lattice], issues: [] };
}
