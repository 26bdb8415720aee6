import type { UpgradeOrigin } from '../gateway/arrived-request.ts';
import type { WantedPort } from '../gateway/listen.ts';
import type { RunningPart, StackContext } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import { readDistributions } from './distribution-definition.ts';
import { openLocalCertificate } from './local-certificate.ts';
import { startDistribution } from './start-distribution.ts';

/** Where chargers connect with TLS, `wss://…` without a path, and the file with the certificate that they have to trust. */
export type SecureChargers = { readonly url: string; readonly certificateFile: string };

/** The distribution that chargers connect to. */
export type ChargerDistribution = RunningPart & {
  readonly port: number;
  /** Undefined where no port with TLS was asked for. */
  readonly secure: SecureChargers | undefined;
};

/** Starts the one distribution of the deployment, which chargers connect to; stop it before what is behind it. */
export async function startChargerDistribution(
  context: Pick<StackContext, 'count' | 'deployment' | 'dataDirectory'>,
  origins: readonly UpgradeOrigin[],
  ports: { readonly plain: number; readonly secure?: WantedPort | undefined },
): Promise<ChargerDistribution> {
  const [distribution, ...others] = readDistributions(context.deployment);
  if (distribution === undefined || others.length > 0) {
    throw new StartRefusal(
      'UNSUPPORTED_VALUE',
      `The template has ${others.length === 0 ? 'no' : 'several'} distributions; the runner serves one.`,
    );
  }
  if (ports.secure === undefined) {
    const started = await startDistribution(distribution, origins, context, ports.plain);
    return { ...started, secure: undefined };
  }
  const certificate = await openLocalCertificate(context.dataDirectory);
  const secure = { port: ports.secure, certificate };
  const started = await startDistribution(distribution, origins, context, ports.plain, secure);
  const url = `wss://127.0.0.1:${started.securePort}`;
  return { ...started, secure: { url, certificateFile: certificate.file } };
}
