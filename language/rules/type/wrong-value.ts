import type { Fix, Rule } from '../rule.ts';
import { nearest } from '../spelling.ts';

export const wrongValue: Rule = {
  name: 'type/wrong-value',
  severity: 'error',
  summary: 'A value of another form, or a word that is not allowed there.',
  *check({ problems }) {
    for (const { problem, subject } of problems) {
      if (problem.is !== 'wrong-value') continue;
      const { span, message, allowed = [], right } = problem;
      const meant = right ?? nearest(wordIn(message), allowed);
      const fixes: Fix[] = meant ? [{ title: `Change to \`${meant}\``, edits: [{ at: span, text: meant }] }] : [];
      yield { at: span, message: `${message}.${meant && !right ? ` Did you mean \`${meant}\`?` : ''}`, subject, fixes };
    }
  },
};

/** the text that was found, which the message quotes last */
const wordIn = (message: string): string => /`([^`]*)`$/.exec(message)?.[1] ?? '';
