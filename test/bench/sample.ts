/** Updates as a student writes them, some 400 bytes of Markdown each (PURE). */

/** The first `count` of an endless semester; no two are the same. */
export function sampleTexts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const write = kinds[i % kinds.length] ?? ((n: number) => `Note ${n}`)
    return write(i + 1)
  })
}

const kinds: readonly ((n: number) => string)[] = [
  (n) => `#done Run ${n} of the **input pipeline**: reading, shuffling and batching are in \`tf.data\` now.

- \`interleave\` over the shards, then \`shuffle\` with a buffer of 10,000
- \`batch(4096, drop_remainder=True)\`, since a TPU wants _fixed_ shapes
- \`prefetch\` last, see [the guide](https://www.tensorflow.org/guide/data_performance)

The accelerator waits for data a **third less** than it did on Monday. #pipeline`,
  (n) => `#til A model has to be built inside the scope, or its variables never reach the TPU (try ${n}):

\`\`\`python
strategy = tf.distribute.TPUStrategy(resolver)
with strategy.scope():
    model = build_model(embedding_dim=64)
    model.compile(optimizer=tf.keras.optimizers.Adagrad(0.01))
\`\`\`

The error message says *nothing* about it; [this issue](https://github.com/tensorflow/tensorflow/issues) does.`,
  (n) => `#result Baseline ${n}, three runs of the \`ranking\` model on the small data set:

1. loss **0.4${n % 10}** after one epoch, on the laptop
2. the same with larger tables, and it is *not* better
3. with the learning rate halved: slower, and a little better

> A baseline is only worth something when it can be run again.

So the seeds are in \`config.yaml\` now, and the [notebook](https://example.edu/dlrm/baseline) reads them.`,
  (n) => `#stuck The embedding tables do not fit on one core (attempt ${n}), and sharding by hand is **slow**.

Tried so far: a smaller \`embedding_dim\`, hashing with \`tf.keras.layers.Hashing\`, and half the vocabulary. What the
[paper](https://arxiv.org/abs/1906.00091) does is to split *by table*, and that wants the \`TPUEmbedding\` layer.
It is on my list for tomorrow, before the meeting.`,
]
