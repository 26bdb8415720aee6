import { describe, expect, it } from 'vitest';
import { changeState } from '../change-state.ts';
import { connect, eventually, registerCharger } from '../flow.ts';
import type { RunningFlow } from '../start-flow.ts';

type Page = { readonly items: readonly { readonly type: string; readonly data: object }[] };

/** Events on the way that all others take, with the privileges of the functions that they need. */
export const eventScenarios = (flow: () => RunningFlow): void => {
  describe('the events of an operator', () => {
    it('whoever has read events once finds those that follow', async () => {
      const operator = await flow().newOperator('Reader of events');
      await operator.get('/events');
      const own = { ...flow(), operator };
      const charger = await registerCharger(own);
      const plug = await connect(own, charger);
      await plug.close();

      const { body } = await eventually(
        () => operator.get<Page>('/events'),
        ({ body: page }) => page.items.length > 0,
      );
      expect(body.items[0]).toMatchObject({
        type: 'charger.connected',
        data: { chargerId: charger.chargerId },
      });
    });

    it('a charger that stays away is offline after as long as its operator waits, and online when it is back', async () => {
      const operator = await flow().newOperator('Watches its chargers');
      const path = '/events?types=charger.offline,charger.online';
      await operator.get(path);
      const own = { ...flow(), operator };
      const charger = await registerCharger(own);
      await (await connect(own, charger)).close();
      await eventually(
        () => operator.get<{ online: boolean }>(`/chargers/${charger.chargerId}`),
        ({ body }) => !body.online,
      );
      const since = new Date(Date.now() - 3_600_000).toISOString();
      await changeState(flow(), {
        Key: {
          pk: { S: `CHARGER#${operator.operatorId}#${charger.chargerId.toLowerCase()}` },
          sk: { S: 'CONNECTION' },
        },
        UpdateExpression: 'SET disconnectedAt = :since',
        ConditionExpression: 'attribute_exists(disconnectedAt)',
        ExpressionAttributeValues: { ':since': { S: since } },
      });

      const seen = async (most: number) =>
        (
          await eventually(
            async () => {
              // The function that asks for the look may be behind.
              flow().service.stack.passDelays(/"kind":"offline"/);
              return await operator.get<Page>(path);
            },
            ({ body }) => body.items.length >= most,
          )
        ).body.items;
      const { chargerId } = charger;
      expect(await seen(1)).toMatchObject([
        { type: 'charger.offline', data: { chargerId, since } },
      ]);
      const plug = await connect(own, charger);
      expect(await seen(2)).toMatchObject([
        { type: 'charger.offline' },
        { type: 'charger.online', data: { chargerId, since } },
      ]);
      await plug.close();
    });
  });
};
