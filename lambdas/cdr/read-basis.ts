import type { CdrBasis } from '../../core/cdr/compute/cdr-basis.ts';
import { plainNumber } from '../../core/cdr/compute/session-facts.ts';
import { pastTimeOf } from '../../core/metering/points/charger-time.ts';
import { readCharger } from '../store/chargers/chargers.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { type CountWaiting, readPrevious } from './read-previous.ts';

/**
 * Where the connector's session before this one ended: by its charger's stop, and, where its CDR has been made already,
 * by the last verified signed values that there were by then.
 */
async function previousEndOf(
  database: Database,
  stored: StoredSession,
  countWaiting: CountWaiting,
): Promise<Pick<CdrBasis, 'previousRegister' | 'previousSigned'>> {
  const previous = await readPrevious(database, stored, countWaiting);
  if (previous === undefined) return {};
  const { adjacent, pointed } = previous;
  const meterStop = adjacent?.session.stop?.meterStop;
  const signedStop = pointed.result?.signedStop;
  return {
    ...(adjacent !== undefined &&
      meterStop !== undefined && {
        previousRegister: {
          sessionId: adjacent.session.sessionId,
          wh: plainNumber(meterStop),
        },
      }),
    ...(signedStop !== undefined && { previousSigned: signedStop }),
  };
}

const minute = 60_000;

/** How late a time of the charger was heard, in ms; 0 for one ahead of ours. */
const lagOf = (time: string, receivedAt: string, timeZone: string): number => {
  const received = Date.parse(receivedAt);
  return received - Date.parse(pastTimeOf(time, received, timeZone));
};

/**
 * The charger's registration, where its session came later and is dated before it. Start and stop of a clock that was never
 * set are late by the same, and hours: for all other sessions nothing is read.
 */
async function registrationOf(
  database: Database,
  { session: { start, stop, timeZone, protocol }, chargerKey }: StoredSession,
): Promise<Pick<CdrBasis, 'chargerRegisteredAt'>> {
  if (start === undefined || stop === undefined || protocol === 'push') return {};
  const lag = lagOf(start.startedAt, start.receivedAt, timeZone);
  const stopLag = lagOf(stop.endedAt, stop.receivedAt, timeZone);
  if (lag < 60 * minute || Math.abs(lag - stopLag) > minute) return {};
  const registeredAt = (await readCharger(database, chargerKey))?.createdAt ?? '';
  const endedAt = new Date(Date.parse(stop.receivedAt) - stopLag).toISOString();
  const isBefore = endedAt < registeredAt && start.receivedAt >= registeredAt;
  return isBefore ? { chargerRegisteredAt: registeredAt } : {};
}

/** Reads what a session's CDR is based on besides its own messages and its tariff. */
export async function readBasis(
  database: Database,
  stored: StoredSession,
  countWaiting: CountWaiting,
): Promise<CdrBasis> {
  const { decision, promoCode } = stored;
  return {
    ...(await previousEndOf(database, stored, countWaiting)),
    ...(await registrationOf(database, stored)),
    ...(decision !== undefined && { decision }),
    ...(promoCode !== undefined && { promoCode: { kind: 'redeemed', ...promoCode } as const }),
  };
}
