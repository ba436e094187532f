import { FLOP, NUMBER } from '../units/dimension.ts';
import { amount, bytes, count, featureViews, PRECISIONS, STAGES, versioned } from './common.ts';
import type { KindSchema, PropertySchema } from './types.ts';

const PUBLISHED_BF16 = 'model cards of open-weight language models';

/** Sizes that an architecture is described by. */
const shape: Readonly<Record<string, PropertySchema>> = {
  params: {
    type: amount,
    doc: 'All parameters. Without it they are counted from the sizes of the architecture, where those are enough.',
    example: '70B',
  },
  active_params: {
    type: amount,
    doc: 'The parameters that one token or example passes through. Without it all of them do, but for experts that are not chosen.',
    example: '13B',
  },
  layers: { type: count, doc: 'The number of layers (transformer blocks).', example: '80' },
  hidden: { type: count, doc: 'The width of the model: how many numbers go from layer to layer.', example: '8192' },
  heads: { type: count, doc: 'The attention heads of a layer.', example: '64' },
  kv_heads: {
    type: count,
    doc: 'The heads whose keys and values are kept (fewer with grouped-query attention). Without it, as many as `heads`.',
    example: '8',
  },
  head_dim: { type: count, doc: 'The width of one head. Without it, `hidden / heads`.', example: '128' },
  intermediate: { type: count, doc: 'The inner width of the feed-forward part of a layer.', example: '28672' },
  vocab: { type: count, doc: 'The number of tokens that the model knows.', example: '128256' },
  context: {
    type: count,
    doc: 'The most tokens that fit into one sequence, input and output together.',
    example: '131072',
  },
  experts: { type: count, doc: 'The routed experts of a layer, in a mixture of experts.', example: '256' },
  experts_per_token: { type: count, doc: 'How many routed experts each token passes through.', example: '8' },
  shared_experts: {
    type: { is: 'quantity', dimensions: [NUMBER], min: 0, whole: true },
    doc: 'The experts of a layer that every token passes through, besides the routed ones.',
    example: '1',
  },
  moe_intermediate: {
    type: count,
    doc: 'The inner width of one expert. Without it, that of `intermediate`.',
    example: '2048',
  },
  kv_rank: {
    type: count,
    doc: 'With latent attention (MLA): the numbers that the cache keeps for a token in each layer, the rotary part included. It replaces keys and values per head.',
    example: '576',
  },
  window: {
    type: count,
    doc: 'The tokens that sliding-window attention looks back. Without it, attention sees the whole sequence.',
    example: '4096',
  },
  window_layers: {
    type: count,
    doc: 'How many of the layers look back only `window` tokens, or attend within chunks of so many. Without it, all of them.',
    example: '18',
  },
  linear_layers: {
    type: count,
    doc: 'How many of the layers have linear attention: a state of fixed size instead of keys and values for each token.',
    example: '45',
  },
  tied: {
    type: { is: 'truth' },
    doc: 'Whether the output layer shares its weights with the input embedding.',
    example: 'false',
  },
  trees: { type: count, doc: 'The trees of a gradient-boosted model.', example: '500' },
  depth: { type: count, doc: 'The depth of each tree.', example: '8' },
  embedding_bytes: {
    type: bytes,
    doc: 'The size of the embedding tables of a recommendation model, in bytes.',
    example: '100GB',
  },
};

export const model: KindSchema = {
  kind: 'model',
  doc: 'A version of a model: what it does, how large it is, and which features it reads.',
  example: `model FraudNet {
  version: "2.1"
  task: classification
  architecture: mlp
  params: 25M
  precision: fp16
}`,
  properties: {
    version: {
      type: { is: 'free' },
      doc: 'The version, which `FraudNet@2` refers to.',
      example: '"2.1"',
    },
    base: {
      type: versioned('model'),
      doc: 'The model that this one is made from. Whatever is not written here is as it is there.',
      example: 'Llama_3_1_70B',
    },
    task: {
      type: {
        is: 'word',
        open: true,
        words: {
          classification: 'Says which class an example belongs to',
          regression: 'Predicts a number',
          ranking: 'Puts candidates into an order',
          retrieval: 'Finds candidates among very many',
          learning_to_rank: 'Is trained on orders rather than on single labels',
          ctr_prediction: 'Predicts the chance of a click',
          generation: 'Writes token after token',
          embedding: 'Turns an example into a vector',
          detection: 'Finds and places objects',
          forecasting: 'Predicts the course of a series',
        },
      },
      doc: 'What the model does. `generation` is estimated by prefill and decode, everything else by one pass.',
      example: 'classification',
    },
    architecture: {
      type: {
        is: 'word',
        words: {
          transformer: 'Attention and dense feed-forward layers',
          moe: 'A transformer whose feed-forward layers are a mixture of experts',
          mlp: 'Fully connected layers',
          cnn: 'Convolutions',
          gbdt: 'Gradient-boosted decision trees',
          dlrm: 'Large embedding tables with an MLP on top',
          two_tower: 'One network for each side, compared by a dot product',
          linear: 'A weighted sum of the features',
        },
      },
      doc: 'How the model is built, which decides how its compute and memory are counted.',
      example: 'transformer',
    },
    ...shape,
    precision: {
      type: { is: 'word', words: PRECISIONS },
      doc: 'The number format of the weights.',
      example: 'bf16',
      defaults: [
        {
          value: 'bf16',
          why: 'most are published in it',
          source: PUBLISHED_BF16,
          when: { architecture: 'transformer' },
        },
        { value: 'bf16', why: 'most are published in it', source: PUBLISHED_BF16, when: { architecture: 'moe' } },
        { value: 'fp32', why: 'what PyTorch keeps weights in', source: 'PyTorch, torch.get_default_dtype' },
      ],
    },
    features: {
      type: featureViews,
      doc: 'The feature views that the model reads, `CardVelocity@4` for a certain version.',
      example: 'CardVelocity, CardProfile',
    },
    explain: {
      type: {
        is: 'word',
        open: true,
        words: {
          shap: 'Shapley values of the features',
          lime: 'A simple model around each example',
          integrated_gradients: 'Gradients along the way from a baseline',
        },
      },
      doc: 'How single predictions are explained.',
      example: 'shap',
    },
    flops: {
      type: { is: 'quantity', dimensions: [FLOP], min: 0 },
      doc: 'The operations of one pass over one example. Without it they are counted from the architecture.',
      example: '8.2GFLOP',
    },
    stage: {
      type: { is: 'word', words: STAGES },
      doc: 'Where the version stands in its life.',
      example: 'production',
    },
    distilled_from: {
      type: versioned('model'),
      doc: 'The larger model that this one was taught by.',
      example: 'FraudNetWide',
    },
    source: {
      type: { is: 'text' },
      doc: 'Where the figures of the model are published. Entries of the catalog have it.',
      example: '"model card"',
    },
  },
};
