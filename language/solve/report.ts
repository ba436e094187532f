import type { Solution, Trial } from './solve.ts';

export interface Question {
  readonly for: string;
  readonly vary: string;
}

/** `solve --format json` prints this and nothing else. Values are in SI base units. */
export interface SolveReport extends Question, Omit<Solution, 'answer' | 'now' | 'choices'> {
  readonly version: 1;
  readonly file: string;
  /** null in the design as written */
  readonly scenario: string | null;
  readonly answer: Trial;
  readonly now: Trial | null;
  readonly choices: readonly Trial[];
}

export const solveReport = (
  file: string,
  scenario: string | null,
  question: Question,
  solution: Solution,
): SolveReport => ({ version: 1, file, scenario, ...question, ...solution });
