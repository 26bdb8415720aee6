import { beforeAll, describe, expect, it } from 'vitest';
import { connect, eventually, type Flow, type ShownSession } from '../flow.ts';
import { invoicePair } from '../invoice-pair.ts';
import { energyAt } from '../meter-values.ts';
import { haveRoamingPair, pull, pullTokens, type RoamingPair } from '../roaming-pair.ts';
import type { TestCharger } from '../test-charger.ts';

const versions = ['2.1.1', '2.2.1', '2.3.0'] as const;

type List<T> = { readonly items: readonly T[] };
type Location = {
  readonly roamingLocationId: string;
  readonly locationId: string;
  readonly freeEvses: number;
};
type Evse = { readonly evseUid: string; readonly status: string };
type Session = {
  readonly roamingSessionId: string;
  readonly state: string;
  readonly tokenId: string;
  readonly accountId: string | null;
  readonly energyKwh: string;
  readonly cost: { readonly exclVat: string } | null;
};
type ReceivedCdr = {
  readonly cdrId: string;
  readonly verdict: string;
  readonly differences: readonly unknown[];
  readonly energyKwh: string;
  readonly total: { readonly exclVat: string };
};
type Command = {
  readonly roamingCommandId: string;
  readonly state: string;
  readonly response: string | null;
  readonly result: string | null;
};
type Sum = {
  readonly direction: string;
  readonly exclVat: string;
  readonly vat: string | null;
  readonly energyKwh: string;
  readonly cdrs: number;
};
type Settlement = { readonly sums: readonly Sum[] };

