import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import { resultOfProfile } from '../../core/ocpi/profiles/result-of-profile.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import type { SharedProfile, SharedSession } from '../roaming/shared-object.ts';
import { logger } from '../runtime/logger.ts';
import type { Command } from '../store/commands/command-item.ts';
import { readPublication } from '../store/partners/publications.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import { publishChange } from './publish-change.ts';
import { listFor } from './publish-session.ts';
import { pushTo } from './push-to-partners.ts';
import { readDriver } from './read-driver.ts';

/**
 * Has the partner of a session get how fast it charges now, by the answer of its charger. The charger's latest answer counts, in whatever
 * order they are looked at; of a session that has ended nothing is sent.
 */
export async function showProfile(
  { database, push }: { readonly database: Database; readonly push: SendOutbound },
  parties: readonly OurParty[],
  { outcome, finishedAt: endedAt, profileOf: sessionId, sequence }: Command,
): Promise<void> {
  if (sessionId === undefined || endedAt === undefined) return;
  const { profile } = resultOfProfile(omitUndefined({ outcome, endedAt }));
  if (profile === undefined) {
    logger.warn('A charger does not say how fast a session charges', { sessionId });
    return;
  }
  const stored = await readSession(database, sessionId, true);
  const found = stored && (await readDriver(database, parties, stored));
  if (found === undefined || stored?.session.state !== 'active') return;
  const { partner } = found;
  const list = listFor(partner, 'sessions');
  const seen = await readPublication<SharedSession>(database, list, sessionId);
  if (seen === undefined) return;
  const { driver } = seen.object;
  const profiles = listFor(partner, 'chargingprofiles');
  await publishChange<SharedProfile>(database, profiles, sessionId, (before) =>
    before !== undefined && before.sequence >= sequence
      ? undefined
      : { kind: 'profile', driver, profile, sequence, lastUpdated: endedAt },
  );
  await pushTo({ push }, [partner], [{ module: 'chargingprofiles', objectId: sessionId }]);
}
