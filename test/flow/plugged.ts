import { connect, registerCharger, registerTariff, registerToken } from './flow.ts';
import type { RunningFlow } from './start-flow.ts';

const minute = 60_000;

/** An operator with a charger that is connected, a token and a tariff of 0.50 for each kWh. */
export const plugged = async (flow: RunningFlow, name: string) => {
  const operator = await flow.newOperator(name);
  const own = { ...flow, operator };
  const tariffId = await registerTariff(own, { perKwh: '0.50' });
  await registerToken(own, 'OTTO');
  const { chargerId, ...secrets } = await registerCharger(own, { tariffId });
  const plug = await connect(own, { chargerId, ...secrets });
  const at = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString();
  const begin = async (): Promise<unknown> => {
    const start = { connectorId: 1, idTag: 'OTTO', meterStart: 0, timestamp: at(60) };
    return (await plug.call('StartTransaction', start))['transactionId'];
  };
  const end = async (transactionId: unknown): Promise<unknown> =>
    await plug.call('StopTransaction', { transactionId, meterStop: 12_000, timestamp: at(1) });
  return { own, operator, chargerId, plug, begin, end };
};
