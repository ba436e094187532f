import module from 'node:module';

/** The bundle's entry: the next start of the server takes its compiled code from Node's cache in the temporary folder. Node 20 has none. */
module.enableCompileCache?.();
require('./language-server.cjs');
