/** The settings (PURE): one form, grouped in plain words, each message beside its field. */

import type { DeskDid } from '../../../core/desk-words.ts'
import {
  deliveryWords,
  nudgeWords,
  silentWords,
  weekdayWords,
  settingsWords as words,
} from '../../../core/desk-words-settings.ts'
import { dateInFull } from '../../../core/period.ts'
import type { Away } from '../../../core/project.ts'
import type { FieldError } from '../../../core/result.ts'
import { deskPage, type Viewer } from './desk-page.tsx'
import { FormErrors, HiddenFields } from './forms.tsx'
import { About, allNames, Choice, type Fields, Text } from './settings-fields.tsx'

export type SettingsShown = {
  readonly did: DeskDid | undefined
  readonly errors: readonly FieldError[]
  /** What is stored, and what stands in the fields. */
  readonly was: Fields
  readonly fields: Fields
  /** Whether the public address was filled in, and is not stored. */
  readonly isGuessed: boolean
  readonly away: readonly Away[]
  /** Days ticked to be taken out, and days typed to be added. */
  readonly gone: readonly Away[]
  readonly added: Away | null
  /** In words; none after the last letter. */
  readonly cutOffs: readonly string[]
  /** Whether they are those of the stored settings. */
  readonly isSaved: boolean
}

export function settingsPage(viewer: Viewer, shown: SettingsShown): string {
  const { did, errors, was, isGuessed } = shown
  return deskPage({
    viewer,
    did,
    title: words.settings,
    script: 'settings.js',
    children: (
      <form method="post" action="/desk/settings" id="settings">
        {/* Enter in a field presses a form's first button. */}
        <button type="submit" class="unseen" tabindex={-1}>
          {words.save}
        </button>
        <HiddenFields fields={{ was: JSON.stringify(was) }} />
        <FormErrors errors={errors} names={allNames} labels={words.labels} />
        <h2>{words.who}</h2>
        <Text name="ownerName" autocomplete="name" {...shown} />
        <Text
          name="ownerEmail"
          inputmode="email"
          autocomplete="email"
          hint={words.hints.ownerEmail}
          {...shown}
        />
        <h2>{words.project}</h2>
        <Text name="title" hint={words.hints.title} {...shown} />
        <About {...shown} />
        <Text
          name="publicUrl"
          inputmode="url"
          hint={isGuessed ? words.hints.publicUrlGuessed : words.hints.publicUrl}
          {...shown}
        />
        <Text name="course" {...shown} />
        <Text name="homepage" inputmode="url" hint={words.hints.homepage} {...shown} />
        <h2 id="when">{words.when}</h2>
        <Choice name="schedule.weekday" options={weekdayWords} {...shown} />
        <Text name="schedule.time" type="time" {...shown} />
        <Text name="schedule.zone" hint={words.hints['schedule.zone']} {...shown} />
        <CutOffs {...shown} />
        <Text name="locale" hint={words.hints.locale} {...shown} />
        <h2>{words.how}</h2>
        <Choice name="delivery" options={deliveryWords} {...shown} />
        <Text name="sender" hint={words.hints.sender} {...shown} />
        <Text name="mailbox" inputmode="email" hint={words.hints.mailbox} {...shown} />
        <h2>{words.ahead}</h2>
        <Text name="previewHours" inputmode="numeric" hint={words.hints.previewHours} {...shown} />
        <Choice name="nudgeDays" options={nudges} {...shown} />
        <Choice name="silentWeek" options={silentWords} {...shown} />
        <AwayDays locale={viewer.locale} {...shown} />
        <h2>{words.end}</h2>
        <Text name="ends" type="date" hint={words.hints.ends} {...shown} />
        <Text name="heartbeatUrl" inputmode="url" hint={words.hints.heartbeatUrl} {...shown} />
        <button type="submit">{words.save}</button>
      </form>
    ),
  })
}

const nudges = Object.fromEntries(Array.from({ length: 7 }, (_, days) => [days, nudgeWords(days)]))

function CutOffs({ cutOffs, isSaved }: SettingsShown) {
  return (
    <>
      <p class="said" id="cutOffs" aria-live="polite" data-use={words.use}>
        {words.cutOffs(cutOffs)}
      </p>
      {!isSaved && (
        <p class="answer" role="status">
          {words.notSaved}
        </p>
      )}
      <button type="submit" class="quiet" name="act" value="cutOffs" formaction="/desk/settings#when">
        {words.showCutOffs}
      </button>
    </>
  )
}

function AwayDays({ away, gone, added, errors, locale }: SettingsShown & { readonly locale: string }) {
  const fields = {
    'away.since': added?.since ?? '',
    'away.until': added?.until ?? '',
    'away.why': added?.why ?? '',
  }
  return (
    <>
      <h2>{words.awayDays}</h2>
      <p class="said">{words.hints.away}</p>
      {away.map((one, index) => {
        const { since, until, why } = one
        const days = Array.from(new Set([since, until]), (day) => dateInFull(locale, day)).join(' – ')
        return (
          <label class="check">
            <input
              type="checkbox"
              name={`away.gone.${index}`}
              value={JSON.stringify({ since, until, why })}
              checked={gone.some((each) => each.since === since && each.until === until && each.why === why)}
            />{' '}
            {words.gone(why === '' ? days : `${days}, ${why}`)}
          </label>
        )
      })}
      <Text name="away.since" type="date" errors={errors} fields={fields} />
      <Text name="away.until" type="date" errors={errors} fields={fields} />
      <Text name="away.why" errors={errors} fields={fields} />
    </>
  )
}
