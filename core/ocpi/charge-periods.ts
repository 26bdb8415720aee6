import type { ChargePeriod } from '../tariff/rate/charge-period.ts';
import type { Phase, Situation } from '../tariff/rate/situation.ts';
import { type Instant, instant } from '../units/instant.ts';
import { localTime } from '../units/local-time.ts';
import type { StatedCdr, StatedPeriod } from './read-cdr.ts';

const isSession = ({ energy, charging, parking, reserved }: StatedPeriod): boolean =>
  reserved === undefined || energy !== undefined || charging !== undefined || parking !== undefined;

/**
 * The phase of reserved time: a CDR in which nothing but a reservation happened is one of a reservation that expired.
 * A cancelled one looks the same; OCPI has no field to distinguish them.
 */
const reservationPhase = ({ periods }: StatedCdr): Phase =>
  periods.some(isSession) ? 'reservation' : 'expired-reservation';

/** The start of the session for durations: the earlier of the CDR's and its first period's, but not a reservation's. */
const sessionStart = ({ startedAt, periods }: StatedCdr): Instant => {
  const firstCharged = periods.find(isSession)?.from ?? startedAt;
  const reservedFirst = periods[0]?.reserved !== undefined;
  return reservedFirst || firstCharged < startedAt ? firstCharged : startedAt;
};

const situationOf = (
  { from, current, power }: StatedPeriod,
  phase: Phase,
  start: Instant,
  energy: bigint,
  timeZone: string,
): Situation => ({
  phase,
  local: localTime(from, timeZone),
  energy,
  elapsed: from > start ? from - start : 0n,
  ...(current === undefined ? {} : { current }),
  ...(power === undefined ? {} : { power }),
});

const sessionPeriod = (stated: StatedPeriod, situation: Situation): ChargePeriod => ({
  from: stated.from,
  to: stated.to,
  activity: stated.parking === undefined ? 'charging' : 'idle',
  idleIsFree: false,
  situation,
  volumes: {
    ...(stated.energy === undefined ? {} : { ENERGY: stated.energy }),
    ...(stated.charging === undefined ? {} : { TIME: stated.charging }),
    ...(stated.parking === undefined ? {} : { PARKING_TIME: stated.parking }),
  },
});

const reservedPeriod = (
  { from, to }: StatedPeriod,
  reserved: bigint,
  situation: Situation,
): ChargePeriod => ({
  from,
  to,
  activity: 'idle',
  idleIsFree: false,
  situation,
  volumes: { TIME: reserved },
});

/**
 * The charging periods of a CDR as we price them: its volumes are trusted, each period is priced by the situation at
 * its start, and nothing is split, because a CDR has to be split where a price changes.
 */
export const chargePeriodsOf = (cdr: StatedCdr, timeZone: string): readonly ChargePeriod[] => {
  const reserved = reservationPhase(cdr);
  const start = instant(sessionStart(cdr));
  let energy = 0n;
  return cdr.periods.flatMap((stated) => {
    const situation = (phase: Phase) => situationOf(stated, phase, start, energy, timeZone);
    const periods = [
      ...(stated.reserved === undefined
        ? []
        : [reservedPeriod(stated, stated.reserved, situation(reserved))]),
      ...(isSession(stated) ? [sessionPeriod(stated, situation('session'))] : []),
    ];
    energy += stated.energy ?? 0n;
    return periods;
  });
};
