import '../quiet.ts';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
/** Half a euro for a kWh, from 17:00 to 20:00 a whole one; idle minutes behind 10 free ones. */
let evening: string;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database, 'Previews');
  evening = await make({
    perKwh: '0.5',
    vatPercent: 20,
    idlePerMinute: '0.1',
    idleGraceMinutes: 10,
    hours: [{ from: '17:00', to: '20:00', perKwh: 1 }],
  });
});

afterAll(async () => {
  await database.stop();
});

const make = async (form: object): Promise<string> => {
  const made = await operator.call('POST', '/tariffs', { name: 'T', currency: 'EUR', ...form });
  expect(made.status).toBe(201);
  return String(made.body['tariffId']);
};

const preview = async (tariffId: string, description: object) =>
  await operator.call('POST', `/tariffs/${tariffId}/preview`, description);

/** Two hours from 16:00 in Berlin with 20 kWh, half an hour of it idle. */
const afternoon = {
  startedAt: '2026-04-14T16:00:00+02:00',
  timeZone: 'Europe/Berlin',
  durationMinutes: 120,
  idleMinutes: 30,
  energyKwh: 18,
};

describe('a described session', () => {
  it('a described session is priced line by line, like a real one', async () => {
    const { status, body } = await preview(evening, afternoon);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      tariffId: evening,
      version: 1,
      startedAt: '2026-04-14T14:00:00.000Z',
      endedAt: '2026-04-14T16:00:00.000Z',
      timeZone: 'Europe/Berlin',
      energyKwh: 18,
      // 12 kWh at 0.50, 6 kWh at 1.00, 20 idle minutes at 0.10, and VAT.
      total: { currency: 'EUR', exclVat: '14.00', inclVat: '16.80' },
      unrounded: { exclVat: '14', inclVat: '16.8' },
      periods: [
        { startedAt: '2026-04-14T14:00:00.000Z', energyKwh: 12, activity: 'charging' },
        { startedAt: '2026-04-14T15:00:00.000Z', energyKwh: 6, activity: 'charging' },
        { startedAt: '2026-04-14T15:30:00.000Z', energyKwh: 0, activity: 'idle' },
        { startedAt: '2026-04-14T15:40:00.000Z', energyKwh: 0, activity: 'idle' },
      ],
      warnings: [],
    });
    expect(body['lines']).toMatchObject([
      { component: 'ENERGY', billedQuantity: '12', unitPrice: '0.50', exclVat: '6.00' },
      { component: 'ENERGY', billedQuantity: '6', unitPrice: '1.00', exclVat: '6.00' },
      { component: 'PARKING_TIME', billedQuantity: '0.333333', exclVat: '2.00' },
    ]);
  });

  it('a described session may take its energy from a power curve', async () => {
    const { energyKwh: _, ...timed } = afternoon;
    const powerCurve = [
      { afterMinutes: 0, kw: 22 },
      { afterMinutes: '60', kw: '4.5' },
    ];

    const { body } = await preview(evening, { ...timed, powerCurve });

    expect(body).toMatchObject({ energyKwh: 24.25, total: { exclVat: '15.25' } });
  });

  it('a described session may start at local time, and a repeated local time causes a warning', async () => {
    const local = await preview(evening, { ...afternoon, startedAt: '2026-04-14T16:00:00' });
    const twice = await preview(evening, { ...afternoon, startedAt: '2026-10-25T02:30' });

    expect(local.body).toMatchObject({ startedAt: '2026-04-14T14:00:00.000Z', warnings: [] });
    expect(twice.body).toMatchObject({
      startedAt: '2026-10-25T00:30:00.000Z',
      warnings: [{ path: 'startedAt', code: 'PREVIEW_START_REPEATS' }],
    });
  });

  it('a described session without a time zone uses the offset of its start, with a warning if that matters', async () => {
    const { timeZone: _, ...unplaced } = afternoon;
    const flat = await make({ perKwh: 1 });

    for (const [startedAt, timeZone, total] of [
      ['2026-04-14T16:00:00+02:00', '+02:00', '14.00'],
      ['2026-04-14T10:00:00-0400', '-04:00', '11.00'],
      ['2026-04-14T14:00:00Z', 'UTC', '11.00'],
      ['2026-04-14T14:00:00+00:00', 'UTC', '11.00'],
    ] as const) {
      const { body } = await preview(evening, { ...unplaced, startedAt });
      expect(body).toMatchObject({
        startedAt: '2026-04-14T14:00:00.000Z',
        timeZone,
        total: { exclVat: total },
        warnings: [{ path: 'timeZone', code: 'PREVIEW_TIME_ZONE_ASSUMED' }],
      });
    }
    expect((await preview(flat, unplaced)).body['warnings']).toEqual([]);
  });

  it('the preview of a described session has the warnings of its tariff', async () => {
    const gaps = await make({ hours: [{ from: '17:00', to: '20:00', perKwh: 1 }] });

    const { body } = await preview(gaps, afternoon);

    expect(body['warnings']).toMatchObject([{ path: 'elements', code: 'TARIFF_DIMENSION_GAPS' }]);
  });

  it('a described session leaves no trace', async () => {
    const before = (await operator.call('GET', `/tariffs/${evening}`)).body;
    await preview(evening, afternoon);

    expect((await operator.call('GET', '/sessions')).body.items).toEqual([]);
    expect((await operator.call('GET', `/tariffs/${evening}`)).body).toEqual(before);
  });
});

