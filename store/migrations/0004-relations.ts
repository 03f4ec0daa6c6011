/** Links outside the slab systems: thickness series, interfaces, defects, what compounds form from. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table relations (
    screening uuid not null,
    generation integer not null,
    position integer not null check (position >= 0),
    document json not null,
    primary key (screening, generation, position),
    foreign key (screening, generation) references generations on delete cascade
  )`.execute(db);
}
