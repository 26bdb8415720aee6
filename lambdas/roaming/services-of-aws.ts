import { hubAddress } from '../outbound/hub-address.ts';
import { allowLoopback } from '../outbound/loopback-option.ts';
import { createRequestText } from '../outbound/request-text.ts';
import { derivePartnerKey } from './derive-partner-key.ts';
import type { RoamingServices } from './roaming-services.ts';

/** Of three answers in one handshake each may take so long, ms: API Gateway waits for 29 seconds. */
const milliseconds = 7_000;
/** A page of very large locations. */
const bytes = 20_000_000;

/** The surroundings of exchanges with partners in a function (OCPI_URL, WEBHOOK_KEY_ID, JOULEGATE_ALLOW_LOOPBACK). */
export const roamingServices: RoamingServices = {
  request: createRequestText({ allowLoopback, own: hubAddress }, { milliseconds, bytes }),
  keyOf: derivePartnerKey,
  ocpiUrl: process.env['OCPI_URL'] ?? '',
  now: Date.now,
};
