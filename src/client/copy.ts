/** Puts a button beside what is there to be copied; without it, it is selected and copied by hand. */

for (const shown of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  const field = shown instanceof HTMLInputElement ? shown : null
  field?.addEventListener('focus', () => field.select())
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet'
  const { copy = '', copied = '' } = shown.dataset
  button.textContent = copy
  button.addEventListener('click', async () => {
    field?.focus()
    await navigator.clipboard.writeText(field?.value ?? shown.textContent)
    button.textContent = copied
  })
  shown.after(button)
}
