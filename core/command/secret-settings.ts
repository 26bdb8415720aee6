import { fitsAuthorizationKey } from '../charger/charger-secrets.ts';
import type { Protocol } from '../ocpp/protocol.ts';
import type { CommandOutcome, ConfigurationKey, OutcomeData } from './command-outcome.ts';
import type { CommandRequest } from './command-request.ts';

/** Settings that hold a password: `AuthorizationKey` of OCPP 1.6 and `BasicAuthPassword` of any component of 2.x, in any spelling. */
const passwords = /^(?:authorizationkey|(?:[^.]*\.)?basicauthpassword(?:\[[^\]]*\])?)$/i;

/** Those of them that hold the password by which the charger connects here. */
const ownPasswords =
  /^(?:authorizationkey|(?:securityctrlr[^.]*\.)?basicauthpassword(?:\[[^\]]*\])?)$/i;

/** Whether a setting holds a password. */
export const holdsPassword = (key: string): boolean => passwords.test(key.trim());

/** The setting by which a charger of a version is given its password. */
export const passwordKey = (protocol: Protocol): string =>
  protocol === 'ocpp1.6' ? 'AuthorizationKey' : 'SecurityCtrlr.BasicAuthPassword';

/** True if a charger of a version takes a password by that setting: OCPP 1.6 in 16 to 20 bytes, as text or in hexadecimal digits. */
export const fitsPasswordKey = (protocol: Protocol, password: string): boolean =>
  protocol !== 'ocpp1.6' || fitsAuthorizationKey(password);

type Named = Readonly<Record<string, unknown>>;

const isNamed = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (value: unknown): string =>
  isNamed(value) && typeof value['name'] === 'string' ? value['name'].trim() : '';

/** The key of a variable in the words of OCPP 2, without instances. */
const keyIn = ({ component, variable }: Named): string =>
  `${nameOf(component)}.${nameOf(variable)}`;

/** The passwords that a command gives its charger to connect here with; `fields` are those of a message of OCPP 2. */
export const passwordsIn = (command: {
  readonly type: string;
  readonly [field: string]: unknown;
}): readonly string[] => {
  const given = (key: unknown, value: unknown): readonly string[] =>
    typeof key === 'string' && typeof value === 'string' && ownPasswords.test(key.trim())
      ? [value]
      : [];
  if (command.type === 'set-configuration') return given(command['key'], command['value']);
  const list = command.type === 'set-variables' ? command['setVariableData'] : undefined;
  return Array.isArray(list)
    ? list.filter(isNamed).flatMap((one) => given(keyIn(one), one['attributeValue']))
    : [];
};

/** The text that is shown in the place of a password. */
const hidden = '(not shown)';

/** The value of a setting as it may be shown: not that of a password. */
export const shownValue = (key: string, value: string): string =>
  holdsPassword(key) ? hidden : value;

/** A URL as it may be shown: without the token by which a charger leaves or fetches a file of ours, and without a password. */
export const shownUrl = (url: string): string =>
  url
    .replace(/(?<=\/files\/)[a-z2-7]{24}(?=$|\/)/, '…')
    .replace(/(?<=^[a-z][a-z\d+.-]*:\/\/[^/?#:@]*:)[^/?#]*(?=@)/i, '…');

/** Fields of messages of OCPP 2 that are secrets: of mobile networks, of VPNs and of other back offices. */
const secretFields = /^(?:apnPassword|basicAuthPassword|password|key)$/;

const values = ['attributeValue', 'value', 'actualValue'];

/** A part of a message of OCPP 2 as it may be shown: without secrets, wherever they are in it. */
const shownPart = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(shownPart);
  if (!isNamed(part)) return typeof part === 'string' ? shownUrl(part) : part;
  const isPassword = holdsPassword(keyIn(part));
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      const isSecret = secretFields.test(name) || (isPassword && values.includes(name));
      return [name, isSecret && typeof value === 'string' ? hidden : shownPart(value)];
    }),
  );
};

/** An object in the words of OCPP 2 as it may be shown: without secrets. */
export const shownFields = <Fields extends object>(fields: Fields): Fields =>
  shownPart(fields) as Fields;

/** The request of a command as it may be shown: without the password that it sets, and without a token of ours. */
export const shownRequest = (request: CommandRequest): CommandRequest => {
  switch (request.type) {
    case 'set-configuration':
      return { ...request, value: shownValue(request.key, request.value) };
    case 'get-logs':
    case 'update-firmware':
      return { ...request, url: shownUrl(request.url) };
    default:
      return 'fields' in request ? { ...request, fields: shownFields(request.fields) } : request;
  }
};

/** Whether a command holds a secret, which is kept no longer than it needs to be. */
export const holdsSecret = (request: CommandRequest): boolean =>
  JSON.stringify(shownRequest(request)) !== JSON.stringify(request);

const shownKey = (setting: ConfigurationKey): ConfigurationKey =>
  setting.value === undefined
    ? setting
    : { ...setting, value: shownValue(setting.key, setting.value) };

const shownData = (data: OutcomeData): OutcomeData => {
  switch (data.kind) {
    case 'configuration':
      return { ...data, keys: data.keys.map(shownKey) };
    case 'answer':
      return { ...data, fields: shownFields(data.fields) };
    default:
      return data;
  }
};

/** The outcome of a command as it may be shown: without a password that its charger says it has. */
export const shownOutcome = (outcome: CommandOutcome): CommandOutcome =>
  'data' in outcome && outcome.data !== undefined
    ? { ...outcome, data: shownData(outcome.data) }
    : outcome;
