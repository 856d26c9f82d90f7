/** The sample week: what the student posted, in order, one update a post. */

export type Sample = {
  /** The body in which the phone sends it. */
  readonly by: 'json' | 'form' | 'plain'
  readonly text: string
  /** Words of it that stand in its first paragraph as a reader sees them, free of markup. */
  readonly shows: string
  /** Who may read it; only JSON posts say `inside`. */
  readonly for: 'all' | 'inner' | 'nobody'
}

export const week: readonly Sample[] = [
  {
    by: 'form',
    text: '#done Worked through the TensorFlow basics: `tf.function`, `tf.data`, saving and loading. #tensorflow',
    shows: 'Worked through the TensorFlow basics',
    for: 'all',
  },
  {
    by: 'json',
    text:
      '#change The plan was the open-source [PyTorch DLRM](https://github.com/facebookresearch/dlrm). ' +
      'TPUs want TensorFlow, so I write the model in TensorFlow and check it against that one.',
    shows: 'so I write the model in TensorFlow and check it against that one',
    for: 'all',
  },
  {
    by: 'plain',
    text: 'Learned: TensorFlow Recommenders has the embedding and ranking parts I was about to write myself.',
    shows: 'has the embedding and ranking parts I was about to write myself',
    for: 'all',
  },
  {
    by: 'form',
    text: 'Result: The ranking tutorial of the library trains to the end on my laptop. No TPU yet, no number worth keeping.',
    shows: 'trains to the end on my laptop',
    for: 'all',
  },
  {
    by: 'plain',
    text: `#til A model has to be built inside the scope, or its variables never reach the TPU:

\`\`\`python
strategy = tf.distribute.TPUStrategy(resolver)
with strategy.scope():
    model = build_model()
\`\`\``,
    shows: 'A model has to be built inside the scope, or its variables never reach the TPU',
    for: 'all',
  },
  {
    by: 'form',
    text: '🎉 Surprise: The company has a team for exactly this. I did not know, and it is the best news of the week.',
    shows: 'The company has a team for exactly this',
    for: 'all',
  },
  {
    by: 'plain',
    text: '#stuck Getting in touch with the team at the company is the roadblock. Credits and data both hang on it.',
    shows: 'Getting in touch with the team at the company is the roadblock',
    for: 'all',
  },
  {
    by: 'plain',
    text: 'hashtag need cloud credits from the team, nothing runs on a TPU without them',
    shows: 'nothing runs on a TPU without them',
    for: 'all',
  },
  {
    by: 'form',
    text: '#need Test data sets from the team. **A small sample would do** for now. #data',
    shows: 'Test data sets from the team',
    for: 'all',
  },
  {
    by: 'json',
    text: '#ask @professor which weekday shall our meeting be? I would plan the week around it.',
    shows: 'which weekday shall our meeting be',
    for: 'all',
  },
  {
    by: 'form',
    text: '# read The paper on DLRM experiments at Facebook that the professor recommended. It had not been on my radar, and it is what our baseline should look like.',
    shows: 'It had not been on my radar',
    for: 'all',
  },
  {
    by: 'plain',
    text: `Meeting: Literature review with the PhD student, who works on DLRM's space. We split it:

- I take speed on TPUs
- the PhD student takes the embedding tables
- both write a line a paper on _why it matters here_`,
    shows: 'Literature review with the PhD student',
    for: 'all',
  },
  {
    by: 'form',
    text: 'My half of the review is in our shared table now, a row a paper. #done #review',
    shows: 'My half of the review is in our shared table now',
    for: 'all',
  },
  {
    by: 'plain',
    text: '#help @labmate which open data set do you take while the real ones are out of reach?',
    shows: 'which open data set do you take while the real ones are out of reach',
    for: 'all',
  },
  {
    by: 'form',
    text: '#paper The [ranking guide](https://www.tensorflow.org/recommenders/examples/basic_ranking) of TensorFlow Recommenders, because DLRM is a ranking model.',
    shows: 'because DLRM is a ranking model',
    for: 'all',
  },
  {
    by: 'json',
    text: '#blocked I put off writing to the team because I want to show something first. That must not stay so.',
    shows: 'I put off writing to the team because I want to show something first',
    for: 'inner',
  },
  {
    by: 'json',
    text: '#ask @professor if the credits come late, may the baseline runs go on the GPUs of the lab first?',
    shows: 'may the baseline runs go on the GPUs of the lab first',
    for: 'inner',
  },
  {
    by: 'plain',
    text: 'Slept badly over the deadlines, the review took me far longer than I admitted. #private',
    shows: 'Slept badly over the deadlines',
    for: 'nobody',
  },
  {
    by: 'form',
    text: '#decided Deadlines slip easily when I wait for something big to tell. From now on small updates, often.',
    shows: 'Deadlines slip easily when I wait for something big to tell',
    for: 'all',
  },
  {
    by: 'plain',
    text: '#next The model with the recommender library, within the week',
    shows: 'The model with the recommender library',
    for: 'all',
  },
  {
    by: 'form',
    text: '#todo Baseline runs, so that there is something to be faster than. #baseline',
    shows: 'so that there is something to be faster than',
    for: 'all',
  },
]

/** The week in the student's own words, as `PATCH /api/digests/next` takes it. */
export const summary = {
  summary: 'TensorFlow is learned and the review is under way; what the model needs next is the team.',
  status: 'atRisk',
  reason: 'no way to the team yet, and so no credits and no data',
} as const
