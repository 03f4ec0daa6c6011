/**
 * Convergence with the knowledge of fixed atoms, and the issues that follow from it (SCIENCE §1.7).
 */
import type { Convergence, FinalState, Settings } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';

/** A relaxation that stopped within this multiple of its force limit is used with a warning. */
const NEARLY_CONVERGED_FACTOR = 2;

/** Lifts "notReached" when only fixed atoms carry the force. */
export function ionicWithFlags(
  stated: Convergence['ionic'],
  settings: Settings,
  final: Pick<FinalState, 'maxFreeForceEvPerAngstrom'> | undefined,
): Convergence['ionic'] {
  const limit = forceLimit(settings);
  const force = final?.maxFreeForceEvPerAngstrom;
  const lifted = stated === 'notReached' && limit !== undefined && force !== undefined && force <= limit;
  return lifted ? 'reached' : stated;
}

export function convergenceIssues(run: {
  readonly convergence: Convergence;
  readonly settings: Settings;
  readonly final: FinalState | undefined;
}): Issue[] {
  // Without a complete ionic step there is nothing to judge; the parser says so.
  if (run.final === undefined) return [];
  const issues: Issue[] = [];
  if (run.convergence.electronic === 'notReached') {
    const nelm = typeof run.settings.NELM === 'number' ? run.settings.NELM : 0;
    issues.push(issue('E_SCF_UNCONVERGED', { iterations: run.final.electronicStepCount ?? nelm, nelm }));
  }
  if (run.convergence.electronic === 'unknown') issues.push(issue('W_CONVERGENCE_UNKNOWN', { what: 'electronic' }));
  if (run.convergence.ionic === 'unknown') issues.push(issue('W_CONVERGENCE_UNKNOWN', { what: 'ionic' }));
  if (run.convergence.ionic === 'notReached') issues.push(ionicIssue(run.settings, run.final));
  return issues;
}

function ionicIssue(settings: Settings, final: FinalState): Issue {
  const limitEvPerAngstrom = forceLimit(settings);
  const forceEvPerAngstrom = final.maxFreeForceEvPerAngstrom ?? final.maxForceEvPerAngstrom;
  const details = {
    ...(forceEvPerAngstrom !== undefined && { forceEvPerAngstrom }),
    ...(limitEvPerAngstrom !== undefined && { limitEvPerAngstrom }),
  };
  const near =
    forceEvPerAngstrom !== undefined &&
    limitEvPerAngstrom !== undefined &&
    forceEvPerAngstrom <= NEARLY_CONVERGED_FACTOR * limitEvPerAngstrom;
  return issue(near ? 'W_IONIC_UNCONVERGED' : 'E_IONIC_UNCONVERGED', details);
}

/** −EDIFFG, eV/Å; a positive EDIFFG is a limit on the energy and says nothing about forces. */
function forceLimit(settings: Settings): number | undefined {
  const { EDIFFG } = settings;
  return typeof EDIFFG === 'number' && EDIFFG < 0 ? -EDIFFG : undefined;
}
