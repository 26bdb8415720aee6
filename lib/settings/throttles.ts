import type { Settings } from './settings.ts';

/** Calls per second, and how many may come at once. */
export type Throttle = { readonly rateLimit: number; readonly burstLimit: number };

const QUOTA: Throttle = { rateLimit: 10_000, burstLimit: 5_000 };
const SMALL_QUOTA: Throttle = { rateLimit: 2_500, burstLimit: 1_250 };

/** Regions whose default quota is the small one: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const smallRegions = [
  'af-south-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'mx-central-1',
];

/**
 * How fast each API may be called. All APIs of an account and Region share one quota: unless the settings say
 * otherwise chargers get half of the Region's default, so that chargers coming back at once leave room for the HTTP
 * API, which gets a fifth.
 */
export function throttlesOf(settings: Settings): {
  readonly chargers: Throttle;
  readonly api: Throttle;
} {
  const { region, chargerMessagesPerSecond, apiCallsPerSecond } = settings;
  const quota = region !== undefined && smallRegions.includes(region) ? SMALL_QUOTA : QUOTA;
  return {
    chargers: throttle(chargerMessagesPerSecond ?? quota.rateLimit / 2),
    api: throttle(apiCallsPerSecond ?? quota.rateLimit / 5),
  };
}

/** The burst that API Gateway gives its quotas: half of the rate. */
function throttle(rateLimit: number): Throttle {
  return { rateLimit, burstLimit: Math.ceil(rateLimit / 2) };
}
