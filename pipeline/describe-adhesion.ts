/**
 * Adhesion of the interfaces that the slab of a candidate is part of: film and substrate alone in the plane cell of the
 * interface, and both together.
 *
 * The mistakes avoided here: a bulk in place of the film alone, which counts the surfaces as adhesion; a relaxed film
 * beside a frozen substrate; and a part in a cell of its own, whose strain energy would be part of the result.
 */
import { planeVectors } from '../assembly/shared/slab-geometry.ts';
import { usableEnergy } from '../assembly/usable-energy.ts';
import { adhesionEnergy } from '../descriptors/adhesion-energy.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import { distinctIssues, hasError, type Issue, issue } from '../model/issues.ts';
import { type Matrix3, norm } from '../model/lattice.ts';
import { formula } from '../model/structure.ts';
import type { Relation } from '../model/system.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { describedResult } from './described-result.ts';
import { inputReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';
import { rememberedOfInput } from './remembered-of-input.ts';

export interface Sides {
  readonly film: Relation;
  readonly substrate: Relation;
}

/** By the interface itself and by the slabs it is made of. */
export const interfacesIn = rememberedOfInput(({ relations }): ReadonlyMap<string, readonly Sides[]> => {
  const substrates = new Map(
    relations.flatMap((relation) =>
      relation.kind === 'interface-substrate' ? [[relation.from, relation] as const] : [],
    ),
  );
  const found = new Map<string, Sides[]>();
  for (const film of relations) {
    const substrate = substrates.get(film.from);
    if (film.kind !== 'interface-film' || substrate === undefined) continue;
    for (const id of new Set([film.from, film.to, substrate.to])) {
      found.set(id, [...(found.get(id) ?? []), { film, substrate }]);
    }
  }
  return found;
});

export const describeAdhesion: Describer = (system, input) => {
  const interfaces = system.slab === undefined ? [] : (interfacesIn(input).get(system.slab) ?? []);
  const results = interfaces.map((sides) => ({ sides, result: adhesionOf(sides, input) }));
  const best = results.reduce<(typeof results)[number] | undefined>((found, each) => {
    if (!each.result.available) return found ?? each;
    return found?.result.available === true && found.result.value >= each.result.value ? found : each;
  }, undefined);
  if (best === undefined) return {};
  const listed = results.map(({ sides, result }) => ({
    calculation: sides.film.from,
    ...(result.available
      ? { value: result.value, unit: result.unit }
      : { reasons: result.reasons.map(({ message }) => message) }),
  }));
  const parts = { ...best.result.parts, ...(listed.length > 1 && { interfaces: listed }) };
  return { 'adhesion-energy': { ...best.result, parts } };
};

function adhesionOf({ film, substrate }: Sides, input: CandidateInput): DescriptorResult {
  const parts = [film.from, film.to, substrate.to].map((id) => input.calculations.get(id));
  const [both, filmAlone, substrateAlone] = parts;
  const substrateSlab = input.roles.get(substrate.to)?.slab;
  const needed = [film, substrate].flatMap(({ to }) => {
    const name = formula(input.calculations.get(to)?.structure?.species ?? []);
    return input.roles.get(to)?.slab === undefined
      ? [issue('E_REFERENCE_MISSING', { needed: `a slab of ${name} alone, in the cell of ${film.from}` })]
      : [];
  });
  if (
    both === undefined ||
    filmAlone === undefined ||
    substrateAlone === undefined ||
    substrateSlab === undefined ||
    needed.length > 0
  ) {
    return { available: false, reasons: needed, parts: {} };
  }
  const members = [both, filmAlone, substrateAlone];
  const isRigid = [filmAlone, substrateAlone].map(({ convergence }) => convergence.ionic === 'notApplicable');
  const issues: Issue[] = distinctIssues([
    ...film.issues,
    ...substrate.issues,
    ...members.flatMap((member) => memberIssues(member, input)),
    ...(isRigid[0] === isRigid[1] ? [] : [issue('E_CONVENTION_MIXED', {})]),
  ]);
  const [interfaceEv, filmEv, substrateEv] = members.map((member) => usableEnergy(member)?.energySigma0Ev);
  if (hasError(issues) || interfaceEv === undefined || filmEv === undefined || substrateEv === undefined) {
    return { available: false, reasons: issues, parts: {} };
  }
  const result = adhesionEnergy.compute(
    adhesionEnergy.inputs.parse({
      filmEv,
      substrateEv,
      interfaceEv,
      areaAngstrom2: substrateSlab.areaAngstrom2,
      interfaces: film.boundaries ?? (input.roles.get(both.id)?.slab === undefined ? 2 : 1),
      convention: isRigid[0] ? 'rigid' : 'relaxed',
      filmStrainFraction: strainOf(both, filmAlone, input),
      substrateStrainFraction: strainOf(both, substrateAlone, input),
    }),
  );
  const inputs = ['E(film)', 'E(substrate)', 'E(interface)'].map((name, at) =>
    inputReference(name, [filmAlone, substrateAlone, both][at] ?? both, 'energySigma0Ev'),
  );
  return describedResult(result, inputs, issues);
}

/** The largest strain from the plane cell of the part to that of the interface, along whichever vectors fit best. */
function strainOf(both: Calculation, part: Calculation, { roles }: CandidateInput): number {
  const axis = roles.get(part.id)?.slab?.axis ?? 2;
  const own = part.structure === undefined ? [] : planeLengths(part.structure.latticeAngstrom, axis);
  const cell = both.structure?.latticeAngstrom;
  if (cell === undefined) return 0;
  const strains = ([0, 1, 2] as const).map((other) =>
    planeLengths(cell, other)
      .map((length, at) => length / (own[at] ?? length) - 1)
      .reduce((largest, each) => (Math.abs(each) > Math.abs(largest) ? each : largest), 0),
  );
  return strains.reduce((least, each) => (Math.abs(each) < Math.abs(least) ? each : least));
}

/** Of both vectors, the shorter first, and of their sum. */
function planeLengths(lattice: Matrix3, axis: 0 | 1 | 2): number[] {
  const [a, b] = planeVectors(lattice, axis);
  const sum = norm([a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
  return [...[norm(a), norm(b)].sort((left, right) => left - right), sum];
}
