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
    // Of all operators' chargers, which are many here, one look shows only the first.
    const operator = await flow().newOperator('Widgets');
    const { operatorId } = operator;
    const registered = await registerCharger({ ...flow(), operator });
    const plug = await connect(flow(), registered);
    await plug.call('BootNotification', {
      chargePointVendor: '<b>Vendor</b>',
      chargePointModel: 'M',
    });

    const shown = await eventually(
      async () => await ask({ widget: 'chargers', operatorId }),
      (html) => html.includes('Vendor'),
    );
    expect(shown).toContain('&lt;b&gt;Vendor&lt;/b&gt;');
    expect(await ask({ widget: 'held' })).toContain('class="jg-light"');
    expect(await ask({ widget: 'money' })).toContain('class="jg-light"');
    const failures = await ask({ widget: 'failures' });
    for (const step of ['postponed', 'cdr', 'sweep', 'status']) expect(failures).toContain(step);
    expect(await ask({ describe: true })).toContain('Widgets of Joulegate');
    await plug.close();
  });

  it('each dashboard of the template is served, and every widget of it is drawn', async () => {
    const { dashboards, deployment } = flow().service.stack;
    const names = deployment.resources
      .filter(({ type }) => type === 'AWS::CloudWatch::Dashboard')
      .map(({ ref }) => ref);

    expect(names).toHaveLength(3);
    for (const name of names) {
      const answer = await fetch(`${dashboards}/${name}`);
      const html = await answer.text();
      expect(answer.status).toBe(200);
      expect(html).not.toContain('The function of this widget');
      expect(html).not.toContain('computed on AWS only');
      expect(html).not.toContain('not valid');
      expect(html.match(/<section /g)?.length).toBeGreaterThan(5);
    }
    const system = await (await fetch(`${dashboards}/${names.at(-1)}`)).text();
    expect(system).toContain('cdr-failures <b>ok</b>');
    // It drew the dashboards before: its errors are counted, as zeros.
    expect(system).toMatch(/<\/i>widgets 0</);
  });
};
