import { checkReport } from '#language/report.ts';
import { checkText } from './check-text.ts';
import { Files } from './files.ts';
import { githubText } from './github.ts';
import { complain, paint, print, printJson } from './output.ts';
import { packageVersion, pageOf } from './package.ts';
import { sarif } from './sarif.ts';
import { knownScenario } from './scenario.ts';

export interface CheckOptions {
  readonly format: 'text' | 'json' | 'sarif' | 'github';
  readonly maxWarnings?: number;
  readonly scenario?: string;
}

/** Findings of files and folders. Gives the exit status. */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const files = new Files();
  const documents = await files.openAll(paths.length > 0 ? paths : ['.']);
  const scenario = knownScenario(documents, options.scenario);
  const nameOf = (uri: string) => files.nameOf(uri);
  const report = checkReport(documents, nameOf, scenario);
  for (const line of files.complaints()) complain(line);
  if (options.format === 'json') printJson(report);
  else if (options.format === 'sarif') printJson(sarif(report, packageVersion(), pageOf));
  else if (options.format === 'github') print(githubText(report));
  else {
    const lines = new Map(documents.map((d) => [nameOf(d.uri), d.text.split(/\r?\n/)]));
    print(checkText(report, (file, line) => lines.get(file)?.[line] ?? '', paint));
  }
  return report.errors > 0 || report.warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY) ? 1 : 0;
}
