import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAddress } from '../../src/core/address.ts'
import { type Pasted, readPeople } from '../../src/core/pasted-people.ts'
import { newRecipient } from '../../src/http/schemas.ts'
import { validate } from '../../src/http/validate.ts'

/** "Name <address>", or what is wrong with which piece. */
const shown = (pasted: Pasted) =>
  'wrong' in pasted ? `${pasted.wrong}: ${pasted.typed}` : `${pasted.name ?? ''} <${pasted.email}>`

/** What is pasted, and who comes of it. */
const shapes: readonly (readonly [what: string, pasted: string, ...people: string[]])[] = [
  ['an address alone', 'a@example.edu', ' <a@example.edu>'],
  ['a name and an address', 'Ada Beta <a@example.edu>', 'Ada Beta <a@example.edu>'],
  ['angle brackets only', '<a@example.edu>', ' <a@example.edu>'],
  [
    'Outlook’s list',
    'Beta, Ada <a@example.edu>; Gamma, Cid <c@example.edu>;',
    'Ada Beta <a@example.edu>',
    'Cid Gamma <c@example.edu>',
  ],
  [
    'the same with commas between people, too',
    'Beta, Ada <a@example.edu>, Gamma, Cid <c@example.edu>',
    'Ada Beta <a@example.edu>',
    'Cid Gamma <c@example.edu>',
  ],
  ['a quoted name with a comma', '"Beta, Ada" <a@example.edu>', 'Ada Beta <a@example.edu>'],
  ['a quoted name', '"Ada Beta" <a@example.edu>,', 'Ada Beta <a@example.edu>'],
  ['curly quotes', '“Ada Beta” <a@example.edu>', 'Ada Beta <a@example.edu>'],
  ['single quotes around an address', "'a@example.edu' <a@example.edu>", ' <a@example.edu>'],
  [
    'a quote left open',
    'Ada "Beta <a@example.edu>, c@example.edu',
    'Ada Beta <a@example.edu>',
    ' <c@example.edu>',
  ],
  ['quotes in a quoted name', '"Ada \\"Ad\\" Beta" <a@example.edu>', 'Ada Ad Beta <a@example.edu>'],
  ['addresses with commas', 'a@example.edu, c@example.edu,', ' <a@example.edu>', ' <c@example.edu>'],
  ['addresses with spaces', 'a@example.edu c@example.edu', ' <a@example.edu>', ' <c@example.edu>'],
  ['addresses with semicolons', 'a@example.edu;c@example.edu;;', ' <a@example.edu>', ' <c@example.edu>'],
  ['lines', 'a@example.edu\r\n\r\nc@example.edu\r', ' <a@example.edu>', ' <c@example.edu>'],
  ['an address, then the name', 'a@example.edu, Ada Beta', 'Ada Beta <a@example.edu>'],
  ['a name, then the address', 'Ada Beta, a@example.edu', 'Ada Beta <a@example.edu>'],
  ['without any separator', 'Ada Beta a@example.edu', 'Ada Beta <a@example.edu>'],
  ['an address with its name behind it', 'a@example.edu (Ada Beta)', 'Ada Beta <a@example.edu>'],
  [
    'pairs in one line',
    'a@example.edu, Ada, c@example.edu, Cid',
    'Ada <a@example.edu>',
    'Cid <c@example.edu>',
  ],
  [
    'pairs the other way',
    'Ada, a@example.edu, Cid, c@example.edu',
    'Ada <a@example.edu>',
    'Cid <c@example.edu>',
  ],
  ['a row of a table', 'Ada\tBeta\ta@example.edu\tlab 3', 'Ada Beta <a@example.edu>'],
  ['a row with the address first', 'a@example.edu\tBeta, Ada', 'Ada Beta <a@example.edu>'],
  [
    'a table with its heading',
    'Name,E-Mail\nAda Beta,a@example.edu\n"Gamma, Cid",c@example.edu',
    'Ada Beta <a@example.edu>',
    'Cid Gamma <c@example.edu>',
  ],
  ['a table with semicolons', 'Ada;Beta;a@example.edu', 'Ada Beta <a@example.edu>'],
  ['a link', 'mailto:a@example.edu?subject=Letters', ' <a@example.edu>'],
  ['a link in angle brackets', 'Ada <mailto:a@example.edu>', 'Ada <a@example.edu>'],
  ['a link in square brackets', 'Beta, Ada [mailto:a@example.edu]', 'Ada Beta <a@example.edu>'],
  ['a link in Markdown', '[Ada Beta](mailto:a@example.edu)', 'Ada Beta <a@example.edu>'],
  ['spaces that do not break', 'Ada\u00a0Beta\u00a0<a@example.edu>', 'Ada Beta <a@example.edu>'],
  ['what is not seen', '\ufeffAda\u200b Beta <\u202aa@example.edu\u202c>', 'Ada Beta <a@example.edu>'],
  ['capitals', 'ADA BETA <Ada.Beta@EXAMPLE.EDU>', 'ADA BETA <Ada.Beta@example.edu>'],
  ['a domain beyond ASCII', 'Ada <ada@uni-köln.example>', 'Ada <ada@xn--uni-kln-e1a.example>'],
  ['an apostrophe', "Ada O'Beta <ada.o'beta@example.edu>", "Ada O'Beta <ada.o'beta@example.edu>"],
  ['a title', 'Beta, Ada, PhD <a@example.edu>', 'Ada Beta, PhD <a@example.edu>'],
  ['a department', 'Beta Ada (D-INFK) <a@example.edu>', 'Beta Ada <a@example.edu>'],
  [
    'the field of a mail',
    'To: Ada <a@example.edu>,\n Cid <c@example.edu>',
    'Ada <a@example.edu>',
    'Cid <c@example.edu>',
  ],
  ['bullets', '- Ada <a@example.edu>\n2. c@example.edu', 'Ada <a@example.edu>', ' <c@example.edu>'],
  ['the end of a sentence', 'Ada: a@example.edu.', 'Ada <a@example.edu>'],
  [
    'people with nothing between',
    'Ada <a@example.edu> Cid <c@example.edu>',
    'Ada <a@example.edu>',
    'Cid <c@example.edu>',
  ],
  ['separators of another script', 'a@example.edu，c@example.edu；', ' <a@example.edu>', ' <c@example.edu>'],
  ['nothing', ' ,;\n<>\t""'],

  [
    'a column that names a circle',
    'Ada Beta\ta@example.edu\touter',
    'namesCircle: Ada Beta\ta@example.edu\touter',
  ],
  ['a word that names a circle', 'Ada a@example.edu (inner)', 'namesCircle: Ada a@example.edu (inner)'],
  [
    'a table with a column of circles',
    'Name\tEmail\tCircle\nAda\ta@example.edu\tInner circle\nCid\tc@example.edu\t',
    'namesCircle: Ada\ta@example.edu\tInner circle',
    'Cid <c@example.edu>',
  ],
  ['a name that only begins like one', 'Ada Innerhofer <a@example.edu>', 'Ada Innerhofer <a@example.edu>'],
  ['no address', 'Ada Beta', 'noAddress: Ada Beta'],
  [
    'an address without its @',
    'adaexample.edu, Cid <c@example.edu>',
    'noAddress: adaexample.edu',
    'Cid <c@example.edu>',
  ],
  [
    'one without its @ among others',
    'adaexample.edu, Cid <c@example.edu>, Gamma, Dan <d@example.edu>',
    'noAddress: adaexample.edu',
    'Cid <c@example.edu>',
    'Dan Gamma <d@example.edu>',
  ],
  ['no end of the domain', 'Ada <a@example>', 'badAddress: Ada <a@example>'],
  ['two signs', 'a@@example.edu', 'badAddress: a@@example.edu'],
  ['a gap', 'a @example.edu', 'badAddress: a @example.edu'],
  ['two dots', 'a..b@example.edu', 'badAddress: a..b@example.edu'],
  ['letters beyond ASCII before the @', 'jörg@example.edu', 'badAddress: jörg@example.edu'],
  [
    'names that could be anyone’s',
    'Ada a@example.edu Cid c@example.edu',
    'unclear: Ada a@example.edu Cid c@example.edu',
  ],
  [
    'a name between two addresses',
    'a@example.edu, Ada, c@example.edu',
    ' <a@example.edu>',
    'noAddress: Ada',
    ' <c@example.edu>',
  ],
  [
    'a person with a bad address',
    'Beta, Ada <a@>; c@example.edu',
    'badAddress: Beta, Ada <a@>',
    ' <c@example.edu>',
  ],
]

