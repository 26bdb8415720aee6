import { setTimeout as pause } from 'node:timers/promises';
import { CommandError } from '../../clients/command-error.ts';
import { askApi } from '../../clients/operator-api.ts';
import { findStack, type StackAccess, stackOptions } from '../../clients/stack-access.ts';
import { startProgress } from '../../fleet/replay/progress.ts';
import { type Command, type CommandArguments, countOption, textOption } from '../command.ts';

type Shown = {
  readonly campaignId: string;
  readonly state: string;
  readonly total: number;
  readonly waiting: number;
  readonly installed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly inFlight: readonly { readonly chargerId: string }[];
  readonly ended: readonly {
    readonly chargerId: string;
    readonly outcome: string;
    readonly word?: string;
  }[];
};

const pathOf = (campaignId: string): string =>
  `/firmware-campaigns/${encodeURIComponent(campaignId)}`;

const textOf = ({ campaignId, state, total, installed, failed, skipped, ended }: Shown): string =>
  [
    `${campaignId} ${state}: ${installed} of ${total} installed, ${failed} failed, ${skipped} skipped`,
    ...ended
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ chargerId, word }) => `  ${chargerId}: ${word ?? 'failed'}`),
  ].join('\n');

const resultOf = (shown: Shown) => ({
  exitCode: shown.state === 'finished' && shown.failed === 0 ? (0 as const) : (1 as const),
  json: shown,
  text: textOf(shown),
});

/** Ms between two looks at a campaign. */
const lookEvery = 2_000;

/** Shows how a campaign goes on until nothing happens in it any more. */
async function watch(access: StackAccess, campaignId: string): Promise<Shown> {
  let shown = await askApi<Shown>(access, 'GET', pathOf(campaignId));
  const progress = startProgress('chargers', shown.total);
  for (;;) {
    progress.set(shown.installed + shown.failed + shown.skipped);
    if (shown.state !== 'running' && shown.inFlight.length === 0) break;
    await pause(lookEvery);
    shown = await askApi<Shown>(access, 'GET', pathOf(campaignId));
  }
  progress.stop();
  return shown;
}

/** The chargers that a campaign is about, from the options. */
function chargersOf(args: CommandArguments) {
  const names = {
    locationId: 'location',
    vendor: 'vendor',
    model: 'model',
    firmwareVersion: 'from-version',
  };
  const chargerIds = textOption(args, 'chargers')?.split(',').filter(Boolean);
  const filters = Object.entries(names).flatMap(([field, option]) => {
    const value = textOption(args, option);
    return value === undefined ? [] : [[field, value] as const];
  });
  if (chargerIds === undefined && filters.length === 0) {
    throw new CommandError(
      'CLI_ARGUMENT_MISSING',
      'Say which chargers: --chargers A,B, --location, --vendor, --model or --from-version.',
    );
  }
  return { ...(chargerIds && { chargerIds }), ...Object.fromEntries(filters) };
}

/** `joulegate firmware campaign start`: starts a campaign and watches it, unless it is detached. */
export const firmwareCampaignStart: Command = {
  name: 'firmware campaign start',
  summary: 'gives a firmware to many chargers, in waves, and shows the progress',
  usage:
    'FIRMWARE_ID --chargers A,B|--location L|--model M [--wave 10] [--max-failed 20] [--detach]',
  options: {
    ...stackOptions,
    chargers: { type: 'string' },
    location: { type: 'string' },
    vendor: { type: 'string' },
    model: { type: 'string' },
    'from-version': { type: 'string' },
    wave: { type: 'string' },
    'max-failed': { type: 'string' },
    retries: { type: 'string' },
    detach: { type: 'boolean' },
  },
  run: async (args) => {
    const [firmwareId] = args.positionals;
    if (firmwareId === undefined) {
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a firmware by its id.');
    }
    const access = await findStack(args);
    const begun = await askApi<Shown>(access, 'POST', '/firmware-campaigns', {
      firmwareId,
      chargers: chargersOf(args),
      waveSize: countOption(args, 'wave', 10),
      maxFailedPercent: countOption(args, 'max-failed', 20, 0),
      retries: countOption(args, 'retries', 0, 0),
    });
    process.stderr.write(`${begun.campaignId}\n`);
    if (args.values['detach'] === true) return { exitCode: 0, json: begun, text: textOf(begun) };
    return resultOf(await watch(access, begun.campaignId));
  },
};

const campaignIn = (args: CommandArguments): string => {
  const [campaignId] = args.positionals;
  if (campaignId !== undefined) return campaignId;
  throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a campaign by its id.');
};

/** `joulegate firmware campaign watch`: shows the progress of a campaign until it rests; status 0 when all chargers have the firmware. */
export const firmwareCampaignWatch: Command = {
  name: 'firmware campaign watch',
  summary: 'shows the progress of a campaign',
  usage: 'CAMPAIGN_ID',
  options: stackOptions,
  run: async (args) => resultOf(await watch(await findStack(args), campaignIn(args))),
};

/** `joulegate firmware campaign stop`: begins with no further charger. */
export const firmwareCampaignStop: Command = {
  name: 'firmware campaign stop',
  summary: 'stops a campaign: no further charger is asked',
  usage: 'CAMPAIGN_ID',
  options: stackOptions,
  run: async (args) => {
    const path = `${pathOf(campaignIn(args))}/stop`;
    const shown = await askApi<Shown>(await findStack(args), 'POST', path, {});
    return { exitCode: 0, json: shown, text: textOf(shown) };
  },
};

/** `joulegate firmware campaign resume`: goes on after a stop or a pause, and watches it. */
export const firmwareCampaignResume: Command = {
  name: 'firmware campaign resume',
  summary: 'goes on with a campaign that was stopped or paused; failures so far no longer count',
  usage: 'CAMPAIGN_ID [--detach]',
  options: { ...stackOptions, detach: { type: 'boolean' } },
  run: async (args) => {
    const campaignId = campaignIn(args);
    const access = await findStack(args);
    const resumed = await askApi<Shown>(access, 'POST', `${pathOf(campaignId)}/resume`, {});
    if (args.values['detach'] === true) {
      return { exitCode: 0, json: resumed, text: textOf(resumed) };
    }
    return resultOf(await watch(access, campaignId));
  },
};
