import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** How long a code is valid, s. */
export const confirmedWithin = 300;

/** Whose code it is: the secret of an API key, which only its own requests carry. */
type Holder = { readonly secret: string };

const macOf = ({ secret }: Holder, change: string, until: string): string => {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'joulegate mcp confirmation', 32));
  return createHmac('sha256', key).update(`${until}\n${change}`, 'utf8').digest('base64url');
};

/**
 * Makes the code by which a change is confirmed: nothing is kept, since the code itself is the time until which it is valid
 * and a MAC of that and the change. `now` is our clock in epoch ms.
 */
export function confirmationCode(holder: Holder, change: string, now: number): string {
  const until = (Math.floor(now / 1000) + confirmedWithin).toString(36);
  return `${until}.${macOf(holder, change, until)}`;
}

/** Whether a code confirms this change, with this key, at this time. */
export function confirms(holder: Holder, change: string, code: string, now: number): boolean {
  const [, until = '', mac = ''] = /^([0-9a-z]{1,9})\.([\w-]{43})$/.exec(code) ?? [];
  if (mac === '') return false;
  const made = Buffer.from(macOf(holder, change, until), 'utf8');
  return timingSafeEqual(made, Buffer.from(mac, 'utf8')) && Number.parseInt(until, 36) * 1000 > now;
}
