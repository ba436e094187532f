import { distance } from 'fastest-levenshtein';

/** Letters that differ; of two letters that changed places one, and letter case counts half. */
function apart(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  const first = [...x].findIndex((letter, i) => letter !== y[i]);
  const swapped = x.slice(0, first) + x.charAt(first + 1) + x.charAt(first) + x.slice(first + 2);
  return Math.min(distance(a, b), distance(x, y) + 0.5, first >= 0 && swapped === y ? 1 : Number.POSITIVE_INFINITY);
}

/** The candidate that was most likely meant: at most two letters in five differ, and letter case counts little. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > 4) continue;
    const d = apart(word, candidate);
    if (d < least && d <= Math.max(1.5, Math.min(word.length, candidate.length) * 0.4)) {
      least = d;
      best = candidate;
    }
  }
  return best;
}
