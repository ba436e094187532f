import type { Document } from '#language/index.ts';
import { didYouMean } from './nearest.ts';
import { UsageError } from './output.ts';

/** The scenario asked for, which one of the documents at least must have. */
export function knownScenario(documents: readonly Document[], name: string | undefined): string | null {
  if (name === undefined) return null;
  const names = documents.flatMap((document) => document.design.scenarios.map((scenario) => scenario.name));
  if (names.includes(name)) return name;
  throw new UsageError(`there is no scenario \`${name}\`${didYouMean(name, names)}`);
}
