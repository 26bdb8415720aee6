import type { Protocol } from '../protocol.ts';

/** Why a CALL cannot be served, free of the OCPP version. */
export type Fault =
  | 'unreadable-frame'
  | 'unknown-action'
  | 'unsupported-action'
  | 'malformed-payload'
  | 'missing-property'
  | 'wrong-type'
  | 'wrong-value'
  | 'not-accepted'
  | 'internal';

const common = {
  'unknown-action': 'NotImplemented',
  'unsupported-action': 'NotSupported',
  'wrong-type': 'TypeConstraintViolation',
  'wrong-value': 'PropertyConstraintViolation',
  'not-accepted': 'SecurityError',
  internal: 'InternalError',
} as const;

// The old version spells two of its codes in its own way (OCPP-J 1.6 table 7).
const v16 = {
  ...common,
  'unreadable-frame': 'FormationViolation',
  'malformed-payload': 'FormationViolation',
  'missing-property': 'OccurenceConstraintViolation',
} as const satisfies Record<Fault, string>;

const v2 = {
  ...common,
  'unreadable-frame': 'RpcFrameworkError',
  'malformed-payload': 'FormatViolation',
  'missing-property': 'OccurrenceConstraintViolation',
} as const satisfies Record<Fault, string>;

const codes = { 'ocpp1.6': v16, 'ocpp2.0.1': v2, 'ocpp2.1': v2 } as const satisfies Record<
  Protocol,
  Record<Fault, string>
>;

/** The CALLERROR code of a fault in an OCPP version (OCPP-J 1.6 section 4.2.3, 2.0.1 part 4 section 4.3). */
export const faultCode = (protocol: Protocol, fault: Fault): string => codes[protocol][fault];
