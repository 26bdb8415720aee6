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

/** How fast an API may be called by all callers together, and the part of it that anybody may call. */
export type ApiThrottles = {
  readonly shared: Throttle;
  /** Of what needs no password and no key: a flood of it takes nothing of what the others share. */
  readonly open: Throttle;
};

/**
 * How fast each API may be called. All APIs of an account and Region share one quota: unless the settings say
 * otherwise chargers get half of the Region's default, so that chargers coming back at once leave room for the HTTP
 * API, which gets a fifth. Handshakes, and calls without a key, have limits of their own.
 */
export function throttlesOf(settings: Settings): {
  readonly chargers: ApiThrottles;
  readonly api: ApiThrottles;
  readonly feed: ApiThrottles;
} {
  const { region, chargerMessagesPerSecond, chargerHandshakesPerSecond, apiCallsPerSecond } =
    settings;
  const quota = region !== undefined && smallRegions.includes(region) ? SMALL_QUOTA : QUOTA;
  const calls = apiCallsPerSecond ?? quota.rateLimit / 5;
  return {
    chargers: {
      shared: throttle(chargerMessagesPerSecond ?? quota.rateLimit / 2),
      // A burst of two seconds: AWS lets an account open 500 connections a second, in whatever Region.
      open: { rateLimit: chargerHandshakesPerSecond, burstLimit: 2 * chargerHandshakesPerSecond },
    },
    api: { shared: throttle(calls), open: throttle(Math.ceil(calls / 20)) },
    // Its readers ask little: what they get does not count.
    feed: { shared: throttle(Math.ceil(calls / 20)), open: throttle(Math.ceil(calls / 100)) },
  };
}

/** The burst that API Gateway gives its quotas: half of the rate. */
function throttle(rateLimit: number): Throttle {
  return { rateLimit, burstLimit: Math.ceil(rateLimit / 2) };
}
