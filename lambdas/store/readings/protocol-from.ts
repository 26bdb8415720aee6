import { type Protocol, protocols } from '../../../core/ocpp/protocol.ts';

/** Reads an OCPP version that was stored; another word is a bug in what was stored, and throws. */
export function protocolFrom(value: string): Protocol {
  const found = protocols.find((one) => one === value);
  if (found === undefined) throw new Error(`Stored item with unknown protocol ${value}`);
  return found;
}
