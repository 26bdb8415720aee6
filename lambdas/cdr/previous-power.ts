import type { CdrBasis } from '../../core/cdr/compute/cdr-basis.ts';
import { ownBound } from '../../core/metering/register/own-bound.ts';
import type { Session } from '../../core/session/session.ts';
import { type ShownTimes, shownTimes } from '../../core/session/shown-times.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';

/** mWh in ms to W. */
const mwhPerMs = 3600n;

const lengthOf = ({ startedAt, endedAt }: ShownTimes): bigint => {
  const length = Date.parse(endedAt ?? '') - Date.parse(startedAt ?? '');
  return length > 0 ? BigInt(length) : 0n;
};

/** True if a session took more than a charger of unknown power is expected to deliver, by what its ends say. */
function isSteep(session: Session): boolean {
  const { start, stop } = session;
  const wh = Math.round(Number(stop?.meterStop ?? 0) - Number(start?.meterStart ?? 0));
  return Number.isFinite(wh) && BigInt(wh) * 1000n > ownBound([])(lengthOf(shownTimes(session)));
}

/** Mean power of the session before one that is steep for a charger of which no power is registered, if it was billed. */
export function previousPower(
  { session, result }: StoredSession,
  next: Session,
): Pick<CdrBasis, 'previousPowerW'> {
  if (next.maxPowerW !== undefined || result?.cdrState !== 'sealed' || !isSteep(next)) return {};
  const length = lengthOf({ ...shownTimes(session), ...result.corrected });
  if (length === 0n) return {};
  const watts = (result.energy * mwhPerMs) / length;
  return watts > 0n ? { previousPowerW: Number(watts) } : {};
}
