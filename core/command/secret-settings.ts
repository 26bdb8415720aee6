import { fitsAuthorizationKey } from '../charger/charger-secrets.ts';
import { isTooDeep } from '../ocpp/is-too-deep.ts';
import type { Protocol } from '../ocpp/protocol.ts';
import type { CommandOutcome, ConfigurationKey, OutcomeData } from './command-outcome.ts';
import type { CommandRequest } from './command-request.ts';
import { secretMark } from './secret-mark.ts';
import { shownUrl } from './shown-url.ts';

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

/** The text that is shown in the place of a secret. */
export const hidden = '(not shown)';

/** Words that the name of a setting with a secret ends in, in any spelling: of passwords, keys and tokens, also in settings of makers. */
const secretEnd =
  /(?:passw(?:or)?d|passphrase|passcode|pwd|secret|psk|sim[-_ ]?pin|(?:api|auth|authorization|private|secret|shared|vpn|wi-?fi|wlan|master|encryption)[-_ ]?key|(?:access|api|auth|bearer|connection)[-_ ]?token)$/i;

/** Whether the value of a setting is a secret; the instance in its key does not count. */
const isSecretSetting = (key: string): boolean =>
  secretEnd.test(key.trim().replace(/\[[^\]]*\]$/, ''));

/** Fields of messages of OCPP 2 that are secrets: of mobile networks, of VPNs and of other back offices; `key` is the name of a setting elsewhere. */
const secretFields = /^(?:apnPassword|basicAuthPassword|password)$/i;

const values = ['attributeValue', 'value', 'actualValue'];

/** The names by which an element of a message calls its setting: `key` of OCPP 1.6, component and variable of OCPP 2. */
const isSecretElement = (part: Named): boolean =>
  isSecretSetting(keyIn(part)) ||
  (typeof part['key'] === 'string' && isSecretSetting(part['key'])) ||
  isSecretSetting(nameOf(part));

/** Whether `key` is a key: that of a VPN, which has a server. */
const isSecretField = (name: string, part: Named): boolean =>
  secretFields.test(name) || isSecretSetting(name) || (name === 'key' && 'server' in part);

/**
 * A part of a message as it may be shown: without secrets, wherever they are in it, also in JSON that is a text of it. `isOfSecret` says that it
 * is the attributes of a variable that is one.
 */
const shownPart = (part: unknown, isOfSecret = false): unknown => {
  if (Array.isArray(part)) return part.map((one) => shownPart(one, isOfSecret));
  if (typeof part === 'string') return shownText(part);
  if (!isNamed(part)) return part;
  const isOne = isOfSecret || isSecretElement(part);
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      const isSecret = isSecretField(name, part) || (isOne && values.includes(name));
      const isShown = !isSecret || typeof value === 'object' || typeof value === 'boolean';
      return [name, isShown ? shownPart(value, isOne && name === 'variableAttribute') : hidden];
    }),
  );
};

/** A secret beside its name in a text that is no JSON, or breaks off. */
const secretInText =
  /(authorizationkey|[\w.-]{0,40}(?:passw(?:or)?d|passphrase|secret))("?\s*[:=]\s*"?|"\s*,[^{}]{0,80}?"(?:value|attributeValue|actualValue)"\s*:\s*")([^"\s,;&}]+)/gi;

/** JSON that was read from a text; undefined where it is none, or no object or list. */
const jsonIn = (text: string): unknown => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return isTooDeep(json) ? undefined : json;
  } catch {
    return undefined;
  }
};

/** A text as it may be shown, as it came where it has no secret: JSON without the secrets in it, any other without passwords beside their names. */
export const shownText = (text: string): string => {
  const json = jsonIn(text);
  if (json === undefined) return shownUrl(text).replace(secretInText, `$1$2${hidden}`);
  const shown = JSON.stringify(shownPart(json));
  return shown === JSON.stringify(json) ? text : shown;
};

/** The value of a setting as it may be shown: not that of a secret, nor one in a URL. */
export const shownValue = (key: string, value: string): string =>
  isSecretSetting(key) ? hidden : shownText(value);

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
    case 'data-transfer':
      return request.data === undefined ? request : { ...request, data: shownText(request.data) };
    default:
      return 'fields' in request ? { ...request, fields: shownFields(request.fields) } : request;
  }
};

/** Whether a command holds a secret, which is kept no longer than it needs to be. */
export const holdsSecret = (request: CommandRequest): boolean =>
  JSON.stringify(shownRequest(request)) !== JSON.stringify(request);

const shownKey = ({ mark: _mark, ...setting }: ConfigurationKey): ConfigurationKey =>
  setting.value === undefined
    ? setting
    : { ...setting, value: shownValue(setting.key, setting.value) };

const shownData = (data: OutcomeData): OutcomeData => {
  switch (data.kind) {
    case 'configuration':
      return { ...data, keys: data.keys.map(shownKey) };
    case 'answer':
      return { ...data, fields: shownFields(data.fields) };
    case 'vendor-data':
      return data.data === undefined ? data : { ...data, data: shownText(data.data) };
    default:
      return data;
  }
};

/** The outcome of a command as it may be shown: without a secret that its charger says it has. */
export const shownOutcome = (outcome: CommandOutcome): CommandOutcome => {
  const told =
    'description' in outcome
      ? { ...outcome, description: shownText(outcome.description) }
      : outcome;
  return 'data' in told && told.data !== undefined ? { ...told, data: shownData(told.data) } : told;
};

/** A setting as it is kept: of a value that has a secret, its mark alone tells it from others. */
const keptKey = (setting: ConfigurationKey): ConfigurationKey => {
  const shown = shownKey(setting);
  const isWhole = setting.value === undefined || shown.value === setting.value;
  return isWhole ? setting : { ...shown, mark: secretMark(setting.value) };
};

/** The outcome of a command as it is kept: without secrets, so that settings can still be held against those that are wanted. */
export const keptOutcome = <Outcome extends CommandOutcome>(outcome: Outcome): Outcome => {
  if (!('data' in outcome) || outcome.data?.kind !== 'configuration') {
    return shownOutcome(outcome) as Outcome;
  }
  const { data, ...told } = outcome;
  return {
    ...(shownOutcome(told as CommandOutcome) as Outcome),
    data: { ...data, keys: data.keys.map(keptKey) },
  };
};
