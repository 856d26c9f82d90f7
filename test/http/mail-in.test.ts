import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { html, mailIn, multipart, plain, student } from '../mailing.ts'
import * as p from '../photos.ts'
import { photo } from '../posting-photos.ts'
import { ask, day, friday, get, hour, minute, monday, resend, setClock, setUp, tickAt } from '../world.ts'
import { signIn, unescaped, visitor } from './desk.ts'

let address = ''

type Mailbox = {
  readonly address: string
  readonly senders: readonly string[]
  readonly usedOn: string | null
}
type Author = { readonly id: string; readonly mailbox: Mailbox | null }

async function owner(): Promise<Author> {
  const { authors } = await get<{ authors: Author[] }>('GET', '/api/authors')
  return authors[0] as Author // made with the project
}

beforeEach(async () => {
  setClock(monday)
  await setUp({ mailbox: 'weeknotes@notes.example.edu' })
  const path = `/api/authors/${(await owner()).id}/mailbox`
  const mailbox = await get<Mailbox>('PUT', path, { senders: ['Student@example.edu', 'me@mail.example.com'] })
  address = mailbox.address
})

type Noted = { readonly kind: string; readonly text: string; readonly at: string }

/** What was noted, the latest first. */
async function noted(): Promise<readonly Noted[]> {
  const { updates } = await get<{ updates: Noted[] }>('GET', '/api/updates')
  return updates.map(({ kind, text, at }) => ({ kind, text, at }))
}

const texts = async () => (await noted()).map(({ kind, text }) => `${kind}: ${text}`)

const quoted = '> Nothing is noted yet.\r\n> Write back, and it is.\r\n'

