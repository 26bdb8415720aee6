import type { CommandOutcome, ConfigurationKey } from '../command/command-outcome.ts';
import type { CommandOf } from '../command/command-request.ts';
import { questionLimit } from '../command/split-command.ts';
import type { Protocol } from '../ocpp/protocol.ts';
import { configurationDrift } from './configuration-drift.ts';
import type { DesiredSetting } from './desired-configuration.ts';
import { signingKeys } from './signs-readings.ts';

/** Settings that one request asks for at first: a charger that takes fewer leaves some out, and is asked for these again. */
const keysPerRequest = 20;

/**
 * The requests that show whether a charger has the settings that it should have, and the keys by which its meters sign. `connectors` is
 * how many it has, where that is known; `further` keys are asked for with them.
 */
export function questionsAbout(
  protocol: Protocol,
  desired: readonly DesiredSetting[],
  connectors?: number,
  further: readonly string[] = [],
): readonly CommandOf<'get-configuration'>[] {
  const keys = desired.map(({ key }) => key);
  const signing = signingKeys(protocol, connectors);
  // The limit comes first: a charger that answers only so many of the settings says this one.
  const all =
    keys.length === 0 ? further : [questionLimit(protocol), ...keys, ...signing, ...further];
  const requests: CommandOf<'get-configuration'>[] = [];
  for (let from = 0; from < all.length; from += keysPerRequest) {
    requests.push({ type: 'get-configuration', keys: all.slice(from, from + keysPerRequest) });
  }
  return requests;
}

/**
 * The settings to change, from a charger's answers to those requests. A charger that cannot say single settings (it answers with
 * an error or refuses) is given all of them, since every charger takes ChangeConfiguration. Undefined where an answer is missing.
 */
export function changesToMake(
  desired: readonly DesiredSetting[],
  answers: readonly (CommandOutcome | undefined)[],
): readonly CommandOf<'set-configuration'>[] | undefined {
  const settings: (ConfigurationKey & { readonly reportedAt: string })[] = [];
  const unknownKeys: string[] = [];
  let isMute = false;
  for (const answer of answers) {
    if (answer === undefined || answer.kind === 'unreadable') return undefined;
    if (answer.kind !== 'accepted' || answer.data?.kind !== 'configuration') {
      isMute = true;
      continue;
    }
    settings.push(...answer.data.keys.map((setting) => ({ ...setting, reportedAt: '' })));
    unknownKeys.push(...answer.data.unknownKeys);
  }
  return configurationDrift(desired, { settings, unknownKeys, awaitingRestart: [] })
    .filter(({ state }) => state === 'differs' || (isMute && state === 'not-reported'))
    .map(({ key, value }) => ({ type: 'set-configuration', key, value }));
}
