// Imported first: the functions print as on Lambda, and what they print is kept instead of shown.
process.env['POWERTOOLS_SERVICE_NAME'] = 'test';
process.env['POWERTOOLS_METRICS_NAMESPACE'] = 'Joulegate';
process.env['POWERTOOLS_LOG_LEVEL'] = 'DEBUG';

/** Everything that was printed so far, piece by piece. */
export const printed: string[] = [];

const take = (text: string | Uint8Array): boolean => {
  printed.push(String(text));
  return true;
};

process.stdout.write = take;
process.stderr.write = take;
