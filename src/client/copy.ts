/** Puts a button beside what is shown once, which copies it; without it, it is selected and copied by hand. */

for (const field of document.querySelectorAll<HTMLInputElement>('[data-copy]')) {
  field.addEventListener('focus', () => field.select())
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet'
  const { copy = '', copied = '' } = field.dataset
  button.textContent = copy
  button.addEventListener('click', async () => {
    field.focus()
    await navigator.clipboard.writeText(field.value)
    button.textContent = copied
  })
  field.after(button)
}
