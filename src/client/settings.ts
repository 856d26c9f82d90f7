/** Quickens the settings: shows the cut-offs as one chooses, and suggests time zones, the device's own first. */
import { addButton } from './buttons.ts'

/** How often the cut-offs were asked for: an answer that comes late says nothing. */
let asked = 0

const form = document.querySelector<HTMLFormElement>('#settings')
const line = form?.querySelector<HTMLElement>('#cutOffs')
const zone = form?.querySelector<HTMLInputElement>('[name="schedule.zone"]')
if (form && line && zone) {
  form.querySelector('[value=cutOffs]')?.remove() // it is done all the time
  form.addEventListener('change', () => void showCutOffs(form, line))
  line.before(suggestZones(zone, line.dataset.use ?? ''))
}

async function showCutOffs(form: HTMLFormElement, line: HTMLElement): Promise<void> {
  const mine = ++asked
  const fields = new FormData(form)
  fields.set('act', 'cutOffs')
  const body = new URLSearchParams([...fields].map(([name, value]) => [name, String(value)]))
  const headers = { Accept: 'text/plain' }
  const answer = await fetch('/desk/settings', { method: 'POST', body, headers }).catch(() => null)
  const said = answer?.ok ? (await answer.text()).trim() : ''
  if (said !== '' && mine === asked) line.textContent = said
}

/** The list of all zones; with a button for the device's own, where it is another one. */
function suggestZones(zone: HTMLInputElement, use: string): HTMLElement {
  const acts = document.createElement('div')
  acts.className = 'acts'
  const list = document.createElement('datalist')
  list.id = 'zones'
  list.append(...Intl.supportedValuesOf('timeZone').map((name) => new Option(name)))
  acts.append(list)
  zone.setAttribute('list', list.id)
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (own === zone.value) return acts
  const button = addButton(acts, `${use} ${own}`, async () => {
    zone.value = own
    zone.focus()
    zone.dispatchEvent(new Event('change', { bubbles: true }))
    button.remove()
  })
  return acts
}