describe('the version that a preview is of', () => {
  it('a preview uses the latest version of the tariff, or the named one', async () => {
    const tariffId = await make({ perKwh: 1 });
    for (const perKwh of [2, 3]) {
      await operator.call('PUT', `/tariffs/${tariffId}`, { name: 'T', currency: 'EUR', perKwh });
    }
    const totalOf = async (version?: number) =>
      (await preview(tariffId, { ...afternoon, ...(version === undefined ? {} : { version }) }))
        .body;

    expect(await totalOf()).toMatchObject({ version: 3, total: { exclVat: '54.00' } });
    expect(await totalOf(1)).toMatchObject({ version: 1, total: { exclVat: '18.00' } });
    expect(await totalOf(2)).toMatchObject({ version: 2, total: { exclVat: '36.00' } });
    expect(await totalOf(3)).toMatchObject({ version: 3, total: { exclVat: '54.00' } });
    expect((await preview(tariffId, { ...afternoon, version: 4 })).code).toBe(
      'TARIFF_VERSION_NOT_FOUND',
    );
  });

  it('a preview finds no tariff of another operator', async () => {
    const stranger = await newOperator(database, 'Stranger');

    const answer = await stranger.call('POST', `/tariffs/${evening}/preview`, afternoon);

    expect(answer.code).toBe('TARIFF_NOT_FOUND');
  });
});

describe('a description that cannot be priced', () => {
  const { energyKwh: _, ...timed } = afternoon;
  const curve = (...powerCurve: object[]) => ({ ...timed, powerCurve });

  it.each<[string, object, string[]]>([
    ['no start', { ...afternoon, startedAt: undefined }, ['body.startedAt']],
    ['a start at no time', { ...afternoon, startedAt: 'noon' }, ['body.startedAt']],
    [
      'a start without offset and zone',
      { ...afternoon, startedAt: '2026-04-14T16:00:00', timeZone: undefined },
      ['body.startedAt'],
    ],
    [
      'a start that the clock skips',
      { ...afternoon, startedAt: '2026-03-29T02:30:00' },
      ['body.startedAt'],
    ],
    ['an unknown zone', { ...afternoon, timeZone: 'Europe/Atlantis' }, ['body.timeZone']],
    ['no duration', { ...afternoon, durationMinutes: undefined }, ['body.durationMinutes']],
    ['a duration below zero', { ...afternoon, durationMinutes: -1 }, ['body.durationMinutes']],
    ['a duration of years', { ...afternoon, durationMinutes: 1e6 }, ['body.durationMinutes']],
    ['more idle time than time', { ...afternoon, idleMinutes: 121 }, ['body.idleMinutes']],
    ['neither energy nor power', timed, ['body.energyKwh']],
    [
      'both energy and power',
      { ...curve({ afterMinutes: 0, kw: 1 }), energyKwh: 1 },
      ['body.energyKwh'],
    ],
    ['energy in no time', { ...afternoon, idleMinutes: 120 }, ['body.energyKwh']],
    ['energy below zero', { ...afternoon, energyKwh: -1 }, ['body.energyKwh']],
    ['energy of 7 decimals', { ...afternoon, energyKwh: '0.1234567' }, ['body.energyKwh']],
    [
      'a curve that goes back',
      curve({ afterMinutes: 5, kw: 1 }, { afterMinutes: 5, kw: 1 }, { afterMinutes: 4, kw: 1 }),
      ['body.powerCurve.1.afterMinutes', 'body.powerCurve.2.afterMinutes'],
    ],
    [
      'a curve into idle time',
      curve({ afterMinutes: 90, kw: 1 }),
      ['body.powerCurve.0.afterMinutes'],
    ],
    ['a curve without power', curve({ afterMinutes: 0 }), ['body.powerCurve.0.kw']],
    ['a version that is none', { ...afternoon, version: 0 }, ['body.version']],
    ['two things at once', { ...timed, startedAt: 'x' }, ['body.startedAt', 'body.energyKwh']],
    ['a field that is unknown', { ...afternoon, promoCode: 'X' }, ['body.promoCode']],
  ])(
    'a description that cannot be priced is refused by its path: %s',
    async (_words, description, paths) => {
      const answer = await preview(evening, description);

      expect(answer.code).toBe('INVALID_REQUEST');
      const details = answer.body['details'] as { path: string; message: string }[];
      expect(details.map(({ path }) => path)).toEqual(paths);
    },
  );

  it('a described session may be idle time only', async () => {
    const { body } = await preview(evening, { ...afternoon, idleMinutes: 120, energyKwh: 0 });

    expect(body).toMatchObject({ energyKwh: 0, total: { exclVat: '11.00' } });
  });
});

describe('docs/tariffs.md', () => {
  const text = readFileSync(new URL('../../../docs/tariffs.md', import.meta.url), 'utf8');
  const bodies = (path: string) =>
    [...text.matchAll(/^curl -s \$HTTP(\S+) [^']*'([^']+)'/gm)]
      .filter(([, called]) => called === path)
      .map(([, , body]) => body);

  it('docs/tariffs.md shows tariffs and a preview that can be sent as they are', async () => {
    const tariffs = bodies('/tariffs');
    const [description] = bodies('/tariffs/tar_…/preview');
    expect(tariffs).toHaveLength(2);
    for (const tariff of tariffs) {
      const made = await operator.call('POST', '/tariffs', tariff);
      expect(made.status).toBe(201);
      const path = `/tariffs/${made.body['tariffId']}/preview`;
      expect(await operator.call('POST', path, description)).toMatchObject({
        status: 200,
        body: { energyKwh: 14.5 },
      });
    }
  });
});
