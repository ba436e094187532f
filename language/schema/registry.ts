import { STAGES, tech } from './common.ts';
import type { KindSchema } from './types.ts';

export const registry: KindSchema = {
  kind: 'registry',
  doc: 'A model registry: where versions of models are kept and moved from stage to stage.',
  example: `registry Models {
  tech: MLflow
  stages: staging, production
}`,
  properties: {
    tech: {
      type: tech,
      doc: 'The product that keeps the models.',
      example: 'MLflow',
    },
    stages: {
      type: { is: 'words', open: true, words: STAGES },
      doc: 'The stages that a version passes through, in their order.',
      example: 'staging, production',
    },
  },
};
