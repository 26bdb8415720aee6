import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { themed } from '../../../lambdas/view/themed.ts';
import type { ChargerRow } from '../../../lambdas/widgets/charger-row.ts';
import type { ChargerPage } from '../../../lambdas/widgets/read-chargers.ts';
import { isWanted } from '../../../lambdas/widgets/read-chargers.ts';
import { chargersView } from '../../../lambdas/widgets/view/chargers-view.ts';
import { curve } from '../../../lambdas/widgets/view/curve.ts';
import { failuresView } from '../../../lambdas/widgets/view/failures-view.ts';
import { moneyView } from '../../../lambdas/widgets/view/money-view.ts';
import { tariffsView } from '../../../lambdas/widgets/view/tariffs-view.ts';
import { uptimeView } from '../../../lambdas/widgets/view/uptime-view.ts';
import { type WidgetOf, WidgetRequest } from '../../../lambdas/widgets/widget-request.ts';

const now = '2026-04-14T16:00:00.000Z';
const request = WidgetRequest.parse({ widget: 'chargers' }) as WidgetOf<'chargers'>;
const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:joulegate-test-widgets';

const context = { stage: 'prod', actionsArn: 'arn:test:actions' };

const row = (changes: Partial<ChargerRow>): ChargerRow => ({
  operatorName: 'North',
  chargerId: 'CP1',
  device: '',
  isOnline: true,
  connectors: [],
  ...changes,
});

const pageOf = (rows: readonly ChargerRow[]): ChargerPage => ({
  rows,
  looked: rows.length,
  online: rows.filter(({ isOnline }) => isOnline).length,
  states: new Map(),
});

