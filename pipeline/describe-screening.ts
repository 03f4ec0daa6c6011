/**
 * Second stage of a screening: the descriptors of every candidate, and how its calculations stand to the protocol.
 */
import { checkProtocol } from '../assembly/check-protocol.ts';
import type { Issue } from '../model/issues.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Candidate, System } from '../model/system.ts';
import type { Assembly } from './assemble-screening.ts';
import type { CandidateInput } from './candidate-input.ts';
import { coverageMismatch } from './coverage-mismatch.ts';
import { describeCandidate } from './describe-candidate.ts';

export interface Description {
  readonly candidates: readonly Candidate[];
  readonly issues: readonly Issue[];
}

export function describeScreening(assembly: Assembly, protocol?: Protocol): Description {
  const input: CandidateInput = {
    calculations: new Map(assembly.calculations.map((calculation) => [calculation.id, calculation])),
    roles: new Map(assembly.roles.map((role) => [role.calculation, role])),
    paths: new Map(assembly.paths.map((path) => [path.id, path])),
  };
  const candidates = assembly.systems.map((system) =>
    withProtocol(describeCandidate(system, input), { system, input, protocol }),
  );
  const adsorption = candidates.flatMap(({ descriptors }) => descriptors['adsorption-energy'] ?? []);
  return { candidates, issues: coverageMismatch(adsorption) };
}

interface ProtocolCheck {
  readonly system: System;
  readonly input: CandidateInput;
  readonly protocol: Protocol | undefined;
}

function withProtocol(candidate: Candidate, { system, input, protocol }: ProtocolCheck): Candidate {
  if (protocol === undefined) return candidate;
  const members = [...(system.slab === undefined ? [] : [system.slab]), ...system.adsorbed];
  const verdicts = members.flatMap((id) => {
    const calculation = input.calculations.get(id);
    return calculation === undefined ? [] : checkProtocol(calculation, input.roles.get(id), protocol);
  });
  return { ...candidate, protocol: verdicts };
}
