import '../quiet.ts';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formatsModule from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoutes } from '../../../lambdas/api/open-routes.ts';
import { resolve } from '../cdr/held-plant.ts';
import { charge, openSignedSite, registerKey, signedEnds } from '../cdr/signed-plant.ts';
import { at, type Body, settle } from '../plant.ts';
import { start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;
let isDescribed: ValidateFunction;

/** A schema as strict as the API's own: no property besides those that it names. */
function strictly(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strictly);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [name, strictly(value)]);
  const strict = Object.fromEntries(entries);
  return strict.type === 'object' && strict.properties !== undefined
    ? { additionalProperties: false, ...strict }
    : strict;
}

beforeAll(async () => {
  site = await openSignedSite();
  const route = openRoutes.find(({ path }) => path === '/openapi.json');
  const document = strictly(JSON.parse(JSON.stringify(await route?.answer())));
  const ajv = formatsModule.default(new Ajv2020({ strict: false, allErrors: true }));
  ajv.addSchema({ $id: 'https://joulegate/openapi', ...(document as object) });
  isDescribed = ajv.compile({ $ref: 'https://joulegate/openapi#/components/schemas/Cdr' });
});

afterAll(async () => {
  await site.close();
});

/** A CDR that is described in whole; gives its evidence. */
function described(cdr: Body): { readonly basis: Body } & Body {
  isDescribed(cdr);
  expect(isDescribed.errors ?? []).toEqual([]);
  return cdr['evidence'] as { readonly basis: Body } & Body;
}

/** The CDR of a held session after a decision about it. */
async function decided(cdr: Body, decision: object): Promise<Body> {
  expect((await resolve(site, cdr['cdrId'], decision)).status).toBe(202);
  await settle(site.database, site.chargerId);
  return await site.cdrOf({ sessionId: cdr['sessionId'] });
}

const strangeSession = async (): Promise<Body> => {
  await site.register();
  const charger = await site.plugIn();
  const { transactionId } = await charger.call('StartTransaction', start({ idTag: 'STRANGER' }));
  await charger.call('StopTransaction', stop(transactionId));
  await site.settle();
  return await site.cdrOf((await site.sessions())[0]);
};

describe('the description of a CDR', () => {
  it('a CDR with signed values fits the description to the last property, and so does the one after it', async () => {
    const charger = await site.register();
    await registerKey(site, charger, { connectorId: 1, validFrom: '2026-01-01T00:00:00Z' });

    const first = described(await charge(site, charger, signedEnds()));
    expect(first).toMatchObject({ quality: 'signed', signedPair: { kind: 'pair' } });
    expect(first).toHaveProperty('signedValues.0.verdict.meterKeyId');
    expect(first.basis).toHaveProperty('meterKeys.0.connector');

    const [from, to] = ['2026-03-02T12:00:00Z', '2026-03-02T13:00:00Z'];
    const next = described(
      await charge(site, charger, { from, to, fromWh: 8_004, toWh: 9_000, ...signedEnds('0.1') }),
    );
    expect(next['signedPair']).toMatchObject({ kind: 'no-pair' });
    expect(next.basis).toHaveProperty('previousSigned');
    expect(next.basis).toHaveProperty('previousRegister');
  });

  it.each([
    [{ decision: 'accept' }],
    [{ decision: 'accept', reason: 'A guest.' }],
    [{ decision: 'setEnergy', energyKwh: 3.5, reason: 'As the driver says.' }],
    [{ decision: 'void', reason: 'Nobody charged.' }],
  ])(
    'a held CDR fits the description, and so does the sealed one after the decision %j',
    async (decision) => {
      const held = await strangeSession();
      expect(held).toMatchObject({ state: 'held' });
      described(held);

      const sealed = await decided(held, decision);
      expect(sealed).toMatchObject({ state: 'sealed' });
      expect(described(sealed).basis).toHaveProperty('decision.decidedBy.apiKeyId');
    },
  );

  it('a CDR without a start or a tariff fits the description', async () => {
    await site.register({ tariffId: undefined });
    await (await site.plugIn()).call('StopTransaction', stop(4711));
    await site.settle();

    const cdr = await site.cdrOf((await site.sessions())[0]);
    expect(described(cdr)).not.toHaveProperty('session.start');
  });

  it('a CDR with a promo code fits the description, whether the code was redeemed or refused', async () => {
    for (const [code, uses, kind] of [
      ['HALF', 5, 'redeemed'],
      ['OVER', 1, 'refused'],
    ] as const) {
      await site.call('POST', '/promo-codes', { code, kind: 'percent', percent: '50', uses });
      await site.call('POST', '/tokens', { tokenId: code, promoCode: code, accountId: 'acc' });
      let last: Body = {};
      for (let n = 0; n < 2; n += 1) {
        await site.register();
        const charger = await site.plugIn();
        const { transactionId } = await charger.call('StartTransaction', start({ idTag: code }));
        await charger.call('StopTransaction', stop(transactionId));
        await site.settle();
        last = await site.cdrOf((await site.sessions())[0]);
      }
      expect(described(last).basis).toMatchObject({ promoCode: { kind, code } });
    }
  });

  it('a CDR of an aborted session, or of one above the limits of its operator, fits the description', async () => {
    const limits = { longestSessionDays: 1, highestPrice: { EUR: '60' } };
    await site.call('PUT', '/settings', { limits });
    await site.register({ maxPowerKw: 300 });
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start());
    const end = { timestamp: at(2 * 24 * 60), meterStop: 200_000, reason: 'PowerLoss' };
    await charger.call('StopTransaction', stop(transactionId, end));
    await site.settle();

    const cdr = await site.cdrOf((await site.sessions())[0]);
    await site.call('PUT', '/settings', {});
    const { basis } = described(cdr);
    expect(basis).toMatchObject({ settings: {}, limits: { longestSessionDays: 1 } });
  });

  it('a property that the description does not know is found anywhere in the evidence', async () => {
    const held = await strangeSession();
    const evidence = held['evidence'] as Body;
    const session = { ...(evidence['session'] as Body), unknown: 1 };

    expect(isDescribed({ ...held, evidence: { ...evidence, unknown: 1 } })).toBe(false);
    expect(isDescribed({ ...held, evidence: { ...evidence, basis: { unknown: 1 } } })).toBe(false);
    expect(isDescribed({ ...held, evidence: { ...evidence, session } })).toBe(false);
  });
});
