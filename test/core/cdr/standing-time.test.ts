import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { event, iso, reading, status, usedBy } from './used-by.ts';

const triggers = [
  'ChargingStateChanged',
  'SignedDataReceived',
  'StopAuthorized',
  'Trigger',
  'MeterValueClock',
  'AbnormalCondition',
  'ResetCommand',
  'UnlockCommand',
  'EnergyLimitReached',
  'SoCLimitReached',
  'CostLimitReached',
];

describe('a vehicle that is connected and does not charge', () => {
  it('a vehicle of OCPP 2 that has charged stands from then on, whatever ended it, in any order and repetition of the messages', () => {
    fc.assert(
      fc.property(
        fc.record({
          trigger: fc.constantFrom(...triggers),
          state: fc.constantFrom('EVConnected', 'SuspendedEV'),
          wait: fc.integer({ min: 0, max: 20 }),
          charge: fc.integer({ min: 16, max: 120 }),
          stand: fc.integer({ min: 1, max: 600 }),
          every: fc.constantFrom(1, 5, 15),
        }),
        fc.infiniteStream(fc.nat()),
        ({ trigger, state, wait, charge, stand, every }, order) => {
          const full = wait + charge;
          const end = full + stand;
          const wh = (minute: number) =>
            100_000 + (7000 * Math.min(Math.max(minute - wait, 0), charge)) / 60;
          const said = new Map<number, { state?: string; trigger: string }>();
          for (let minute = every; minute < end; minute += every) {
            said.set(minute, { trigger: 'MeterValuePeriodic' });
          }
          said.set(0, { state: 'EVConnected', trigger: 'CablePluggedIn' });
          said.set(wait, { state: 'Charging', trigger: 'ChargingStateChanged' });
          said.set(full, { state, trigger });
          const minutes = [...said.keys()].sort((a, b) => a - b);
          const messages = [
            ...minutes.map((minute, seqNo) => event(minute, seqNo, wh(minute), said.get(minute))),
            event(end, minutes.length, wh(end), {
              trigger: 'EVDeparted',
              state: 'Idle',
              ends: true,
            }),
          ];
          const shuffled = messages
            .flatMap((one) => [one, ...(Number(order.next().value) % 4 === 0 ? [one] : [])])
            .map((one) => ({ one, place: Number(order.next().value) }))
            .sort((a, b) => a.place - b.place)
            .map(({ one }) => one);

          expect(usedBy('ocpp2.0.1', end, shuffled, { maxPowerW: 22_000 })).toEqual([
            full,
            stand,
            0,
          ]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('a vehicle that waits before it charges for the first time is charging, and one that is connected again afterwards stands', () => {
    const flat = [45, 60, 75, 90].map((minute) => reading(minute, 103_500));
    const messages = [
      status(0, 'Preparing'),
      status(20, 'Charging'),
      reading(30, 101_750),
      reading(40, 103_500),
      ...flat,
      status(40, 'Preparing', iso(40.5)),
    ];
    const ends = { meterStart: 100_000, meterStop: 103_500 };

    expect(usedBy('ocpp1.6', 100, messages, ends)).toEqual([40.5, 59.5, 0]);
  });

  it('a charger that holds back all power before the vehicle has charged at all does not make it stand', () => {
    const messages = [
      event(0, 0, 100_000, { state: 'SuspendedEVSE', trigger: 'CablePluggedIn' }),
      event(10, 1, 100_000, { state: 'EVConnected', trigger: 'ChargingStateChanged' }),
      event(20, 2, 100_000, { state: 'Charging', trigger: 'ChargingStateChanged' }),
      event(80, 3, 107_000, { ends: true, trigger: 'StopAuthorized' }),
    ];

    expect(usedBy('ocpp2.0.1', 80, messages)).toEqual([80, 0, 0]);
  });

  it('a vehicle whose charger says that it charges is charging, also while the register and the power stand still', () => {
    const flat = Array.from({ length: 108 }, (_, n) => reading(65 + n * 5, 107_000));
    const ends = { meterStart: 100_000, meterStop: 107_000 };
    const shown = [status(0, 'Charging'), reading(30, 103_500), reading(60, 107_000), ...flat];

    expect(usedBy('ocpp1.6', 605, shown, ends)).toEqual([605, 0, 0]);
    // A charger that says nothing at all is judged by its register.
    expect(usedBy('ocpp1.6', 605, shown.slice(1), ends)).toEqual([60, 545, 0]);
  });
});

describe('a state whose date cannot be that of its session', () => {
  it('a state that is dated hours before its session, and came when its charger had been connected for long, counts from its receipt on', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Available', 'SuspendedEV', 'Finishing'),
        fc.integer({ min: 61, max: 25 * 24 * 60 }),
        fc.integer({ min: 20, max: 50 }),
        (word, before, full) => {
          const wh = (minute: number) => 100_000 + (7000 * Math.min(minute, full)) / 60;
          const read = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55].map((at) => reading(at, wh(at)));
          const wrong = status(full, word, iso(-before));
          const ends = { meterStart: 100_000, meterStop: Math.round(wh(60)), maxPowerW: 22_000 };
          const used = usedBy('ocpp1.6', 60, [status(0, 'Charging'), ...read, wrong], ends);

          const rest = 60 - full;
          expect(used).toEqual(word === 'Available' ? [full, 0, rest] : [full, rest, 0]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('a state from before the session that came with its start says nothing of it', () => {
    const read = [15, 30, 45].map((minute) => reading(minute, 100_000 + (7000 * minute) / 60));
    const old = { ...status(-120, 'Available'), receivedAt: iso(3) };
    const ends = { meterStart: 100_000, meterStop: 107_000, maxPowerW: 22_000 };

    expect(usedBy('ocpp1.6', 60, [status(0, 'Charging'), ...read, old], ends)).toEqual([60, 0, 0]);
  });
});

describe('energy that is drawn although nothing is said to be connected', () => {
  it('time in which energy was drawn is charging time up to half of the time between two readings, wherever a state says that there is no vehicle', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Available', 'Unavailable', 'Faulted', 'Reserved'),
        fc.constantFrom(1, 5, 15),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.constantFrom(undefined, 7000, 22_000),
        (word, every, part, maxPowerW) => {
          const end = 8 * every;
          const gone = Math.round(part * end * 60) / 60;
          const wh = (minute: number) => 100_000 + Math.round((7000 * minute) / 60);
          const read = Array.from({ length: 7 }, (_, n) =>
            reading((n + 1) * every, wh((n + 1) * every)),
          );
          const ends = { meterStart: 100_000, meterStop: wh(end) };
          const [charging = 0, idle, unused = 0] = usedBy(
            'ocpp1.6',
            end,
            [status(0, 'Charging'), ...read, status(gone, word)],
            maxPowerW === undefined ? ends : { ...ends, maxPowerW },
          );

          expect(idle).toBe(0);
          expect(charging + unused).toBeCloseTo(end);
          expect(unused).toBeLessThanOrEqual(gone < 7 * every ? 0 : every / 2 + 0.1);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('a vehicle that has gone between two readings is not charging from then on, whatever it drew before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(5, 15),
        fc.integer({ min: 61, max: 119 }),
        fc.constantFrom(3700, 11_000, 150_000),
        (every, gone, power) => {
          const wh = (minute: number) => 100_000 + (power * Math.min(minute, gone)) / 60;
          const read = Array.from({ length: 120 / every - 1 }, (_, n) =>
            reading((n + 1) * every, wh((n + 1) * every)),
          );
          const ends = { meterStart: 100_000, meterStop: Math.round(wh(120)), maxPowerW: power };
          const messages = [status(0, 'Charging'), ...read, status(gone, 'Available')];

          expect(usedBy('ocpp1.6', 120, messages, ends)).toEqual([gone, 0, 120 - gone]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
