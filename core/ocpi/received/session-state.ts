import type { PartnerSession } from '../model/session.ts';

const endings = ['COMPLETED', 'INVALID'];

/** Whether a session of a partner goes on: reserved, pending or active; `ended` when it is complete or was none. */
export const sessionState = ({ status }: Pick<PartnerSession, 'status'>): 'active' | 'ended' =>
  endings.includes(status.toUpperCase()) ? 'ended' : 'active';
