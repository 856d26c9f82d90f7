import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMail } from '../../src/core/mail.ts'

const own = (body: string, subject = 'Re: Letter 3 goes out tomorrow') => readMail(subject, body).text

describe('the text of a mail', () => {
  it('is kept without what it answers and without the line above that, in any language', () => {
    for (const attribution of [
      'On Fri, 20 Nov 2026 at 16:00, weeknotes <notes@mail.example.edu> wrote:',
      'On Fri, 20 Nov 2026 at 16:00, weeknotes <notes@mail.example.edu>\nwrote:',
      'On Fri, 20 Nov 2026 at 16:00, a project with a long name\n<notes@mail.example.edu> wrote:',
      'Am 20.11.2026 um 16:00 schrieb weeknotes:',
      'Am Fr., 20. Nov. 2026 um 16:00 Uhr schrieb weeknotes <\nnotes@mail.example.edu>:',
      'Le ven. 20 nov. 2026 à 16:00, weeknotes <notes@mail.example.edu> a écrit :',
      '2026年11月20日(金) 16:00 weeknotes <notes@mail.example.edu>:',
    ]) {
      expect(
        own(`#done The baseline ran at 12:30\n\n${attribution}\n\n> Nothing noted yet.\n> Write back.\n`),
      ).toBe('#done The baseline ran at 12:30')
    }
  })

  it('keeps what is said above, between and below the quotes', () => {
    expect(own('First:\n> one\nYes, at 16:00.\n> two\n\nNo.')).toBe('First:\nYes, at 16:00.\n\nNo.')
    const twice = 'For the meeting at 16:00:\n\nOn 20 Nov 2026, a@example.edu wrote:\n> one\n> two\nYes.'
    expect(own(twice)).toBe('For the meeting at 16:00:\n\nYes.')
    expect(own('> all of it\n\n#done Below')).toBe('#done Below')
  })

  it('keeps quotes of a mail that answers nothing, unless a line above says whose they are', () => {
    const email = '#ask The handout says\n> three seeds\nDo two do?'
    expect(own(email, 'A question')).toBe(email)
    const answer = 'Yes.\n\nOn 20 Nov 2026, a@example.edu wrote:\n> one\nNo.\n> two\nAnd so on.'
    expect(own(answer, 'Another subject')).toBe('Yes.\n\nNo.\nAnd so on.')
  })

  it('ends at a signature, at what a phone adds, and at a mail that is answered whole', () => {
    for (const end of [
      '-- \nThe student\nA university',
      '--\nThe student',
      'Sent from my iPhone',
      'Sent from my phone',
      'Gesendet von meinem Telefon',
      'Inviato dal mio iPhone',
      'Sent from Yahoo Mail for iPhone',
      'Sent from Mail for Windows',
      'Sent with Proton Mail secure email.',
      'Sent via the Samsung Galaxy S21 5G, an AT&T 5G smartphone',
      'Gesendet mit der GMX Mail App',
      'Envoyé de mon iPad',
      'Get Outlook for iOS<https://aka.ms/o0ukef>',
      'Von meinem iPhone gesendet',
      '________________________________\nFrom: notes@mail.example.edu\nSent: Friday\nTo: me\nSubject: x\n\nWords',
      'From: weeknotes <notes@mail.example.edu>\nSent: Friday, 20 November 2026 16:00\nTo: The student\n\nWords',
      '*Von:* weeknotes\n*Gesendet:* Freitag\n*An:* mich\n\nWorte',
      '-----Original Message-----\nFrom: weeknotes\nWords',
    ]) {
      expect(own(`#ask @professor Which table?\n\n${end}`)).toBe('#ask @professor Which table?')
    }
  })

  it('keeps kinds, lists and times that look like heads and quotes but are none', () => {
    for (const text of [
      'Done: the table\nNext: the plot\nAsk: which colour?',
      'The result of 16:00:\n\n- auc 0.78',
      '- - -',
      'a > b, and it was sent from my laptop to the TPU',
      'Sent from my iPhone, the photo shows the loss\n\n#done It fell',
      'The letter went out\n\nSent with three plots and a table',
      'Sent from my desk to the cluster, all seven days',
      'Gesendet von der PhD-Gruppe, nicht von mir',
      'It keeps up\n\nSent with sliding windows of 512 tokens',
      'It keeps up\n\nSent from the Mac mini in the lab',
      'It keeps up\n\nSent with spark and three workers',
      'It keeps up\n\nSent via mobile clients of the partner',
    ]) {
      expect(own(text)).toBe(text)
    }
  })

  it('takes the subject in where it says what the post is, or is all there is', () => {
    expect(own('It ran', '#result auc=0.79')).toBe('#result auc=0.79\n\nIt ran')
    expect(own('It ran', 'Done: baseline')).toBe('Done: baseline\n\nIt ran')
    expect(own('It ran', 'An update')).toBe('It ran')
    expect(own('', 'The baseline ran')).toBe('The baseline ran')
    expect(own('', 'Re: Letter 3 goes out tomorrow')).toBe('')
    expect(own('It ran', 'Re: #done no kind of mine')).toBe('It ran')
  })

  it('never loses that it is private or inside, wherever the subject says so', () => {
    expect(own('It ran', 'Re: something #private')).toContain('#private')
    expect(own('It ran', 'Fwd: #inside numbers')).toContain('#inside')
  })

  it('tells words that are only passed on from one’s own', () => {
    const forwarded =
      '---------- Forwarded message ---------\nFrom: a@example.edu\nDate: Fri\nSubject: Quota\n\nYou have it.'
    expect(readMail('Fwd: Quota', forwarded)).toEqual({ text: forwarded, isPassedOn: true, isAbove: false })
    expect(readMail('Fwd: Quota', `#done We have quota\n\n${forwarded}`)).toEqual({
      text: '#done We have quota',
      ...{ isPassedOn: false, isAbove: true },
    })
    expect(readMail('Fwd: #private Quota', forwarded).text).toContain('#private')
  })

  it('is read whatever it is, in time that grows as it does', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.string({ unit: 'binary', maxLength: 500 }),
        (subject, body) => {
          expect(readMail(subject, body).text).toBeTypeOf('string')
        },
      ),
    )
    for (const part of ['>', '> ', 'From: ', 'a:\n', '16:00:\n> \n', '-- \n', 'sent from ', 'x:\n\n>\n'])
      expect(readMail('Re: x', part.repeat(30_000)).text).toBeTypeOf('string')
  })
})
