import { describe, expect, it } from 'vitest';
import type { ChargerFacts } from '../../../lambdas/connection/charger-facts.ts';
import type { ChargerRow, SessionCell } from '../../../lambdas/widgets/charger-row.ts';
import { fleetSums, type LookedAt } from '../../../lambdas/widgets/fleet-sums.ts';
import { bars } from '../../../lambdas/widgets/view/bars.ts';
import { chargingView } from '../../../lambdas/widgets/view/charging-view.ts';
import { fleetView } from '../../../lambdas/widgets/view/fleet-view.ts';
import { type WidgetOf, WidgetRequest } from '../../../lambdas/widgets/widget-request.ts';

const now = Date.parse('2026-04-14T16:00:00.000Z');
const hour = 3_600_000;
const context = {
  request: { widget: 'fleet', widgetContext: {} },
  functionArn: 'arn:test:widgets',
};

const session = (hours: number, energyKwh: string, powerKw = '7'): SessionCell => ({
  sessionId: 'ses_1',
  startedAt: new Date(now - hours * hour).toISOString(),
  energyKwh,
  powerKw,
  curve: [],
});

function looked(
  changes: Partial<ChargerRow>,
  cells: readonly (SessionCell | undefined)[],
  errors: readonly (string | undefined)[] = [],
): LookedAt {
  const row: ChargerRow = {
    operatorName: 'North',
    chargerId: 'CP1',
    device: 'Acme One 1.0',
    isOnline: true,
    connectors: cells.map((one, n) => ({ name: String(n + 1), isFaulted: false, session: one })),
    ...changes,
  };
  const connectors = errors.map((errorCode, n) => ({ evseId: n, connectorId: n, errorCode }));
  return { row, facts: { connectors } as unknown as ChargerFacts };
}

describe('the sums of a fleet', () => {
  it('chargers are counted by firmware, connectors by error, and sessions in progress with their power', () => {
    const sums = fleetSums(
      [
        looked({}, [session(1, '5'), undefined], ['NoError', 'GroundFailure']),
        looked({ isOnline: false }, [undefined], ['GroundFailure']),
        looked({ device: '' }, [session(1, '5', '4.5')]),
      ],
      now,
    );

    expect(sums).toMatchObject({ looked: 3, online: 2, connectors: 4, occupied: 2, powerKw: 11.5 });
    expect(sums.firmware).toEqual(
      new Map([
        ['Acme One 1.0', 2],
        ['unknown', 1],
      ]),
    );
    expect(sums.errors).toEqual(new Map([['GroundFailure', 2]]));
    expect(sums.odd).toEqual([]);
    expect(chargingView(sums, { ...context, now: new Date(now).toISOString() }).markup).toContain(
      '(50.0 %), <b>11.5 kW</b>',
    );
  });

  it('a session without energy after half an hour, and one longer than a day, need a look', () => {
    const odd = (cell: SessionCell) =>
      fleetSums([looked({}, [cell])], now).odd.map(({ why }) => why);

    expect(odd(session(0.4, '0'))).toEqual([]);
    expect(odd(session(0.5, '0'))).toEqual(['no-energy']);
    expect(odd(session(23.9, '80'))).toEqual([]);
    expect(odd(session(24, '80'))).toEqual(['long']);
  });

  it('of many sessions that need a look the oldest fifty are shown, and how many began later', () => {
    const odd = Array.from({ length: 73 }, (_, n) =>
      looked({ chargerId: `CP${n}` }, [session(1 + ((n * 7) % 73), '0')]),
    );
    const page = fleetSums(odd, now);
    const { markup: html } = chargingView(page, { ...context, now: new Date(now).toISOString() });
    const ages = [...html.matchAll(/>(\d+) h</g)].map(([, hours]) => Number(hours));

    expect(html.match(/no energy/g)).toHaveLength(50);
    expect(ages).toEqual(ages.toSorted((a, b) => b - a));
    expect(html).toContain('23 more began later');
  });

  it('a vendor name with markup in it is text, and the many kinds of a fleet are a short table', () => {
    const kinds = Array.from({ length: 40 }, (_, n) => looked({ device: `<b>${n}</b>` }, []));
    const { markup: html } = fleetView(fleetSums(kinds, now), context);

    expect(html).toContain('&lt;b&gt;0&lt;/b&gt;');
    expect(html).not.toContain('<b>0</b>');
    expect(html).toContain('<td>others</td><td class="n">25</td>');
  });

  it('the share that is online is of all chargers that were looked at so far, and says while there are more', () => {
    const sums = fleetSums([looked({}, []), looked({ isOnline: false }, [])], now);
    const next = { operatorId: 'op_1', after: 'cp-1000' };
    const { markup: first } = fleetView({ ...sums, next }, context);
    const [, call = ''] = /<cwdb-action [^>]*>([^<]*)<\/cwdb-action>/.exec(first) ?? [];
    const asked = WidgetRequest.parse(JSON.parse(call.replaceAll('&quot;', '"')));
    const { markup: last } = fleetView(sums, { ...context, request: asked as WidgetOf<'fleet'> });

    expect(first).toContain('<b>1</b> of 2 chargers online (50.0 %)');
    expect(first).toContain('There are more chargers, which are not counted yet.');
    expect(last).toContain('<b>2</b> of 4 chargers online (50.0 %)');
    expect(last).toContain('These are all chargers.');
    expect(last).not.toContain('<cwdb-action');
    expect(fleetView(sums, context).markup).not.toContain('last 2');
  });

  it('the bars of a day stay inside of their picture, and none are drawn where nothing was charged', () => {
    const { markup: html } = bars([0, 1, 4, 0.001]);
    const rects = [...html.matchAll(/y="([\d.]+)" width="3" height="([\d.]+)"/g)];

    expect(rects.map(([, y, height]) => Number(y) + Number(height))).toEqual([22, 22, 22, 22]);
    expect(rects.map(([, , height]) => height)).toEqual(['0.0', '5.5', '22.0', '1.0']);
    expect(bars([0, 0]).markup).toContain('none');
    expect(bars(undefined).markup).toBe('');
  });
});