describe('a mail in the shape of', () => {
  const gmailHtml =
    '<div dir="ltr">#done The <b>baseline</b> ran<div><br></div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Fri wrote:<br></div><blockquote class="gmail_quote">Nothing is noted yet.</blockquote></div>'

  it.each<readonly [shape: string, mail: Parameters<typeof mailIn>[1], text: string]>([
    ['plain text', { text: '#done The baseline ran' }, 'done: The baseline ran'],
    [
      'a reply from Gmail',
      {
        subject: 'Re: Letter 1 goes out tomorrow',
        body: multipart(
          'alternative',
          plain(
            `#done The baseline ran\r\n\r\nOn Thu, 19 Nov 2026 at 16:00, weeknotes <\r\nonboarding@resend.dev> wrote:\r\n\r\n${quoted}`,
          ),
          html(gmailHtml),
        ),
      },
      'done: The baseline ran',
    ],
    [
      'HTML beside a plain part that is empty',
      {
        subject: 'Hello',
        body: multipart('alternative', plain('\r\n'), html('<p>#done The baseline ran</p>')),
      },
      'done: The baseline ran',
    ],
    ['HTML alone from Gmail', { subject: 'Re: x', body: html(gmailHtml) }, 'done: The baseline ran'],
    [
      'a reply from Outlook',
      {
        subject: 'RE: Letter 1 goes out tomorrow',
        text: '#done The baseline ran\r\n\r\nGet Outlook for iOS<https://aka.ms/o0ukef>\r\n________________________________\r\nFrom: weeknotes <onboarding@resend.dev>\r\nSent: Thursday, November 19, 2026 4:00 PM\r\nTo: The Student\r\nSubject: Letter 1 goes out tomorrow\r\n\r\nNothing is noted yet.',
      },
      'done: The baseline ran',
    ],
    [
      'HTML alone from Outlook',
      {
        subject: 'RE: x',
        body: html(
          '<html><head><style>p{margin:0}</style></head><body><p>#done The baseline ran</p><div id="Signature"><p>A university</p></div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> weeknotes<br><b>Sent:</b> Thursday<br><b>To:</b> The Student<br></div><div>Nothing is noted yet.</div></body></html>',
        ),
      },
      'done: The baseline ran',
    ],
    [
      'a reply from Apple Mail',
      {
        subject: 'Re: x',
        text: `#done The baseline ran\r\n\r\nSent from my iPhone\r\n\r\n> On 19 Nov 2026, at 16:00, weeknotes <onboarding@resend.dev> wrote:\r\n> \r\n${quoted}`,
      },
      'done: The baseline ran',
    ],
    [
      'a reply from Thunderbird, below the quote',
      {
        subject: 'Re: x',
        text: `On 19/11/2026 16:00, weeknotes wrote:\r\n${quoted}\r\n#done The baseline ran\r\n\r\n-- \r\nThe student\r\nA university`,
      },
      'done: The baseline ran',
    ],
    [
      'base64',
      {
        body: `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${btoa('#done The baseline ran')}`,
      },
      'done: The baseline ran',
    ],
    [
      'quoted-printable with soft line ends',
      {
        body: 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n#done The base=\r\nline ran =E2=80=93 at last',
      },
      'done: The baseline ran – at last',
    ],
    [
      'Latin 1',
      {
        body: new Uint8Array(
          [...'Content-Type: text/plain; charset=iso-8859-1\r\n\r\n#done Fläche'].map((c) => c.charCodeAt(0)),
        ),
      },
      'done: Fläche',
    ],
    [
      'a subject in encoded words',
      { subject: '=?utf-8?B?I3Jlc3VsdCBhdWM9MC43OSDigJMgZmlyc3Q=?=', text: '' },
      'result: auc=0.79 – first',
    ],
    [
      'a subject that leads',
      { subject: 'Done: the baseline', text: 'It took an hour.' },
      'done: the baseline\n\nIt took an hour.',
    ],
    [
      'HTML with a list and a link',
      {
        body: html(
          '<p>Read:</p><ul><li>the <a href="https://example.org/paper">paper</a></li><li>https://example.org</li></ul>',
        ),
      },
      'read: * the paper (https://example.org/paper)\n* https://example.org',
    ],
    [
      'words above a forwarded mail',
      {
        subject: 'Fwd: Quota',
        text: '#done We have quota\r\n\r\n---------- Forwarded message ---------\r\nFrom: A <a@example.org>\r\nDate: Thu\r\nSubject: Quota\r\n\r\nGranted.',
      },
      'done: We have quota',
    ],
    [
      'a mail with a photo',
      {
        body: multipart(
          'mixed',
          plain('#done The plot'),
          'Content-Type: image/png; name="plot.png"\r\nContent-Disposition: attachment; filename="plot.png"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=',
        ),
      },
      'done: The plot',
    ],
    ['several in one', { text: '#done One\r\n#ask Two?' }, 'ask: Two?'],
    ['a mail without a Message-ID', { headers: { 'Message-ID': '' }, text: '#done Bare' }, 'done: Bare'],
  ])('%s is noted in its own words', async (_, mail, text) => {
    expect(await mailIn(address, mail)).toBeNull()
    expect((await texts())[0]).toBe(text)
  })

  it('nothing but a forwarded one is kept, and stays with the student', async () => {
    const passedOn =
      '---------- Forwarded message ---------\r\nFrom: A <a@example.org>\r\nDate: Thu\r\nSubject: Quota\r\n\r\nGranted.'
    expect(await mailIn(address, { subject: 'Fwd: Quota', text: passedOn })).toBeNull()
    expect(await noted()).toMatchObject([{ kind: 'private', text: expect.stringContaining('Granted.') }])
  })

  it('one with another mail attached is one’s own words alone', async () => {
    const attached =
      'Content-Type: message/rfc822\r\n\r\nFrom: A <a@example.org>\r\nSubject: The salary\r\nContent-Type: text/plain\r\n\r\nBetween us.'
    const mail = { subject: 'Fwd: The salary' }
    expect(
      await mailIn(address, { ...mail, body: multipart('mixed', plain('#done Signed'), attached) }),
    ).toBeNull()
    expect(await texts()).toEqual(['done: Signed'])
    expect(await mailIn(address, { ...mail, body: multipart('mixed', plain(''), attached) })).toContain(
      'Not noted',
    )
    expect(await texts()).toHaveLength(1)
  })

  it('eight mebibytes of photo is noted', async () => {
    const photo = `Content-Type: image/png\r\nContent-Disposition: attachment; filename="p.png"\r\nContent-Transfer-Encoding: base64\r\n\r\n`
    const lines = `${'A'.repeat(76)}\r\n`.repeat(Math.ceil((8 * 1024 * 1024 * 4) / 3 / 76))
    expect(
      await mailIn(address, { body: multipart('mixed', plain('#done A photo'), photo + lines) }),
    ).toBeNull()
    expect(await texts()).toEqual(['done: A photo'])
  })

  it('one that is private anywhere stays private', async () => {
    expect(await mailIn(address, { subject: 'Re: #private', text: 'Tired' })).toBeNull()
    expect(await noted()).toMatchObject([{ kind: 'private' }])
  })
})

