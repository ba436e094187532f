import { expect, test } from 'vitest';
import { LateFiles } from '#server/lsp/late-files.ts';

/** Files whose every reading is answered by hand. */
function slowFiles() {
  const answers: ((text: string | Error) => void)[] = [];
  const arrived: string[] = [];
  const files = new LateFiles(
    () =>
      new Promise((resolve, reject) => {
        answers.push((text) => (typeof text === 'string' ? resolve(text) : reject(text)));
      }),
  );
  files.onArrival((uri) => arrived.push(uri));
  const answer = async (reading: number, text: string | Error) => {
    answers[reading]!(text);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { files, arrived, answer, asked: () => answers.length };
}

test('a file is not there until it arrives, and is asked for once', async () => {
  const { files, arrived, answer, asked } = slowFiles();
  expect(files.load('a')).toBeUndefined();
  expect(files.load('a')).toBeUndefined();
  expect(asked()).toBe(1);
  await answer(0, 'text');
  expect(arrived).toEqual(['a']);
  expect(files.load('a')).toBe('text');
});

test('a file that is not there arrives never', async () => {
  const { files, arrived, answer } = slowFiles();
  files.load('a');
  await answer(0, new Error('not there'));
  expect(arrived).toEqual([]);
  expect(files.load('a')).toBeUndefined();
});

test('the text of the newest reading counts, whichever comes first, and the old text stands until then', async () => {
  const { files, arrived, answer } = slowFiles();
  files.load('a');
  await answer(0, 'first');
  files.reread('a');
  files.reread('a');
  expect(files.load('a')).toBe('first');
  await answer(2, 'third');
  await answer(1, 'second');
  expect(files.load('a')).toBe('third');
  expect(arrived).toEqual(['a', 'a']);
});

test('a file that nobody asked for is not read, and the same text is no news', async () => {
  const { files, arrived, answer, asked } = slowFiles();
  files.reread('a');
  expect(asked()).toBe(0);
  files.load('a');
  await answer(0, 'text');
  files.reread('a');
  await answer(1, 'text');
  expect(arrived).toEqual(['a']);
});
