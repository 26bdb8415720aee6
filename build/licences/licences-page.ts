import { isPermitted, permittedLicences, shippedPackages } from './shipped-packages.ts';

/** docs/licences.md as it should be. Throws for a package whose licence may not be shipped. */
export function licencesPage(): string {
  const packages = shippedPackages();
  const refused = packages.find((one) => !isPermitted(one));
  if (refused !== undefined) {
    throw new Error(`${refused.name} may not be shipped: its licence is ${refused.licence}`);
  }
  const rows = packages.map(
    ({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`,
  );
  return `# Licences of what is shipped

Joulegate is under the Apache License 2.0. Its functions are bundled from the packages below, all from npm, besides its own code; \`@dynoxide/linux-x64\` is the database of the
local stack and is not deployed. Written by \`npm run licences\`, from \`package-lock.json\`; what is for development alone is not shipped and not listed. Permitted are
${permittedLicences.join(', ')}: a test refuses any other, and a package that has none of them is not added.

The validators of OCPP messages are compiled from the schemas that the Open Charge Alliance publishes with OCPP.

| package | version | licence |
|---|---|---|
${rows.join('\n')}
`;
}
