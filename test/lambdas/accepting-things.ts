import type { TestDatabase } from '../contracts/engines.ts';
import type { PartnerPlatform } from './ocpi/partner-platform.ts';
import type { Things } from './one-of-everything.ts';
import { at, meterValues, plugIn, settle, type TestOperator } from './plant.ts';
import { reachedPartner } from './test-services.ts';

/**
 * Gives an operator with one of everything a held CDR, of a session that another one took over from, that other session, which runs, and
 * a registered partner that answers while it is the one that is reached.
 */
export async function acceptingThings(
  database: TestDatabase,
  operator: TestOperator,
  { chargerId = '', tokenId = '' }: Things,
  platform: PartnerPlatform,
): Promise<Things> {
  const charger = await plugIn(database, `${operator.operatorId}#${chargerId.toLowerCase()}`);
  const start = async (minute: number): Promise<string> => {
    const common = { connectorId: 1, idTag: tokenId, meterStart: 7000, timestamp: at(minute) };
    return String((await charger.call('StartTransaction', common))['transactionId']);
  };
  const [first, second] = [await start(250), await start(300)];
  await charger.call('MeterValues', meterValues(at(280), 9000, Number(first)));
  await settle(database, chargerId);
  const items = (await operator.call('GET', '/sessions')).body.items ?? [];
  const of = (transactionId: string) => items.find((one) => one['transactionId'] === transactionId);
  reachedPartner.request = platform.request;
  const form = { name: 'Answering', versions: ['2.2.1'], roles: ['CPO'], tokenA: 'A' };
  const versionsUrl = 'https://partner.example/versions';
  const made = await operator.call('POST', '/partners', { ...form, versionsUrl });
  reachedPartner.request = undefined;
  return {
    cdrId: String(of(first)?.['cdrId']),
    sessionId: String(of(second)?.['sessionId']),
    partnerId: String(made.body['partnerId']),
  };
}
