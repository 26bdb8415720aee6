import { many, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { pairOf } from '../codec/translation.ts';
import { openWord } from '../codec/word.ts';
import type { PartnerConnector } from '../model/connector.ts';
import { connectorMembers221 } from '../v221/connector.ts';

/** Connector of 2.3.0: any standard, and plug and charge. */
export const connector230 = record<PartnerConnector>({
  ...connectorMembers221,
  standard: required('standard', openWord),
  capabilities: many('capabilities', openWord),
});

/** Translates a connector into 2.3.0 and back. */
export const { to: toConnector230, from: fromConnector230 } = pairOf(connector230);
