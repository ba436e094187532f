/**
 * The discrete Fourier transform of real signals of one fixed length, by a complex transform of half that length
 * (Cooley and Tukey 1965; the split into even and odd samples as in Press et al., Numerical Recipes, section 12.3).
 */

/** How many samples a signal has. */
export const SAMPLES = 256;

const HALF = SAMPLES / 2;

/** The coefficients 0 to SAMPLES / 2 of a real signal; the others are their conjugates. */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function spectrumOf(signal: Float64Array): Spectrum {
  const re = new Float64Array(HALF + 1);
  const im = new Float64Array(HALF + 1);
  for (let i = 0; i < HALF; i++) {
    re[REVERSED[i]!] = signal[2 * i]!;
    im[REVERSED[i]!] = signal[2 * i + 1]!;
  }
  butterflies(re, im, -1);
  re[HALF] = re[0]!;
  im[HALF] = im[0]!;
  split(re, im, -1);
  return { re, im };
}

export function signalOf(spectrum: Spectrum): Float64Array {
  const evens = spectrum.re.slice();
  const odds = spectrum.im.slice();
  split(evens, odds, 1);
  const re = new Float64Array(HALF);
  const im = new Float64Array(HALF);
  for (let i = 0; i < HALF; i++) {
    re[REVERSED[i]!] = evens[i]!;
    im[REVERSED[i]!] = odds[i]!;
  }
  butterflies(re, im, 1);
  const signal = new Float64Array(SAMPLES);
  for (let i = 0; i < HALF; i++) {
    signal[2 * i] = re[i]! / HALF;
    signal[2 * i + 1] = im[i]! / HALF;
  }
  return signal;
}

/** The spectrum of the convolution (cyclic, of length SAMPLES) of two signals. */
export function product(a: Spectrum, b: Spectrum): Spectrum {
  const re = new Float64Array(HALF + 1);
  const im = new Float64Array(HALF + 1);
  for (let k = 0; k <= HALF; k++) {
    re[k] = a.re[k]! * b.re[k]! - a.im[k]! * b.im[k]!;
    im[k] = a.re[k]! * b.im[k]! + a.im[k]! * b.re[k]!;
  }
  return { re, im };
}

export const difference = (a: Spectrum, b: Spectrum): Spectrum => ({
  re: a.re.map((x, k) => x - b.re[k]!),
  im: a.im.map((x, k) => x - b.im[k]!),
});

/** The spectrum of (1 - ratio) first (1 + ratio next + ratio^2 next next + ...). */
export function geometric(first: Spectrum, next: Spectrum, ratio: number): Spectrum {
  const series = { re: new Float64Array(HALF + 1), im: new Float64Array(HALF + 1) };
  for (let k = 0; k <= HALF; k++) {
    const x = 1 - ratio * next.re[k]!;
    const y = -ratio * next.im[k]!;
    const norm = (1 - ratio) / (x * x + y * y);
    series.re[k] = x * norm;
    series.im[k] = -y * norm;
  }
  return product(first, series);
}

const COS = Float64Array.from({ length: SAMPLES }, (_, k) => Math.cos((2 * Math.PI * k) / SAMPLES));
const SIN = Float64Array.from({ length: SAMPLES }, (_, k) => Math.sin((2 * Math.PI * k) / SAMPLES));
const BITS = Math.log2(HALF);
const REVERSED = Uint16Array.from({ length: HALF }, (_, i) =>
  Array.from({ length: BITS }, (_, bit) => ((i >> bit) & 1) << (BITS - 1 - bit)).reduce((sum, bit) => sum + bit),
);

/** The complex transform of length HALF, in place, of samples in bit-reversed order. */
function butterflies(re: Float64Array, im: Float64Array, sign: 1 | -1): void {
  for (let width = 1; width < HALF; width *= 2) {
    const stride = HALF / width;
    for (let j = 0; j < width; j++) {
      const c = COS[j * stride]!;
      const s = sign * SIN[j * stride]!;
      for (let a = j; a < HALF; a += 2 * width) {
        const b = a + width;
        const u = re[b]!;
        const v = im[b]!;
        const x = u * c - v * s;
        const y = u * s + v * c;
        const p = re[a]!;
        const q = im[a]!;
        re[b] = p - x;
        im[b] = q - y;
        re[a] = p + x;
        im[a] = q + y;
      }
    }
  }
}

/** Between the transform of (even + i odd) samples and the spectrum of the whole signal, in place: forth with -1, back with 1. */
function split(re: Float64Array, im: Float64Array, sign: 1 | -1): void {
  for (let k = 0; k <= HALF / 2; k++) {
    const m = HALF - k;
    const evenRe = (re[k]! + re[m]!) / 2;
    const evenIm = (im[k]! - im[m]!) / 2;
    // half the difference, turned by a quarter (as the odd samples are the imaginary part) and by their offset of one sample
    const c = COS[k]!;
    const s = SIN[k]!;
    const x = -sign * ((im[k]! + im[m]!) / 2);
    const y = sign * ((re[k]! - re[m]!) / 2);
    const oddRe = x * c - sign * y * s;
    const oddIm = y * c + sign * x * s;
    re[k] = evenRe + oddRe;
    im[k] = evenIm + oddIm;
    re[m] = evenRe - oddRe;
    im[m] = oddIm - evenIm;
  }
}
