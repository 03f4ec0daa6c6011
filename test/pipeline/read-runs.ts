/** Calculations as the runs of a tree, so that a whole screening can be tried without files. */
import type { Calculation, FileRecord } from '../../model/calculation.ts';
import type { Structure } from '../../model/structure.ts';
import type { ReadBand, ReadFile, ReadRun, ReadTree } from '../../pipeline/read-tree.ts';

/** The run whose OUTCAR says what this calculation says. Selective-dynamics flags stand in its POSCAR. */
export function runOf(calculation: Calculation): ReadRun {
  const { id, folder, structure, final, kpoints, bandGap, vacuumLevelsEv, vibrations } = calculation;
  const record: FileRecord = {
    format: calculation.source,
    completeness: calculation.completeness,
    ...(calculation.version !== undefined && { version: calculation.version }),
    settings: calculation.settings,
    potcars: calculation.potcars,
    ...(structure !== undefined && { structure: withoutFlags(structure) }),
    ...(kpoints !== undefined && { kpoints }),
    ...(bandGap !== undefined && { bandGap }),
    ...(vacuumLevelsEv !== undefined && { vacuumLevelsEv }),
    ...(vibrations !== undefined && { response: { vibrations } }),
    ionicStepCount: final === undefined ? 0 : calculation.ionicStepCount,
    steps: final === undefined ? [] : [final],
    convergence: calculation.convergence,
    places: { 'final.energySigma0Ev': { byteOffset: 100, byteLength: 12, line: 7 } },
    issues: calculation.issues,
  };
  return {
    id,
    folder,
    ...(calculation.supersededBy !== undefined && { supersededBy: calculation.supersededBy }),
    files: {
      outcar: { identity: { path: id, sha256: 'a'.repeat(64), bytes: 1000 }, record },
      ...(structure?.selectiveDynamics !== undefined && { poscar: structureFile(`${folder}/POSCAR`, structure) }),
    },
    issues: [],
  };
}

export function structureFile(path: string, structure: Structure): ReadFile {
  return {
    identity: { path, sha256: 'b'.repeat(64), bytes: 100 },
    record: { format: 'poscar', completeness: 'complete', structure, places: {}, issues: [] },
  };
}

/** Images with their runs in `runs`; ends that only have a structure come from `ends`. */
export function bandOf(folder: string, images: readonly (Structure | Calculation)[]): ReadBand {
  return {
    folder,
    images: images.map((image, index) => {
      const imageFolder = `${folder}/${String(index).padStart(2, '0')}`;
      return 'species' in image
        ? { index, folder: imageFolder, poscar: structureFile(`${imageFolder}/POSCAR`, image) }
        : { index, folder: imageFolder, run: image.id };
    }),
  };
}

export function treeOf(calculations: readonly Calculation[], bands: readonly ReadBand[] = []): ReadTree {
  return { runs: calculations.map(runOf), bands, issues: [] };
}

function withoutFlags({ selectiveDynamics: _, ...structure }: Structure): Structure {
  return structure;
}
