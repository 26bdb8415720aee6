import { hubAddress } from '../outbound/hub-address.ts';
import { allowLoopback } from '../outbound/loopback-option.ts';
import { createRequestText } from '../outbound/request-text.ts';
import { database } from '../store/table/client.ts';
import { askPartners } from './ask-partners.ts';
import type { AskPartners } from './asked-driver.ts';
import { derivePartnerKey } from './derive-partner-key.ts';

/** A driver stands at the charger, which waits for our answer as well. */
const milliseconds = 5_000;
const bytes = 100_000;

const services = {
  request: createRequestText({ allowLoopback, own: hubAddress }, { milliseconds, bytes }),
  keyOf: derivePartnerKey,
  now: Date.now,
};

/** Asks partners about a token, with the services of a function (OCPI_URL, WEBHOOK_KEY_ID, JOULEGATE_ALLOW_LOOPBACK). */
export const askPartnersNow: AskPartners = async (asked) =>
  await askPartners(database, services, asked);
