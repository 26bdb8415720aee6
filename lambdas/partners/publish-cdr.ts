import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import { partnerCdr } from '../../core/ocpi/publish/partner-cdr.ts';
import type { SharedCdr } from '../roaming/shared-object.ts';
import { logger } from '../runtime/logger.ts';
import { readSealedCdr } from '../store/cdrs/cdrs.ts';
import type { Database } from '../store/table/client.ts';
import { publishChange } from './publish-change.ts';
import {
  listFor,
  type PublishedSession,
  publishSession,
  publishToParty,
} from './publish-session.ts';

/** A CDR that was shown to a partner, with its session. */
export type PublishedCdr = PublishedSession & { readonly cdrId: string };

/** Shows a sealed CDR to the partner of its driver, once; undefined for one that is of no partner, or cannot be said. */
export async function publishCdr(
  database: Database,
  parties: readonly OurParty[],
  { chargerKey, sequence }: { readonly chargerKey: string; readonly sequence: number },
  now: number,
): Promise<PublishedCdr | undefined> {
  const content = await readSealedCdr(database, chargerKey, sequence, true);
  if (content === undefined || content.tokenId === null) return undefined;
  const published = await publishSession(database, parties, content.sessionId, now);
  if (published === undefined) return undefined;
  const { partner, shared, stored } = published;
  // A session that was declared void is invalid to partners, and not billed; what was billed before is taken back.
  if (stored.session.state === 'void' && content.creditOf === null) return undefined;
  const { cdrId } = content;
  const at = new Date(now).toISOString();
  const shown = partnerCdr(content, shared.driver, shared.place, at);
  if (shown.kind === 'impossible') {
    logger.warn('A CDR is not shown to a partner', { cdrId, reason: shown.reason });
    return undefined;
  }
  const { driver, place } = shared;
  const { cdr, losses } = shown;
  let sharedCdr: SharedCdr = { kind: 'cdr', driver, place, cdr, losses, lastUpdated: at };
  await publishChange<SharedCdr>(database, listFor(partner, 'cdrs'), cdrId, (before) => {
    if (before === undefined) return sharedCdr;
    sharedCdr = before;
    return undefined;
  });
  await publishToParty(database, partner, 'cdrs', cdrId, sharedCdr);
  return { ...published, cdrId };
}
