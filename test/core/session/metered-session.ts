import type { MeterReading } from '../../../core/metering/model/reading.ts';
import { finish } from '../../../core/session/finish.ts';
import { formatDecimal } from '../../../core/units/decimal.ts';
import { sessionOf } from '../cdr/cdr-samples.ts';
import { identity, startedEvent, stoppedEvent } from './session-samples.ts';

const readingAt = (at: number, register: bigint, context = 'Sample.Periodic'): MeterReading => ({
  timestamp: new Date(at).toISOString(),
  // Replayed years later: what was received has nothing to do with when it was measured.
  receivedAt: Date.UTC(2026, 10, 21),
  offline: false,
  sampledValues: [
    {
      value: formatDecimal(register, 3),
      context,
      measurand: 'Energy.Active.Import.Register',
      location: 'Outlet',
      multiplier: 0,
      format: 'raw',
    },
  ],
});

/**
 * A recorded session as its charger would have reported it: whole Wh in start and stop, a reading with decimals each
 * minute. Times are epoch milliseconds, registers and energy mWh; the station gives 172.5 kW.
 */
export const meteredSession = (start: number, end: number, meterStart: bigint, energy: bigint) => {
  const minutes = Math.floor((end - start) / 60_000);
  const readings = Array.from({ length: minutes }, (_, minute) =>
    readingAt(start + minute * 60_000, meterStart + (energy * BigInt(minute)) / BigInt(minutes)),
  );
  const ends = [
    readingAt(start, meterStart, 'Transaction.Begin'),
    readingAt(end, meterStart + energy, 'Transaction.End'),
  ];
  const started = startedEvent({
    startedAt: new Date(start).toISOString(),
    receivedAt: '2026-11-21T00:00:00.000Z',
    meterStart: Number(meterStart / 1000n),
  });
  const stopped = stoppedEvent({
    endedAt: new Date(end).toISOString(),
    receivedAt: '2026-11-21T00:00:01.000Z',
    meterStop: Number((meterStart + energy) / 1000n),
  });
  const station = { ...identity, maxPowerW: 172_500 };
  return finish(sessionOf({ ...started, identity: station }, stopped), [...readings, ...ends], []);
};
