import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keepReading } from '../../../lambdas/store/readings/readings.ts';
import { at, type Body, codesOf } from '../plant.ts';
import { expectValid, openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;

/** A message counts for 250 bytes beside its text. */
const bytesOfOne = 252;
/** More than those whose marks a session has room for, so that only time says what its CDR is based on. */
const counted = 3_050;

beforeAll(async () => {
  vi.stubEnv('SESSION_MEGABYTES', String((counted * bytesOfOne) / 1_000_000));
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { connectors: 1, maxPowerKw: 22 },
  });
  await site.register();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await site.close();
});

/** Puts so many messages that say nothing into the evidence of a session, as several connections at once can. */
async function fill(sessionId: string, messages: number): Promise<void> {
  const { chargerId, chargerKey } = site;
  const { operatorId } = site.operator;
  const record = {
    ...{ operatorId, chargerId, chargerKey, sessionId, evseId: 1, connectorId: 1 },
    ...({ kind: 'meter', protocol: 'ocpp1.6', raw: '{}' } as const),
  };
  const begun = Date.parse(at(1));
  for (let n = 0; n < messages; n += 50) {
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const time = new Date(begun + (n + index) * 1000).toISOString();
        const kept = { ...record, at: time, receivedAt: time };
        await keepReading(site.database, kept, String(n + index), 400);
      }),
    );
  }
}

const readingsOf = async (path: string): Promise<readonly Body[]> => {
  const items: Body[] = [];
  let cursor = '';
  do {
    const { body } = await site.call('GET', `${path}limit=100&cursor=${cursor}`);
    items.push(...(body.items ?? []));
    cursor = String(body['nextCursor'] ?? '');
  } while (cursor !== '');
  return items;
};

describe('a session with more evidence than its CDR is made from', () => {
  it('the accepted CDR of an oversized session lists the readings that it is based on, and no others, and is valid by them', async () => {
    const charger = await site.plugIn(Date.parse(at(60)));
    const { transactionId } = await charger.call('StartTransaction', start());
    const [running] = await site.sessions();
    await fill(String(running?.['sessionId']), counted + 100);
    await charger.call('StopTransaction', stop(transactionId));
    await site.settle();
    const [session] = await site.sessions();
    const held = await site.cdrOf(session);
    expect(held).toMatchObject({ state: 'held' });
    expect(codesOf(held)).toContain('EVIDENCE_TOO_LARGE');

    const decided = await site.call('POST', `/cdrs/${held['cdrId']}/resolve`, {
      decision: 'accept',
      reason: 'The driver agrees.',
    });
    expect([decided.code, decided.status]).toEqual([undefined, 202]);
    await site.settle();

    const sealed = await site.cdrOf(session);
    expect(sealed).toMatchObject({ state: 'sealed' });
    const all = await readingsOf(`/cdrs/${sealed['cdrId']}/readings?`);
    expect(all.length).toBe((sealed['evidence'] as { readings: number }).readings);
    await expectValid({ ...site, countedOf: async () => all }, sealed);
  });
});
