import { nextLookIn } from '../../core/cdr/compute/wait-for-messages.ts';
import type { WaitForMessages } from '../billing/correction-message.ts';
import { readBillingSettings } from '../store/cdrs/billing-settings.ts';
import { letCount } from '../store/cdrs/corrections.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import type { CdrDraft } from './draft-cdr.ts';

/**
 * Has a session looked at again later of which messages are missing, for as long as its operator wants a CDR to wait; `again`
 * where some of them came since, which then count. A CDR that was held has waited already.
 */
export async function waitForMissing(
  database: Database,
  stored: StoredSession,
  { lacksMessages, correction }: CdrDraft,
  waitForMessages: WaitForMessages,
): Promise<'again' | 'waits' | 'is-over'> {
  const { session, keptAt, result, decision } = stored;
  const { stop, sessionId, operatorId } = session;
  if (!lacksMessages || result !== undefined || decision !== undefined || stop === undefined) {
    return 'is-over';
  }
  if (correction !== undefined) {
    await letCount(database, stored, correction.until);
    return 'again';
  }
  const { missingMessages } = await readBillingSettings(database, operatorId);
  const since = Math.max(
    Date.parse(stop.receivedAt),
    keptAt === undefined ? 0 : Date.parse(keptAt),
  );
  const waitsSince = new Date(since).toISOString();
  const until = since + missingMessages.waitMinutes * 60_000;
  const next = nextLookIn({ since, until }, Date.now());
  if (next === undefined) return 'is-over';
  await waitForMessages({ sessionId, waitsSince }, Math.ceil(next / 1000));
  return 'waits';
}
