/** Results of screenings: written by stages, read as the whole they make, or page by page. */
import type { DescriptorDescription } from '../model/screening.ts';
import { type Database, inTransaction, query } from './database.ts';
import { descriptorColumns } from './descriptor-columns.ts';
import { issuePage } from './results/issue-pages.ts';
import { assemblyState, description, storedResult } from './results/load-result.ts';
import { calculation, calculationPage, documentPage, fileAt, structureOf } from './results/result-pages.ts';
import { failRanking, saveRanking } from './results/save-ranking.ts';
import { saveAssembly, saveDescription } from './results/save-stages.ts';
import type { ResultStore } from './store.ts';

export function openResults(database: Database, definitions: readonly DescriptorDescription[]): ResultStore {
  const columns = descriptorColumns(definitions);
  const versions = new Map(definitions.map(({ identifier, version }) => [identifier, version]));
  return {
    saveAssembly: (screening, generation, assembly) =>
      inTransaction(database, (queries, connection) =>
        saveAssembly({ queries, connection }, { screening, generation }, assembly),
      ),
    assemblyState: (screening, generation) => query(database, (db) => assemblyState(db, { screening, generation })),
    saveDescription: (screening, generation, found) =>
      inTransaction(database, (queries, connection) =>
        saveDescription({ queries, connection }, { screening, generation }, { description: found, versions }),
      ),
    // One moment for all rows: a description that is saved again is seen before or after.
    description: (screening, generation) =>
      inTransaction(database, (queries) => description(queries, { screening, generation }), 'repeatable read'),
    saveRanking: (id, ranking, asRanked = (candidate) => candidate) =>
      inTransaction(database, (queries, connection) =>
        saveRanking({ queries, connection }, id, { ranking, columns, asRanked }),
      ),
    failRanking: (id, failure) => inTransaction(database, (queries) => failRanking(queries, id, failure)),
    result: (project, ranking) =>
      inTransaction(database, (queries) => storedResult(queries, project, ranking), 'repeatable read'),
    calculations: (project, screening, page) =>
      query(database, (db) => calculationPage(db, { project, screening }, page)),
    calculation: (project, screening, id) => query(database, (db) => calculation(db, { project, screening }, id)),
    structure: (project, screening, id) => query(database, (db) => structureOf(db, { project, screening }, id)),
    structures: (project, screening, page) =>
      query(database, (db) => documentPage(db, 'structures', { project, screening }, page)),
    file: (project, screening, path) => query(database, (db) => fileAt(db, { project, screening }, path)),
    systems: (project, screening, page) =>
      query(database, (db) => documentPage(db, 'systems', { project, screening }, page)),
    paths: (project, screening, page) =>
      query(database, (db) => documentPage(db, 'paths', { project, screening }, page)),
    issues: (project, screening, page) => query(database, (db) => issuePage(db, { project, screening }, page)),
  };
}
