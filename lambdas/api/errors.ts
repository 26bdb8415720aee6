import { accessErrors } from '../access/access-errors.ts';
import { decisionErrors } from '../billing/decision-errors.ts';

/**
 * Every error that a caller of the operator API can see: its status and its sentence.
 * docs/errors.md lists the same codes.
 */
export const apiErrors = {
  INVALID_REQUEST: accessErrors.INVALID_REQUEST,
  INVALID_JSON: [400, 'The body is not valid JSON in UTF-8.'],
  CERTIFICATE_UNREADABLE: [400, 'The text is not one X.509 certificate in PEM; see details.'],
  CERTIFICATE_EXPIRED: [
    400,
    'The certificate has expired, or will have when it is needed, so no charger would use it; see details.',
  ],
  CERTIFICATE_NOT_YET_VALID: [
    400,
    'The certificate is not valid yet, so no charger would use it; see details.',
  ],
  PAYMENT_EVENT_REFUSED: [400, 'The event has no valid signature of the payment provider.'],
  INVALID_CURSOR: [400, 'The cursor was not issued for this list.'],
  CONFIRMATION_INVALID: [
    400,
    'The confirmation is not the code of this change, key and arguments, or is older than 5 minutes; call the tool without one again.',
  ],
  METER_KEY_UNREADABLE: [
    400,
    'The public key cannot be read, or its curve is not one that meters sign with.',
  ],
  INVALID_TARIFF: [400, 'The tariff cannot be used for pricing; see details.'],
  COMMAND_FIELDS_INVALID: [
    400,
    'The fields of the command do not fit the official schema of its message; see details.',
  ],
  TARIFF_NOT_EXPRESSIBLE: [
    409,
    'The tariff has a term that the OCPP version of the charger cannot express; see details.',
  ],
  AUTH_HEADER_MISSING: accessErrors.AUTH_HEADER_MISSING,
  INVALID_API_KEY: accessErrors.INVALID_API_KEY,
  SCOPE_MISSING: accessErrors.SCOPE_MISSING,
  KEY_BOUNDED: [
    403,
    'The API key is bounded to locations and cannot be used for this call, which is about more than these.',
  ],
  ROUTE_NOT_FOUND: accessErrors.ROUTE_NOT_FOUND,
  CHARGER_NOT_FOUND: [404, 'No charger has this id.'],
  WAITING_CHARGER_NOT_FOUND: [404, 'No charger with this id is waiting.'],
  LOCATION_NOT_FOUND: [404, 'No location has this id.'],
  ACCOUNT_NOT_FOUND: [404, 'No account has this id.'],
  TOKEN_NOT_FOUND: [404, 'No token has this id.'],
  TARIFF_NOT_FOUND: decisionErrors.TARIFF_NOT_FOUND,
  TARIFF_VERSION_NOT_FOUND: [404, 'The tariff has no version with this number.'],
  BILL_NOT_FOUND: [
    404,
    'The session has no bill: it has no sealed CDR, or payments were off when that was sealed.',
  ],
  PAY_LINK_NOT_FOUND: [404, 'The connector has no page to pay at.'],
  RECEIPT_NOT_FOUND: [404, 'No receipt has this link, or the link was revoked.'],
  SESSION_NOT_FOUND: [404, 'No session has this id.'],
  CDR_NOT_FOUND: decisionErrors.CDR_NOT_FOUND,
  CDR_NOT_READY: [404, 'The session has no CDR yet; one is created when the session has ended.'],
  CONNECTION_TOKEN_NOT_FOUND: [404, 'The charger has no connection token with this id.'],
  REPORT_NOT_FOUND: [
    404,
    'The charger has sent no report with this request id in the last 30 days.',
  ],
  CAMPAIGN_NOT_FOUND: [404, 'No firmware campaign has this id.'],
  FIRMWARE_NOT_FOUND: [404, 'No firmware has this id.'],
  CHARGER_AUTHORITY_OFF: [
    404,
    'This deployment has no authority that certifies chargers; the setting chargerAuthority makes one.',
  ],
  CHARGER_AUTHORITY_NOT_READY: [
    503,
    'The certificate of the authority is being made; repeat the request in a moment.',
  ],
  UPTIME_EXCLUSION_NOT_FOUND: [404, 'The charger has no excluded time with this id.'],
  LOG_NOT_FOUND: [404, 'The charger has uploaded no log with this id.'],
  METER_KEY_NOT_FOUND: [404, 'The charger has no public key with this id.'],
  PROMO_CODE_NOT_FOUND: [404, 'No promo code has this name.'],
  WEBHOOK_NOT_FOUND: [404, 'No webhook has this id.'],
  PARTNER_NOT_FOUND: [404, 'No roaming partner has this id.'],
  PARTNER_DELIVERY_NOT_FOUND: [404, 'The partner sees no object of this delivery.'],
  DELIVERY_NOT_FOUND: [404, 'No delivery of the last 7 days to this webhook has this id.'],
  COMMAND_NOT_FOUND: [404, 'No command has this id.'],
  PARTNER_INVOICE_NOT_FOUND: [404, 'No invoice of yours to this partner has this id.'],
  INVOICE_EMPTY: [
    409,
    'The partner owes nothing for this month in this currency that none of your invoices bills.',
  ],
  INVOICE_NUMBER_USED: [
    409,
    'Another invoice to the partner has this number, or one that was taken back; use a new number.',
  ],
  INVOICE_NOT_FOUND: [404, 'No invoice of a roaming partner has this id.'],
  API_KEY_NOT_FOUND: [404, 'No API key has this id.'],
  WEBHOOKS_TOO_MANY: [
    409,
    'The operator already has 20 webhooks; delete one that is no longer needed.',
  ],
  WEBHOOK_CHANGED: [
    409,
    'The webhook was changed by another request; fetch it again and repeat the change.',
  ],
  WEBHOOK_DISABLED: [409, 'The webhook is disabled; enable it first.'],
  OCPI_SETTINGS_MISSING: [
    409,
    'The operator is no party of OCPI yet; set its country code and party id by PUT /settings/ocpi first.',
  ],
  PARTNER_CHANGED: [
    409,
    'The partner was changed by another request; fetch it again and repeat the change.',
  ],
  PARTNER_TAKES_NO_COMMANDS: [
    409,
    'The partner offers no endpoint of OCPI for the command, its version has no such command, or the operator is no eMSP to it.',
  ],
  PARTNER_OF_DEPLOYMENT: [
    409,
    'The partner is the hub of this deployment: there is no registration to repeat, to rotate or to test.',
  ],
  HUB_JOINED_ALREADY: [
    409,
    'The operator has joined the hub of the deployment already, by another partner; delete that one to join again.',
  ],
  PARTY_TAKEN: [409, 'Another operator of this deployment, or its hub, is this party already.'],
  PARTNER_PARTY_NOT_CONNECTED: [
    409,
    'The hub says that the party is offline, planned or suspended, so nothing is sent to it; details says which.',
  ],
  PARTNER_NOT_REGISTERED: [
    409,
    'The partner is not registered, or suspended, so there is no token to replace and nothing to read.',
  ],
  EVENTS_GONE: [
    410,
    'The events after this one are no longer kept; they are kept for 7 days. Start again without after.',
  ],
  API_KEY_CHANGED: [
    409,
    'The API key was rotated or deleted by another request; fetch it again and repeat the change.',
  ],
  LAST_ADMINISTRATOR_KEY: [
    409,
    'This is the last administrator key of the operator, or the last that never expires; create another one first.',
  ],
  LOCATION_HAS_CHARGERS: [
    409,
    'The location has chargers; move them to another one or delete them first.',
  ],
  LOCATION_CHANGED: [
    409,
    'The location was changed by another request; fetch it again and repeat the change.',
  ],
  CHARGER_EXISTS: [409, 'A charger with this id is already registered.'],
  CHARGER_CHANGED: [
    409,
    'The charger was changed by another request; fetch it again and repeat the change.',
  ],
  CHARGER_HAS_ACTIVE_SESSION: [
    409,
    'A session of the charger is active; stop it first, or wait until it has ended.',
  ],
  CHARGER_NEVER_CONNECTED: [
    409,
    'The charger has never connected, so it is not known which commands its OCPP version has.',
  ],
  CHARGER_NOT_ACCEPTED: [
    409,
    'The charger is not accepted: one that is pending cannot start or stop sessions, and one that is rejected takes no command at all.',
  ],
  NOT_SUPPORTED_BY_VERSION: [
    409,
    'The OCPP version of the charger cannot express the command; see details.',
  ],
  CAMPAIGN_TOO_LARGE: [
    409,
    'A campaign has at most 2,000 chargers; name a location or a model that has fewer.',
  ],
  FIRMWARE_NOT_UPLOADED: [
    409,
    'The file of the firmware has not been uploaded yet; GET /firmware/{firmwareId} says how.',
  ],
  SESSION_NOT_ACTIVE: [409, 'The session is not active, so it cannot be stopped.'],
  SESSION_STILL_REPORTED: [
    409,
    'The charger is connected and still reports the session; stop it by the command stop of POST /chargers/{chargerId}/commands, or repeat this with force.',
  ],
  UPTIME_EXCLUSIONS_TOO_MANY: [
    409,
    'The charger has 500 excluded times; delete those of windows that are over.',
  ],
  PASSWORD_NOT_USED_YET: [
    409,
    'The charger may have been sent a password that it has not connected with, so another one could lock it out.',
  ],
  PASSWORD_NOT_REGISTERED: [
    409,
    'The password is not registered for the charger, which could not connect with it; POST /chargers/{chargerId}/password registers and sends one.',
  ],
  COMMAND_NOT_QUEUED: [409, 'The command was sent or has ended, so it can no longer be cancelled.'],
  PAYMENT_REFERENCE_USED: [
    409,
    'The bill has a payment with this reference, of another kind or amount.',
  ],
  PAYMENT_OTHER_CURRENCY: [409, 'The payment is in another currency than the bill.'],
  PAYMENTS_TOO_MANY: [409, 'The bill already has 100 payments.'],
  ACCOUNT_EXISTS: [409, 'An account with this id already exists.'],
  ACCOUNT_CHANGED: [
    409,
    'The account was changed by another request; fetch it again and repeat the change.',
  ],
  STATEMENT_TOO_LARGE: [
    409,
    'The account has more CDRs in this month than a statement holds; GET /cdrs lists them in pages.',
  ],
  SETTLEMENT_TOO_LARGE: [
    409,
    'The settlement has more CDRs than one answer holds, 5,000 in a direction, or 50,000 as CSV and for an invoice; those of the partner are listed by GET /roaming/cdrs.',
  ],
  TOKEN_EXISTS: [409, 'A token with this id already exists.'],
  PROMO_CODE_EXISTS: [409, 'A promo code with this name already exists.'],
  PROMO_CODE_NOT_YET_VALID: [409, 'The promo code is not valid yet.'],
  PROMO_CODE_EXPIRED: [409, 'The promo code is no longer valid.'],
  PROMO_CODE_USED_UP: [409, 'The promo code has reached its maximum number of uses.'],
  PROMO_CODE_USED_UP_BY_ACCOUNT: [
    409,
    'This account has reached its maximum number of uses of the promo code.',
  ],
  PROMO_CODE_OTHER_TARIFF: [409, 'The promo code does not apply to the tariff of the session.'],
  PROMO_CODE_OTHER_CURRENCY: [
    409,
    'The promo code and the tariff of the session have different currencies.',
  ],
  SESSION_HAS_PROMO_CODE: [409, 'The session already has a different promo code.'],
  SESSION_BILLED: [
    409,
    'The session has been billed or declared void, so its price can no longer change.',
  ],
  CDR_NOT_HELD: decisionErrors.CDR_NOT_HELD,
  CDR_RESOLVED: decisionErrors.CDR_RESOLVED,
  CDR_CHANGED: decisionErrors.CDR_CHANGED,
  CDR_NEEDS_TARIFF: decisionErrors.CDR_NEEDS_TARIFF,
  CDR_HAS_TARIFF: decisionErrors.CDR_HAS_TARIFF,
  CDR_HELD: [409, 'The CDR is held, not sealed; decide on it with POST /cdrs/{cdrId}/resolve.'],
  CDR_NOT_IN_FORCE: [
    409,
    'The CDR is a credit, or was credited; only the newest sealed CDR of a session can be corrected.',
  ],
  CDR_CORRECTED_OTHERWISE: [409, 'A different correction of this CDR has already been ordered.'],
  CORRECTION_CHANGES_NOTHING: [
    409,
    'The correction would change nothing of the bill; name another tariff, or another of its versions.',
  ],
  CORRECTION_OTHER_CURRENCY: [
    409,
    'The tariff has another currency than the CDR, which a correction keeps.',
  ],
  CORRECTION_HELD: [
    409,
    'The new CDR would be held, so that nothing would be billed; see details.',
  ],
  READINGS_EXPIRED: [
    409,
    'Not all readings of the CDR are kept any more, so it cannot be priced again; it can only be credited.',
  ],
  METER_KEYS_TOO_MANY: [
    409,
    'The charger already has 50 public keys; delete one that is no longer needed.',
  ],
  TARIFF_CHANGED: [
    409,
    'The tariff was changed by another request; fetch it again and repeat the change.',
  ],
  PRECONDITION_FAILED: [
    412,
    'The resource is not the one that If-Match names: it was changed; fetch it again and repeat the change.',
  ],
  IDEMPOTENCY_KEY_REUSED: [
    422,
    'An earlier request with this Idempotency-Key had another body; use a new key for another request.',
  ],
  IDEMPOTENCY_KEY_ROTATED: [
    409,
    'An earlier request with this Idempotency-Key was made before the API key was rotated, and its answer cannot be opened any more; look for what it made.',
  ],
  IDEMPOTENCY_KEY_IN_USE: [
    409,
    'An earlier request with this Idempotency-Key is still being done; send it again in a few seconds.',
  ],
  PARTNER_HANDSHAKE_FAILED: [
    422,
    'The partner could be reached, but the registration failed; details names the step and the reason.',
  ],
  PARTNER_UNREACHABLE: [502, 'The partner cannot be reached; details names the address.'],
  COMMAND_TOO_LARGE: [413, 'The message to the charger exceeds 128 KB.'],
  BODY_TOO_LARGE: accessErrors.BODY_TOO_LARGE,
  RATE_LIMITED: accessErrors.RATE_LIMITED,
  INTERNAL_ERROR: accessErrors.INTERNAL_ERROR,
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** The name of an error of the operator API. */
export type ApiErrorCode = keyof typeof apiErrors;
