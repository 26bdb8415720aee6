import type { Protocol } from '../../core/ocpp/protocol.ts';

const protocols: readonly Protocol[] = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'];

/** Reads an OCPP version that was stored; another word is a bug in what was stored, and throws. */
export function protocolFrom(value: string): Protocol {
  const found = protocols.find((one) => one === value);
  if (found === undefined) throw new Error(`Stored item with unknown protocol ${value}`);
  return found;
}
