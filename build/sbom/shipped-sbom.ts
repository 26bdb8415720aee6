import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { shippedPackages } from '../licences/shipped-packages.ts';

type Component = { readonly 'bom-ref': string; readonly name: string; readonly version: string };
type Dependency = { readonly ref: string; readonly dependsOn?: readonly string[] };

/** A list of packages in the form of CycloneDX, as npm writes it. */
export type Sbom = {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
};

/**
 * The packages of the lockfile that are shipped, by `npm sbom`. npm's own `--omit dev` also leaves out what something for
 * development needs besides, as zod.
 */
export function shippedSbom(): Sbom {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const sbom = JSON.parse(
    execFileSync('npm', words, { cwd, encoding: 'utf8', maxBuffer: 1e8 }),
  ) as Sbom;
  const shipped = new Set(shippedPackages().map(({ name, version }) => `${name}@${version}`));
  const { component } = sbom.metadata;
  const components = sbom.components.filter(({ name, version }) =>
    shipped.has(`${name}@${version}`),
  );
  const refs = new Set([component, ...components].map((one) => one['bom-ref']));
  const dependencies = sbom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map((one) => ({ ...one, dependsOn: (one.dependsOn ?? []).filter((ref) => refs.has(ref)) }));
  // npm names it by the folder that it lies in.
  const metadata = { ...sbom.metadata, component: { ...component, name: 'joulegate' } };
  return { ...sbom, metadata, components, dependencies };
}
