/** What `adatom submit` does with a vaspout.h5 in which VASP has kept the POTCARs of its run. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesToSubmit } from '../../cli/shared/service/files-to-submit.ts';
import { withoutPotcars } from '../../cli/shared/service/files-with-potcars.ts';
import { hdf5, POTCAR_HEAD } from '../intake/archive-samples.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { runAdatom } from './run-adatom.ts';
import { smallOutcar } from './small-outcar.ts';

const LICENSED = hdf5(POTCAR_HEAD);
/** Nothing listens on port 9 (discard) of a machine of our days. */
const NOBODY = 'http://127.0.0.1:9';

test('a vaspout.h5 with POTCARs stays where it is when another output tells of the run, and that is said', async () => {
  const files = { 'slab/OUTCAR': smallOutcar(), 'slab/vaspout.h5': LICENSED, 'bulk/vaspout.h5': hdf5('no potentials') };
  const folder = temporaryFolder(files);
  const { files: kept, withPotcars } = await withoutPotcars(filesToSubmit([folder]).files);
  expect(kept.map(({ path }) => path)).toEqual(['bulk/vaspout.h5', 'slab/OUTCAR']);
  expect(withPotcars).toEqual(['slab/vaspout.h5']);
  const run = await runAdatom(['submit', folder, '--server', NOBODY], { cwd: folder });
  expect(run.stderr).toMatch(/not sent, because POTCARs are in them, which are licensed: slab\/vaspout\.h5/);
});

test('a vaspout.h5 with POTCARs that is all there is of a run is refused before anything is sent', async () => {
  const folder = temporaryFolder({ 'slab/vaspout.h5': LICENSED, 'bulk/OUTCAR': smallOutcar() });
  const run = await runAdatom(['submit', folder, '--server', NOBODY], { cwd: folder });
  expect([run.exitCode, run.stdout]).toEqual([2, '']);
  expect(run.stderr).toContain(`${join(folder, 'slab/vaspout.h5')} cannot be uploaded: it holds POTCARs`);
  expect(run.stderr).toContain('use --by-path');
});
