import { basename } from 'node:path';
import type { Analysis, Document, Node } from '#language/index.ts';
import { estimateReport } from '#language/report.ts';
import { readSetting } from '#language/settings.ts';
import { estimateMarkdown, estimateText, subjectText } from './estimate-text.ts';
import { Files } from './files.ts';
import { didYouMean } from './nearest.ts';
import { complain, counted, paint, print, printJson, UsageError } from './output.ts';
import { knownScenario } from './scenario.ts';

export interface EstimateOptions {
  readonly format: 'text' | 'json' | 'markdown';
  readonly scenario?: string;
  readonly set: readonly string[];
  readonly subject?: string;
}

/** Every figure of one design with its derivation. Gives the exit status. */
export async function estimate(name: string, options: EstimateOptions): Promise<number> {
  const document = await new Files().open(name);
  const scenario = knownScenario([document], options.scenario);
  const analysis = withSettings(document, scenario, options.set);
  const nodes = options.subject === undefined ? document.design.nodes : [subjectOf(document, options.subject)];
  const file = basename(name);
  const varied = [
    ...(scenario === null ? [] : [`in ${scenario}`]),
    ...(options.set.length > 0 ? [`with ${options.set.join(', ')}`] : []),
  ];
  const title = [file, ...varied].join(' ');
  if (options.format === 'json') printJson(estimateReport(file, scenario, analysis, nodes));
  else if (options.format === 'markdown') print(estimateMarkdown(title, analysis, nodes));
  else if (options.subject !== undefined) print(subjectText(title, analysis, nodes[0]!, paint));
  else print(estimateText(title, analysis, nodes, paint));
  return readable(name, document);
}

/** The figures in a scenario with some values replaced (`--set`). */
export function withSettings(document: Document, scenario: string | null, texts: readonly string[]): Analysis {
  if (texts.length === 0) return document.analysis(scenario);
  const settings = texts.map((text) => {
    const setting = readSetting(document.design, text);
    if ('problem' in setting) throw new UsageError(`--set ${text}: ${setting.problem}`);
    return [setting.name, setting.value] as const;
  });
  return document.with(scenario, new Map(settings));
}

function subjectOf({ design }: Document, name: string): Node {
  const node = design.visible.find((n) => n.name === name);
  if (node) return node;
  throw new UsageError(
    `there is no declaration \`${name}\`${didYouMean(
      name,
      design.visible.map((n) => n.name),
    )}`,
  );
}

/**
 * The status of a command that shows figures or a diagram: 1, with a line about it, where the text has mistakes that figures
 * cannot see. What the figures themselves break is the business of `check`.
 */
export function readable(name: string, { findings }: Document): number {
  const mistakes = findings.filter((f) => f.severity === 'error' && /^(syntax|type|name)\//.test(f.rule));
  if (mistakes.length === 0) return 0;
  complain(`${name} has ${counted(mistakes.length, 'mistake')} that may change this: see mlsys check ${name}`);
  return 1;
}
