/** How a phone is set up (PURE): signed in by a code, and a shortcut that posts, step by step. */
import { phoneWords as words } from '../../../core/desk-words-channels.ts'
import type { FieldError } from '../../../core/result.ts'
import { QrCode } from '../../qr-code.tsx'
import { deskPage, type Viewer } from './desk-page.tsx'
import { HiddenFields, Wrong } from './forms.tsx'
import { CopyField } from './shown-once.tsx'

export type Phone = {
  readonly address: string
  /** Names the token that its form makes. */
  readonly key: string
  /** A token that was just made. */
  readonly token: string | null
  readonly errors: readonly FieldError[]
  /** A link that was just made. */
  readonly link: string | null
}

export function phonePage(viewer: Viewer, { address, key, token, errors, link }: Phone): string {
  const { steps } = words
  return deskPage({
    viewer,
    title: words.phone,
    script: 'copy.js',
    children: (
      <>
        <h2 id="sign-in">{words.signIn}</h2>
        {link === null ? (
          <form method="post" action="/desk/phone/sign-in#sign-in">
            <p class="said">{words.signInWhy}</p>
            <button type="submit">{words.showCode}</button>
          </form>
        ) : (
          <div role="status">
            <QrCode text={link} label={words.code} />
            <CopyField id="link" label={words.link} value={link} how={words.linkHow} />
          </div>
        )}
        <h2>{words.shortcut}</h2>
        <p class="said">{words.shortcutWhy}</p>
        <ol>
          <li>{steps.make}</li>
          <li>{steps.dictate}</li>
          <li>
            {steps.fetch}
            <CopyField id="url" label={words.url} value={`${address}/api/updates`} />
          </li>
          <li id="token">
            {steps.headers}
            {token === null ? (
              <form method="post" action="/desk/phone/token#token">
                <HiddenFields fields={{ key }} />
                <Wrong name="name" errors={errors} />
                <button type="submit" class="quiet">
                  {words.makeToken}
                </button>
              </form>
            ) : (
              <div role="status">
                <CopyField id="header" label={words.header} value={`Bearer ${token}`} how={words.headerHow} />
              </div>
            )}
          </li>
          <li>{steps.form}</li>
          <li>{steps.show}</li>
          <li>{steps.place}</li>
        </ol>
        <h2>{words.share}</h2>
        <Steps>{words.shareSteps}</Steps>
        <h2>{words.photo}</h2>
        <Steps>{words.photoSteps}</Steps>
        <p class="said">{words.photoWhy}</p>
      </>
    ),
  })
}

function Steps({ children }: { readonly children: readonly string[] }) {
  return (
    <ol>
      {children.map((step) => (
        <li>{step}</li>
      ))}
    </ol>
  )
}
