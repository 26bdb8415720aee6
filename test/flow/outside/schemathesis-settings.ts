import type { OperatorClient } from '../operator-client.ts';

/** A location as an operator creates it. */
const location = {
  name: 'Yard',
  address: 'Main Street 1',
  city: 'Porto',
  country: 'PRT',
  coordinates: { latitude: '41.14961', longitude: '-8.61099' },
  timeZone: 'Europe/Lisbon',
};

/** Deletions aim at what is not there, so that the rest of the run still finds what is. */
const deletions = {
  'chargers/{chargerId}': 'chargerId',
  'locations/{locationId}': 'locationId',
  'promo-codes/{code}': 'code',
  'tokens/{tokenId}': 'tokenId',
  'webhooks/{webhookId}': 'webhookId',
};

/** Gives an operator one of the things that paths name, and writes their ids as settings of schemathesis. */
export async function schemathesisSettings(operator: OperatorClient): Promise<string> {
  const made = async (path: string, form: object): Promise<Record<string, unknown>> => {
    const { status, body } = await operator.post(path, form);
    if (status !== 201) throw new Error(`POST ${path}: ${JSON.stringify(body)}`);
    return body;
  };
  const { tariffId } = await made('/tariffs', { name: 'S', currency: 'EUR', perKwh: '0.49' });
  const { locationId } = await made('/locations', location);
  const { chargerId } = await made('/chargers', { chargerId: 'ST-1', tariffId });
  const { tokenId } = await made('/tokens', { tokenId: 'ST' });
  const { code } = await made('/promo-codes', { code: 'ST', kind: 'percent', percent: '10' });
  const webhook = { url: 'https://receiver.example/', events: ['*'] };
  const { webhookId } = await made('/webhooks', webhook);
  const ids = { tariffId, locationId, chargerId, tokenId, code, webhookId };
  return [
    '[parameters]',
    '"query.wait" = 1',
    ...Object.entries(ids).map(([name, id]) => `"path.${name}" = ${JSON.stringify(id)}`),
    ...Object.entries(deletions).map(
      ([path, name]) =>
        `[[operations]]\ninclude-name = "DELETE /${path}"\nparameters = { "path.${name}" = "other" }`,
    ),
  ].join('\n');
}
