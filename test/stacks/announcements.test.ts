import { describe, expect, it } from 'vitest';
import {
  announcedAlone,
  announcements,
  composites,
  metricAlarms,
  type Raised,
} from './announcements.ts';

const hour = 60;
const over = (name: string): string =>
  composites.find((one) => one.over.includes(name))?.name ?? name;
const namesOf = (raised: readonly Raised[], until = 30 * hour): readonly string[] =>
  announcements(raised, until).map(({ name }) => name);

/** Faults that somebody ends within the hour: the only alarms that may hide others. */
const causes = [
  ...['function-throttles', 'table-throttles', 'index-throttles'],
  ...['kms-requests', 'message-errors'],
];
const late = ['stream-lag', 'queue-age'];

/** Whether an alarm that lasts explains another one that comes, so that this may wait for its end. */
function explains(lasting: string, coming: string): boolean {
  if (announcedAlone.includes(coming)) return false;
  return (coming === 'cdr-lag' ? late : causes).includes(lasting);
}

/** Alarms that are one kind of trouble, so that one of them that comes beside another says nothing new to do. */
const kinds: readonly (readonly string[])[] = [
  causes,
  late,
  ['starts-refused', 'starts-refused-by-hour', 'starts-refused-all-day'],
  // Seen with `failures list` within the day, and the week.
  ['tariff', 'corrections', 'commands', 'sweep', 'events', 'partners'].map(
    (step) => `${step}-failures`,
  ),
  ['webhooks-failures', 'status-failures'],
];
const isOneKind = (a: string, b: string) =>
  kinds.some((kind) => kind.includes(a) && kind.includes(b));

const pairs = metricAlarms.flatMap((lasting) =>
  metricAlarms.filter((one) => one !== lasting).map((coming) => [lasting, coming] as const),
);

describe('two alarms at a time', () => {
  it('an alarm that lasts hides no other that comes, unless it explains that or both are one kind of trouble', () => {
    const wrong = pairs.filter(([lasting, coming]) => {
      const raised = [
        { name: lasting, from: 0 },
        { name: coming, from: 5 * hour },
      ];
      const isHidden = explains(lasting, coming) || isOneKind(lasting, coming);
      const expected = isHidden ? [over(lasting)] : [over(lasting), over(coming)];
      return namesOf(raised, 6 * hour).join() !== expected.join();
    });
    expect(pairs).toHaveLength(29 * 28);
    expect(wrong).toEqual([]);
  });

  it('what was explained by another one, and is still raised when that has ended, is announced then', () => {
    const explained = pairs.filter(([lasting, coming]) => explains(lasting, coming));
    const others = explained.filter(([lasting, coming]) => !isOneKind(lasting, coming));
    expect(others.length).toBeGreaterThan(70);
    for (const [lasting, coming] of others) {
      const raised = [
        { name: lasting, from: 0, to: 8 * hour },
        { name: coming, from: 5 * hour },
      ];
      const last = announcements(raised, 9 * hour).at(-1);
      expect(last).toEqual({ name: over(coming), at: 8 * hour + 10 });
    }
  });

  it('what may last for days without a fault of the service explains nothing', () => {
    const lasting = [
      ...['canary', 'chargers-silent', 'starts-refused-all-day', 'messages-not-processed'],
      ...['deliveries-failing', 'cdrs-held', 'cdrs-held-too-long', 'spend', 'cdr-failures'],
    ];
    for (const name of lasting) {
      for (const coming of metricAlarms) expect(explains(name, coming)).toBe(false);
    }
  });
});

/** A fault, with the alarms that it raises and the minutes after which it raises each, by the periods of each. */
const faults: readonly (readonly [string, Readonly<Record<string, number>>, readonly string[]])[] =
  [
    [
      'the account has no instance left',
      {
        ...{ 'function-throttles': 10, 'message-errors': 10, 'api-errors': 10, canary: 10 },
        ...{ 'chargers-silent': 15, 'stream-lag': 25, 'cdr-lag': 45, 'queue-age': 70 },
      },
      ['service-trouble'],
    ],
    [
      'the tables refuse',
      {
        ...{ 'messages-not-processed': 10, 'api-errors': 10, canary: 10, 'table-throttles': 15 },
        ...{ 'stream-lag': 25, 'cdr-lag': 45, 'queue-age': 70 },
        ...{ 'postponed-failures': 600, 'corrections-failures': 720, 'webhooks-failures': 600 },
      },
      ['service-trouble'],
    ],
    [
      'DynamoDB itself is away, of which its metric of throttles says nothing',
      {
        ...{ 'message-errors': 10, 'messages-not-processed': 10, 'api-errors': 10, canary: 10 },
        ...{ 'stream-lag': 25, 'cdr-lag': 45, 'queue-age': 70 },
      },
      ['service-trouble'],
    ],
    [
      'KMS refuses',
      { canary: 10, 'kms-requests': 10, 'stream-lag': 25, 'cdr-lag': 45 },
      ['service-trouble'],
    ],
    [
      'a version of the message function that fails',
      { 'message-errors': 10, canary: 10, 'messages-not-processed': 10, 'chargers-silent': 15 },
      ['service-trouble'],
    ],
    ['a slow step of a stream', { 'stream-lag': 25, 'cdr-lag': 45 }, ['processing-late']],
    [
      'tokens that were not imported',
      { 'starts-refused': 15, 'starts-refused-by-hour': 120, 'starts-refused-all-day': 1440 },
      ['drivers-refused'],
    ],
    ['a canary whose key has expired', { canary: 10 }, ['charging-fails']],
    ['a fleet that is away', { 'chargers-silent': 15 }, ['fleet-silent']],
    // The two that see the service from outside, of which each may be raised for days without the other.
    [
      'a certificate that has expired',
      { canary: 10, 'chargers-silent': 15 },
      ['charging-fails', 'fleet-silent'],
    ],
    [
      'a version that seals no CDR',
      { canary: 10, 'cdr-failures': 10 },
      ['charging-fails', 'failures-cdr'],
    ],
    [
      'a version of the API that fails',
      { canary: 10, 'api-errors': 10 },
      ['charging-fails', 'api-failing'],
    ],
    [
      'a version that refuses all tokens',
      { canary: 10, 'starts-refused': 15 },
      ['charging-fails', 'drivers-refused'],
    ],
  ];

describe('one fault', () => {
  it.each(faults)('%s: it wakes once, by what it is', (_, alarms, announced) => {
    const raised = Object.entries(alarms).map(([name, from]) => ({ name, from }));
    for (const { name } of raised) expect(metricAlarms).toContain(name);
    expect(namesOf(raised).toSorted()).toEqual(announced.toSorted());
  });

  it.each(faults)(
    '%s: while it lasts, a failure that has another cause is announced',
    (_, alarms, announced) => {
      if (announced.includes('service-trouble')) return;
      const raised = Object.entries(alarms).map(([name, from]) => ({ name, from }));
      const coming = { name: 'table-throttles', from: 28 * hour };
      expect(namesOf([...raised, coming])).toContain('service-trouble');
    },
  );

  it('an outage that comes back within ten minutes is not announced again, nor what it left', () => {
    const outage = [
      { name: 'table-throttles', from: 0, to: 60 },
      { name: 'table-throttles', from: 66, to: 90 },
      { name: 'postponed-failures', from: 50 },
    ];
    expect(announcements(outage, 300)).toEqual([
      { name: 'service-trouble', at: 0 },
      { name: 'service-trouble', at: 66 },
      { name: 'failures-postponed', at: 100 },
    ]);
  });
});
