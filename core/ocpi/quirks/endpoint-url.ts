import { joinUrl } from '../envelope/join-url.ts';
import type { ConnectionQuirkName } from './connection-quirks.ts';

/** The address of an object at a partner's endpoint, with a slash at its end where the partner needs one. */
export const endpointUrl = (
  endpoint: string,
  segments: readonly string[],
  quirks: readonly ConnectionQuirkName[],
): string => joinUrl(endpoint, segments, quirks.includes('trailing-slash'));
