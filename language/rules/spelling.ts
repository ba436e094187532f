import { distance } from 'fastest-levenshtein';

/** The candidate that was most likely meant: at most two letters in five differ, and letter case counts little. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > 4) continue;
    const d = Math.min(distance(word, candidate), distance(word.toLowerCase(), candidate.toLowerCase()) + 0.5);
    if (d < least && d <= Math.max(1.5, Math.min(word.length, candidate.length) * 0.4)) {
      least = d;
      best = candidate;
    }
  }
  return best;
}
