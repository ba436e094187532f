declare module '*.mlsys' {
  const text: string;
  export default text;
}

declare module 'mocha/mocha.js';
