import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { readKeysFor } from '../../../lambdas/billing/read-meter-keys.ts';
import { readSession } from '../../../lambdas/store/sessions/sessions.ts';
import {
  type Charged,
  charge,
  openSignedSite,
  registerKey,
  signedEnds,
} from '../cdr/signed-plant.ts';
import { countRequests } from '../count-requests.ts';
import { messageRecords, settle } from '../plant.ts';
import { type TestSite, verdictOn } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSignedSite();
});

afterAll(async () => {
  await site.close();
});

describe('a charger whose meter signs', () => {
  it('a sealed CDR with signed values keeps its key when that is deleted', async () => {
    const charger = await site.register();
    const meterKeyId = await registerKey(site, charger);
    const cdr = await charge(site, charger, signedEnds());

    await site.call('DELETE', `/chargers/${charger}/meter-keys/${meterKeyId}`);
    await settle(site.database, charger);
    const after = await site.cdrOf({ sessionId: cdr['sessionId'] });

    expect(after).toEqual(cdr);
    expect((await verdictOn(site, after)).valid).toBe(true);
  });

  it.each([
    ['at the time of the session', { validFrom: '2026-03-02T10:00:00Z' }, 'signed'],
    ['at another time', { validUntil: '2026-03-02T11:00:00Z' }, 'register'],
    ['on another connector', { connectorId: 2 }, 'register'],
  ])(
    'signed values are verified by a key that applies %s, and by no other',
    async (_about, scope, quality) => {
      const charger = await site.register();
      await registerKey(site, charger, scope);

      expect(await charge(site, charger, signedEnds())).toMatchObject({
        state: 'sealed',
        evidence: { quality },
      });
    },
  );

  it('reading the keys of a meter costs one read, only in sessions with signed values', async () => {
    const [signing, plain] = [await site.register(), await site.register()];
    await registerKey(site, signing);
    const requestsOf = async (charger: string, charged: Charged) => {
      const cdr = await charge(site, charger, charged);
      const stored = await readSession(site.database, String(cdr['sessionId']));
      const kept = (await messageRecords(site.database)).filter(
        ({ chargerId }) => chargerId.toLowerCase() === charger,
      );
      if (stored === undefined || kept.length === 0) throw new Error('nothing was kept');
      const decoded = kept.map((message) => decodeMessage(v16, message));
      return await countRequests(site.database, () => readKeysFor(site.database, stored, decoded));
    };

    const end = { value: '8000', context: 'Transaction.End' };
    expect(await requestsOf(plain, { end })).toEqual({ reads: [], writes: [] });
    expect(await requestsOf(signing, signedEnds())).toEqual({ reads: ['Query'], writes: [] });
  });
});
