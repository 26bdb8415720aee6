import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earlierOf, instant, laterOf } from '../../../core/units/instant.ts';
import { closedSpans } from '../../../core/uptime/closed-spans.ts';
import { measureUptime } from '../../../core/uptime/measure-uptime.ts';
import { reportedStates } from '../../../core/uptime/reported-state.ts';
import type { Span } from '../../../core/uptime/span.ts';
import { type History, stateIntervals } from '../../../core/uptime/state-intervals.ts';
import { contract, nevi, uk } from '../../../core/uptime/uptime-definition.ts';
import { uptimeWindow } from '../../../core/uptime/uptime-window.ts';

const at = (iso: string) => instant(BigInt(Date.parse(iso)));
const span = (from: string, to: string): Span => ({ from: at(from), to: at(to) });

const window: Span = { from: instant(0n), to: instant(1_000n) };
const time = fc.bigInt(-200n, 1_200n).map(instant);
const point = fc.record({ at: time, state: fc.constantFrom(...reportedStates) });
const spans = fc.array(
  fc.tuple(time, time).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
  { maxLength: 6 },
);
const histories: fc.Arbitrary<History> = fc.record({
  connector: fc.array(point, { maxLength: 8 }),
  charger: fc.array(point, { maxLength: 4 }),
  offline: spans,
  aside: spans,
});

const lengthOf = (some: readonly Span[]): bigint =>
  some.reduce((sum, { from, to }) => sum + to - from, 0n);

const shuffled = <Thing>(things: readonly Thing[]) =>
  fc.shuffledSubarray([...things], { minLength: things.length });

/** When a connector is known for the first time within the window, or its end. */
function begin({ connector }: History) {
  const [first = window.to] = connector.map((one) => one.at).toSorted((a, b) => Number(a - b));
  return laterOf(earlierOf(first, window.to), window.from);
}

describe('the intervals of a connector', () => {
  it('intervals follow each other without gap or overlap from the first report to the end of the window', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const intervals = stateIntervals(history, window);
        const from = begin(history);
        expect(lengthOf(intervals)).toBe(window.to - from);
        for (const [index, one] of intervals.entries()) {
          expect(one.from).toBe(index === 0 ? from : intervals[index - 1]?.to);
        }
      }),
    );
  });

  it('the same reports in any order, and repeated, make the same intervals', () => {
    const cases = histories.chain((history) =>
      fc.record({
        history: fc.constant(history),
        connector: shuffled([...history.connector, ...history.connector]),
        charger: shuffled(history.charger),
        offline: shuffled(history.offline),
      }),
    );
    const states = (history: History) => {
      // A repeated report parts an interval and changes nothing of it.
      const by = Object.groupBy(
        stateIntervals(history, window),
        ({ state, isAside }) => `${state} ${isAside}`,
      );
      return Object.fromEntries(
        Object.entries(by).map(([key, some]) => [key, lengthOf(some ?? [])]),
      );
    };
    fc.assert(
      fc.property(cases, ({ history, ...other }) => {
        expect(states({ ...history, ...other })).toEqual(states(history));
      }),
    );
  });

  it('the windows of months add up: what is counted of one is counted of its halves', () => {
    fc.assert(
      fc.property(histories, time, (history, middle) => {
        fc.pre(middle > window.from && middle < window.to);
        const halves = [
          ...stateIntervals(history, { from: window.from, to: middle }),
          ...stateIntervals(history, { from: middle, to: window.to }),
        ];
        for (const state of ['up', 'unavailable', 'faulted', 'offline']) {
          expect(lengthOf(halves.filter((one) => one.state === state))).toBe(
            lengthOf(stateIntervals(history, window).filter((one) => one.state === state)),
          );
        }
      }),
    );
  });
});

