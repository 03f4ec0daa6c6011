// All files of the campaign: path below `calculations/` → text.
//
// One folder per calculation with INCAR, KPOINTS, POSCAR, CONTCAR, OUTCAR and OSZICAR. A band has INCAR and KPOINTS once,
// above its images; its end points 00 and NN hold a POSCAR only, so that their energies have to come from the
// relaxations. (202) has no band, because no barrier is published for it. POTCAR is licensed and left out.
import { bandRuns, nameOf } from './band-runs.mjs';
import { adsorbedRun, cleanSlabRun, surfaceOf } from './facet-runs.mjs';
import { PATHS } from './numbers.mjs';
import { oszicarText } from './oszicar.mjs';
import { outcarText } from './outcar.mjs';
import { freeEnergy, iterationsOf } from './outcar-ionic-step.mjs';
import { referenceRuns } from './references.mjs';
import { incarText } from './settings.mjs';
import { contcarText, kpointsText, poscarText } from './structure-files.mjs';

/** @typedef {import('./outcar.mjs').Run} Run */
/** @typedef {import('./facet-runs.mjs').Surface} Surface */

/** @type {() => Map<string, string>} */
export function campaignFiles() {
  const files = new Map();
  for (const run of referenceRuns()) addRun(files, run);
  for (const facet of /** @type {(keyof typeof PATHS)[]} */ (Object.keys(PATHS))) addFacetWithPath(files, facet);
  const withoutPath = surfaceOf('202');
  addRun(files, cleanSlabRun(withoutPath));
  addRun(files, adsorbedRun(withoutPath, 'slab-li', 0, 0));
  return files;
}

/** @type {(files: Map<string, string>, facet: keyof typeof PATHS) => void} */
function addFacetWithPath(files, facet) {
  const surface = { ...surfaceOf(facet), facet };
  const start = adsorbedRun(surface, 'slab-li', 0, 0);
  const end = adsorbedRun(surface, 'slab-li-end', 1, PATHS[facet].reactionEv);
  for (const run of [cleanSlabRun(surface), start, end]) addRun(files, run);
  const images = bandRuns(surface, start, end);
  const folder = `zno-${facet}/neb`;
  files.set(`${folder}/INCAR`, incarText(images[0].settings));
  files.set(`${folder}/KPOINTS`, kpointsText(images[0].mesh));
  files.set(`${folder}/${nameOf(0)}/POSCAR`, endPoint(start));
  files.set(`${folder}/${nameOf(images.length + 1)}/POSCAR`, endPoint(end));
  for (const run of images) addOutput(files, run);
}

/** @type {(files: Map<string, string>, run: Run) => void} */
function addRun(files, run) {
  files.set(`${run.folder}/INCAR`, incarText(run.settings));
  files.set(`${run.folder}/KPOINTS`, kpointsText(run.mesh));
  addOutput(files, run);
}

/** @type {(files: Map<string, string>, run: Run) => void} */
function addOutput(files, run) {
  files.set(`${run.folder}/POSCAR`, poscarText(run.contents, run.start));
  files.set(`${run.folder}/CONTCAR`, contcarText(run.contents, run.steps[run.steps.length - 1].fractional));
  files.set(`${run.folder}/OUTCAR`, outcarText(run));
  const steps = run.steps.map((step, index) => ({
    iterations: iterationsOf(run, step, index),
    freeEnergyEv: freeEnergy(step),
    sigma0Ev: step.sigma0Ev,
    magnetisationBohr: run.magnetisationBohr,
  }));
  files.set(`${run.folder}/OSZICAR`, oszicarText(steps));
}

/** The relaxed geometry of an end point. @type {(run: Run) => string} */
const endPoint = (run) => poscarText(run.contents, run.steps[run.steps.length - 1].fractional);
