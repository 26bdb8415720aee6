import { readOurParties } from '../store/partners/ocpi-settings.ts';
import type { Database } from '../store/table/client.ts';
import type { SendPartnerMessages } from './send-partner-messages.ts';

/** Has partners shown that a token changed or is gone, at once or after `delaySeconds`, where the operator has drivers for partners. */
export async function tellOfToken(
  database: Database,
  send: SendPartnerMessages,
  operatorId: string,
  tokenId: string,
  delaySeconds?: number,
): Promise<void> {
  const parties = await readOurParties(database, operatorId);
  if (!parties.some(({ roles }) => roles.includes('EMSP'))) return;
  await send([{ kind: 'token', operatorId, tokenId }], ...(delaySeconds ? [delaySeconds] : []));
}
