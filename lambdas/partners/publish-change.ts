import { ConcurrentUpdateError } from '../runtime/concurrent-update-error.ts';
import { readPublication, writePublication } from '../store/partners/publications.ts';
import type { Database } from '../store/table/client.ts';
import type { PublicationList } from '../store/table/keys/partner-keys.ts';

/** How often two looks at one object may meet. */
const mostMeetings = 10;

/** Shows partners an object as it is now: `change` gives it from what they see, or undefined where nothing changed. */
export async function publishChange<T extends { readonly lastUpdated: string }>(
  database: Database,
  list: PublicationList,
  objectId: string,
  change: (before: T | undefined) => T | undefined,
): Promise<'unchanged' | 'published'> {
  for (let n = 0; n < mostMeetings; n += 1) {
    const before = await readPublication<T>(database, list, objectId);
    const object = change(before?.object);
    if (object === undefined) return 'unchanged';
    const { lastUpdated } = object;
    const written = await writePublication(database, list, before, {
      objectId,
      lastUpdated,
      object,
    });
    if (written === 'written') return 'published';
  }
  throw new ConcurrentUpdateError('An object for partners kept being changed');
}
