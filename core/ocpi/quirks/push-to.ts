import type { Push } from '../patch/patch-between.ts';
import type { ConnectionQuirkName } from './connection-quirks.ts';

/** A push as a partner takes it: whole, where it refuses PATCH. */
export const pushTo = (push: Push, quirks: readonly ConnectionQuirkName[]): Push =>
  push.kind === 'patch' && quirks.includes('put-for-patch') ? { kind: 'put' } : push;
