/** Whether anybody can ask a service that demands keys. */
import type { Store } from '../../../store/store.ts';

export async function hasKey(store: Pick<Store, 'projects' | 'keys'>): Promise<boolean> {
  const now = new Date().toISOString();
  for (const { id } of await store.projects.list()) {
    const keys = await store.keys.list(id);
    if (keys.some(({ revokedAt, expiresAt }) => revokedAt === undefined && (expiresAt ?? now) >= now)) return true;
  }
  return false;
}
