import { describe, expect, it } from 'vitest';
import { connect, eventually, type Flow, registerCharger } from '../flow.ts';

type Page = { readonly items: readonly { readonly type: string; readonly data: object }[] };

/** Events on the way that all others take, with the privileges of the functions that they need. */
export const eventScenarios = (flow: () => Flow): void => {
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
  });
};
