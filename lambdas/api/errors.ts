/**
 * Every error that a caller of the operator API can see: its status and its sentence.
 * docs/errors.md lists the same codes.
 */
export const apiErrors = {
  INVALID_REQUEST: [400, 'The request is not what this call takes; see details.'],
  INVALID_JSON: [400, 'The body is not JSON.'],
  INVALID_CURSOR: [400, 'The cursor was not issued for this list.'],
  METER_KEY_UNREADABLE: [
    400,
    'The public key cannot be read, or is of no curve that meters sign on.',
  ],
  INVALID_TARIFF: [400, 'The tariff cannot be priced; see details.'],
  AUTH_HEADER_MISSING: [401, 'The header Authorization: Bearer <API key> is missing.'],
  INVALID_API_KEY: [401, 'The API key is unknown, deleted or expired.'],
  SCOPE_MISSING: [403, 'The API key lacks the scope that this call needs.'],
  ROUTE_NOT_FOUND: [404, 'There is no such call.'],
  CHARGER_NOT_FOUND: [404, 'There is no such charger.'],
  TOKEN_NOT_FOUND: [404, 'There is no such token.'],
  TARIFF_NOT_FOUND: [404, 'There is no such tariff.'],
  TARIFF_VERSION_NOT_FOUND: [404, 'The tariff has no such version.'],
  SESSION_NOT_FOUND: [404, 'There is no such session.'],
  CDR_NOT_FOUND: [404, 'There is no such CDR.'],
  CDR_NOT_READY: [404, 'The session has no CDR yet.'],
  METER_KEY_NOT_FOUND: [404, 'The charger has no such public key.'],
  PROMO_CODE_NOT_FOUND: [404, 'There is no such promo code.'],
  API_KEY_NOT_FOUND: [404, 'There is no such API key.'],
  CHARGER_EXISTS: [409, 'A charger with this id is registered already.'],
  TOKEN_EXISTS: [409, 'A token with this id exists already.'],
  PROMO_CODE_EXISTS: [409, 'A promo code of this name exists already.'],
  PROMO_CODE_NOT_YET_VALID: [409, 'The promo code is not valid yet.'],
  PROMO_CODE_EXPIRED: [409, 'The promo code is not valid any more.'],
  PROMO_CODE_USED_UP: [409, 'The promo code was redeemed as often as it can be.'],
  PROMO_CODE_USED_UP_BY_ACCOUNT: [409, 'The account redeemed the promo code as often as it can.'],
  PROMO_CODE_OTHER_TARIFF: [409, 'The promo code does not fit the tariff of the session.'],
  PROMO_CODE_OTHER_CURRENCY: [
    409,
    'The promo code is in another currency than the tariff of the session.',
  ],
  SESSION_HAS_PROMO_CODE: [409, 'The session has another promo code already.'],
  SESSION_BILLED: [
    409,
    'The session is billed, or declared void; its price does not change any more.',
  ],
  CDR_NOT_HELD: [409, 'The CDR is sealed and waits for no decision.'],
  CDR_RESOLVED: [409, 'Another decision about this CDR was taken already.'],
  CDR_CHANGED: [
    409,
    'The session has just changed and its CDR is being regenerated; fetch it again.',
  ],
  CDR_NEEDS_TARIFF: [409, 'The session has no tariff; name one by tariffId, or declare it void.'],
  CDR_HAS_TARIFF: [409, 'The session has a tariff already and is billed by that.'],
  METER_KEYS_TOO_MANY: [
    409,
    'The charger has 50 public keys already; delete one that no longer counts.',
  ],
  TARIFF_CHANGED: [409, 'The tariff was changed at the same time; read it again.'],
  BODY_TOO_LARGE: [413, 'The body is larger than 256 KB.'],
  INTERNAL_ERROR: [500, 'Something went wrong on our side; the request may be repeated.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** The name of an error of the operator API. */
export type ApiErrorCode = keyof typeof apiErrors;