/** Joulegate as the roaming partner of itself: two operators that know of each other what OCPI carries, and nothing else. */
export const roamingWithItselfScenarios = (flow: () => Flow): void => {
  const now = Date.now();
  const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  const [endOfFirst, endOfSecond] = [minutesAgo(40), minutesAgo(1)];
  const months = new Set([endOfFirst, endOfSecond].map((at) => at.slice(0, 7)));
  const listed = async <T>({ emsp }: RoamingPair, path: string) =>
    (await emsp.get<List<T>>(path)).body.items;
  /** The view of the operator of drivers, once it is as it should be. */
  const seen = async <T>(
    pair: RoamingPair,
    path: string,
    wanted: (items: readonly T[]) => boolean,
  ): Promise<readonly T[]> => await eventually(() => listed<T>(pair, path), wanted);

  /** The next command of this name that the charger gets: it is accepted. */
  const accept = async (plug: TestCharger, action: string) => {
    const [asked = '[]'] = await eventually(
      async () => plug.received.filter((text) => text.includes(`"${action}"`)),
      (calls) => calls.length > 0,
    );
    const [, messageId, , payload] = JSON.parse(asked) as [2, string, string, { idTag: string }];
    plug.shout(JSON.stringify([3, messageId, { status: 'Accepted' }]));
    return payload;
  };
  const command = async (pair: RoamingPair, form: object) => {
    const { status, body } = await pair.emsp.post<Command>('/roaming/commands', form);
    expect([status, body]).toMatchObject([202, { response: 'ACCEPTED' }]);
    return body.roamingCommandId;
  };
  const outcome = async ({ emsp }: RoamingPair, commandId: string) =>
    await eventually(
      async () => (await emsp.get<Command>(`/roaming/commands/${commandId}`)).body,
      ({ state }) => state !== 'sent',
    );
  const status = (plug: TestCharger, word: string) =>
    plug.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: word });

  /** The driver's operator reads the location, then sees by pushes what the charger reports. */
  const findPlace = async (pair: RoamingPair, plug: TestCharger) => {
    await pull(pair, ['locations', 'tariffs']);
    const [place] = await listed<Location>(pair, '/roaming/locations?text=yard');
    expect(place).toMatchObject({ locationId: pair.locationId });
    await status(plug, 'Available');
    const roamingLocationId = place?.roamingLocationId ?? '';
    const evses = await seen<Evse>(
      pair,
      `/roaming/locations/${roamingLocationId}/evses`,
      ([evse]) => evse?.status === 'AVAILABLE',
    );
    expect(evses).toMatchObject([{ status: 'AVAILABLE' }]);
    return { roamingLocationId, evseUid: evses[0]?.evseUid };
  };

  /** A driver's card as the operator of chargers has it, once it has a status. */
  const cardAtCpo = async ({ cpo }: RoamingPair, tokenId: string, wanted: string) => {
    const { body } = await eventually(
      () => cpo.operator.get<{ readonly status: string }>(`/tokens/${tokenId}`),
      (answer) => answer.body.status === wanted,
    );
    expect(body).toMatchObject({ tokenId, status: wanted });
  };
  /** Cards of drivers are at the operator of chargers by pushes, then by a pull. One that has an account has to be asked about. */
  const shareCards = async (pair: RoamingPair) => {
    for (const tokenId of ['CARD-1', 'CARD-2']) await cardAtCpo(pair, tokenId, 'Invalid');
    await pullTokens(pair);
    const { body } = await pair.cpo.operator.get(`${pair.atCpo}/pulls`);
    expect(body).toMatchObject({ pulls: [{ module: 'tokens', received: 2, refused: 0 }] });
  };
  const blockCard = async (pair: RoamingPair) => {
    const blocked = { status: 'Blocked', accountId: 'DRIVERS' };
    expect((await pair.emsp.put('/tokens/CARD-2', blocked)).status).toBe(200);
    await cardAtCpo(pair, 'CARD-2', 'Blocked');
    const open = await pair.emsp.get<List<unknown>>(`${pair.atEmsp}/deliveries`);
    expect(open.body.items).toEqual([]);
  };

  /** A driver's card, of which the driver's operator is asked; the session is billed, and corrected when kept readings come. */
  const chargeByCard = async (pair: RoamingPair, plug: TestCharger) => {
    const authorized = await plug.call('Authorize', { idTag: 'CARD-1' });
    expect(authorized).toMatchObject({ idTagInfo: { status: 'Accepted' } });
    const begun = { connectorId: 1, idTag: 'CARD-1', meterStart: 0, timestamp: minutesAgo(100) };
    const { transactionId } = await plug.call('StartTransaction', begun);
    const ended = { transactionId, meterStop: 8000, timestamp: endOfFirst };
    await plug.call('StopTransaction', ended);
    const [cdr] = await seen<ReceivedCdr>(pair, '/roaming/cdrs', (all) => all.length === 1);
    expect(cdr).toMatchObject({ verdict: 'agrees', differences: [], energyKwh: '8' });
    const kept = { connectorId: 1, transactionId, meterValue: [energyAt(minutesAgo(70), 7000)] };
    await plug.call('MeterValues', kept);
    await seen<ReceivedCdr>(pair, '/roaming/cdrs', (all) => all.length === 3);
  };

  /** A session that the driver's operator begins, looks at, and ends. */
  const chargeByCommand = async (pair: RoamingPair, plug: TestCharger, place: object) => {
    const tokenId = 'CARD-2';
    const start = { type: 'start', ...place, connectorId: '1', tokenId };
    const started = await command(pair, start);
    const { idTag } = await accept(plug, 'RemoteStartTransaction');
    expect(await outcome(pair, started)).toMatchObject({ state: 'accepted', result: 'ACCEPTED' });
    const begun = { connectorId: 1, idTag, meterStart: 8000, timestamp: minutesAgo(20) };
    const { transactionId } = await plug.call('StartTransaction', begun);
    const active = '/roaming/sessions?state=active';
    const isLive = (all: readonly Session[]) => all.some((one) => one.tokenId === tokenId);
    await seen<Session>(pair, active, isLive);
    const reading = energyAt(minutesAgo(10), 9500);
    await plug.call('MeterValues', { connectorId: 1, transactionId, meterValue: [reading] });
    // Energy alone is pushed once a minute: it is read instead, as soon as there is something to be read.
    const { operator } = pair.cpo;
    const ours = async () => (await operator.get<List<ShownSession>>('/sessions/active')).body;
    await eventually(ours, ({ items }) => items.some(({ energyKwh }) => energyKwh === 1.5));
    const read = async () => {
      await pull(pair, ['sessions']);
      return (await listed<Session>(pair, active)).find((one) => one.tokenId === tokenId);
    };
    const live = await eventually(read, (session) => session?.energyKwh === '1.5');
    expect(live).toMatchObject({ state: 'active', energyKwh: '1.5', accountId: 'DRIVERS' });

    const { roamingSessionId } = live ?? {};
    const stopped = await command(pair, { type: 'stop', roamingSessionId });
    await accept(plug, 'RemoteStopTransaction');
    expect(await outcome(pair, stopped)).toMatchObject({ state: 'accepted', result: 'ACCEPTED' });
    const ended = { transactionId, meterStop: 10_000, timestamp: endOfSecond };
    await plug.call('StopTransaction', ended);
  };

  /** The sums that both agree on at the end. */
  const settle = async (pair: RoamingPair, saysVat: boolean) => {
    const { cpo, emsp, atCpo, atEmsp } = pair;
    const cdrs = await seen<ReceivedCdr>(pair, '/roaming/cdrs', (all) => all.length === 4);
    expect(cdrs.map(({ verdict, differences }) => [verdict, differences])).toEqual(
      cdrs.map(() => ['agrees', []]),
    );
    expect(cdrs.map(({ total }) => Number(total.exclVat)).toSorted((a, b) => a - b)).toEqual([
      -3.6, 0.6, 2.7, 3.6,
    ]);
    const ended = await seen<Session>(pair, '/roaming/sessions', (all) =>
      all.every(({ state }) => state === 'ended'),
    );
    expect(ended.map(({ state }) => state)).toEqual(['ended', 'ended']);
    const sums = async ({ get }: Pick<Flow['operator'], 'get'>, at: string) => {
      const all: Sum[] = [];
      for (const month of months) {
        all.push(...(await get<Settlement>(`${at}/settlements/${month}`)).body.sums);
      }
      return all;
    };
    const [ours, theirs] = [await sums(cpo.operator, atCpo), await sums(emsp, atEmsp)];
    expect(new Set(ours.map(({ direction }) => direction))).toEqual(new Set(['receivable']));
    const agreed = ({ exclVat, energyKwh, cdrs: n }: Sum) => ({ exclVat, energyKwh, cdrs: n });
    // 2.1.1 says nothing of VAT: who knows it sees it, and all else is the same.
    expect(theirs.map(agreed)).toEqual(ours.map(agreed));
    expect(theirs.map(({ vat }) => vat)).toEqual(ours.map(({ vat }) => (saysVat ? vat : null)));
    expect(new Set(theirs.map(({ direction }) => direction))).toEqual(new Set(['payable']));
    expect(ours.map(({ energyKwh }) => Number(energyKwh)).reduce((a, b) => a + b)).toBe(10);
    expect(ours.reduce((all, sum) => all + Number(sum.exclVat), 0)).toBeCloseTo(3.3, 9);
    expect(ours.reduce((all, sum) => all + sum.cdrs, 0)).toBe(4);
    const open = await cpo.operator.get<List<unknown>>(`${atCpo}/deliveries`);
    expect(open.body.items).toEqual([]);
  };

  /** A bill that was settled, and in 2.3.0 invoiced, is cancelled as goodwill: the driver's operator gets the credit, and nothing else. */
  const cancel = async (pair: RoamingPair) => {
    const { operator } = pair.cpo;
    const { items } = (await operator.get<List<{ cdrId: string; replaces?: string }>>('/cdrs'))
      .body;
    const replacement = items.find(({ replaces }) => replaces !== undefined);
    const form = { reason: 'Goodwill.', credit: true };
    const ordered = await operator.post(`/cdrs/${replacement?.cdrId}/corrections`, form);
    expect([ordered.status, ordered.body]).toMatchObject([202, { newCdrId: null }]);
    const cdrs = await seen<ReceivedCdr>(pair, '/roaming/cdrs', (all) => all.length === 5);
    expect(cdrs.map(({ verdict, differences }) => [verdict, differences])).toEqual(
      cdrs.map(() => ['agrees', []]),
    );
    expect(cdrs.reduce((sum, { total }) => sum + Number(total.exclVat), 0)).toBeCloseTo(0.6, 9);
    // As with energy, what follows from it is pushed once a minute: it is read instead.
    const read = async () => {
      await pull(pair, ['sessions']);
      const sessions = await listed<Session>(pair, '/roaming/sessions');
      return sessions.find(({ tokenId }) => tokenId === 'CARD-1');
    };
    const free = await eventually(read, (session) => Number(session?.cost?.exclVat) === 0);
    expect(free).toMatchObject({ state: 'ended', energyKwh: '8' });
  };

  describe('two operators of this deployment as roaming partners', () => {
    const pairs = new Map<string, RoamingPair>();
    beforeAll(async () => {
      // One after the other: in a handshake the function that registers calls itself, and here it has two workers.
      for (const version of versions) pairs.set(version, await haveRoamingPair(flow(), version));
    });

    it.concurrent.each(versions)(
      'in OCPI %s places, drivers, sessions, CDRs, credits, the settlement and in 2.3.0 the invoices of one agree with those of the other',
      async (version) => {
        const pair = pairs.get(version);
        if (pair === undefined) throw new Error('not registered');
        const plug = await connect(pair.cpo, pair.charger);
        const account = { accountId: 'DRIVERS', name: 'Drivers', currency: 'EUR' };
        expect((await pair.emsp.post('/accounts', account)).status).toBe(201);
        for (const tokenId of ['CARD-1', 'CARD-2']) {
          const token = { tokenId, accountId: 'DRIVERS' };
          expect((await pair.emsp.post('/tokens', token)).status).toBe(201);
        }
        const place = await findPlace(pair, plug);
        await shareCards(pair);
        await chargeByCard(pair, plug);
        await chargeByCommand(pair, plug, place);
        await settle(pair, version !== '2.1.1');
        if (version === '2.3.0') await invoicePair(pair, months);
        await cancel(pair);
        await blockCard(pair);
        await plug.close();
      },
    );
  });
};
