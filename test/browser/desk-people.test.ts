import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { enter } from './keyboard.ts'
import { it, scripts, type Visit, world } from './visit.ts'
import { api, asAuthor, openAsOwner } from './ways.ts'

const answer = (page: Page) => page.locator('.answer').innerText()

function open(visit: Visit, path: string, javaScriptEnabled: boolean): Promise<Page> {
  return openAsOwner(visit, path, { javaScriptEnabled })
}

/** Thirty people as mail programs, tables and hands write them; three cannot be reached. */
function thirty(name: string): string {
  const good = Array.from({ length: 27 }, (_, n) => {
    const [email, last] = [`${name}-${n}@example.edu`, `Reader${String.fromCharCode(97 + n)}`]
    return [`Pat ${last} <${email}>`, `"${last}, Pat" <${email}>`, `${last}, Pat <${email}>;`, email][n % 4]
  })
  const bad = [`Pat Gone <${name}-gone@example>`, `${name}-lost.example.edu`, `${name}-two@@example.edu`]
  return [...good.slice(0, 9), bad[0], ...good.slice(9, 20), bad[1], ...good.slice(20), bad[2]].join('\n')
}

const find = async (name: string) => {
  const { recipients } = await api.get<{ recipients: readonly { id: string; email: string }[] }>(
    '/api/recipients',
  )
  return recipients.filter(({ email }) => email.startsWith(name))
}

/** Other tests have this Worker, too. */
async function removeAll(name: string): Promise<void> {
  for (const { id } of await find(name)) await api.delete(`/api/recipients/${id}`, {})
}

const statusWith = async (token: string) => {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const response = await fetch(`${world.url}/api/updates`, { headers })
  return response.status
}

describe.for(scripts)('the owner, %s,', ([how, javaScriptEnabled]) => {
  it('pastes thirty people, and corrects the three that nothing can be sent to', async ({
    visit,
    onTestFinished,
  }) => {
    const name = how.replace(' ', '-')
    onTestFinished(() => removeAll(name))
    const page = await open(visit, '/desk/people', javaScriptEnabled)
    await page.getByText('Add people').click()
    await page.getByLabel('Names and addresses').fill(thirty(name))
    await page.getByText('Outer circle', { exact: true }).click()
    await page.getByRole('button', { name: 'Add them' }).click()

    expect(await answer(page)).toBe('27 are in the list now.')
    expect(await find(name)).toHaveLength(27)
    const field = page.getByLabel('Names and addresses')
    expect((await field.inputValue()).split('\n')).toEqual([
      `Pat Gone <${name}-gone@example>`,
      `${name}-lost.example.edu`,
      `${name}-two@@example.edu`,
    ])
    expect(await page.getByRole('alert').innerText()).toMatch(
      /Gone.* has no address that mail can go to\n.*lost.* has no mail address\n.*two@@.* has no address/u,
    )
    expect(await page.getByLabel('Outer circle').isChecked()).toBe(true)

    await field.fill((await field.inputValue()).replace('@example>', '@example.edu>').replace('@@', '@'))
    await page.getByRole('button', { name: 'Add them' }).click()
    expect(await field.inputValue()).toBe(`${name}-lost.example.edu`)
    await field.fill(`${name}@lost.example.edu`)
    await page.getByRole('button', { name: 'Add them' }).click()
    expect(await answer(page)).toBe('They are in the list now.')
    expect(await find(name)).toHaveLength(30)
  })

  it('pauses, renames, hands a way in over, and moves inward or removes only when told twice', async ({
    visit,
  }) => {
    const email = `${how.replace(' ', '-')}@people.example.edu`
    await api.post('/api/recipients', { email })
    const page = await open(visit, '/desk/people', javaScriptEnabled)
    await page.getByRole('link', { name: email }).click()
    await page.getByRole('button', { name: 'Pause' }).click()
    expect(await answer(page)).toMatch(/^Paused/u)
    await page.getByRole('button', { name: 'Move to the outer circle' }).click()
    expect(await answer(page)).toMatch(/^Moved/u)
    const inward = page.getByRole('button', { name: 'Yes, move them' })
    expect(await inward.isVisible()).toBe(false)
    await page.getByText('Move to the inner circle', { exact: true }).click()
    expect(await page.getByText('every letter in the archive').isVisible()).toBe(true)
    await inward.click()
    expect(await page.getByText('inner circle · paused').isVisible()).toBe(true)
    await page.getByLabel('Name').fill('Pat')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Pat')

    await page.getByRole('button', { name: 'Make a link' }).click()
    const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
    const reader = await visit({ javaScriptEnabled })
    await reader.goto(link)
    await reader.getByRole('button', { name: 'Open the letters' }).click()
    expect(new URL(reader.url()).pathname).toBe('/archive')

    const yes = page.getByRole('button', { name: 'Yes, remove them' })
    expect(await yes.isVisible()).toBe(false)
    await page.getByText('Remove', { exact: true }).click()
    await yes.click()
    expect(await answer(page)).toBe('They are removed.')
    await reader.goto('/archive')
    expect(await reader.getByRole('heading', { level: 1 }).innerText()).toBe('Sign in')
  })

  it('makes an author’s token, and ends it: it fails, and its session ends', async ({ visit }) => {
    const name = `An author ${how}`
    const page = await open(visit, '/desk/authors', javaScriptEnabled)
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    expect(await answer(page)).toMatch(/^Added/u)

    const section = page.locator('section').filter({ hasText: name })
    await section.getByText('A token for a device').click()
    await section.getByLabel('Which device').fill('phone')
    await section.getByRole('button', { name: 'Make a token' }).click()
    const shown = page.getByLabel(`The token for “phone” of ${name}:`)
    const token = await shown.inputValue()
    const copy = page.getByRole('button', { name: 'Copy' })
    if (javaScriptEnabled) await copy.waitFor()
    else expect(await copy.count()).toBe(0)

    expect(await statusWith(token)).toBe(200)
    const author = await asAuthor(visit, token)
    await author.goto('/write')
    expect(await author.getByRole('heading', { level: 1 }).innerText()).toBe('Write')
    expect((await author.goto('/desk/people'))?.status()).toBe(403)

    await page.goto('/desk/authors')
    expect(await page.content()).not.toContain(token)
    await section.getByText('End it').click()
    await section.getByRole('button', { name: 'Yes, end this token' }).click()
    expect(await answer(page)).toMatch(/^That token is ended/u)
    expect(await statusWith(token)).toBe(401)
    await author.goto('/write')
    expect(await author.getByRole('heading', { level: 1 }).innerText()).toBe('Sign in')
  })
})

describe('the owner', () => {
  it('copies a token with one press', async ({ visit }) => {
    const page = await openAsOwner(visit, '/desk/authors', {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await page.getByText('A token for a device').first().click()
    await page.getByLabel('Which device').first().fill('script')
    await page.getByRole('button', { name: 'Make a token' }).first().click()
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toBe(await page.locator('#once').inputValue())
    expect(await statusWith(copied)).toBe(200)
  })

  it('adds an author with Tab and Enter alone', async ({ visit }) => {
    const page = await openAsOwner(visit, '/desk/authors')
    await enter(page.getByLabel('Name', { exact: true }), 'By the keyboard')
    expect(await answer(page)).toMatch(/^Added/u)
  })
})
