/**
 * Second stage of a screening: the descriptors of every candidate, and how every calculation stands to the protocol.
 */
import { checkProtocol, isHeldAgainstProtocol } from '../assembly/check-protocol.ts';
import type { Issue } from '../model/issues.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Candidate, ProtocolVerdict } from '../model/system.ts';
import type { Assembly } from './assemble-screening.ts';
import type { CandidateInput } from './candidate-input.ts';
import { coverageMismatch } from './coverage-mismatch.ts';
import { describeCandidate } from './describe-candidate.ts';
import { withCrystalShapes } from './describe-crystal-shapes.ts';
import { withInterfaceEnergies } from './describe-dupre.ts';
import { domainsApart } from './domains-apart.ts';
import { withTerminations } from './facet-terminations.ts';
import { thicknessSeries } from './thickness-series.ts';
import { withUntoldUncertainties } from './untold-uncertainties.ts';

export interface Description {
  readonly candidates: readonly Candidate[];
  /** Of the calculations that are no slab of a candidate; absent without a protocol. */
  readonly protocolVerdicts?: readonly ProtocolVerdict[];
  readonly issues: readonly Issue[];
}

export function describeScreening(assembly: Assembly, protocol?: Protocol): Description {
  const input: CandidateInput = {
    calculations: new Map(assembly.calculations.map((calculation) => [calculation.id, calculation])),
    roles: new Map(assembly.roles.map((role) => [role.calculation, role])),
    paths: new Map(assembly.paths.map((path) => [path.id, path])),
    relations: assembly.relations,
    thicknessSeries: thicknessSeries(assembly.relations),
  };
  const alone = domainsApart(assembly.systems.map((system) => describeCandidate(system, input)));
  const shaped = withCrystalShapes(alone, assembly.systems, input);
  const joined = withInterfaceEnergies(shaped, assembly.systems, input);
  const described = withUntoldUncertainties(withTerminations(joined, assembly.systems));
  const issues = coverageMismatch(described.flatMap(({ descriptors }) => descriptors['adsorption-energy'] ?? []));
  if (protocol === undefined) return { candidates: described, issues };
  const members = assembly.systems.map(({ slab, adsorbed }) => [...(slab === undefined ? [] : [slab]), ...adsorbed]);
  const held = new Set(members.flat());
  const verdictsOf = (id: string): ProtocolVerdict[] => {
    const calculation = input.calculations.get(id);
    return calculation === undefined ? [] : checkProtocol(calculation, input.roles.get(id), protocol);
  };
  const others = assembly.calculations.filter(
    ({ id, final }) => !held.has(id) && final !== undefined && isHeldAgainstProtocol(input.roles.get(id)),
  );
  return {
    candidates: described.map((candidate, at) => ({ ...candidate, protocol: (members[at] ?? []).flatMap(verdictsOf) })),
    protocolVerdicts: others.flatMap(({ id }) => verdictsOf(id)),
    issues,
  };
}
