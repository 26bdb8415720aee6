import { describe, expect, it } from 'vitest';
import {
  cdrOf,
  connect,
  type Flow,
  type Registered,
  registerCharger,
  registerTariff,
  registerToken,
  type ShownSession,
  sessionsOf,
} from '../flow.ts';
import { minutesAfter } from '../meter-values.ts';
import { operatorClient } from '../operator-client.ts';
import { connectTestCharger } from '../test-charger.ts';

const start = '2026-04-01T06:00:00.000Z';

/** One operator never sees another's things. */
export const tenancyScenarios = (flow: () => Flow): void => {
  describe('an operator', () => {
    it('an operator gets 404 for everything of another operator, and sees none of it in a list', async () => {
      const tariffId = await registerTariff(flow(), { perKwh: '0.20' });
      const charger = await registerCharger(flow(), { tariffId });
      await registerToken(flow(), 'OWNTAG');
      const plug = await connect(flow(), charger);
      const { transactionId } = await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'OWNTAG',
        meterStart: 0,
        timestamp: start,
      });
      await plug.call('StopTransaction', {
        transactionId,
        meterStop: 500,
        timestamp: minutesAfter(start, 9),
      });
      const [session] = await sessionsOf(flow(), charger.chargerId);
      const cdr = await cdrOf(flow(), session?.sessionId ?? '');
      const stranger = await flow().newOperator('Stranger');

      for (const path of [
        `/chargers/${charger.chargerId}`,
        `/chargers/${charger.chargerId}/meter-keys`,
        `/tokens/OWNTAG`,
        `/tariffs/${tariffId}`,
        `/sessions/${session?.sessionId}`,
        `/sessions/${session?.sessionId}/readings`,
        `/sessions/${session?.sessionId}/cdr`,
        `/cdrs/${cdr.cdrId}`,
      ]) {
        const answer = await stranger.get(path);
        expect([path, answer.status]).toEqual([path, 404]);
        expect(answer.body['code']).toMatch(/_NOT_FOUND$/);
      }
      for (const list of [
        '/chargers',
        '/tokens',
        '/tariffs',
        '/sessions',
        '/sessions/active',
        '/cdrs',
      ]) {
        const answer = await stranger.get<{ items: unknown[]; nextCursor: string | null }>(list);
        expect([list, answer.status, answer.body]).toEqual([
          list,
          200,
          { items: [], nextCursor: null },
        ]);
      }
      expect((await stranger.remove('/tokens/OWNTAG')).status).toBe(404);
      expect((await flow().operator.get('/tokens/OWNTAG')).status).toBe(200);
      await plug.close();
    });

    it('an operator can register any charger id, even if another operator has a charger with that id', async () => {
      const mine = await registerCharger(flow(), { chargerId: 'Shared-1' });
      const [first, second] = [await flow().newOperator('Twin'), await flow().newOperator('Twin')];
      const chargerOf = async (operator: typeof first): Promise<Registered> =>
        (await operator.post<Registered>('/chargers', { chargerId: 'SHARED-1' })).body;
      const twins = [
        { operator: flow().operator, charger: mine, energyKwh: 1 },
        { operator: first, charger: await chargerOf(first), energyKwh: 2 },
        { operator: second, charger: await chargerOf(second), energyKwh: 3 },
      ];
      for (const { charger, energyKwh } of twins) {
        const { pathname: path } = new URL(charger.urls.basic);
        const plug = await connect(flow(), charger, { path });
        const { transactionId } = await plug.call('StartTransaction', {
          connectorId: 1,
          idTag: 'TWINTAG',
          meterStart: 0,
          timestamp: start,
        });
        const meterStop = energyKwh * 1000;
        const timestamp = minutesAfter(start, 9);
        await plug.call('StopTransaction', { transactionId, meterStop, timestamp });
        await plug.close();
      }
      await flow().drained();

      for (const { operator, energyKwh } of twins) {
        const path = '/sessions?chargerId=shared-1';
        const { items } = (await operator.get<{ items: readonly ShownSession[] }>(path)).body;
        expect(items.map((session) => session.energyKwh)).toEqual([energyKwh]);
      }
      const [, stranger] = twins;
      const path = '/ocpp/shared-1';
      const { password = '' } = stranger?.charger ?? {};
      const short = await connectTestCharger({
        url: flow().chargers,
        path,
        user: 'shared-1',
        password,
      });
      expect(short).toEqual({ refused: 401 });
      await (await connect(flow(), mine, { path })).close();
    });

    it('an operator whose keys are lost gets another one without any of them', async () => {
      const operator = await flow().newOperator('Forgetful');
      await operator.post('/tokens', { tokenId: 'KEPT' });

      const again = await flow().newKey(operator.operatorId);

      expect((await again.get('/tokens/KEPT')).status).toBe(200);
    });

    it('an operator needs an API key that is known and has the scope', async () => {
      const none = operatorClient(flow().http, undefined);
      const wrong = operatorClient(flow().http, 'jg_live_nobody_nothing');
      const limited = await flow().operator.post<{ apiKeyId: string; apiKey: string }>(
        '/api-keys',
        {
          name: 'Reader',
          scopes: ['sessions:read'],
        },
      );
      const reader = operatorClient(flow().http, limited.body.apiKey);

      expect(await none.get('/sessions')).toMatchObject({
        status: 401,
        body: { code: 'AUTH_HEADER_MISSING' },
      });
      expect(await wrong.get('/sessions')).toMatchObject({
        status: 401,
        body: { code: 'INVALID_API_KEY' },
      });
      expect(limited.status).toBe(201);
      expect((await reader.get('/sessions')).status).toBe(200);
      expect(await reader.get('/chargers')).toMatchObject({
        status: 403,
        body: { code: 'SCOPE_MISSING' },
      });
      expect(
        (await flow().operator.remove(`/api-keys/${limited.body.apiKeyId}`)).status,
      ).toBeLessThan(300);
    });

    it('an operator pages through its lists with a cursor and sees everything once', async () => {
      const operator = await flow().newOperator('Lister');
      for (let tag = 0; tag < 7; tag += 1)
        await operator.post('/tokens', { tokenId: `TAG-${tag}` });
      const met: string[] = [];
      let cursor: string | null = null;
      do {
        const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page = await operator.get<{
          items: { tokenId: string }[];
          nextCursor: string | null;
        }>(`/tokens?limit=3${query}`);
        expect(page.body.items.length).toBeLessThanOrEqual(3);
        met.push(...page.body.items.map(({ tokenId }) => tokenId));
        cursor = page.body.nextCursor;
      } while (cursor !== null);

      expect(met.sort()).toEqual(Array.from({ length: 7 }, (_, tag) => `TAG-${tag}`));
      expect((await operator.get('/tokens?limit=0')).status).toBe(400);
      expect((await operator.get('/tokens?cursor=nonsense')).status).toBe(400);
    });

    it('an operator gets errors that name a code and the field', async () => {
      const bad = await flow().operator.post<{ code: string; details: unknown[] }>('/tariffs', {
        name: 'Bad',
        currency: 'EUR',
        perKwh: 'cheap',
      });
      const twice = await registerCharger(flow());
      const again = await flow().operator.post('/chargers', {
        chargerId: twice.chargerId.toLowerCase(),
      });

      expect(bad.status).toBe(400);
      expect(JSON.stringify(bad.body)).toContain('perKwh');
      expect(again.status).toBe(409);
      expect(await flow().operator.get('/nowhere')).toMatchObject({
        status: 404,
        body: { code: 'ROUTE_NOT_FOUND' },
      });
      expect((await operatorClient(flow().http, undefined).get('/health')).status).toBe(200);
    });
  });
};