describe('the photos of a mail', () => {
  const attached = (bytes: Uint8Array, more = '', type = 'image/jpeg') =>
    `Content-Type: ${type}; name="IMG_0042.JPG"\r\n${more}Content-Transfer-Encoding: base64\r\n\r\n${bytes.toBase64().replaceAll(/.{76}/gu, '$&\r\n')}`
  const named = (id: string) => `Content-ID: <${id}>\r\nContent-Disposition: inline\r\n`

  type Shown = {
    readonly text: string
    readonly kind: string
    readonly photos?: readonly { readonly type: string }[]
  }

  /** The latest update, with the types of its photos. */
  async function latest() {
    const { updates } = await get<{ updates: Shown[] }>('GET', '/api/updates')
    const [first] = updates
    return { text: first?.text, kind: first?.kind, photos: first?.photos?.map(({ type }) => type) }
  }

  it('are those of its update', async () => {
    const body = multipart('mixed', plain('#result The loss falls'), attached(photo), attached(p.png))
    expect(await mailIn(address, { body })).toBeNull()
    expect(await latest()).toEqual({
      ...{ text: 'The loss falls', kind: 'result', photos: ['image/jpeg', 'image/png'] },
    })
  })

  it('are known by their bytes where the mail says no more than that there is a file', async () => {
    const body = multipart('mixed', plain('it works'), attached(photo, '', 'application/octet-stream'))
    expect(await mailIn(address, { body })).toBeNull()
    expect((await latest()).photos).toEqual(['image/jpeg'])
  })

  it('need no words', async () => {
    expect(
      await mailIn(address, { subject: '', body: multipart('mixed', plain(''), attached(photo)) }),
    ).toBeNull()
    expect(await latest()).toMatchObject({ text: 'Photo', photos: ['image/jpeg'] })
    expect(
      await mailIn(address, { subject: '', body: multipart('mixed', plain(''), attached(p.heic)) }),
    ).toContain('HEIC')
  })

  it('are those among its own words, not in what it quotes or is signed with', async () => {
    const page = html(
      'Look <img src="cid:own@x"><blockquote>You wrote <img src="cid:theirs@x"></blockquote><div class="gmail_signature"><p><img src="cid:logo@x"></p></div>',
    )
    const parts = [
      attached(photo, named('own@x')),
      attached(p.png, named('theirs@x')),
      attached(p.gif, named('logo@x')),
    ]
    const body = multipart('related', multipart('alternative', plain('Look'), page), ...parts)
    expect(await mailIn(address, { body })).toBeNull()
    expect(await latest()).toMatchObject({ text: 'Look', photos: ['image/jpeg'] })
  })

  it('of another that it passes on are left out below one’s own words, and stay with the student else', async () => {
    const passedOn =
      '---------- Forwarded message ---------\r\nFrom: A <a@example.org>\r\nDate: Thu\r\nSubject: Quota\r\n\r\nGranted.'
    const fwd = (text: string) => ({
      subject: 'Fwd: Quota',
      body: multipart('mixed', plain(text), attached(photo)),
    })
    expect(await mailIn(address, fwd(`#done We have quota\r\n\r\n${passedOn}`))).toBeNull()
    expect(await latest()).toEqual({ text: 'We have quota', kind: 'done', photos: undefined })
    expect(await mailIn(address, fwd(passedOn))).toBeNull()
    expect(await latest()).toMatchObject({ kind: 'private', photos: ['image/jpeg'] })
  })

  it('that could not be kept are named on the pages of whoever wrote, until the letter is closed', async () => {
    const body = multipart('mixed', plain('The loss falls'), attached(p.heic, '', 'image/heic'))
    expect(await mailIn(address, { body })).toBeNull()
    const cookie = await signIn(env.OWNER_TOKEN ?? '')
    const { look } = visitor(() => cookie)
    for (const path of ['/write', '/desk']) {
      expect(unescaped(await look(path))).toMatch(
        /<h2>Not kept<.*>The loss falls<\/a>: A photo was not kept: it is HEIC/u,
      )
    }
    setClock(friday)
    await tickAt(friday)
    await get('POST', '/api/digests', { number: 1 })
    expect(await look('/write')).not.toContain('Not kept')
  })
})

