/**
 * Which files beside the runs a descriptor can use: of clean slabs the local potential, and the states where they were
 * projected on d metals; of adsorbed slabs the Bader charges, and the densities where those of slab and adsorbate alone are
 * there too. Nothing else is opened, whatever lies in the tree: every VASP run leaves a CHGCAR and a DOSCAR behind.
 */
import type { Assembly } from './assemble-screening.ts';
import { chargePartsAmong } from './charge-parts.ts';
import { adsorbateAtoms } from './describe-charge-transfer.ts';
import { hasProjectedDBand } from './describe-d-band.ts';
import { potentialContent, runWithPotential } from './potential-content.ts';
import { companionOf, runsWithCompanion } from './runs-of-structure.ts';

/** Paths, each once, in the order of the systems. */
export function wantedCompanions({ calculations, systems }: Assembly): string[] {
  const byId = new Map(calculations.map((calculation) => [calculation.id, calculation]));
  const runWith = runsWithCompanion(calculations);
  const partsOf = chargePartsAmong(calculations);
  const wanted = new Set<string>();
  for (const system of systems) {
    for (const id of system.adsorbed) {
      const adsorbed = byId.get(id);
      const analysed = adsorbed === undefined ? undefined : runWith(adsorbed, 'acf');
      if (analysed !== undefined) add(companionOf(analysed, 'acf'));
      const parts = adsorbed === undefined ? undefined : partsOf(adsorbed, adsorbateAtoms(system, id));
      if (parts !== undefined) for (const run of Object.values(parts)) add(companionOf(run, 'chgcar'));
    }
    const slab = system.slab === undefined ? undefined : byId.get(system.slab);
    if (slab === undefined) continue;
    const potential = runWithPotential(slab, runWith);
    if (potential !== undefined && potentialContent(potential) !== 'with-xc') add(companionOf(potential, 'locpot'));
    const states = runWith(slab, 'doscar', hasProjectedDBand);
    if (states !== undefined) add(companionOf(states, 'doscar'));
  }
  return [...wanted];

  function add(path: string | undefined): void {
    if (path !== undefined) wanted.add(path);
  }
}
