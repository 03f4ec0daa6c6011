/**
 * Adsorbed slab → isolated atom, bulk metal and molecule of its adsorbate, slab → its bulk: the references that energies
 * are taken relative to.
 */
import type { Calculation } from '../model/calculation.ts';
import { issue } from '../model/issues.ts';
import { atomCount, formula } from '../model/structure.ts';
import type { Adsorbate, Link } from '../model/system.ts';
import type { PairKind } from './compatibility.ts';
import {
  bestOfGroups,
  bestOfShelves,
  type Partners,
  type ShelvedRequest,
  shelvesOf,
  statedLink,
} from './link-candidates.ts';
import type { Comparer, PartnerGroup } from './partner-groups.ts';
import type { ReferenceShelves } from './reference-shelves.ts';
import { reducedFormula, unitFormula } from './shared/composition-difference.ts';
import { LARGEST_MISFIT_ANGSTROM } from './shared/plane-misfit.ts';
import { type Axis, widestAxis } from './shared/slab-geometry.ts';
import type { Statements } from './stated-links.ts';

export interface References {
  readonly comparer: Comparer;
  readonly statements: Pick<Statements, 'atomReferences' | 'bulkReferences' | 'moleculeReferences'>;
  /** By element. */
  readonly atoms: ReadonlyMap<string, ReferenceShelves>;
  /** By reduced formula. */
  readonly bulks: ReadonlyMap<string, readonly PartnerGroup[]>;
  /** Bulks of one element alone, by element. */
  readonly metals: ReadonlyMap<string, ReferenceShelves>;
  /** By composition. */
  readonly molecules: ReadonlyMap<string, ReferenceShelves>;
}

export interface ReferenceCalculations {
  readonly atoms: readonly Calculation[];
  readonly bulks: readonly Calculation[];
  readonly molecules: readonly Calculation[];
}

/** Elements whose stable form is a molecule of two atoms. */
const DIATOMIC = new Set(['H', 'N', 'O', 'F', 'Cl']);
/** Radicals are poor references; their energy is counted from stable molecules that they are made of (SCIENCE §6). */
const MADE_OF: Readonly<Record<string, readonly string[]>> = { OH: ['H2O', 'H2'] };
const ELEMENT = /^[A-Z][a-z]?$/;

export function indexReferences(
  { atoms, bulks, molecules }: ReferenceCalculations,
  rest: Pick<References, 'comparer' | 'statements'>,
): References {
  const grouped = (calculations: readonly Calculation[], key: (species: readonly string[]) => string) => {
    const byKey = new Map<string, Calculation[]>();
    for (const calculation of calculations) {
      const name = key(calculation.structure?.species ?? []);
      const known = byKey.get(name);
      if (known === undefined) byKey.set(name, [calculation]);
      else known.push(calculation);
    }
    return new Map([...byKey].map(([name, all]) => [name, rest.comparer.groupsOf(all)]));
  };
  const onShelves = (groups: ReadonlyMap<string, readonly PartnerGroup[]>, pair: PairKind) =>
    new Map([...groups].map(([name, all]) => [name, shelvesOf(all, pair, rest.comparer)]));
  const byFormula = grouped(bulks, reducedFormula);
  const elements = new Map([...byFormula].filter(([name]) => ELEMENT.test(name)));
  return {
    ...rest,
    atoms: onShelves(
      grouped(atoms, (species) => species[0] ?? ''),
      'atom-reference',
    ),
    bulks: byFormula,
    metals: onShelves(elements, 'bulk-reference'),
    molecules: onShelves(grouped(molecules, formula), 'atom-reference'),
  };
}

/** What an adsorption energy of this slab is relative to: the links that are possible. */
export function linkReferences(adsorbed: Calculation, adsorbate: Adsorbate['formula'], references: References): Link[] {
  const links = ELEMENT.test(adsorbate)
    ? [
        linkAtom(adsorbed, adsorbate, references),
        linkMetal(adsorbed, adsorbate, references),
        DIATOMIC.has(adsorbate) ? linkMolecule(adsorbed, `${adsorbate}2`, references) : undefined,
      ]
    : [adsorbate, ...(MADE_OF[adsorbate] ?? [])].map((molecule) => linkMolecule(adsorbed, molecule, references));
  return links.flatMap((link) => link ?? []);
}

