import type { AccountRest } from '../../../core/account/account-rest.ts';
import { moneyDecimals } from '../../../core/analytics/figures.ts';
import type { TransactionLimit } from '../../../core/ocpp/answer.ts';
import { takesTransactionLimit } from '../../../core/ocpp/protocol.ts';
import { isAttemptId } from '../../../core/payment/attempt.ts';
import { fromMinorUnits } from '../../../core/payment/minor-units.ts';
import { formatDecimal } from '../../../core/units/decimal.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { readAttempt } from '../../store/payments/attempts.ts';
import { readVersionInForce } from '../../store/tariffs/tariffs.ts';
import type { MessageContext } from '../message-context.ts';

/** A token that was accepted for a session, and the tariff of that. */
type LimitedToken = {
  readonly tokenId: string;
  /** The rest of the limits of its account. */
  readonly rest: AccountRest | undefined;
  readonly tariffId: string | undefined;
};

/** The most that can be held of a card: what is held already once a raise was refused. */
async function limitOfAttempt(
  { database }: MessageContext,
  tokenId: string,
): Promise<TransactionLimit | undefined> {
  const attempt = await readAttempt(database, tokenId);
  if (attempt === undefined) return undefined;
  const { currency, hold, mostHold, isRaiseRefused, heldAtMost = hold } = attempt;
  const most = fromMinorUnits(isRaiseRefused ? heldAtMost : mostHold, currency);
  return { maxCost: formatDecimal(most, moneyDecimals) };
}

/** OCPP means the currency of the tariff: money of another one limits nothing here. */
async function isIn(
  { database, charger, now }: MessageContext,
  currency: string,
  tariffId: string | undefined,
): Promise<boolean> {
  if (tariffId === undefined) return false;
  const moment = new Date(now).toISOString();
  const found = await readVersionInForce(database, charger.operatorId, tariffId, moment);
  return found?.tariff.currency === currency;
}

/**
 * The limit that a charger of OCPP 2.1 keeps itself for a session (use case E16): what is left of the limits of its account, or what
 * can be held of the card that pays it. Undefined where there is none, or where its charger knows no such limits; then nothing is read.
 */
export async function transactionLimitOf(
  step: MessageContext,
  { tokenId, rest, tariffId }: LimitedToken,
): Promise<TransactionLimit | undefined> {
  if (!takesTransactionLimit(step.charger.protocol)) return undefined;
  if (isAttemptId(tokenId)) return await limitOfAttempt(step, tokenId.toLowerCase());
  if (rest === undefined) return undefined;
  const { energyWh, inclVat, currency } = rest;
  const isMoneyMeant = inclVat !== undefined && (await isIn(step, currency, tariffId));
  const limit = omitUndefined({
    maxEnergyWh: energyWh,
    maxCost: isMoneyMeant ? inclVat : undefined,
  });
  return Object.keys(limit).length === 0 ? undefined : limit;
}
