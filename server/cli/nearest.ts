import { nearest } from '#language/rules/spelling.ts';

/** How a message about an unknown name ends: with the nearest one, or else with those there are. */
export function didYouMean(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  if (meant) return `: did you mean \`${meant}\`?`;
  if (names.length === 0 || names.length > 12) return '.';
  return `; there ${names.length === 1 ? 'is' : 'are'} ${names.map((n) => `\`${n}\``).join(', ')}.`;
}
