/**
 * A tree of calculation folders, read and assembled, with what lies beside the runs joined to it: the LOCPOT of a clean
 * slab, and whatever else a descriptor asks for.
 *
 * The mistake avoided here: opening every CHGCAR and DOSCAR of a tree, of which VASP leaves one behind with each run. Which
 * ones are of use is known when the runs are assembled.
 */
import type { FoundTree } from '../intake/find-runs.ts';
import { type AssembleOptions, type Assembly, assembleScreening } from '../pipeline/assemble-screening.ts';
import { wantedCompanions } from '../pipeline/wanted-companions.ts';
import { withCompanions } from '../pipeline/with-companions.ts';
import { type Campaign, type CampaignOptions, readFound } from './read-campaign.ts';

export interface AssembledOptions extends Omit<CampaignOptions, 'companions'> {
  readonly assemble: AssembleOptions;
}

export interface AssembledCampaign extends Pick<Campaign, 'parsedFiles' | 'keptFiles'> {
  readonly assembly: Assembly;
}

export async function readAssembled(found: FoundTree, options: AssembledOptions): Promise<AssembledCampaign> {
  const { assemble, ...reading } = options;
  let assembly: Assembly | undefined;
  const { companions, issues, parsedFiles, keptFiles } = await readFound(found, {
    ...reading,
    companions: (tree) => {
      assembly = assembleScreening(tree, assemble);
      return wantedCompanions(assembly);
    },
  });
  if (assembly === undefined) throw new Error('a tree was read and not assembled');
  const joined = withCompanions(assembly, companions);
  return { assembly: { ...joined, issues: [...joined.issues, ...issues] }, parsedFiles, keptFiles };
}
