import type { Source } from '../../../core/session/source.ts';
import { protocolFrom } from './protocol-from.ts';

/** Reads how we know of a session, as it was stored; another word is a bug in what was stored, and throws. */
export const sourceFrom = (value: string): Source =>
  value === 'push' ? value : protocolFrom(value);
