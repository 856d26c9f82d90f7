/** The pages of people, in every state. */
import type { Page } from 'playwright-core'
import type { State } from './pages.ts'
import { readers } from './seed.ts'
import type { Visit } from './visit.ts'
import { openAsOwner, ownersPage } from './ways.ts'

export const peopleStates: readonly State[] = [
  ownersPage('the people', 'People', '/desk/people'),
  {
    name: 'the people, after some were not understood',
    heading: 'People',
    route: 'post /desk/people',
    async open(visit) {
      const page = await openAsOwner(visit, '/desk/people')
      await page.getByText('Add people').click()
      await page
        .getByLabel('Names and addresses')
        .fill(`Ada Beta <ada@example>\nnobody at all\n${readers.professor.email}`)
      await page.getByRole('button', { name: 'Add them' }).click()
      return page
    },
  },
  {
    name: 'a person',
    heading: readers.team.email,
    route: 'get /desk/people/{id}',
    open: (visit) => openPerson(visit, readers.team.email),
  },
  {
    name: 'a person who is to have a handle of two words',
    heading: readers.professor.email,
    route: 'post /desk/people/{id}',
    async open(visit) {
      const page = await openPerson(visit, readers.professor.email)
      await page.getByLabel('Handle').fill('two words')
      await page.getByRole('button', { name: 'Save' }).click()
      return page
    },
  },
  {
    name: 'a person, with a way in just made',
    heading: readers.professor.email,
    route: 'post /desk/people/{id}/way-in',
    async open(visit) {
      const page = await openPerson(visit, readers.professor.email)
      await page.getByRole('button', { name: 'Make a link' }).click()
      return page
    },
  },
  ownersPage('the authors', 'Who writes', '/desk/authors'),
  {
    name: 'the authors, with a token just made',
    heading: 'Who writes',
    route: 'post /desk/authors/{id}/tokens',
    async open(visit) {
      const page = await openAsOwner(visit, '/desk/authors')
      await page.getByText('A token for a device').first().click()
      await page.getByLabel('Which device').first().fill('phone')
      await page.getByRole('button', { name: 'Make a token' }).first().click()
      await page.getByRole('button', { name: 'Copy' }).waitFor()
      return page
    },
  },
  {
    name: 'the authors, after a sender of mail was refused',
    heading: 'Who writes',
    route: 'post /desk/authors/{id}/mailbox',
    async open(visit) {
      const page = await openAsOwner(visit, '/desk/authors')
      await page.getByText('Post by mail').first().click()
      await page.getByLabel('Senders').first().fill('student@example.edu\nnobody')
      await page.getByRole('button', { name: 'Save' }).first().click()
      return page
    },
  },
]

async function openPerson(visit: Visit, email: string): Promise<Page> {
  const page = await openAsOwner(visit, '/desk/people')
  await page.getByRole('link', { name: email }).click()
  return page
}
