import { describe, expect, it } from 'vitest'
import { render } from '../../src/render/markdown.ts'

const sum = '<munderover>'

describe('a formula', () => {
  it('is MathML on the page, and the TeX that was typed in the letter and in Markdown', () => {
    const { page, letter, markdown } = render('so $\\sum_{i=1}^{n} w_i x_i$ it is')
    expect(page).toMatch(/^so <math>.*<msub><mi>w<\/mi><mi>i<\/mi><\/msub>.*<\/math> it is$/u)
    for (const form of [letter, markdown]) expect(form).toBe('so $\\sum_{i=1}^{n} w_i x_i$ it is')
  })

  it('stands by itself between two signs', () => {
    const { page, letter, markdown } = render('As is known:\n\n$$\n\\sum_{i=1}^n x_i\n- y\n$$\n\nafter')
    expect(page).toContain('<div class="formula"><math display="block"')
    expect(page).toContain(sum)
    expect(letter).toContain('$$\n\\sum_{i=1}^n x_i\n- y\n$$</p>')
    expect(markdown).toContain('\n\n$$ \\sum_{i=1}^n x_i - y $$\n\n')
  })

  it('keeps its stars and bars from Markdown', () => {
    expect(render('$a_b*c$ and $c_d*e$').page).not.toContain('<em>')
    expect(render('$a<b$').markdown).toBe('$a< b$')
  })

  it.each(['the $i$th', '$k$-means', '($x$)', '$2\\text{ms}$', '$p < 0.05$', '$O(n \\log n)$', '$x$, $y$'])(
    'is seen in %j',
    (text) => expect(render(text).page).toContain('<math>'),
  )

  it.each([
    ...['$5 and $6', 'US$5 and EU$', '$5 million (or 6$)', '$HOME/$PATH', 'costs $100, not $200.'],
    ...['$ x $', '\\$a$', '`$a$`', '```\n$a$\n```', '$a\n\nb$', '$$a\n\nb$$', '$$', '$a', '$5/$10'],
  ])('is not seen in %j', (text) => expect(render(text).page).not.toContain('<math'))

  it.each([
    ...['\\href{javascript:alert(1)}{x}', '\\url{javascript:alert(1)}', '\\class{a}{x}', '\\htmlStyle{a}{x}'],
    ...['\\style{color:red}{x}', '\\id{a}{x}', '\\data{a=b}{x}', '\\includegraphics{https://a.example/x}'],
    ...['\\def\\a{\\a\\a}\\a', '{', '\\bad', '\\begin{x}', '\\frac', 'a & b', `${'x'.repeat(600)} + y^^2`],
  ])('that cannot be shown is its source: %j', (tex) => {
    expect(render(`$${tex}$`).page).toBe(`$${tex.replaceAll('&', '&amp;')}$`)
  })

  it.each([
    ...['\\color{red}x', '\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}', '\\boxed{x}', '\\label{x}\\ref{x}'],
    ...[
      '\\begin{align}a&=b\\\\c&=d\\end{align}',
      '\\rule{900em}{900em}',
      '\\text{<b onclick="x">}',
      '\\cancel{x}',
    ],
    ...['\\colorbox{red}{x}', '\\tag{1} x', '\\hspace{999em}', '\\widehat{ab}', "\\ref{x' onclick='y}"],
  ])('carries no style, link or handler to the page: %j', (tex) => {
    const { page } = render(`$$${tex}$$`)
    expect(page).not.toMatch(/<[^>]*\b(?:style|href|on\w+|background|mathcolor|mathbackground)=|<(?:a|b)\b/u)
    expect(page).not.toMatch(/="\d{3,}/u)
  })

  it('is shown a hundred times an update, and by its source from then on', () => {
    const { page } = render('$a$ '.repeat(150))
    expect(page.match(/<math>/gu)).toHaveLength(100)
    expect(page.match(/\$a\$/gu)).toHaveLength(50)
  })
})

describe('code', () => {
  it('has its parts marked on the page, by classes alone, and is plain in the letter', () => {
    const { page, letter } = render('```python\nwith "a<b": # <i>\n```')
    expect(page).toContain('<span class="hljs-keyword">with</span>')
    expect(page).toContain('<span class="hljs-comment"># &lt;i&gt;</span>')
    expect(letter).toContain('>with &quot;a&lt;b&quot;: # &lt;i&gt;</pre>')
  })

  it.each(['py', 'Python', 'c', 'cu', 'sh', 'yml', 'json', 'diff'])('is known by the name %s', (name) => {
    expect(render(`\`\`\`${name}\n+ "a": 1 # if\n\`\`\``).page).toContain('class="hljs-')
  })

  it.each(['', 'klingon', 'constructor', '__proto__', 'text'])(
    'of no known language, %j, is plain',
    (name) => {
      expect(render(`\`\`\`${name}\nif x:\n\`\`\``).page).toBe('<pre>if x:</pre>')
    },
  )

  it('of more than 10,000 characters is plain', () => {
    expect(render(`\`\`\`python\n${'if x:\n'.repeat(2000)}\`\`\``).page).not.toContain('hljs')
  })
})
