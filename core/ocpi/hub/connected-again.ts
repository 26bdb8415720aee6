import type { ClientInfo } from '../model/client-info.ts';
import { clientStatus, maySend } from './client-status.ts';

/** Says whether a party that nothing was sent to in a role may be sent to now, by what its hub said about it before and says now. */
export const isConnectedAgain = (
  before: readonly ClientInfo[],
  now: readonly ClientInfo[],
  role: string,
): boolean => !maySend(clientStatus(before, role)) && maySend(clientStatus(now, role));
