import '../quiet.ts';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contributionOf } from '../../../core/analytics/rollup.ts';
import { countCdrs } from '../../../lambdas/store/analytics/count-cdrs.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { appendEvents } from '../../../lambdas/store/events/append-events.ts';
import { createPartner } from '../../../lambdas/store/partners/partners.ts';
import { createWebhook } from '../../../lambdas/store/webhooks/webhooks.ts';
import { answerWidget } from '../../../lambdas/widgets/answer-widget.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { cdrWith } from '../../core/analytics/cdrs.ts';
import { countCrowd, countRequests } from '../count-requests.ts';
import { newOperator, plugIn, settle } from '../plant.ts';

const minute = 60_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const now = Date.now();
const iso = (ms: number): string => new Date(ms).toISOString();

/** The answer of the widgets function, which has failures of one step. */
const ask = async (event: object, at = now): Promise<string> => {
  const sqs = { send: async () => ({ Attributes: { ApproximateNumberOfMessages: '3' } }) };
  return await answerWidget(
    {
      database,
      sqs: sqs as unknown as SQSClient,
      queues: { cdr: 'https://queue' },
      stage: 'prod',
      invokedFunctionArn: 'arn:test:widgets',
      actionsArn: 'arn:test:actions',
      now: iso(at),
    },
    event,
  );
};

let chargers = 0;

/** An operator of its own with a charger that began a session of 5 kWh on its first connector. */
async function charging(form: object = {}) {
  const operator = await newOperator(database, 'North <b>& Sons</b>');
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  chargers += 1;
  const chargerId = `W-${chargers}`;
  await operator.call('POST', '/chargers', { chargerId, maxPowerKw: 22, connectors: 2, ...form });
  const charger = await plugIn(database, `${operator.operatorId}#${chargerId.toLowerCase()}`, now);
  const { chargerKey } = charger.step.charger;
  await takeOver(database, chargerKey, {
    connectionId: `c-${chargerId}`,
    protocol: 'ocpp1.6',
    connectedAt: iso(now - 90 * minute),
  } as Parameters<typeof takeOver>[2]);
  await charger.call('BootNotification', {
    chargePointVendor: '<script>alert(1)</script>'.slice(0, 20),
    chargePointModel: '"><img src=x>',
  });
  await charger.call('StatusNotification', {
    connectorId: 2,
    errorCode: 'GroundFailure',
    status: 'Faulted',
    info: '<i>earth</i>',
    timestamp: iso(now - minute),
  });
  const start = { connectorId: 1, idTag: 'TAG1', timestamp: iso(now - 30 * minute), meterStart: 0 };
  const { transactionId } = await charger.call('StartTransaction', start);
  const sampled = (value: string, measurand: string, unit: string) => ({ value, measurand, unit });
  for (const [n, wh] of [
    [20, 2000],
    [10, 5000],
  ] as const) {
    await charger.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [
        {
          timestamp: iso(now - n * minute),
          sampledValue: [
            sampled(String(wh), 'Energy.Active.Import.Register', 'Wh'),
            sampled('11000', 'Power.Active.Import', 'W'),
          ],
        },
      ],
    });
  }
  await settle(database, chargerKey);
  const stop = async () => {
    await charger.call('StopTransaction', { transactionId, timestamp: iso(now), meterStop: 6000 });
    await settle(database, chargerKey);
  };
  return { operator, chargerId, stop };
}

