import { describe, expect, it } from 'vitest'
import { arxivMonth, paperOf } from '../../src/core/paper.ts'
import { joinNotes } from '../../src/core/reading.ts'

describe('a paper', () => {
  it.each([
    ...[
      'https://arxiv.org/abs/1906.00091',
      'http://arxiv.org/pdf/1906.00091v3.pdf',
      'https://arxiv.org/pdf/1906.00091',
    ],
    ...['https://www.arxiv.org/html/1906.00091v2/', 'https://export.arxiv.org/abs/1906.00091?context=cs.LG'],
    ...[
      'arxiv.org/abs/1906.00091',
      'https://arxiv.org/abs/1906.00091.',
      'https://arxiv.org/abs/1906.00091),',
    ],
    ...['https://doi.org/10.48550/arXiv.1906.00091', ' https://ARXIV.org/abs/1906.00091#S3 '],
  ])('on arXiv is one, by whatever link: %s', (link) => {
    expect(paperOf(link)).toEqual({
      link: 'https://arxiv.org/abs/1906.00091',
      arxiv: '1906.00091',
      doi: null,
    })
  })

  it.each([
    ...['https://doi.org/10.1145/3219819', 'http://dx.doi.org/10.1145/3219819', 'doi.org/10.1145/3219819;'],
    ...['https://dl.acm.org/doi/10.1145/3219819', 'https://dl.acm.org/doi/pdf/10.1145/3219819?download=true'],
    ...['https://doi.org/10.1145%2F3219819', 'https://www.doi.org/10.1145/3219819!'],
  ])('with a DOI is one, by whatever link: %s', (link) => {
    expect(paperOf(link)).toEqual({
      link: 'https://doi.org/10.1145/3219819',
      arxiv: null,
      doi: '10.1145/3219819',
    })
  })

  it('elsewhere is its address without what follows the reader about', () => {
    expect(paperOf('https://example.org/a.pdf?utm_source=x&page=3&fbclid=y')?.link).toBe(
      'https://example.org/a.pdf?page=3',
    )
    expect(paperOf('https://arxiv.org/list/cs.LG')).toMatchObject({ arxiv: null })
  })

  it.each([
    'javascript:alert(1)',
    'mailto:a@b.example',
    'ftp://a.example/x',
    'words',
    '',
    'https://',
    'https://u:p@a.example',
  ])('is nowhere: %j', (link) => expect(paperOf(link)).toBeNull())

  it('tells its month by its id on arXiv', () => {
    expect(arxivMonth('1906.00091')).toEqual({ year: 2019, month: 6 })
    expect(arxivMonth('hep-th/9901001')).toEqual({ year: 1999, month: 1 })
    expect(arxivMonth('1913.00091')).toBeNull()
  })
})

describe('what was read', () => {
  const read = (...texts: string[]) => joinNotes(texts.map((text) => ({ text })))

  it('is one where notes link to the same paper, in the order of the first', () => {
    const found = read(
      'https://arxiv.org/pdf/1906.00091v2.pdf again, section 3',
      'a talk without a link',
      '[DLRM](https://arxiv.org/abs/1906.00091)',
    )
    expect(found.map(({ notes }) => notes.length)).toEqual([2, 1])
    expect(found[1]).toMatchObject({ paper: null, bibtex: null })
  })

  it('has the title that the link says, the id, the year and the month, and no author', () => {
    expect(
      read('[Feature Hashing at 100% & more](https://arxiv.org/abs/0902.2206), because')[0]?.bibtex,
    ).toBe(
      `@misc{arxiv-0902.2206,
  title = {{Feature Hashing at 100\\% \\& more}},
  eprint = {0902.2206},
  archivePrefix = {arXiv},
  url = {https://arxiv.org/abs/0902.2206},
  year = {2009},
  month = {2},
}`,
    )
  })

  it('has the first words for a title where the link says none, and a key of its own', () => {
    const found = read(
      '*On the Difficulty of Evaluating Baselines*, https://arxiv.org/abs/1905.01395. A badly tuned one',
      'https://doi.org/10.1145/3219819',
      'https://example.org/a?x=1',
      'https://example.org/a#x=1',
    )
    expect(found[0]?.bibtex).toContain('title = {{On the Difficulty of Evaluating Baselines}}')
    expect(found[1]?.bibtex).toBe(
      '@misc{10.1145-3219819,\n  doi = {10.1145/3219819},\n  url = {https://doi.org/10.1145/3219819},\n}',
    )
    expect(found[2]?.bibtex).toContain('@misc{example.org-a-x-1,')
    expect(found[3]?.bibtex).toContain('@misc{example.org-a-x-1-2,')
  })

  it.each(['[}](https://a.example/{)', '[\\](https://a.example)', '[x^_~](https://doi.org/10.1145/{a}b)'])(
    'closes every brace that it opens: %s',
    (text) => {
      const bibtex = read(text)[0]?.bibtex?.replace(/\\[{}]/gu, '') ?? ''
      expect(bibtex.match(/\{/gu)?.length).toBe(bibtex.match(/\}/gu)?.length)
    },
  )
})
