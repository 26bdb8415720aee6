import { type FleetNeeds, fleetNeeds } from './fleet-needs.ts';
import { limitsInOrder } from './limits-in-order.ts';
import { type BackOff, playStorm } from './reconnect-storm.ts';

/** The fleets that docs/scale.md shows. */
const fleets = [1, 100_000, 1_000_000];

/** A number with three digits that count. */
const shown = (value: number): string =>
  value >= 100
    ? Math.round(value).toLocaleString('en')
    : Number(value.toPrecision(2)).toLocaleString('en', { maximumFractionDigits: 6 });

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const rowsOfNeeds: readonly (readonly [string, (needs: FleetNeeds) => number])[] = [
  ['connections at once', ({ connections }) => connections],
  ['handshakes a second', ({ handshakes }) => handshakes],
  ['messages of chargers a second', ({ messages }) => messages],
  ['sessions that begin, and CDRs that are signed, a second', ({ signatures }) => signatures],
  ['write units of state a second', ({ stateWrites }) => stateWrites],
  ['write units of readings a second', ({ readingWrites }) => readingWrites],
  ['read units a second', ({ reads }) => reads],
  ['instances of Lambda at once', ({ lambdaConcurrency }) => lambdaConcurrency],
  ['partitions of state, after three years', ({ statePartitions }) => statePartitions],
  ['partitions of readings', ({ readingPartitions }) => readingPartitions],
  ['writes of the busiest key a second', ({ hottestKey }) => hottestKey],
];

/** The needs of each fleet at its busiest time. */
const needsTable = (): string => {
  const needs = fleets.map(fleetNeeds);
  return table(
    [
      'at the busiest time',
      ...fleets.map(
        (count) => `${count.toLocaleString('en')} ${count === 1 ? 'charger' : 'chargers'}`,
      ),
    ],
    rowsOfNeeds.map(([what, of]) => [what, ...needs.map((one) => shown(of(one)))]),
  );
};

const limitsTable = (): string =>
  table(
    ['reached at chargers', 'limit', 'what to do'],
    limitsInOrder().map(({ chargers, what, limit, remedy }) => [
      `about ${shown(Number(chargers.toPrecision(2)))}`,
      `${limit.toLocaleString('en')} ${what}`,
      remedy,
    ]),
  );

/** A fleet that loses its connections at once: a deployment's end, a power cut, a carrier that is back. */
const storm = { chargers: 50_000, within: 5, burst: 500 };

const waits: readonly (readonly [string, BackOff])[] = [
  ['10 s, always', { least: 10, spread: 0, doublings: 0 }],
  ['30 s, always', { least: 30, spread: 0, doublings: 0 }],
  ['10 s and up to 30 s more', { least: 10, spread: 30, doublings: 0 }],
  ['10 s and up to 10 s more, doubled five times', { least: 10, spread: 10, doublings: 5 }],
  ['10 s and up to 120 s more, doubled three times', { least: 10, spread: 120, doublings: 3 }],
];

const stormTable = (): string =>
  table(
    [
      'a charger waits',
      'handshakes a second',
      'half are back after',
      '95 % after',
      'all after',
      'handshakes in all',
    ],
    [500, 250].flatMap((rate) =>
      waits.map(([name, backOff]) => {
        const calm = playStorm({ ...storm, rate, backOff }, 1);
        const times = [calm.halfAt, calm.mostAt, calm.allAt].map(
          (seconds) => `${shown(seconds)} s`,
        );
        return [name, String(rate), ...times, calm.attempts.toLocaleString('en')];
      }),
    ),
  );

/** The tables of docs/scale.md by their names. */
export const scaleTables = (): Readonly<Record<string, string>> => ({
  needs: needsTable(),
  limits: limitsTable(),
  storm: stormTable(),
});

/** A page with its tables as they are today: each stands between two comments with its name. */
export const withTables = (page: string): string =>
  Object.entries(scaleTables()).reduce(
    (text, [name, today]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
        (_all, begin: string, end: string) => `${begin}\n${today}\n\n${end}`,
      ),
    page,
  );