describe('a mail', () => {
  it('that comes again is noted once, and two that say the same are two', async () => {
    const headers = { 'Message-ID': '<one@example.edu>' }
    for (let i = 0; i < 3; i++) expect(await mailIn(address, { text: '#done One', headers })).toBeNull()
    expect(await mailIn(address, { text: '#done One' })).toBeNull()
    expect(await texts()).toEqual(['done: One', 'done: One'])
  })

  it('happened when it was written, not when it arrived; a clock ahead or far behind is not believed', async () => {
    const at = async (date: number) => {
      await mailIn(address, { text: `#done ${date}`, headers: { Date: new Date(date).toUTCString() } })
      return (await noted()).find(({ text }) => text === String(date))?.at
    }
    expect(await at(monday - 3 * hour)).toBe(new Date(monday - 3 * hour).toISOString())
    expect(await at(monday + hour)).toBe(new Date(monday).toISOString())
    expect(await at(monday - 30 * day)).toBe(new Date(monday).toISOString())
  })

  it('from a stranger, to nobody, or in a name that the envelope does not bear out is refused with the reason', async () => {
    const nobody = 'Nobody takes mail at this address.'
    expect(await mailIn('weeknotes@notes.example.edu', { text: 'x' })).toBe(nobody)
    expect(await mailIn(`weeknotes+${'0'.repeat(32)}@notes.example.edu`, { text: 'x' })).toBe(nobody)
    expect(await mailIn(address, { from: 'eve@example.org', text: 'x' })).toContain(
      'no mail from eve@example.org',
    )
    expect(await mailIn(address, { from: `other@example.edu`, text: 'x' })).toContain(
      'no mail from other@example.edu',
    )
    expect(await mailIn(address, { envelope: 'eve@example.org', text: 'x' })).toContain(
      'no mail from eve@example.org',
    )
    expect(await noted()).toEqual([])
  })

  it('with nothing in it, or more than an update may hold, is refused, not lost', async () => {
    expect(await mailIn(address, { subject: 'Re: x', text: quoted })).toBe('Not noted: text is empty.')
    expect(await mailIn(address, { text: 'a'.repeat(40_000) })).toMatch(/^Not noted: .*longer than 32 KiB/u)
  })

  it('that nobody wrote is dropped without a word', async () => {
    for (const headers of [
      { 'Auto-Submitted': 'auto-replied' },
      { Precedence: 'bulk' },
      { 'List-Id': '<list.example.edu>' },
      { 'X-Autoreply': 'yes' },
    ]) {
      expect(await mailIn(address, { text: '#done I am away', headers })).toBeNull()
    }
    expect(await mailIn(address, { envelope: '', text: '#done Not delivered' })).toBeNull()
    expect(await noted()).toEqual([])
  })

  it('is taken in any case of the address, and where the route needs no plus sign', async () => {
    const secret = /\+(.*)@/u.exec(address)?.[1] ?? ''
    expect(await mailIn(address.toUpperCase(), { text: '#done One' })).toBeNull()
    expect(await mailIn(`add-${secret}@notes.example.edu`, { text: '#done Two' })).toBeNull()
    expect(await texts()).toHaveLength(2)
  })

  it('is refused once the address is ended; a new one is another', async () => {
    const path = `/api/authors/${(await owner()).id}/mailbox`
    expect((await ask('DELETE', path)).status).toBe(204)
    expect(await mailIn(address, { text: 'x' })).toContain('Nobody')
    const { address: other } = await get<Mailbox>('PUT', path, { senders: [student] })
    expect(other).not.toBe(address)
    expect(await mailIn(other, { text: '#done x' })).toBeNull()
  })

  it('of another author is theirs, and the day of the last one is shown', async () => {
    const { id } = await get<Author>('POST', '/api/authors', { name: 'Another' })
    const { address: theirs } = await get<Mailbox>('PUT', `/api/authors/${id}/mailbox`, {
      senders: [student],
    })
    await mailIn(theirs, { text: '#done Theirs' })
    const { authors } = await get<{ authors: Author[] }>('GET', '/api/authors')
    expect(authors.map(({ mailbox }) => mailbox?.usedOn)).toEqual([null, '2026-11-16'])
    const { results } = await env.DB.prepare('SELECT author FROM updates').all()
    expect(results).toEqual([{ author: id }])
  })
})

describe('the nudge and the preview', () => {
  it('are answered by mail: what comes back is noted', async () => {
    await get('POST', '/api/recipients', { email: 'professor@example.edu' })
    for (let now = friday - 3 * day; now < friday - 2 * day; now += hour) {
      setClock(now)
      await tickAt(now)
    }
    const [nudge] = resend.sent.filter(({ tags }) => tags.notice === 'nudge')
    expect(nudge?.replyTo).toEqual([address])
    const body = `#done The baseline ran\n\nOn 17 Nov 2026 at 16:00, weeknotes wrote:\n${nudge?.text.replace(/^/gmu, '> ')}`
    expect(await mailIn(nudge?.replyTo[0] ?? '', { subject: `Re: ${nudge?.subject}`, text: body })).toBeNull()
    expect(await texts()).toEqual(['done: The baseline ran'])
    for (let now = friday - day; now < friday; now += 30 * minute) {
      setClock(now)
      await tickAt(now)
    }
    const [preview] = resend.sent.filter(({ tags }) => tags.notice === 'preview')
    expect(preview?.replyTo).toEqual([address])
  })
})
