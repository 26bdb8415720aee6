import { expect, it } from 'vitest';
import { connect, eventually, registerCharger } from '../flow.ts';
import type { RunningFlow } from '../start-flow.ts';

/** The widgets of dashboards, drawn by their function under its own role. */
export const widgetScenarios = (flow: () => RunningFlow): void => {
  const ask = async (event: object): Promise<string> => {
    const { functions, invoke } = flow().service.stack;
    const drawing = functions.find(({ name }) => name.endsWith('-widgets'));
    const answer = await invoke(drawing?.arn ?? '', event);
    if (answer.kind !== 'returned') throw new Error(JSON.stringify(answer));
    return String(answer.payload);
  };

  it('the widgets show a charger that connects, held CDRs, money and failures, by a role that reads alone', async () => {
    // One look shows the chargers of some operators, and other scenarios have many.
    const operator = await flow().newOperator('Dashboards');
    const registered = await registerCharger({ ...flow(), operator });
    const { operatorId } = operator;
    const plug = await connect(flow(), registered);
    await plug.call('BootNotification', {
      chargePointVendor: '<b>Vendor</b>',
      chargePointModel: 'M',
    });

    const shown = await eventually(
      async () => await ask({ widget: 'chargers', operatorId, limit: 100 }),
      (html) => html.includes(registered.chargerId),
    );
    expect(shown).toContain('&lt;b&gt;Vendor&lt;/b&gt;');
    expect(await ask({ widget: 'held' })).toContain('class="jg-light"');
    expect(await ask({ widget: 'money' })).toContain('class="jg-light"');
    const failures = await ask({ widget: 'failures' });
    for (const step of ['postponed', 'cdr', 'sweep', 'status']) expect(failures).toContain(step);
    expect(await ask({ describe: true })).toContain('Widgets of Joulegate');
    await plug.close();
  });
};
