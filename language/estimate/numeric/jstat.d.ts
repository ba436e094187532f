/** The part of jstat that is used here. */
declare module 'jstat' {
  interface Law<Parameters extends number[]> {
    cdf(x: number, ...parameters: Parameters): number;
    inv(p: number, ...parameters: Parameters): number;
  }
  const jstat: { readonly jStat: { readonly normal: Law<[number, number]>; readonly chisquare: Law<[number]> } };
  export default jstat;
}
