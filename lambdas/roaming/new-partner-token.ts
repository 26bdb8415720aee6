import { randomText } from '../runtime/new-id.ts';

/** A new token for a partner: 200 bits, of letters and digits that every header takes. */
export const newPartnerToken = (): string => randomText(40);