/** The bulk that the slab is cut from: the same composition, and a lattice that the cell of the slab fits. */
export function linkSlabBulk(
  slab: Calculation,
  { bulks, comparer }: References,
  { stated, axis }: { readonly stated: Calculation | undefined; readonly axis: Axis | undefined },
): Link | undefined {
  if (stated !== undefined) return statedLink('slab-bulk', 'bulk-reference', slab, stated);
  const { structure } = slab;
  if (structure === undefined) return undefined;
  const name = reducedFormula(structure.species);
  const across = axis ?? widestAxis(structure);
  const partners = (bulks.get(name) ?? []).map((group): Partners => {
    const misfit = group.planeMisfit?.(structure.latticeAngstrom, across);
    return { group, distanceAngstrom: misfit ?? 0 };
  });
  const link = bestOfGroups({
    kind: 'slab-bulk',
    pair: 'bulk-reference',
    from: slab,
    role: 'bulk',
    partners,
    comparer,
    evidence: () => [`same composition: ${name}`],
  });
  const misfitAngstrom = partners.find(({ group }) =>
    group.members.some(({ id }) => id === link?.to),
  )?.distanceAngstrom;
  return link === undefined || misfitAngstrom === undefined ? link : withMisfit(link, misfitAngstrom);
}

/** The energy of another polymorph is none of the slab's: what is left over would be called a surface energy. */
function withMisfit(link: Link, misfitAngstrom: number): Link {
  if (misfitAngstrom >= LARGEST_MISFIT_ANGSTROM) {
    const misfit = issue('E_BULK_LATTICE', { misfitAngstrom }, { file: link.to });
    return { ...link, issues: [...link.issues, misfit] };
  }
  const fits = `vectors of its lattice within ${misfitAngstrom.toFixed(2)} Å of the cell of the slab`;
  const [composition = '', ...choice] = link.evidence;
  return { ...link, evidence: [composition, fits, ...choice] };
}

function linkAtom(adsorbed: Calculation, element: string, references: References): Link | undefined {
  const stated = references.statements.atomReferences.get(element);
  if (stated !== undefined) return statedLink('atom-reference', 'atom-reference', adsorbed, stated);
  return bestOf(references.atoms.get(element), {
    kind: 'atom-reference',
    pair: 'atom-reference',
    from: adsorbed,
    role: `isolated ${element} atom`,
    comparer: references.comparer,
    evidence: () => [`one ${element} atom with vacuum on all sides`],
  });
}

function linkMetal(adsorbed: Calculation, element: string, references: References): Link | undefined {
  const stated = references.statements.bulkReferences.get(element);
  if (stated !== undefined) return statedLink('bulk-reference', 'bulk-reference', adsorbed, stated);
  return bestOf(references.metals.get(element), {
    kind: 'bulk-reference',
    pair: 'bulk-reference',
    from: adsorbed,
    role: `bulk ${element}`,
    comparer: references.comparer,
    evidence: ({ structure }) => [`${structure === undefined ? 0 : atomCount(structure)} ${element} atoms, no vacuum`],
  });
}

function linkMolecule(adsorbed: Calculation, molecule: string, references: References): Link | undefined {
  const stated = references.statements.moleculeReferences.get(molecule);
  if (stated !== undefined) return statedLink('molecule-reference', 'atom-reference', adsorbed, stated);
  return bestOf(references.molecules.get(unitFormula(molecule)), {
    kind: 'molecule-reference',
    pair: 'atom-reference',
    from: adsorbed,
    role: `molecule ${molecule}`,
    comparer: references.comparer,
    evidence: () => [`${molecule} with vacuum on all sides`],
  });
}

function bestOf(known: ReferenceShelves | undefined, wanted: Omit<ShelvedRequest, 'references'>): Link | undefined {
  return known && bestOfShelves({ ...wanted, references: known });
}
