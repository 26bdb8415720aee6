import { resolve } from 'node:path';
import type { WantedPort } from './gateway/listen.ts';
import { StartRefusal } from './start-refusal.ts';

/** How the local stack is started, from the environment. */
export type StartSettings = {
  readonly httpPort: number;
  readonly chargerPort: number;
  readonly dashboardPort: WantedPort;
  /** Where chargers connect with TLS. */
  readonly secureChargerPort: WantedPort;
  /** Absolute path. */
  readonly dataDirectory: string;
  /** `dynoxide`, `dynamodb-local` or a URL. */
  readonly engine: string;
  /** Whether webhooks may reach servers of this machine. */
  readonly allowLoopback: boolean;
};

/** Reads the `JOULEGATE_…` variables of the contract; refuses with `SETTING_INVALID` a value that cannot be. */
export function readStartSettings(
  environment: Readonly<Record<string, string | undefined>>,
): StartSettings {
  const setting = (name: string, otherwise: string): string => environment[name] || otherwise;
  const httpPort = portOf('JOULEGATE_HTTP_PORT', setting('JOULEGATE_HTTP_PORT', '3000'));
  const chargerPort = portOf('JOULEGATE_CHARGER_PORT', setting('JOULEGATE_CHARGER_PORT', '3001'));
  if (httpPort === chargerPort && httpPort !== 0) {
    throw invalid(
      `Port ${httpPort} cannot serve both operators and chargers; choose another with JOULEGATE_HTTP_PORT or JOULEGATE_CHARGER_PORT.`,
    );
  }
  const wantedPort = (name: string, usual: number): WantedPort => {
    const text = environment[name];
    return text ? portOf(name, text) : { usual };
  };
  return {
    httpPort,
    chargerPort,
    dashboardPort: wantedPort('JOULEGATE_DASHBOARD_PORT', 3002),
    secureChargerPort: wantedPort('JOULEGATE_CHARGER_TLS_PORT', 3443),
    dataDirectory: resolve(setting('JOULEGATE_DATA_DIR', '.local')),
    engine: engineOf(setting('JOULEGATE_DYNAMODB', 'dynoxide')),
    allowLoopback: isSet('JOULEGATE_ALLOW_LOOPBACK', setting('JOULEGATE_ALLOW_LOOPBACK', '0')),
  };
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw invalid(`${name} is "${text}"; a port is a number from 0 to 65535 (0: any free one).`);
  }
  return port;
}

function isSet(name: string, text: string): boolean {
  if (text !== '0' && text !== '1') throw invalid(`${name} is "${text}"; it is 1 or not set.`);
  return text === '1';
}

function engineOf(text: string): string {
  const isUrl = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (text !== 'dynoxide' && text !== 'dynamodb-local' && !isUrl) {
    throw invalid(
      `JOULEGATE_DYNAMODB is "${text}"; the engine is dynoxide, dynamodb-local or an http URL.`,
    );
  }
  return text;
}

function invalid(message: string): StartRefusal {
  return new StartRefusal('SETTING_INVALID', message);
}