describe('people who are pasted', () => {
  it.for(shapes)('as %s', ([, pasted, ...people]) => {
    expect(readPeople(pasted).map(shown)).toEqual(people)
  })

  it('are read 300 at once', () => {
    const text = Array.from({ length: 300 }, (_, n) => `"Beta, Ada ${'i'.repeat(n % 9)}" <a${n}@example.edu>`)
    const read = readPeople(text.join('; '))
    expect(read).toHaveLength(300)
    expect(read.every((each) => 'email' in each)).toBe(true)
  })
})

const word = fc
  .stringMatching(/^\p{Lu}\p{Ll}{1,8}$/u)
  .filter((text) => !/^(?:jr|sr|iv|ma|ba|md|dr|prof|msc|bsc|to|cc|an|von|iii?)$/iu.test(text))
const email = fc.stringMatching(/^[a-z][a-z0-9+_'-]{0,9}[a-z]@[a-z]{1,9}\.(edu|com|xn--p1ai)$/u)
const person = fc.record({ first: word, last: word, email })
const form = fc.constantFrom<(one: { first: string; last: string; email: string }) => string>(
  ({ first, last, email: to }) => `${first} ${last} <${to}>`,
  ({ first, last, email: to }) => `${last}, ${first} <${to}>`,
  ({ first, last, email: to }) => `"${last}, ${first}" <${to}>`,
  ({ first, last, email: to }) => `"${first} ${last}" <mailto:${to}>`,
)

describe('whoever is pasted', () => {
  it('is found whatever the form and the separators', () => {
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 8 }),
        form,
        fc.constantFrom('\n', '; ', ';\n', ' ;\r\n'),
        (people, write, between) => {
          const expected = people.map(({ first, last, email: to }) => ({
            name: `${first} ${last}`,
            email: to,
          }))
          expect(readPeople(people.map(write).join(between))).toMatchObject(expected)
        },
      ),
    )
  })

  it('is one whom the API takes, whatever was typed; and no address is lost', () => {
    const bits = fc.constantFrom(
      'a@example.edu',
      'B@x.com',
      'Ada',
      'Beta',
      '"',
      '<',
      '>',
      ',',
      ';',
      '\t',
      '\n',
      ' ',
      '(',
      ')',
      '[',
      ']',
      '@',
      '.',
      "'",
      ':',
      'mailto:',
      'PhD',
      '\u0000',
      '\ufdd0',
      '\u2028',
    )
    const texts = fc.oneof(
      fc.array(bits, { maxLength: 30 }).map((all) => all.join('')),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const read = readPeople(text.toWellFormed())
        for (const pasted of read) {
          if ('email' in pasted) {
            const { email: to, name } = pasted
            expect(validate(newRecipient, { email: to, name })).toMatchObject({ ok: true })
          }
        }
        const whole = read.map(({ typed }) => typed).join(' ')
        expect(whole.split('a@example.edu').length).toBe(text.split('a@example.edu').length)
      }),
      { numRuns: 500 },
    )
  })

  it('takes no longer for hostile text', () => {
    for (const text of ['"', '<', '[', '[](mailto:', '<@', '@', '(', ', ', '"a" <', ' '])
      expect(readPeople(text.repeat(20_000)).length, text).toBeLessThan(20_001)
  }, 5000)
})

describe('an address', () => {
  it('is one that mail can go to', () => {
    expect(
      ['a@b.co', "o'b@b.co", 'a+b_c@x-y.b.co', 'a@xn--bcher-kva.example', 'a/b=c@b.co'].map(readAddress),
    ).toEqual(expect.not.arrayContaining([null]))
    for (const text of [
      '',
      '@',
      'a@b',
      'a@b.c',
      '.a.@-b.co',
      'a@b-.co',
      'a b@c.de',
      'a@[1.2.3.4]',
      'a@1.2.3.4',
      `${'a'.repeat(65)}@b.co`,
      `a@${'b.'.repeat(130)}co`,
    ])
      expect(readAddress(text), text).toBeNull()
  })
})
