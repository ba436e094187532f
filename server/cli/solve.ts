import { basename } from 'node:path';
import { solveReport } from '#language/solve/report.ts';
import { solve as solved } from '#language/solve/solve.ts';
import { readable, withSettings } from './estimate.ts';
import { Files } from './files.ts';
import { paint, print, printJson, UsageError } from './output.ts';
import { knownScenario } from './scenario.ts';
import { solutionText } from './solve-text.ts';

export interface SolveOptions {
  readonly for: string;
  readonly target: string;
  readonly vary: string;
  readonly format: 'text' | 'json';
  readonly scenario?: string;
  readonly set: readonly string[];
}

/** The value of one input that brings a figure to a target. Gives the exit status: 1 where no value does. */
export async function solve(name: string, options: SolveOptions): Promise<number> {
  const document = await new Files().open(name);
  const scenario = knownScenario([document], options.scenario);
  const analysis = withSettings(document, scenario, options.set);
  const solution = solved(document.file, analysis, options.for, options.target, options.vary);
  if ('problem' in solution) throw new UsageError(solution.problem);
  const question = { for: options.for, vary: options.vary };
  if (options.format === 'json') printJson(solveReport(basename(name), scenario, question, solution));
  else print(solutionText(question, solution, paint));
  return Math.max(readable(name, document), solution.met ? 0 : 1);
}