describe('the definitions of uptime', () => {
  // Its year is longer than the window, which would hide differences.
  const ofWindow = { ...nevi, denominator: 'counted' } as const;

  it('an outage that is set aside never lowers an uptime, and another outage never raises it', () => {
    const percent = (history: History, definition: typeof ofWindow) =>
      Number(measureUptime(stateIntervals(history, window), definition).percent ?? 0);
    fc.assert(
      fc.property(histories, spans, (history, more) => {
        const known = {
          ...history,
          connector: [...history.connector, { at: window.from, state: 'up' as const }],
        };
        const never = { ...known, offline: [] };
        expect(
          percent({ ...known, aside: [...known.aside, ...more] }, ofWindow),
        ).toBeGreaterThanOrEqual(percent(known, ofWindow));
        expect(percent({ ...never, offline: more }, ofWindow)).toBeLessThanOrEqual(
          percent(never, ofWindow),
        );
      }),
    );
  });

  it('every uptime lies between 0 and 100 percent, and only an uptime without an outage that counts is 100', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(nevi, uk, contract), (history, definition) => {
        const { percent, outage, counted } = measureUptime(
          stateIntervals(history, window),
          definition,
        );
        if (percent === null) return;
        expect(Number(percent)).toBeGreaterThanOrEqual(0);
        expect(Number(percent)).toBeLessThanOrEqual(100);
        expect(outage).toBeLessThanOrEqual(counted);
        if (outage === 0n) expect(percent).toBe('100.000');
      }),
    );
  });

  /** Up all year but for one outage of so many minutes. */
  const yearWith = (minutes: number, state: 'faulted' | 'offline', aside: readonly Span[] = []) => {
    const whole = span('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z');
    const out = {
      from: at('2026-03-02T00:00:00Z'),
      to: instant(at('2026-03-02T00:00:00Z') + BigInt(minutes) * 60_000n),
    };
    const faults =
      state === 'faulted'
        ? [
            { at: out.from, state: 'faulted' as const },
            { at: out.to, state: 'up' as const },
          ]
        : [];
    const history = {
      connector: [{ at: whole.from, state: 'up' as const }, ...faults],
      charger: [],
      offline: state === 'offline' ? [out] : [],
      aside,
    };
    return stateIntervals(history, whole);
  };

  it('NEVI: 15,768 minutes of outage in 525,600 are exactly 97 %, which is not more than 97 %', () => {
    expect(measureUptime(yearWith(15_768, 'faulted'), nevi)).toMatchObject({
      percent: '97.000',
      isReached: false,
    });
    expect(measureUptime(yearWith(15_767, 'offline'), nevi)).toMatchObject({
      percent: '97.000',
      isReached: true,
    });
  });

  it('NEVI keeps the year as denominator where an outage is excluded, and the contract takes that time out', () => {
    const aside = [span('2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z')];
    const intervals = yearWith(2_880, 'faulted', aside);

    // (525,600 − (2,880 − 1,440)) ÷ 525,600, and (524,160 − 1,440) ÷ 524,160.
    expect(measureUptime(intervals, nevi).percent).toBe('99.726');
    expect(measureUptime(intervals, contract).percent).toBe('99.725');
  });

  it('UK: a charger that cannot be heard is left out, and one out of order is not', () => {
    const day = 1_440;
    expect(measureUptime(yearWith(30 * day, 'offline'), uk)).toMatchObject({
      percent: '100.000',
      isReached: true,
    });
    expect(measureUptime(yearWith(30 * day, 'faulted'), uk)).toMatchObject({
      percent: '91.780',
      isReached: false,
    });
  });

  it('a charger that is out of service as a whole takes its connectors along', () => {
    const history: History = {
      connector: [{ at: instant(0n), state: 'up' }],
      charger: [
        { at: instant(100n), state: 'unavailable' },
        { at: instant(300n), state: 'up' },
      ],
      offline: [],
      aside: [],
    };
    expect(measureUptime(stateIntervals(history, window), contract)).toMatchObject({
      counted: 1_000n,
      outage: 200n,
      percent: '80.000',
      isReached: false,
    });
  });

  it('a connector that never reported has no uptime', () => {
    const history: History = { connector: [], charger: [], offline: [window], aside: [] };
    expect(measureUptime(stateIntervals(history, window), nevi)).toMatchObject({
      counted: 0n,
      percent: null,
      isReached: null,
    });
  });

  it('the window of NEVI are the 12 months that end with a month, that of the UK its calendar year up to its end', () => {
    expect(uptimeWindow(nevi, '2026-03')).toEqual(
      span('2025-04-01T00:00:00Z', '2026-04-01T00:00:00Z'),
    );
    expect(uptimeWindow(uk, '2026-03')).toEqual(
      span('2026-01-01T00:00:00Z', '2026-04-01T00:00:00Z'),
    );
    expect(uptimeWindow(contract, '2026-12')).toEqual(
      span('2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'),
    );
  });
});

describe('the hours in which a location is closed', () => {
  const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({
    weekday,
    periodBegin: '08:00',
    periodEnd: '20:00',
  }));
  const hours = {
    twentyfourseven: false,
    regularHours: weekdays,
    exceptionalOpenings: [],
    exceptionalClosings: [],
  };

  it('closed and open hours make up every window, whatever the clock does', () => {
    const begins = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2026-12-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(begins, fc.integer({ min: 1, max: 30 }), (begin, days) => {
        const from = instant(BigInt(begin.getTime()));
        const some = { from, to: instant(from + BigInt(days) * 86_400_000n) };
        const closed = closedSpans(hours, 'Europe/Berlin', some);
        for (const [index, one] of closed.entries()) {
          expect(one.from).toBeGreaterThanOrEqual(closed[index - 1]?.to ?? some.from);
          expect(one.to).toBeGreaterThan(one.from);
          expect(one.to).toBeLessThanOrEqual(some.to);
        }
      }),
    );
  });

  it('a week with a clock change is open for the 60 hours of its weekdays', () => {
    const week = span('2026-03-23T00:00:00+01:00', '2026-03-30T00:00:00+02:00');
    const closed = lengthOf(closedSpans(hours, 'Europe/Berlin', week));
    expect(week.to - week.from - closed).toBe(60n * 3_600_000n);
  });

  it('a closing and an opening of their own count, and unknown hours close nothing', () => {
    const day = span('2026-03-24T00:00:00Z', '2026-03-25T00:00:00Z');
    const closing = { periodBegin: '2026-03-24T10:00:00Z', periodEnd: '2026-03-24T12:00:00Z' };
    const always = { ...hours, twentyfourseven: true, regularHours: [] };
    expect(closedSpans({ ...always, exceptionalClosings: [closing] }, 'UTC', day)).toEqual([
      span(closing.periodBegin, closing.periodEnd),
    ]);
    const opening = { periodBegin: '2026-03-24T20:00:00Z', periodEnd: '2026-03-24T22:00:00Z' };
    expect(closedSpans({ ...hours, exceptionalOpenings: [opening] }, 'UTC', day)).toEqual([
      span('2026-03-24T00:00:00Z', '2026-03-24T08:00:00Z'),
      span('2026-03-24T22:00:00Z', '2026-03-25T00:00:00Z'),
    ]);
    expect(closedSpans(undefined, 'UTC', day)).toEqual([]);
  });
});
