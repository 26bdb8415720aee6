import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { event, iso, message, usedBy } from './used-by.ts';

/** The register of a vehicle that draws 7 kW from minute `from` to minute `to`. */
const drawn =
  (from: number, to: number) =>
  (minute: number): number =>
    100_000 + (7000 * (Math.min(Math.max(minute, from), to) - from)) / 60;

/** A status of a connector of OCPP 2 that came `late` minutes after it. */
const connectorStatus = (minute: number, connectorStatus: string, late = 0) => ({
  ...message(minute, 'status', connectorStatus, {
    timestamp: iso(minute),
    connectorStatus,
    evseId: 1,
    connectorId: 1,
  }),
  receivedAt: iso(minute + late),
});

describe('a session of OCPP 2 that begins before its vehicle is connected', () => {
  it('nobody is connected until the cable is plugged in, whether its charger says `Idle` before or nothing, in any order of the messages', () => {
    fc.assert(
      fc.property(
        fc.record({
          trigger: fc.constantFrom('Authorized', 'RemoteStart', 'EVDetected', 'SignedDataReceived'),
          before: fc.constantFrom('Idle', undefined),
          plugged: fc.constantFrom('EVConnected', undefined),
          again: fc.constantFrom('Charging', undefined),
          cable: fc.integer({ min: 1, max: 120 }),
          wait: fc.integer({ min: 0, max: 10 }),
          charge: fc.integer({ min: 16, max: 120 }),
          every: fc.constantFrom(5, 15),
        }),
        fc.infiniteStream(fc.nat()),
        ({ trigger, before, plugged, again, cable, wait, charge, every }, order) => {
          const [begun, end] = [cable + wait, cable + wait + charge];
          const wh = drawn(begun, end);
          const said = new Map<number, { state?: string | undefined; trigger: string }>();
          for (let minute = every; minute < end; minute += every) {
            const state = minute > begun ? again : minute < cable ? before : plugged;
            said.set(minute, { trigger: 'MeterValuePeriodic', state });
          }
          said.set(0, { trigger, state: before });
          said.set(cable, { trigger: 'CablePluggedIn', state: plugged });
          said.set(begun + 0.5, { trigger: 'ChargingStateChanged', state: 'Charging' });
          const minutes = [...said.keys()].sort((a, b) => a - b);
          const messages = [
            ...minutes.map((minute, seqNo) => event(minute, seqNo, wh(minute), said.get(minute))),
            event(end, minutes.length, wh(end), { trigger: 'EVDeparted', ends: true }),
          ];
          const shuffled = messages
            .map((one) => ({ one, place: Number(order.next().value) }))
            .sort((a, b) => a.place - b.place)
            .map(({ one }) => one);

          expect(usedBy('ocpp2.0.1', end, shuffled, { maxPowerW: 22_000 })).toEqual([
            end - cable,
            0,
            cable,
          ]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('nobody is connected until the connector is occupied, where only a status says that its cable was plugged in', () => {
    fc.assert(
      fc.property(
        fc.record({
          trigger: fc.constantFrom('Authorized', 'RemoteStart', 'EVDetected'),
          before: fc.constantFrom('Idle', undefined),
          cable: fc.integer({ min: 1, max: 120 }),
          wait: fc.integer({ min: 1, max: 10 }),
          charge: fc.integer({ min: 16, max: 120 }),
          late: fc.constantFrom(0, 3, 400),
        }),
        ({ trigger, before, cable, wait, charge, late }) => {
          const [begun, end] = [cable + wait, cable + wait + charge];
          const wh = drawn(begun, end);
          const messages = [
            event(0, 0, wh(0), { trigger, state: before }),
            connectorStatus(cable, 'Occupied', late),
            event(begun, 1, wh(begun), { trigger: 'ChargingStateChanged', state: 'Charging' }),
            connectorStatus(begun + 1, 'Occupied'),
            event(end, 2, wh(end), { trigger: 'EVDeparted', ends: true }),
          ];

          expect(usedBy('ocpp2.0.1', end, messages, { maxPowerW: 22_000 })).toEqual([
            end - cable,
            0,
            cable,
          ]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each(['EVConnected', 'Charging', undefined])(
    'a connector that is said to be occupied after its charger showed the vehicle (%s) takes no time away',
    (state) => {
      const wh = drawn(10, 60);
      const trigger = state === undefined ? 'CablePluggedIn' : 'Authorized';
      const messages = [
        event(0, 0, wh(0), { trigger, state }),
        connectorStatus(5, 'Occupied'),
        event(10, 1, wh(10), { trigger: 'ChargingStateChanged', state: 'Charging' }),
        event(60, 2, wh(60), { trigger: 'EVDeparted', ends: true }),
      ];

      expect(usedBy('ocpp2.0.1', 60, messages)).toEqual([60, 0, 0]);
    },
  );

  it('the cable counts more than that the connector is occupied, as by a parking bay that sees a vehicle', () => {
    const messages = [
      event(0, 0, 100_000, { trigger: 'Authorized' }),
      connectorStatus(5, 'Occupied'),
      event(10, 1, 100_000, { trigger: 'CablePluggedIn' }),
      event(12, 2, 100_000, { trigger: 'ChargingStateChanged', state: 'Charging' }),
      event(60, 3, 105_600, { trigger: 'EVDeparted', ends: true }),
    ];

    expect(usedBy('ocpp2.0.1', 60, messages)).toEqual([50, 0, 10]);
  });

  it('a connector that is occupied by the next vehicle is not that of the one which left', () => {
    const messages = [
      event(0, 0, 100_000, { trigger: 'CablePluggedIn', state: 'Charging' }),
      event(20, 1, 102_333, { trigger: 'ChargingStateChanged', state: 'SuspendedEV' }),
      connectorStatus(30, 'Available'),
      connectorStatus(40, 'Occupied'),
      event(60, 2, 102_333, { trigger: 'RemoteStop', ends: true }),
    ];

    expect(usedBy('ocpp2.0.1', 60, messages)).toEqual([20, 10, 30]);
  });

  it('a cable that is said to be plugged in after its charger showed the vehicle takes no time away', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('EVConnected', 'Charging', 'SuspendedEVSE'),
        fc.constantFrom('Charging', undefined),
        fc.integer({ min: 2, max: 59 }),
        (state, plugged, cable) => {
          const wh = drawn(0, 60);
          const messages = [
            event(0, 0, wh(0), { trigger: 'Authorized', state }),
            event(1, 1, wh(1), { trigger: 'ChargingStateChanged', state: 'Charging' }),
            event(cable, 2, wh(cable), { trigger: 'CablePluggedIn', state: plugged }),
            event(60, 3, wh(60), { trigger: 'EVDeparted', ends: true }),
          ];

          expect(usedBy('ocpp2.0.1', 60, messages)).toEqual([60, 0, 0]);
        },
      ),
    );
  });

  it('energy that was drawn before the cable is said to be plugged in is billed with its time', () => {
    const wh = drawn(0, 60);
    const messages = [0, 5, 10, 15, 20, 25, 30].map((minute, seqNo) =>
      event(minute, seqNo, wh(minute), {
        trigger: minute === 0 ? 'Authorized' : minute === 30 ? 'CablePluggedIn' : 'MeterValueClock',
      }),
    );
    const ended = event(60, 7, wh(60), { trigger: 'EVDeparted', ends: true });

    expect(usedBy('ocpp2.0.1', 60, [...messages, ended])).toEqual([60, 0, 0]);
  });

  it('a vehicle that comes back within its session is connected from its cable on', () => {
    const messages = [
      event(0, 0, 100_000, { trigger: 'CablePluggedIn', state: 'EVConnected' }),
      event(10, 1, 100_000, { trigger: 'EVDeparted', state: 'Idle' }),
      event(30, 2, 100_000, { trigger: 'CablePluggedIn' }),
      event(40, 3, 100_000, { trigger: 'ChargingStateChanged', state: 'Charging' }),
      event(60, 4, 102_333, { trigger: 'StopAuthorized', ends: true }),
    ];

    expect(usedBy('ocpp2.0.1', 60, messages)).toEqual([40, 0, 20]);
  });
});

describe('a session of OCPP 2 whose charger says only by its triggers that the charging ends', () => {
  const triggers = [
    'StopAuthorized',
    'RemoteStop',
    'EnergyLimitReached',
    'TimeLimitReached',
    'CostLimitReached',
    'SoCLimitReached',
  ];

  it('the vehicle stands from then on, whether its charger says a state that has not changed again or not', () => {
    fc.assert(
      fc.property(
        fc.record({
          trigger: fc.constantFrom(...triggers),
          state: fc.constantFrom('EVConnected', undefined),
          atStart: fc.constantFrom('Charging', 'EVConnected', undefined),
          atEnd: fc.constantFrom('EVConnected', 'Idle', undefined),
          charge: fc.integer({ min: 16, max: 120 }),
          stand: fc.integer({ min: 1, max: 600 }),
          every: fc.constantFrom(1, 5, 15),
        }),
        ({ trigger, state, atStart, atEnd, charge, stand, every }) => {
          const end = charge + stand;
          const wh = drawn(0, charge);
          const said = new Map<number, { state?: string | undefined; trigger: string }>();
          for (let minute = every; minute < end; minute += every) {
            said.set(minute, { trigger: 'MeterValuePeriodic' });
          }
          said.set(0, { trigger: 'CablePluggedIn', state: atStart });
          said.set(charge, { trigger, state });
          const minutes = [...said.keys()].sort((a, b) => a - b);
          const messages = [
            ...minutes.map((minute, seqNo) => event(minute, seqNo, wh(minute), said.get(minute))),
            event(end, minutes.length, wh(end), {
              trigger: 'EVDeparted',
              state: atEnd,
              ends: true,
            }),
          ];

          expect(usedBy('ocpp2.0.1', end, messages, { maxPowerW: 22_000 })).toEqual([
            charge,
            stand,
            0,
          ]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('nobody is connected after the vehicle has departed', () => {
    const messages = [
      event(0, 0, 100_000, { trigger: 'CablePluggedIn', state: 'Charging' }),
      event(60, 1, 107_000, { trigger: 'EVDeparted' }),
      event(200, 2, 107_000, { trigger: 'EVDeparted', ends: true }),
    ];

    expect(usedBy('ocpp2.0.1', 200, messages, { maxPowerW: 22_000 })).toEqual([60, 0, 140]);
  });

  it('the hours before, in which the register stands and no state tells of the vehicle, remain idle time, also where the end alone says so', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...triggers),
        fc.constantFrom('EVConnected', undefined),
        fc.constantFrom<readonly ('stop' | 'end')[]>([], ['stop'], ['end'], ['stop', 'end']),
        (trigger, state, says) => {
          const wh = drawn(0, 60);
          const messages = [0, 15, 30, 45, 60, 75, 90, 200, 400, 600].map((minute, seqNo) =>
            event(minute, seqNo, wh(minute)),
          );
          const stopped = event(601, 10, wh(601), says.includes('stop') ? { trigger, state } : {});
          const ended = event(610, 11, wh(610), {
            trigger: 'StopAuthorized',
            ...(says.includes('end') && { state: 'EVConnected' }),
            ends: true,
          });

          expect(
            usedBy('ocpp2.0.1', 610, [...messages, stopped, ended], { maxPowerW: 22_000 }),
          ).toEqual([60, 550, 0]);
        },
      ),
    );
  });

  it('a vehicle that draws on is charging, whatever was said to end it', () => {
    const wh = drawn(0, 90);
    const messages = [0, 15, 30, 45, 60, 75, 90].map((minute, seqNo) =>
      event(minute, seqNo, wh(minute), {
        trigger: minute === 30 ? 'EnergyLimitReached' : 'MeterValuePeriodic',
        ...(minute === 0 && { state: 'Charging' }),
      }),
    );
    const ended = event(100, 7, wh(100), { trigger: 'EVDeparted', ends: true });

    expect(usedBy('ocpp2.0.1', 100, [...messages, ended], { maxPowerW: 22_000 })).toEqual([
      90, 10, 0,
    ]);
  });
});
