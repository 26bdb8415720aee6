import { type Audience, quietFor, readAudience } from '../store/events/audience.ts';
import type { Database } from '../store/table/client.ts';

const mostRemembered = 5_000;

const quiet = new Map<string, number>();

/** Reads whom what happens at an operator is for; undefined for nobody, which is remembered for a moment. `now` is epoch ms. */
export async function audienceOf(
  database: Database,
  operatorId: string,
  now: number,
): Promise<Audience | undefined> {
  if ((quiet.get(operatorId) ?? 0) > now) return undefined;
  const audience = await readAudience(database, operatorId, now);
  if (audience.isAny || audience.hasPartners) {
    quiet.delete(operatorId);
    return audience;
  }
  if (quiet.size >= mostRemembered) quiet.clear();
  quiet.set(operatorId, now + quietFor);
  return undefined;
}
