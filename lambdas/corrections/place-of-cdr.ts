import type { CdrContent } from '../../core/cdr/model/cdr.ts';
import type { CdrPlace } from '../store/cdrs/cdr-item.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';

/** Where a CDR of a session belongs, and by what it is listed. */
export const placeOfCdr = (
  { session, chargerKey, shard, locationId }: StoredSession,
  { cdrId, endedAt }: CdrContent,
): CdrPlace => ({
  operatorId: session.operatorId,
  sessionId: session.sessionId,
  chargerKey,
  shard,
  locationId,
  accountId: session.start?.accountId,
  endedAt,
  cdrId,
});
