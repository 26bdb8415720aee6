import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { sessionId } from '../../../core/session/session-id.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import { endConnection, takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { foldSpan, spansOf } from '../../../lambdas/tariff/fold-readings.ts';
import { ended, energy, started, updated } from '../ocpp/v201-events.ts';
import { at, messageRecords, type TestCharger } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;
let charger: TestCharger;
let posted: unknown[][];
const connection = { connectionId: 'c-1', connectedAt: at(0) };

const sender = (minute: number): Sender => ({
  database: site.database,
  now: () => Date.parse(at(minute)),
  // Neither a deadline nor the life of a command passes in any of these minutes.
  send: async (message) => {
    if (message.kind !== 'deadline' && message.kind !== 'expire')
      await handleMessage(sender(minute), message);
  },
  post: async (_connectionId, frame) => {
    posted.push(JSON.parse(frame));
    return 'posted';
  },
});

/** Has the costs that changed at a minute of our clock sent; gives the sessions that were to be told. */
async function fold(minute: number, times = 1): Promise<readonly string[]> {
  const records = await messageRecords(site.database);
  const own = records.filter(({ chargerKey }) => chargerKey === site.chargerKey);
  const found: string[] = [];
  // Those of the transaction first: the first look at a session takes all that was kept.
  const spans = spansOf(own).toSorted(
    ([a], [b]) => Number(b.sessionId !== undefined) - Number(a.sessionId !== undefined),
  );
  for (const span of spans) {
    const [folded] = await foldSpan(site.database, span, at(minute));
    if (folded?.kind !== 'written' || folded.untold === undefined) continue;
    const { session, chargerKey } = folded.untold;
    found.push(session.transactionId);
    const message = {
      kind: 'cost',
      chargerKey,
      sessionId: session.sessionId,
      foundAt: at(minute),
    } as const;
    for (let n = 0; n < times; n += 1) await handleMessage(sender(minute), message);
  }
  return found;
}

/** Registers outside TransactionEvent, as many chargers send those that are aligned to the clock. */
const metered = (minute: number) => ({
  evseId: 1,
  meterValue: [energy(minute, 1000 + minute * 100)],
});

const commands = async () => {
  const { body } = await site.call('GET', `/chargers/${site.chargerId}/commands`);
  return (body['items'] as Record<string, unknown>[]).map(({ type, origin, request }) => ({
    type,
    origin,
    request,
  }));
};

async function connect(protocol: Protocol = 'ocpp2.0.1'): Promise<void> {
  await site.register();
  charger = await site.plugIn(Date.parse(at(70)), protocol);
  await takeOver(site.database, site.chargerKey, { ...connection, protocol });
}

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22, connectors: 2 },
  });
  await site.call('PUT', '/settings', { showRunningCost: true });
});
afterAll(async () => {
  await site.close();
});
beforeEach(async () => {
  posted = [];
  await connect();
});

describe('the cost of a running session that its charger has not asked for', () => {
  it('a charger is sent the new cost when readings come which no answer about the session goes with', async () => {
    await charger.call('TransactionEvent', started());
    await charger.call('MeterValues', metered(20));

    expect(await fold(20)).toEqual(['tx-1']);

    const wire = { totalCost: 1, transactionId: 'tx-1' };
    expect(posted).toEqual([[2, expect.any(String), 'CostUpdated', wire]]);
    expect(await commands()).toEqual([
      { type: 'cost-updated', origin: 'running-cost', request: { fields: wire } },
    ]);
  });

  it('a message that comes again, and a second reading within the minute, send nothing', async () => {
    await charger.call('TransactionEvent', started());
    await charger.call('MeterValues', metered(20));
    await fold(20, 2);
    await charger.call('MeterValues', metered(21));
    await fold(20);

    expect(posted).toHaveLength(1);
    expect(await commands()).toHaveLength(1);
  });

  it('a reading that changes no cost sends nothing, and neither do those of a transaction, whose answers say it', async () => {
    await charger.call('TransactionEvent', started());
    await charger.call('TransactionEvent', updated(1, 20));
    expect(await fold(20)).toEqual([]);
    await charger.call('MeterValues', metered(20));
    expect(await fold(21)).toEqual([]);
  });

  it('nothing is sent to a charger that is offline, of a session that ended, or of one whose token was not accepted', async () => {
    await charger.call('TransactionEvent', started());
    await charger.call('MeterValues', metered(20));
    await endConnection(site.database, site.chargerKey, connection.connectionId, at(20));
    expect(await fold(20)).toEqual(['tx-1']);

    await connect();
    await charger.call('TransactionEvent', started());
    await charger.call('MeterValues', metered(20));
    await charger.call('TransactionEvent', ended(1));
    await fold(20);

    await connect();
    await charger.call(
      'TransactionEvent',
      started({ idToken: { idToken: 'X', type: 'ISO14443' } }),
    );
    await charger.call('MeterValues', metered(20));
    expect(await fold(20)).toEqual(['tx-1']);

    expect(posted).toEqual([]);
  });

  it('a charger of OCPP 1.6 is sent none: it has no word for it', async () => {
    await connect('ocpp1.6');
    const start = { connectorId: 1, idTag: 'TAG1', meterStart: 1000, timestamp: at(0) };
    const { transactionId } = await charger.call('StartTransaction', start);
    await charger.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: at(20), sampledValue: [{ value: '3000' }] }],
    });
    expect(await fold(20)).toEqual([]);
  });

  it('the cost is sent again when a promo code takes something off it', async () => {
    await site.call('POST', '/promo-codes', { code: 'HALF', kind: 'percent', percent: '50' });
    await charger.call('TransactionEvent', started());
    await charger.call('MeterValues', metered(20));
    await fold(20);
    const id = sessionId(site.chargerKey, 'tx-1');
    const path = `/sessions/${id}/promo-code`;
    expect((await site.call('POST', path, { code: 'HALF' })).status).toBe(200);
    const { chargerKey } = site;
    await handleMessage(sender(22), { kind: 'cost', chargerKey, sessionId: id, foundAt: at(22) });

    // The first is not answered yet: the second waits behind it.
    expect((await commands()).map(({ request }) => request)).toMatchObject([
      { fields: { totalCost: 0.5 } },
      { fields: { totalCost: 1 } },
    ]);
  });
});
