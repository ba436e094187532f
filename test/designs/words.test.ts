import { describe, expect, it } from 'vitest';
import { bytesOf, changed, line, longest, plural, quantity, time, timeOf, title } from '../../language/views/words.ts';
import { BYTES, MONEY, NUMBER, RATE } from '../../language/units/dimension.ts';

describe('words on a diagram', () => {
  it('gives an estimated time two digits, also where the second is a zero', () => {
    const times = [0.00002, 0.0005, 0.005, 0.0134, 0.1268, 0.99, 5, 90, 6 * 3600, 86.8 * 3600, 60 * 86400];
    expect(times.map((seconds) => time(seconds))).toEqual([
      ...['20 us', '0.50 ms', '5.0 ms', '13 ms', '127 ms', '990 ms', '5.0 s', '1.5 min', '6 h', '87 h', '60 d'],
    ]);
  });

  it('gives other figures two digits below a hundred and at most three above', () => {
    expect([quantity(10_834, RATE), quantity(7.2e6, BYTES), quantity(37.3248e12, BYTES)]).toEqual([
      '10.8k/s',
      '7.2 MB',
      '37.3 TB',
    ]);
    expect([quantity(11_460, MONEY), quantity(25.4, NUMBER), quantity(70_553_706_496, NUMBER)]).toEqual([
      '$11.5k',
      '25',
      '70.6B',
    ]);
  });

  it('puts a figure in the unit of its bound, where that reads well', () => {
    const of = (seconds: number, value: number, text: string, unit: string) => timeOf(seconds, { value, text, unit });
    expect(of(0.0131, 0.05, '50 ms', 'ms')).toBe('13 of 50 ms');
    expect(of(5274, 28_800, '8 h', 'h')).toBe('1.5 of 8 h');
    expect(of(1000, 7200, '2 h', 'h')).toBe('17 min of 2 h');
    expect(of(0.93, 2, '2 s', 's')).toBe('0.93 of 2 s');
    expect(of(60, 0.005, '5 ms', 'ms')).toBe('1 min of 5 ms');
    expect(timeOf(0.03, { value: 0.06, text: '60 ms', unit: undefined })).toBe('30 of 60 ms');
    expect(bytesOf(103e9, 416e9)).toBe('103 of 416 GB');
    expect(bytesOf(0.9e9, 2e12)).toBe('900 MB of 2 TB');
  });

  it('says what was, without the words that both have', () => {
    expect(longest(changed('30k/s', '12k/s'))).toBe('30k/s, was 12k/s');
    expect(longest(changed('p99 16 of 50 ms', 'p99 13 of 50 ms'))).toBe('p99 16 of 50 ms, was 13');
    expect(longest(changed('fresh 12 of 60 h', 'fresh 12 of 36 h'))).toBe('fresh 12 of 60 h, was 12 of 36');
    expect(longest(changed('4 × L4', '2 × L4'))).toBe('4 × L4, was 2');
    expect(longest(changed('2 s', '2 min'))).toBe('2 s, was 2 min');
    expect([changed('1', '1'), changed('1', undefined), changed(undefined, '1')]).toEqual(['1', '1', undefined]);
  });

  it('puts on a line what fits, and cuts only what stands first', () => {
    expect(line('16 × L4', ['84% busy, was 34%', '84%, was 34%', '84% busy'])).toBe('16 × L4 · 84%, was 34%');
    expect(line(undefined, '', 'a', undefined, 'b')).toBe('a · b');
    expect(line('Kafka', 'x'.repeat(30), '6k/s')).toBe('Kafka · 6k/s');
    expect(line('abcdefghij'.repeat(4))).toMatch(/^abcdefghij.*…\w+j$/);
    expect(title('FraudScorer', ' · 90%')).toBe('FraudScorer · 90%');
    expect(title('a'.repeat(60), ' v12')).toHaveLength(24);
    expect([plural(1, 'vector index'), plural(2, 'vector index'), plural(0, 'source')]).toEqual([
      '1 vector index',
      '2 vector indexes',
      '0 sources',
    ]);
  });
});