/** The elements that a browser sees, by name. */
const elements = (html: string): readonly string[] =>
  [...html.matchAll(/<([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name);

describe('the widgets of a dashboard', () => {
  it('no text of a charger, whatever it contains, adds an element or ends an attribute', () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' x='",
        '&lt;b&gt;',
      ),
    );
    const plain = chargersView(
      pageOf([row({ name: 'n', device: 'd', connectors: [connector('s', 'e')] })]),
      { request, functionArn, now },
    );

    fc.assert(
      fc.property(
        words.filter((text) => text !== ''),
        (text) => {
          const hostile = row({
            chargerId: text,
            operatorName: text,
            name: text,
            device: text,
            connectors: [connector(text, text)],
          });
          const { markup: html } = chargersView(pageOf([hostile]), { request, functionArn, now });
          expect(elements(html)).toEqual(elements(plain.markup));
          expect(html.split('"')).toHaveLength(plain.markup.split('"').length);
        },
      ),
    );
  });

  it('neither theme has a script, a frame or a resource of others, and they differ in their colours', () => {
    const content = failuresView([{ step: 'cdr', failures: 1 }], context);
    const [light, dark] = [themed('light', content), themed('dark', content)];

    for (const html of [light, dark])
      expect(html).not.toMatch(/<script|<iframe|<use|url\(|src=|@import/);
    expect(light).not.toBe(dark);
  });

  it('a step with failures shows the command of the runbook that looks at them, and an empty one none', () => {
    const counts = [
      { step: 'cdr', failures: 2 },
      { step: 'tariff', failures: 0 },
    ];
    const { markup: html } = failuresView(counts, context);

    expect(html).toContain('npm run joulegate -- failures show cdr --stage prod');
    expect(html).not.toContain('failures show tariff');
    expect(failuresView([{ step: 'cdr', failures: 0 }], context).markup).toContain(
      'Nothing failed.',
    );
  });

  it('where there are more chargers than were looked at, a button asks for those after them with the same parameters', () => {
    const next = { operatorId: 'op_1', after: 'cp"9' };
    const context = { request: { ...request, faulted: true }, functionArn, now };
    const { markup: html } = chargersView({ ...pageOf([row({})]), next }, context);

    const [, call = ''] = /<cwdb-action [^>]*>([^<]*)<\/cwdb-action>/.exec(html) ?? [];
    const asked = JSON.parse(call.replaceAll('&quot;', '"'));
    expect(asked).toEqual({ widget: 'chargers', faulted: true, limit: 50, from: next });
    expect(WidgetRequest.parse(asked)).toMatchObject({ from: next });
    expect(html).toContain(`endpoint="${functionArn}"`);
  });

  it('a charger is shown that has been offline for long enough, never connected or has a faulted connector', () => {
    const time = Date.parse(now);
    const wanted = (changes: Partial<ChargerRow>, filter: object) =>
      isWanted(row(changes), { faulted: false, ...filter }, time);
    const offline = { isOnline: false, since: '2026-04-14T15:45:00.000Z' };

    expect(wanted({}, {})).toBe(true);
    expect(wanted(offline, { offlineMinutes: 15 })).toBe(true);
    expect(wanted(offline, { offlineMinutes: 16 })).toBe(false);
    expect(wanted({ isOnline: false }, { offlineMinutes: 60 })).toBe(true);
    expect(wanted({}, { offlineMinutes: 0 })).toBe(false);
    expect(wanted({}, { faulted: true })).toBe(false);
    const broken = { connectors: [{ name: '1', isFaulted: true }] };
    expect(wanted(broken, { faulted: true, offlineMinutes: 10 })).toBe(true);
    expect(wanted(broken, { offlineMinutes: 10 })).toBe(false);
  });

  it('the curve of a session begins at the left, ends at the right and stays inside of its picture', () => {
    const point = fc.record({
      at: fc.nat(10_000_000),
      watts: fc.integer({ min: -1000, max: 400_000 }),
    });

    fc.assert(
      fc.property(fc.uniqueArray(point, { minLength: 2, selector: ({ at }) => at }), (points) => {
        const { markup: html } = curve(points.toSorted((a, b) => a.at - b.at));
        const [, places = ''] = /points="([^"]*)"/.exec(html) ?? [];
        const pairs = places.split(' ').map((pair) => pair.split(',').map(Number));

        expect(pairs[0]?.[0]).toBe(0);
        expect(pairs.at(-1)?.[0]).toBe(90);
        for (const [x = -1, y = -1] of pairs) {
          expect(x >= 0 && x <= 90 && y >= 0 && y <= 22).toBe(true);
        }
      }),
    );
    expect(curve([]).markup).toBe('');
    expect(curve([{ at: 1, watts: 1 }]).markup).toBe('');
  });

  it('connectors and tariffs that a table leaves out are counted, with the call that lists all', () => {
    const cell = { percent: '50.000', isReached: false, outage: '60', excluded: '5' };
    const connector = { operatorName: 'North', chargerId: '<b>', connector: '1', cells: [cell] };
    const uptime = uptimeView(
      {
        ...{ definitions: ['nevi'], rows: [connector], left: 7, silent: 2 },
        ...{ reached: [3], measured: [8] },
      },
      { request, functionArn },
    ).markup;
    const tariffs = tariffsView({ rows: [], left: 4, more: false }).markup;
    const sum = { sessions: '1', energyKwh: '1', inclVat: '1.00', currency: 'EUR' };
    const tariff = { ...sum, operatorName: 'North', tariffId: 'tar_1' };

    expect(uptime).toContain('7 connectors with more are not shown.');
    expect(uptime).toContain('2 connectors have not reported.');
    expect(uptime).toMatch(/60 min out<.*>5 excluded/);
    expect(uptime).toContain('&lt;b&gt;');
    expect(tariffs).not.toContain('4 with less');
    expect(tariffsView({ rows: [tariff], left: 4, more: true }).markup).toContain(
      '4 with less. Not all were added up. All of an operator: GET /analytics/tariffs.',
    );
  });

  it('days without any sealed CDR are said, and so are operators that were not added up', () => {
    expect(moneyView({ currencies: [], more: false }).markup).toContain('No CDR was sealed');
    const row = {
      currency: 'EUR',
      days: [],
      sessions: '0',
      energyKwh: '0',
      inclVat: '0.00',
      exclVat: '0.00',
    };
    expect(moneyView({ currencies: [row], more: true }).markup).toContain('Not all operators');
  });
});

function connector(status: string, error: string): ChargerRow['connectors'][number] {
  const session = { sessionId: 's', energyKwh: '1.5', powerKw: '7.2', curve: [] };
  return { name: '1', status, error, isFaulted: false, session };
}
