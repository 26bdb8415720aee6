import type { OcppEvent } from './event.ts';

/** A tag without any of its spaces, as in 04A2B3C4 for `04 A2 B3 C4`: some readers write the bytes of a card apart. */
const withoutSpaces = (tokenId: string): string => tokenId.replaceAll(/\s+/g, '');

/** An event whose tag has no spaces, for an operator whose tags compare without them. */
export const ignoreTagSpaces = <Event extends OcppEvent>(event: Event): Event =>
  'tokenId' in event && event.tokenId !== undefined
    ? { ...event, tokenId: withoutSpaces(event.tokenId) }
    : event;