describe('the widgets of a dashboard, from the tables', () => {
  it('a charger is shown with its connection, its connectors, the session in progress and its error, and what it calls itself is text', async () => {
    const { operator, chargerId } = await charging();
    const html = await ask({ widget: 'chargers', operatorId: operator.operatorId });

    expect(html).toContain(chargerId);
    expect(html).toMatch(/online<\/span> <span class="q">90 min/);
    expect(html).toContain('<b>5 kWh</b> 11 kW <svg');
    expect(html).toContain('GroundFailure · &lt;i&gt;earth&lt;/i&gt;');
    expect(html).toContain('North &lt;b&gt;&amp; Sons&lt;/b&gt; · &lt;script&gt;alert(1)&lt;');
    expect(html).not.toMatch(/<script|<img|<i>/);
    expect(html).toContain('1 of 1 chargers online (100 %)');
  });

  it('the filters for chargers leave those that have been offline for so long and those with a faulted connector', async () => {
    const { operator, chargerId } = await charging();
    await operator.call('POST', '/chargers', { chargerId: 'NEVER-HERE', maxPowerKw: 22 });
    const { operatorId } = operator;

    const offline = await ask({ widget: 'chargers', operatorId, offlineMinutes: 10 });
    const faulted = await ask({ widget: 'chargers', operatorId, faulted: true });
    const tomorrow = now + 24 * 60 * minute;
    const later = await ask({ widget: 'chargers', operatorId, offlineMinutes: 10 }, tomorrow);

    expect(offline).toContain('NEVER-HERE');
    expect(offline).not.toContain(chargerId);
    expect(faulted).toContain(chargerId);
    expect(faulted).not.toContain('NEVER-HERE');
    // No connection lasts a day: the charger has been gone since it was last heard.
    expect(later).toContain(chargerId);
  });

  it('the chargers of all operators are one list, page by page, each on one page alone', async () => {
    const { operator } = await charging();
    const others = Array.from({ length: 52 }, (_, n) => `PAGE-${String(n).padStart(2, '0')}`);
    for (const chargerId of others) {
      await operator.call('POST', '/chargers', { chargerId, maxPowerKw: 22 });
    }
    const seen: string[] = [];
    let call: object | undefined = { widget: 'chargers', limit: 20 };
    while (call !== undefined) {
      const html: string = await ask(call);
      seen.push(...[...html.matchAll(/<td><b>([^<]+)<\/b>/g)].map(([, id = '']) => id));
      const [, next] = /<cwdb-action [^>]*>([^<]*)</.exec(html) ?? [];
      call = next === undefined ? undefined : JSON.parse(next.replaceAll('&quot;', '"'));
    }

    expect(seen.filter((id) => id.startsWith('PAGE-'))).toEqual(others);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('a charger shows the energy of its last 24 hours, of the session in progress as well', async () => {
    const { operator } = await charging();
    const html = await ask({ widget: 'chargers', operatorId: operator.operatorId });

    expect(html).toMatch(/<title>5\.0 kWh in 24 h, up to 5\.0 kWh in one<\/title>/);
  });

  it('the sums of a fleet and of its sessions are those of its chargers, and the uptime is by the definition that is asked for', async () => {
    const { operator, chargerId } = await charging();
    const { operatorId } = operator;

    const fleet = await ask({ widget: 'fleet', operatorId });
    expect(fleet).toContain('<b>1</b> of 1 chargers online (100.0 %)');
    expect(fleet).toContain('GroundFailure');
    expect(await ask({ widget: 'charging', operatorId })).toContain(
      '<b>1</b> sessions in progress at 2 connectors (50.0 %), <b>11.0 kW</b>',
    );
    for (const definition of ['nevi', 'uk', 'contract', undefined]) {
      const uptime = await ask({ widget: 'uptime', operatorId, definition });
      expect(uptime).toContain(`<b>${chargerId}</b>`);
      expect(uptime).toMatch(/of \d connectors reach the threshold/);
    }
  });

  it('the uptime of every connector is a row, the lowest first, by each definition, with its outage and what is excluded; what is left is counted', async () => {
    const ours = [await charging(), await charging()].map(({ chargerId }) => chargerId);
    const found: string[] = [];
    let silent = 0;
    let call: object | undefined = { widget: 'uptime', limit: 100 };
    while (call !== undefined) {
      const html: string = await ask(call);
      expect(html).toMatch(/Contract, this month: .* NEVI, twelve months: .* UK, calendar year: /);
      const rows = [...html.matchAll(/<tr><td><b>([^<]*)<\/b> ([^<]*)<(.*?)<\/tr>/g)];
      found.push(...rows.map(([, charger, connector]) => `${charger} ${connector}`));
      const lowest = rows.map(([, , , cells = '']) =>
        Math.min(...[...cells.matchAll(/>([\d.]+) %/g)].map(([, percent]) => Number(percent))),
      );
      expect(lowest).toEqual(lowest.toSorted((x, y) => x - y));
      for (const [, , , cells] of rows) {
        expect(cells?.match(/[\d.]+ min out<.*?>[\d.]+ excluded|not measured/g)).toHaveLength(3);
      }
      silent += Number(/(\d+) connectors have not reported/.exec(html)?.[1] ?? 0);
      const [, next] = /after these<\/a><cwdb-action [^>]*>([^<]*)</.exec(html) ?? [];
      call = next === undefined ? undefined : JSON.parse(next.replaceAll('&quot;', '"'));
    }

    // The second connector reported a fault, the first one nothing.
    expect(found).toEqual(expect.arrayContaining(ours.map((chargerId) => `${chargerId} 2`)));
    expect(new Set(found).size).toBe(found.length);
    expect(silent).toBeGreaterThanOrEqual(2);
  });

  it('the uptime of a whole page of chargers has few reads at a time: those that wait for one of the 50 connections of the client are not many', async () => {
    const { operatorId, call } = await newOperator(database);
    for (let n = 0; n < 50; n += 1) {
      const { status } = await call('POST', '/chargers', {
        chargerId: `CROWD-${n}`,
        connectors: 2,
      });
      expect(status).toBe(201);
    }
    const { requests, atOnce } = await countCrowd(database, () =>
      ask({ widget: 'uptime', operatorId }),
    );

    expect(requests).toBeGreaterThan(900);
    expect(atOnce).toBeLessThanOrEqual(200);
  });

  it('held CDRs go on by a button, each on one page alone, however many there are', async () => {
    for (let n = 0; n < 2; n += 1) await (await charging()).stop();
    const seen: string[] = [];
    let call: object | undefined = { widget: 'held', limit: 1 };
    while (call !== undefined) {
      const html: string = await ask(call);
      seen.push(...[...html.matchAll(/<td><code>(cdr_[^<]+)</g)].map(([, id = '']) => id));
      const [, next] = /after these<\/a><cwdb-action [^>]*>([^<]*)</.exec(html) ?? [];
      expect(html.includes('there may be more after these')).toBe(
        next !== undefined && html.includes('<code>'),
      );
      call = next === undefined ? undefined : JSON.parse(next.replaceAll('&quot;', '"'));
    }
    const all: string = await ask({ widget: 'held', limit: 100 });

    expect(seen.length).toBeGreaterThan(1);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual([...all.matchAll(/<td><code>(cdr_[^<]+)</g)].map(([, id]) => id));
    expect(all).not.toContain('after these');
  });

  it('revenue by tariff is that of the month, and what did not fail is said to be well', async () => {
    const { operatorId } = await newOperator(database);
    const facts = { endedAt: iso(now), timeZone: 'UTC', energyKwh: 5 };
    const total = { currency: 'EUR', exclVat: '1.00', inclVat: '1.19' };
    const all = contributionOf(cdrWith(facts, total), 1, undefined) ?? [];
    await countCdrs(database, operatorId, [all].flat(), now / 1000);

    const html = await ask({ widget: 'tariffs', operatorId });
    expect(html).toContain('1.19 EUR');
    expect(html).toContain('<td class="n">5</td>');
    expect(html).not.toContain('GET /analytics/tariffs');
    expect(await ask({ widget: 'failed', operatorId })).toContain(
      'No session of this month failed',
    );
    expect(await ask({ widget: 'bills', operatorId })).toContain('No payment failed');
    expect(await ask({ widget: 'deliveries', operatorId })).toContain('Every webhook and partner');
    expect(await ask({ widget: 'commands', operatorId })).toContain('No command ended');
  });

  it('a session that gave no energy, a command that was refused and a webhook that is disabled are shown', async () => {
    const { operatorId } = await newOperator(database, 'Trouble');
    const at = iso(now);
    await createWebhook(database, {
      ...{ webhookId: 'wh_1', operatorId, url: 'https://crm.example/<b>', events: ['*'] },
      ...{ createdAt: at, secretVersion: 1, version: 1 },
      disabled: { reason: 'failing', at },
      failingSince: iso(now - 5 * 24 * 60 * minute),
    });
    const data = { commandId: 'cmd_1', type: 'reset', state: 'rejected' } as const;
    const finished = { ...data, sessionId: null, error: null };
    const event = { type: 'command.finished', at, source: 'cmd_1#1', data: finished } as const;
    await appendEvents(database, operatorId, [event], { since: now, now: () => now });

    expect(await ask({ widget: 'deliveries', operatorId })).toMatch(
      /https:\/\/crm\.example\/&lt;b&gt;.*5 d.*disabled: failing/,
    );
    expect(await ask({ widget: 'commands', operatorId })).toMatch(
      /rejected<\/th>.*<td>reset<\/td><td class="n b">1<\/td><td class="n">0<\/td>/,
    );
  });

  it('a look at all deliveries is bounded however many partners there are, and says that it did not see all', async () => {
    const at = iso(now);
    for (let n = 0; n < 5; n += 1) {
      const { operatorId } = await newOperator(database, `Many ${n}`);
      const partners = Array.from({ length: 45 }, (_, number) => number);
      await Promise.all(
        partners.map(async (number) => {
          await createPartner(database, {
            ...{ partnerId: `ptn_${number}`, operatorId, name: `Partner ${number}` },
            ...{ versions: ['2.2.1'], ourRoles: ['CPO'], quirks: [], accepted: {} },
            ...{ createdAt: at, updatedAt: at, revision: 1 },
          });
        }),
      );
    }
    let html = '';
    const { reads } = await countRequests(database, async () => {
      html = await ask({ widget: 'deliveries' });
    });

    expect(html).toContain('Not all were looked at');
    expect(reads.length).toBeLessThanOrEqual(600);
  });

  it('a held CDR is shown with its reason, its energy and the time since its session ended', async () => {
    const { operator, chargerId, stop } = await charging();
    await stop();
    const html = await ask(
      { widget: 'held', operatorId: operator.operatorId },
      now + 3 * 60 * minute,
    );

    expect(html).toContain(chargerId);
    expect(html).toContain('<b>NO_TARIFF</b>');
    expect(html).toMatch(/>3 h</);
    expect(html).toContain('6 kWh');
    expect(html.match(/<cwdb-action /g)).toHaveLength(3);
    expect(html).toContain('confirmation="Bill nothing');
    const other = await newOperator(database);
    expect(await ask({ widget: 'held', operatorId: other.operatorId })).toContain(
      'No CDR is held.',
    );
  });

  it('the money of the last days is that of the sealed CDRs, by currency and day', async () => {
    const { operatorId } = await newOperator(database);
    const sealed = [
      [0, 'EUR', '1.19'],
      [0, 'EUR', '2.00'],
      [6, 'EUR', '10.00'],
      [7, 'EUR', '99.00'],
      [1, 'SEK', '50.00'],
    ] as const;
    const all = sealed.flatMap(([days, currency, inclVat], n) => {
      const endedAt = iso(now - days * 24 * 60 * minute);
      const facts = { endedAt, timeZone: 'UTC', energyKwh: 5 };
      const cdr = cdrWith(facts, { currency, exclVat: '1.00', inclVat });
      return contributionOf(cdr, n + 1, undefined) ?? [];
    });
    await countCdrs(database, operatorId, all, now / 1000);
    const html = await ask({ widget: 'money', operatorId });

    expect(html).toContain('<b>13.19 EUR</b>');
    expect(html).toContain('3.00 without · 3 sessions · 15 kWh');
    expect(html).toContain('<b>50.00 SEK</b>');
    expect(html).not.toContain('99.00');
  });

  it('failures are counted by step, with the command that looks at them', async () => {
    const html = await ask({ widget: 'failures' });

    expect(html).toContain('>3</td>');
    expect(html).toContain('failures show cdr --stage prod');
    expect(html).toContain(
      '{&quot;action&quot;:&quot;retry&quot;,&quot;step&quot;:&quot;cdr&quot;}',
    );
  });

  it('the function describes itself, and says which parameter of a widget is not valid', async () => {
    expect(await ask({ describe: true })).toContain('offlineMinutes');
    expect(await ask({ widget: 'chargers', limit: 1000 })).toContain('not valid: limit');
    expect(await ask({ widget: 'weather' })).toContain('not valid: widget');
  });

  it('a dark dashboard gets the widget in dark', async () => {
    const of = async (theme: string) =>
      await ask({ widget: 'failures', widgetContext: { theme, dashboardName: 'fleet' } });

    expect(await of('dark')).toContain('class="jg-dark"');
    expect(await of('light')).toContain('class="jg-light"');
  });
});
