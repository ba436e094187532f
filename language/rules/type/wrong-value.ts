import type { Fix, Rule } from '../rule.ts';
import { nearest } from '../spelling.ts';

export const wrongValue: Rule = {
  name: 'type/wrong-value',
  severity: 'error',
  summary: 'A value of another form, or a word that is not allowed there.',
  *check({ problems }) {
    for (const { problem, subject } of problems) {
      if (problem.is !== 'wrong-value') continue;
      const { span, message, allowed = [], rights } = problem;
      const word = wordIn(message);
      const meant = rights ? undefined : (allowed.find((w) => w === OTHER_NAMES[word]) ?? nearest(word, allowed));
      const fixes = (rights ?? (meant ? [meant] : [])).map(
        (text): Fix => ({ title: `Change to \`${text}\``, edits: [{ at: span, text }] }),
      );
      yield { at: span, message: `${message}.${meant ? ` Did you mean \`${meant}\`?` : ''}`, subject, fixes };
    }
  },
};

/** Words that other tools use for the same. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  float16: 'fp16',
  half: 'fp16',
  float32: 'fp32',
  float: 'fp32',
  bfloat16: 'bf16',
  float8: 'fp8',
  stream: 'streaming',
  realtime: 'online',
  real_time: 'online',
  offline: 'batch',
  xgboost: 'gbdt',
  llm: 'transformer',
  yes: 'true',
  no: 'false',
};

/** the text that was found, which the message quotes last */
const wordIn = (message: string): string => /`([^`]*)`$/.exec(message)?.[1] ?? '';
