import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import type { PartnerMessage } from '../../../lambdas/roaming/partner-message.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { testServices } from '../test-services.ts';
import { addPartner, type Document, openRoaming, type TestPartner } from './roaming-plant.ts';

let database: TestDatabase;
let uids = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const newUid = (): string => {
  uids += 1;
  return `PRICE-${uids}`;
};

const plain = (document: unknown): Document => JSON.parse(writeJsonLiterals(document as never));

type Connector = { readonly tariff_id?: string; readonly tariff_ids?: readonly string[] };

/** The tariffs of the first connector that a partner sees, and when its location changed last. */
const seenBy = async (partner: TestPartner) => {
  const [location] = await partner.list('locations');
  const { evses, last_updated } = plain(location) as {
    readonly evses: readonly { readonly connectors: readonly Connector[] }[];
    readonly last_updated: string;
  };
  const { tariff_id, tariff_ids } = evses[0]?.connectors[0] ?? {};
  return { tariffs: tariff_ids ?? [tariff_id], last_updated };
};

const tariffsOf = async (partner: TestPartner) =>
  (await partner.list('tariffs')).map((tariff) => plain(tariff)['id']);

/** A location whose tariff is 0.50, a cheaper one, and a partner. */
async function havePrices(version: string) {
  const roaming = await openRoaming(database);
  const { operator, publishing, tariffId } = roaming;
  const form = { name: 'For partners', currency: 'EUR', perKwh: '0.40', vatPercent: '19' };
  const { body } = await operator.call('POST', '/tariffs', form);
  const cheaper = String(body['tariffId']);
  const partner = await addPartner(database, operator, version);
  const setPrices = async (tariffIds: object) =>
    await operator.call('PATCH', `/partners/${partner.partnerId}`, { tariffIds });
  /** Does what the message does that setting a price list sends. */
  const showAgain = async () =>
    await takeMessage(publishing, {
      kind: 'everything',
      operatorId: operator.operatorId,
      touched: [tariffId],
    });
  return { ...roaming, cheaper, partner, setPrices, showAgain };
}

describe.each([...ocpiVersions])('the price list of a partner of OCPI %s', (version) => {
  it('its drivers pay by it from the start to the CDR, others what everybody pays', async () => {
    const { begin, publish, tariffId, cheaper, partner, setPrices, operator } =
      await havePrices(version);
    const other = await addPartner(database, operator, version, {});
    expect((await setPrices({ [tariffId]: cheaper })).status).toBe(200);
    const [uid, uidOfOther] = [newUid(), newUid()];
    await partner.pushToken(uid);
    await other.pushToken(uidOfOther);

    const session = await begin(uid);
    const sessionOfOther = await begin(uidOfOther);
    const shown = await operator.call('GET', `/sessions/${session.sessionId}`);
    expect(shown.body['tariffId']).toBe(cheaper);
    // A price list that changes meanwhile changes no session that runs.
    await setPrices({});
    await session.end();
    await sessionOfOther.end();
    await publish();

    const total = { '2.1.1': 4, '2.2.1': { excl_vat: 4 }, '2.3.0': { before_taxes: 4 } }[version];
    const [cdr] = await partner.list('cdrs');
    expect(plain(cdr)).toMatchObject({
      total_energy: 10,
      tariffs: [{ id: cheaper }],
      total_cost: total,
      // The place that 2.1.1 puts into a CDR names the tariff of its price.
      ...(version === '2.1.1'
        ? { location: { evses: [{ connectors: [{ tariff_id: cheaper }] }] } }
        : {}),
    });
    const [cdrOfOther] = await other.list('cdrs');
    expect(plain(cdrOfOther)).toMatchObject({ tariffs: [{ id: tariffId }] });
  });

  it('it sees its own tariffs at its connectors and in its list, also after a change, and others do not', async () => {
    const { begin, publish, tariffId, cheaper, partner, setPrices, showAgain, operator } =
      await havePrices(version);
    const other = await addPartner(database, operator, version, {});
    await begin(newUid());
    await publish();
    const before = await seenBy(partner);
    expect(before.tariffs).toEqual([tariffId]);

    await setPrices({ [tariffId]: cheaper });
    await showAgain();
    const after = await seenBy(partner);
    expect(after.tariffs).toEqual([cheaper]);
    expect(after.last_updated > before.last_updated).toBe(true);
    expect(await tariffsOf(partner)).toEqual([cheaper]);
    expect((await seenBy(other)).tariffs).toEqual([tariffId]);
    expect(await tariffsOf(other)).toEqual([tariffId]);

    await setPrices({});
    expect((await seenBy(partner)).tariffs).toEqual([tariffId]);
    expect(await tariffsOf(partner)).toEqual([tariffId]);
  });
});

describe('a price list', () => {
  it('a tariff that does not exist, or has another currency, is refused by name', async () => {
    const { operator, tariffId, setPrices } = await havePrices('2.2.1');
    const franc = { name: 'Swiss', currency: 'CHF', perKwh: '0.40' };
    const { body } = await operator.call('POST', '/tariffs', franc);

    expect((await setPrices({ [tariffId]: 'trf_unknown' })).code).toBe('TARIFF_NOT_FOUND');
    const mixed = await setPrices({ [tariffId]: body['tariffId'] });
    expect(mixed.code).toBe('INVALID_REQUEST');
    expect(JSON.stringify(mixed.body)).toContain(`body.tariffIds.${tariffId}`);
  });

  it('one whose places could not be shown again is shown with the next change of its partner, and then not again', async () => {
    const { operator, tariffId, cheaper, partner, setPrices } = await havePrices('2.2.1');
    const sent: PartnerMessage[] = [];
    const sending = vi.spyOn(testServices, 'sendPartnerMessages');
    onTestFinished(() => sending.mockRestore());
    sending.mockImplementation(async (messages) => void sent.push(...messages));
    sending.mockRejectedValueOnce(new Error('The queue cannot be reached'));
    const prices = { [tariffId]: cheaper };
    await expect(setPrices(prices)).rejects.toThrow('The queue cannot be reached');
    expect(sent).toEqual([]);

    for (let times = 0; times < 2; times += 1) {
      expect((await setPrices(prices)).status).toBe(200);
      const { operatorId } = operator;
      expect(sent).toEqual([{ kind: 'everything', operatorId, touched: [tariffId] }]);
    }
    const { body } = await operator.call('GET', `/partners/${partner.partnerId}`);
    expect(body['tariffIds']).toEqual(prices);
  });
});
